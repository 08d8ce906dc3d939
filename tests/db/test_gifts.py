"""Points by hand, on both databases: within limits at once, beyond them by a manager's tap."""

from dataclasses import replace

import pytest

from db.store import Store
from loyalty import delivery, mail, registration, statement
from loyalty.branches import Branch
from loyalty.desk import approving, gifts
from loyalty.desk.asking import NotAReasonError, clean_reason
from loyalty.desk.gifts import GiftSizeError, Given
from loyalty.desk.newcomers import record_patient
from loyalty.desk.purse import OwnPocketError
from loyalty.people import Patient
from loyalty.points import Reason
from loyalty.requests import RequestState
from loyalty.team import Member, Standing

MARIA, ANNA, OLEG = 1001, 1003, 1005
PHONE = "+79123456788"


def open_desk(tx) -> Member:
    branch = tx.branches.add_branch(
        Branch(0, "Ленина", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
    )
    return tx.branches.add_member(Member(0, branch.id, ANNA, "Анна", Standing.STAFF))


@pytest.fixture
async def anna(store: Store) -> Member:
    return await store.change(open_desk)


@pytest.fixture
async def maria(store: Store) -> Patient:
    await store.change(registration.consent, MARIA)
    await store.change(registration.prove_phone, MARIA, PHONE)
    return (await store.ask(lambda tx: tx.people.patients_with_phone(PHONE)))[0]


async def give(store: Store, anna: Member, patient: Patient, points: int, source: str) -> Given:
    return await store.change(
        gifts.give, anna, anna.name, patient.id, points, "sorry", source=source, owners=(OLEG,)
    )


async def points(store: Store, patient: Patient) -> int:
    return (await store.ask(statement.statement, patient.wallet)).points


async def decide(store: Store, request: int, *, granted: bool):
    return await store.change(approving.decide, OLEG, request, is_owner=True, granted=granted)


async def letters(store: Store):
    return await store.change(delivery.claim, 100)


async def test_a_gift_is_a_lot_of_thirty_days_and_a_letter(store, anna, maria, clock):
    given = await give(store, anna, maria, 300, "gift:1:1")

    assert await points(store, maria) == 1300
    lots = await store.ask(lambda tx: tx.ledger.lots(maria.wallet))
    assert lots[0].reason == Reason.GIFT
    assert (given.ends_on - clock.now().date()).days == 30
    (letter,) = await letters(store)
    facts = await store.ask(mail.facts, letter)
    assert (letter.telegram, facts.points, facts.balance, facts.debt) == (MARIA, 300, 1300, 0)


async def test_the_same_question_gives_once(store, anna, maria):
    assert await give(store, anna, maria, 300, "gift:1:1") == await give(
        store, anna, maria, 300, "gift:1:1"
    )
    assert await points(store, maria) == 1300


async def test_above_a_wallet_s_limit_a_manager_decides(store, anna, maria):
    await give(store, anna, maria, 300, "gift:1:1")
    await give(store, anna, maria, 200, "gift:1:2")
    over = await give(store, anna, maria, 1, "gift:1:3")
    assert (over.request.state, over.ends_on) == (RequestState.WAITING, None)
    assert await points(store, maria) == 1500
    asked = [letter for letter in await letters(store) if letter.kind == "request"]
    assert [letter.telegram for letter in asked] == [OLEG]

    decided = await decide(store, over.request.id, granted=True)

    assert decided.request.state is RequestState.GRANTED
    assert await points(store, maria) == 1501
    told = [letter.kind for letter in await letters(store)]
    assert sorted(told) == ["gift", "request-decided"]


async def test_a_refused_gift_gives_nothing(store, anna, maria):
    over = await give(store, anna, maria, 501, "gift:1:1")
    await decide(store, over.request.id, granted=False)
    assert await points(store, maria) == 1000
    assert (await give(store, anna, maria, 501, "gift:1:1")).ends_on is None


async def test_the_wallet_s_limit_is_of_thirty_days(store, anna, maria, clock):
    await give(store, anna, maria, 500, "gift:1:1")
    clock.pass_(days=29)
    assert (await give(store, anna, maria, 1, "gift:1:2")).ends_on is None
    clock.pass_(days=1, seconds=1)
    assert (await give(store, anna, maria, 1, "gift:1:3")).ends_on


async def test_a_branch_has_a_limit_a_day(store, anna, clock):
    patients = [await store.change(record_patient, f"+7912345670{n}", "Пётр") for n in range(5)]
    for n, patient in enumerate(patients[:4]):
        assert (await give(store, anna, patient, 500, f"gift:1:{n}")).ends_on
    assert (await give(store, anna, patients[4], 1, "gift:1:8")).ends_on is None
    clock.pass_(hours=13)
    assert (await give(store, anna, patients[4], 1, "gift:1:9")).ends_on


async def test_a_family_has_one_limit(store, anna, maria):
    def add_child(tx) -> Patient:
        return tx.people.add_patient(Patient(0, maria.wallet, "desk", name="Лёва"))

    child = await store.change(add_child)
    await give(store, anna, maria, 500, "gift:1:1")
    assert (await give(store, anna, child, 1, "gift:1:2")).ends_on is None


async def test_a_gift_settles_debt_first(store, anna, maria):
    def owe(tx, debt: int) -> None:
        tx.people.save_wallet(replace(tx.people.wallet(maria.wallet), debt=debt))

    await store.change(owe, 350)
    assert (await give(store, anna, maria, 300, "gift:1:1")).ends_on is None
    assert await points(store, maria) == 1000
    (letter,) = await letters(store)
    facts = await store.ask(mail.facts, letter)
    assert (facts.points, facts.settled, facts.debt) == (300, 300, 50)

    assert (await give(store, anna, maria, 200, "gift:1:2")).ends_on
    assert await points(store, maria) == 1150
    wallet = await store.ask(lambda tx: tx.people.wallet(maria.wallet))
    assert (wallet.debt, wallet.balance) == (0, 1150)


@pytest.mark.parametrize("size", [0, -5, 100_001])
async def test_a_gift_has_a_size(store, anna, maria, size):
    with pytest.raises(GiftSizeError):
        await give(store, anna, maria, size, "gift:1:1")
    assert await points(store, maria) == 1000


async def test_nobody_gives_to_themselves(store, anna):
    await store.change(registration.consent, ANNA)
    await store.change(registration.prove_phone, ANNA, PHONE)
    (own,) = await store.ask(lambda tx: tx.people.patients_with_phone(PHONE))
    with pytest.raises(OwnPocketError):
        await give(store, anna, own, 100, "gift:1:1")


def test_a_reason_is_words():
    assert clean_reason("  ждала\nсорок  минут ") == "ждала сорок минут"
    for nothing in ("", "   ", "123", "!!", "ы" * 201):
        with pytest.raises(NotAReasonError):
            clean_reason(nothing)
