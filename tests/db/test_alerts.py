"""Few stars reach everybody who is to hear of them, whatever happens before the letter leaves."""

import pytest

from db.store import Store
from loyalty import delivery, mail
from loyalty.cases import arriving, handling, opening
from loyalty.letters import UntrueError
from loyalty.opinions import CaseState, Why
from loyalty.team import Member, Standing
from tests.db.test_desk import MARIA, admit, open_branch, register
from tests.db.test_ratings import IRINA, MANAGER, OLEG, OWNERS, case_of, letters, rated, visited


@pytest.fixture
async def branch(store: Store):
    return await store.change(open_branch)


@pytest.fixture
async def irina(store: Store, branch) -> Member:
    manager = Member(0, branch.id, IRINA, "Ирина", Standing.MANAGER)
    return await store.change(lambda tx: tx.branches.add_member(manager))


@pytest.fixture
async def low(store: Store, branch, irina) -> int:
    """A visit that was given one star; nobody has heard of it yet."""
    anna = await store.change(admit, branch)
    await register(store)
    visit = await visited(store, anna)
    await rated(store, visit.id, 1)
    return visit.id


async def solved_by_irina(store: Store, visit: int):
    """Her alert arrived first."""
    alerts = {alert.telegram: alert for alert in await letters(store, "case")}
    await store.change(mail.arrived, alerts[IRINA], 5)
    case = await case_of(store, visit)
    await store.change(handling.solve, MANAGER, OWNERS, "Ирина", case.id, "Вернула деньги")
    return alerts[OLEG]


async def test_a_case_solved_before_the_owners_alert_left_is_told_all_the_same(store, low):
    late = await solved_by_irina(store, low)
    facts = await store.ask(mail.facts, late)
    assert (facts.case.stars, facts.case.state) == (1, CaseState.SOLVED)
    assert facts.how.silent, "nobody waits for the owner any more"
    await store.change(mail.arrived, late, 6)
    shown = await store.ask(lambda tx: tx.cases.shown(facts.case.id))
    assert {(one.telegram, one.message) for one in shown} == {(IRINA, 5), (OLEG, 6)}


async def test_who_has_it_before_their_eyes_is_not_told_again_that_it_was_solved(store, low):
    late = await solved_by_irina(store, low)
    await store.change(mail.arrived, late, 6)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, late)


async def test_what_could_not_wait_is_not_said_of_a_solved_case(store, low):
    await store.change(opening.say_why, MARIA, low, Why.PAIN, OWNERS)
    await solved_by_irina(store, low)
    for urgent in await letters(store, "case-urgent"):
        with pytest.raises(UntrueError):
            await store.ask(mail.facts, urgent)


async def test_who_blocked_the_bot_between_two_starts_gets_the_case_at_the_second(store, low):
    for alert in await letters(store, "case"):
        await store.change(mail.lost, alert, delivery.UNREACHABLE)
    await store.change(arriving.catch_up, OLEG, OWNERS)
    [blocked] = await letters(store, "case")
    await store.change(mail.lost, blocked, delivery.UNREACHABLE)
    for _ in range(2):
        await store.change(arriving.catch_up, OLEG, OWNERS)
    [again] = await letters(store, "case")
    assert again.telegram == OLEG
    assert (await store.ask(mail.facts, again)).case.visit == low
