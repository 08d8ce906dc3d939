"""Debt, on both databases: who asks about a wallet hears of it, and how each operation moved it."""

import pytest

import screens.receipt
import screens.visits
from db.audit import compared
from loyalty import delivery, mail, statement
from loyalty.desk import codes, drafting, gifts, receipts
from loyalty.desk.drafting import Wanted
from loyalty.points import PAYMENT
from loyalty.visits import Visit
from screens.texts import texts_in
from tests.db.test_correcting import (
    EMMA,
    MARIA,
    OLEG,
    OWNERS,
    PHONE,
    Clinic,
    decide,
    desk,
    maria,
    register,
)

__all__ = ["desk", "maria"]

RU = texts_in("ru")
CLOSED = RU("visit-debt-closed")
OWED = 380  # of 600 clawed back, 220 were there


@pytest.fixture(autouse=True)
async def books_agree(store):
    yield
    assert (await store.engines.read(compared)).differences == []


@pytest.fixture
async def returned(desk: Clinic, maria, store, clock) -> Visit:
    """What this visit had earned was spent on another one before its money went back."""
    first = await desk.visit(PHONE, 12_000_00)
    clock.pass_(days=1)
    second = await desk.visit(await desk.code(MARIA), 6_000_00, most=True)
    assert second.points == 1600
    waits = await desk.return_(first)
    await decide(store, OLEG, waits.request.id, granted=True, is_owner=True)
    clock.pass_(days=1)
    return first


async def lines(store, wallet: int) -> list[tuple[str, int, int, int]]:
    page = await store.ask(statement.history, wallet)
    return [(line.kind, line.spent, line.earned, line.debt) for line in page.lines]


async def test_a_return_says_what_was_taken_and_what_became_debt(store, maria, returned):
    assert (await lines(store, maria))[0] == ("return", 600, 0, OWED)
    newest = (await store.ask(statement.history, maria)).lines[0]
    assert newest.points == -220
    assert (await store.ask(statement.statement, maria)).debt == OWED


async def test_a_visit_that_repays_with_all_it_earns_stands_in_the_history(
    desk, store, maria, returned
):
    visit = await desk.visit(PHONE, 3_000_00)
    assert (visit.earned, visit.settled) == (150, 150)
    assert (await lines(store, maria))[0] == ("visit", 0, 150, -150)
    assert (await store.ask(statement.statement, maria)).debt == OWED - 150
    assert (await store.change(codes.show, MARIA)).debt == OWED - 150
    assert (await store.ask(receipts.receipt, visit.id)).debt == OWED - 150


async def test_a_visit_that_repays_with_some_of_it_does_too(desk, store, maria, returned):
    visit = await desk.visit(PHONE, 10_000_00)
    assert (visit.earned, visit.settled) == (500, OWED)
    assert (await lines(store, maria))[0] == ("visit", 0, 500, -OWED)


async def test_what_becomes_debt_whole_stands_in_the_history(desk, store, maria, returned):
    visit = await desk.visit(PHONE, 3_000_00)
    await desk.return_(visit)
    assert (await lines(store, maria))[0] == ("return", 150, 0, 150)
    assert (await desk.wallet(maria)).debt == OWED


async def test_a_gift_that_debt_takes_stands_in_the_history(desk, store, maria, returned):
    patient = returned.patient
    await store.change(
        gifts.give, desk.anna, "Анна", patient, 100, "sorry", source="gift", owners=OWNERS
    )
    assert (await lines(store, maria))[0] == ("gift", 0, 100, -100)
    assert (await store.ask(statement.history, maria)).lines[0].points == 0


async def test_the_receipt_knows_what_is_still_owed(desk, store, returned):
    await store.change(delivery.claim, 100)
    await desk.visit(PHONE, 3_000_00)
    (letter,) = await store.change(delivery.claim, 100)
    facts = await store.ask(mail.facts, letter)
    assert (letter.kind, facts.visit.settled, facts.debt) == ("receipt", 150, OWED - 150)


async def test_money_without_attendance_is_a_payment(desk, store, maria):
    wanted = Wanted(parts=[(60_000_00, None, None)], points=0, advance=True)
    draft = await store.change(
        drafting.open_draft, desk.anna, "Анна", source="line", who=PHONE, wanted=wanted
    )
    await desk.record(draft.id)
    assert (await lines(store, maria))[0] == (PAYMENT, 0, 3000, 0)


async def test_a_new_account_hears_of_no_debt_before_the_desk_has_seen_it(store, maria, returned):
    await register(store, EMMA, PHONE)
    assert (await store.ask(statement.statement, maria)).debt == 0
    assert (await store.change(codes.show, EMMA)).debt == 0


async def test_only_the_visit_that_closed_the_debt_says_so(desk, store, maria, returned, clock):
    """The first pays a part of it; the second just the rest, and says so while it is the last."""
    first, second = await desk.visit(PHONE, 3_000_00), await desk.visit(PHONE, 4_600_00)
    assert (first.settled, second.settled, second.earned) == (150, 230, 230)
    assert await said(store, first, second) == [False, True]
    clock.pass_(days=1)
    await desk.visit(PHONE, 1_000_00)
    assert await said(store, first, second) == [False, False]


async def test_a_visit_that_had_points_left_over_closed_the_debt_for_ever(
    desk, store, maria, returned
):
    visit = await desk.visit(PHONE, 10_000_00)
    await desk.visit(PHONE, 1_000_00)
    assert visit.settled == OWED
    assert await said(store, visit) == [True]


async def said(store, *visits: Visit) -> list[bool]:
    """Whether the receipt at the desk says «Долг закрыт», and the letter to the patient too."""
    letters = {
        letter.arguments["visit"]: letter
        for letter in await store.change(lambda tx: tx.outbox.due(99))
        if letter.kind == "receipt"
    }
    closes = []
    for visit in visits:
        here = screens.receipt.receipt(RU, await store.ask(receipts.receipt, visit.id)).text
        letter = await store.ask(mail.facts, letters[visit.id])
        there = screens.visits.receipt(RU, letter).text
        assert (CLOSED in here) is (CLOSED in there)
        closes.append(CLOSED in here)
    return closes
