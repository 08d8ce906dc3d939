"""Who is invited, on both databases, and what a link of an invitation does and doesn't."""

import pytest

from loyalty import inviting, privacy, registration, sources
from loyalty.cards import LinkKind
from loyalty.desk.newcomers import record_patient
from loyalty.inviting import Invitations
from loyalty.people import Relation
from loyalty.recommending import behind

MARIA, STRANGER = 7001, 7002
PHONE, OTHER = "+79123456701", "+79123456702"


async def written_down(store, phone: str = PHONE, name: str = "Мария", *, signed: bool = True):
    def record(tx):
        patient = record_patient(tx, phone, name, "Петрова")
        if signed:
            tx.desk.sign_paper(patient.id, registration.CONSENT_VERSION, 1)
        return patient

    return await store.change(record)


async def invited(store) -> list[str]:
    return [one.name for one in await store.change(inviting.invite, 0)]


async def counted(store) -> Invitations:
    return await store.ask(inviting.invitations)


async def comes(store, telegram: int, payload: str, phone: str):
    await store.change(sources.arrive, telegram, payload)
    await store.change(registration.consent, telegram)
    return await store.change(registration.prove_phone, telegram, phone)


async def test_who_signed_and_has_no_bot_is_invited(store):
    patient = await written_down(store)
    (one,) = await store.change(inviting.invite, 0)
    assert (one.name, one.phone) == ("Мария Петрова", PHONE)
    assert await store.ask(behind, LinkKind.INVITATION, one.payload) == patient.id


async def test_without_a_signature_nobody_is_invited(store):
    await written_down(store, signed=False)
    assert await invited(store) == []
    assert await counted(store) == Invitations(0, 0, 0)


async def test_who_is_in_the_bot_is_not_invited(store):
    await written_down(store)
    await comes(store, MARIA, "", PHONE)
    assert await invited(store) == []


async def test_the_child_of_somebody_in_the_bot_is_not_invited(store):
    child = await written_down(store, OTHER, "Петя")
    account = (await comes(store, MARIA, "", PHONE)).account
    assert await invited(store) == ["Петя Петрова"]
    await store.change(lambda tx: tx.people.speaks_for(account.id, child.id, Relation.FAMILY))
    assert await invited(store) == []


async def test_a_phone_that_is_in_the_bot_is_not_written_to(store):
    """They said of this patient that it isn't theirs."""
    await comes(store, MARIA, "", PHONE)
    await written_down(store)
    assert await invited(store) == []


async def test_an_erased_patient_is_not_invited(store):
    patient = await written_down(store)
    await store.change(lambda tx: tx.people.erase_patient(patient.id))
    assert await invited(store) == []


async def test_of_merged_records_the_kept_one_is_invited_by_either_signature(store):
    kept = await written_down(store, PHONE, "Мария", signed=False)
    gone = await written_down(store, OTHER, "Маша")

    def merge(tx):
        tx.people._connection.exec_driver_sql(
            f"UPDATE patients SET merged_into = {kept.id} WHERE id = {gone.id}"
        )

    await store.change(merge)
    assert await invited(store) == ["Мария Петрова"]
    assert (await counted(store)).ready == 1


async def test_a_family_with_one_phone_gets_one_sms(store):
    """Whoever reads it may speak for all of them: registration asks."""
    await written_down(store, name="Вера", signed=False)
    await written_down(store, name="Мария")
    await written_down(store, name="Петя")
    await written_down(store, OTHER, "Иван")
    maria, ivan = await in_batches(store, 1)
    assert (maria.name, maria.family) == ("Мария Петрова", ["Вера Петрова", "Петя Петрова"])
    assert (ivan.name, ivan.family) == ("Иван Петрова", [])
    assert await counted(store) == Invitations(2, 2, 0)

    registered = await comes(store, MARIA, maria.payload, PHONE)
    assert [one.name for one in registered.family] == ["Вера", "Мария", "Петя"]
    assert await counted(store) == Invitations(1, 2, 0)  # not before they have said who they are


async def test_the_next_of_a_family_is_invited_where_the_first_may_not_be(store):
    mother = await written_down(store)
    await written_down(store, name="Петя")
    await store.change(lambda tx: tx.people.erase_patient(mother.id))
    assert await invited(store) == ["Петя Петрова"]


async def test_batches_meet_everybody_once_and_links_stay(store):
    for n in range(7):
        await written_down(store, f"+791234567{n:02}", f"Мария{'абвгдеж'[n]}")
    once, again = [await in_batches(store, 3) for _ in range(2)]
    assert once == again
    assert len({one.payload for one in once}) == len(once) == 7
    assert await counted(store) == Invitations(7, 7, 0)


async def in_batches(store, size: int):
    everybody = []
    while some := await store.change(
        inviting.invite, everybody[-1].patient if everybody else 0, size
    ):
        assert len(some) <= size
        everybody += some
    return everybody


async def test_the_invited_one_is_joined_by_the_own_phone_and_has_come(store):
    patient = await written_down(store)
    (one,) = await store.change(inviting.invite, 0)
    registered = await comes(store, MARIA, one.payload, PHONE)
    assert registered.account.wallet == patient.wallet
    assert await arrivals(store, MARIA) == [one.payload]
    assert await counted(store) == Invitations(0, 1, 1)


async def test_a_forwarded_link_with_a_foreign_phone_is_a_source_and_no_more(store):
    patient = await written_down(store)
    (one,) = await store.change(inviting.invite, 0)
    registered = await comes(store, STRANGER, one.payload, OTHER)
    assert registered.account.wallet != patient.wallet
    assert await store.ask(lambda tx: list(tx.people.bound_to(patient.id))) == []
    assert await arrivals(store, STRANGER) == [one.payload]
    assert await counted(store) == Invitations(1, 1, 0)


async def test_who_came_and_was_erased_still_has_come(store):
    await written_down(store)
    (one,) = await store.change(inviting.invite, 0)
    await comes(store, MARIA, one.payload, PHONE)
    await store.change(privacy.erase, MARIA)
    assert await counted(store) == Invitations(0, 1, 1)


@pytest.mark.parametrize("payload", ["i_nobodys-link", "i_"])
async def test_a_link_that_is_nobodys_leads_to_a_plain_registration(store, payload):
    registered = await comes(store, MARIA, payload, PHONE)
    assert registered.account.wallet is not None


async def arrivals(store, telegram: int) -> list[str]:
    def read(tx):
        return [payload for payload, _ in tx.people.arrivals(tx.people.account_of(telegram).id)]

    return await store.ask(read)
