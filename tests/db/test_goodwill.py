"""Points that have ended come back, on both databases: little, seldom, and not among gifts."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.audit import compared
from loyalty import delivery, expiry, mail, statement
from loyalty.desk import approving, gifts, goodwill
from loyalty.desk.goodwill import NothingEndedError
from loyalty.desk.purse import OwnPocketError
from loyalty.people import Patient
from loyalty.points import Credit, Kind, Reason
from loyalty.requests import RequestState
from tests.db.test_desk import MARIA, PHONE, admit, drafted, line, open_branch, register
from tests.db.test_merging_and_back import Clinic

OLEG = 1005


@pytest.fixture
async def anna(store):
    return await store.change(admit, await store.change(open_branch))


@pytest.fixture
async def maria(store, clock):
    """Her welcome of 1000 points ended a day ago."""
    await register(store)
    (patient,) = await store.ask(lambda tx: tx.people.patients_with_phone(PHONE))
    (lot,) = await store.ask(lambda tx: tx.ledger.lots(patient.wallet))
    clock.moment = lot.ends_at + timedelta(days=1)
    return patient


def add_lot(tx, wallet: int, points: int, ends_at) -> None:
    operation = tx.ledger.add_operation(f"test:{ends_at}:{points}", Kind.WELCOME, "")
    entry = tx.ledger.add_entry(operation, wallet, points)
    lot = tx.ledger.add_lot(operation, Credit(wallet, Reason.GIFT, points, ends_at))
    tx.ledger.allocate(entry, lot, points)


async def give(store, anna, maria, points, source="goodwill:1:1"):
    how = {"source": source, "owners": (OLEG,)}
    return await store.change(goodwill.give, anna, "Анна", maria.id, points, **how)


async def ended(store, maria):
    return await store.ask(goodwill.ended, maria.wallet)


async def points(store, maria) -> int:
    return (await store.ask(statement.statement, maria.wallet)).points


async def sweep(store):
    while await store.change(expiry.sweep):
        pass


@pytest.mark.parametrize("swept", [False, True])
async def test_what_ended_comes_back_for_thirty_days(store, anna, maria, clock, swept):
    if swept:
        await sweep(store)
    may = await ended(store, maria)
    assert (may.points, may.alone) == (1000, 500)

    given = await give(store, anna, maria, 500)

    today = clock.now().astimezone(ZoneInfo("Europe/Moscow")).date()
    assert (given.ends_on - today).days == 30
    assert await points(store, maria) == 500
    (letter,) = await store.change(delivery.claim, 9)
    facts = await store.ask(mail.facts, letter)
    assert (letter.kind, letter.telegram) == ("goodwill", MARIA)
    assert (facts.points, facts.balance, facts.ended_before) == (500, 500, True)
    history = (await store.ask(statement.history, maria.wallet)).lines
    assert (history[0].kind, history[0].points) == (Kind.GOOD_WILL, 500)
    assert (await store.engines.read(compared)).differences == []


async def test_the_same_question_gives_once(store, anna, maria):
    assert await give(store, anna, maria, 300) == await give(store, anna, maria, 300)
    assert await points(store, maria) == 300


async def test_once_a_year_and_then_a_manager(store, anna, maria, clock):
    await give(store, anna, maria, 300)
    assert ((await ended(store, maria)).points, (await ended(store, maria)).alone) == (700, 0)
    again = await give(store, anna, maria, 100, "goodwill:1:2")
    assert again.request.state is RequestState.WAITING
    assert await points(store, maria) == 300
    how = {"is_owner": True, "granted": True}
    await store.change(approving.decide, OLEG, again.request.id, **how)
    assert await points(store, maria) == 400
    clock.pass_(days=364)
    await store.change(add_lot, maria.wallet, 50, clock.now() - timedelta(days=1))
    assert (await ended(store, maria)).alone == 0
    clock.pass_(days=1, seconds=1)
    assert (await ended(store, maria)).alone == 50


async def test_above_the_limit_a_manager_decides_and_only_one_waits(store, anna, maria):
    asked = await give(store, anna, maria, 1000)
    assert asked.request.state is RequestState.WAITING
    assert (await give(store, anna, maria, 400, "goodwill:1:2")).request == asked.request
    how = {"is_owner": True, "granted": False}
    await store.change(approving.decide, OLEG, asked.request.id, **how)
    assert await points(store, maria) == 0
    assert (await give(store, anna, maria, 400, "goodwill:1:3")).ends_on


async def grant(store, request):
    return await store.change(approving.decide, OLEG, request.id, is_owner=True, granted=True)


async def test_of_a_familys_wallet_one_request_waits(store, anna, maria):
    child = await store.change(
        lambda tx: tx.people.add_patient(Patient(0, maria.wallet, "desk", name="Лёва"))
    )
    asked = await give(store, anna, maria, 1000)
    assert (await give(store, anna, child, 1000, "goodwill:1:2")).request == asked.request
    await grant(store, asked.request)
    assert await points(store, maria) == 1000


async def test_what_is_given_back_already_is_not_granted_again(store, anna, maria):
    """Two requests come to wait for one wallet where two records are merged."""
    asked = (await give(store, anna, maria, 800)).request
    other = await store.change(
        lambda tx: tx.desk.add_request(replace(asked, source="goodwill:1:2", amount=300))
    )
    await grant(store, asked)
    with pytest.raises(NothingEndedError):
        await grant(store, other)
    assert await points(store, maria) == 800
    assert (await store.ask(lambda tx: tx.desk.request(other.id))).state is RequestState.WAITING


async def test_a_manager_may_answer_late(store, anna, maria, clock):
    asked = await give(store, anna, maria, 1000)
    clock.pass_(days=40)
    await grant(store, asked.request)
    assert await points(store, maria) == 1000


async def test_no_more_comes_back_than_ended(store, anna, maria):
    for wrong in (0, -5, 1001):
        with pytest.raises(NothingEndedError):
            await give(store, anna, maria, wrong)
    await give(store, anna, maria, 500)
    with pytest.raises(NothingEndedError):
        await give(store, anna, maria, 501, "goodwill:1:2")


async def test_what_ended_long_ago_has_ended(store, anna, maria, clock):
    clock.pass_(days=29, seconds=-1)
    assert (await ended(store, maria)).points == 1000
    clock.pass_(seconds=1)
    assert (await ended(store, maria)).points == 0
    with pytest.raises(NothingEndedError):
        await give(store, anna, maria, 1)


async def test_a_manager_reads_when_it_ended_and_that_it_is_the_second(store, anna, maria):
    first = await give(store, anna, maria, 600)
    asked = await store.ask(approving.question, first.request.id)
    assert (asked.ended.points, asked.ended.again) == (1000, False)
    assert asked.ended.last_day == (await ended(store, maria)).last_day is not None
    decide = {"is_owner": True, "granted": True}
    await store.change(approving.decide, OLEG, first.request.id, **decide)
    assert (await store.ask(approving.question, first.request.id)).ended is None

    second = await give(store, anna, maria, 249, "goodwill:1:2")
    asked = await store.ask(approving.question, second.request.id)
    assert (asked.ended.points, asked.ended.again) == (400, True)


async def test_it_is_no_gift(store, anna, maria):
    await give(store, anna, maria, 500)
    how = {"source": "gift:1:1", "owners": (OLEG,)}
    gift = await store.change(gifts.give, anna, "Анна", maria.id, 500, "sorry", **how)
    assert gift.request.state is RequestState.GRANTED


async def test_it_settles_debt_first(store, anna, maria):
    def owe(tx):
        tx.people.save_wallet(replace(tx.people.wallet(maria.wallet), debt=120))

    await store.change(owe)
    await give(store, anna, maria, 500)
    assert await points(store, maria) == 380
    assert (await store.ask(lambda tx: tx.people.wallet(maria.wallet))).debt == 0


async def test_nobody_gives_back_to_themselves(store, anna, maria):
    herself = await store.change(
        lambda tx: admit(tx, tx.branches.branch(anna.branch), MARIA, "Мария")
    )
    with pytest.raises(OwnPocketError):
        await give(store, herself, maria, 100)


async def test_the_card_offers_it_where_something_ended(store, anna, maria, clock):
    assert (await drafted(store, anna, PHONE, line(1_000_00, 0))).ended == 1000
    clock.pass_(days=60)
    assert (await drafted(store, anna, PHONE, line(1_000_00, 0), "line:1:2")).ended == 0


LOTS = st.lists(st.tuples(st.integers(1, 400), st.integers(-40, 40)), max_size=5)


@settings(max_examples=25)
@given(lots=LOTS, swept=st.booleans(), wishes=st.lists(st.integers(1, 900), min_size=1, max_size=4))
def test_never_more_than_ended_whatever_is_wished(emptied, lots, swept, wishes):
    """Ends are so many days from now; each wish is granted by a manager where staff may not."""
    clinic = Clinic(emptied)
    patient, now = clinic.patients[0], clinic.clock.now()
    for n, (held, days) in enumerate(lots):
        ends_at = now + timedelta(days=days, seconds=n)
        clinic.change(add_lot, patient.wallet, held, ends_at)
    clinic.time_passes(0, swept)
    left = sum(held for n, (held, days) in enumerate(lots) if -30 < days + n / 86400 <= 0)
    assert clinic.change(goodwill.ended, patient.wallet).points == left
    for n, wish in enumerate(wishes):
        how = {"source": clinic.source(), "owners": (OLEG,)}
        try:
            back = clinic.change(goodwill.give, clinic.anna, "Анна", patient.id, wish, **how)
        except NothingEndedError:
            assert wish > left
            continue
        assert wish <= left
        alone = wish <= 500 and left == sum(
            held for k, (held, days) in enumerate(lots) if -30 < days + k / 86400 <= 0
        )
        assert (back.request.state is RequestState.GRANTED) == alone, n
        clinic.grant(back.request)
        left -= wish
    clinic.check_books()
