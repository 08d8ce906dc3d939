"""Friends by a card whose records become one, and two again: what came is of who came."""

from contextlib import closing
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from loyalty import delivery, mail
from loyalty.dates import last_day
from loyalty.desk import approving, merging
from loyalty.letters import UntrueError
from loyalty.people import Patient
from loyalty.requests import Request
from tests.db.test_arriving import (
    CROWD,
    EMMA,
    GIFT_ENDS,
    IVAN,
    LEV,
    MARIA,
    books_agree,
    decided,
    emmas,
    town,
)
from tests.db.test_correcting import OLEG, OWNERS, desk
from tests.support.second import second

__all__ = ["books_agree", "desk", "emmas", "town"]

ZONE = ZoneInfo("Europe/Moscow")
WAITS = CROWD[5]


async def merged(town, one: Patient, other: Patient) -> Request:
    """Whichever stays."""
    by, source = (town.desk.anna, "Анна", one.id, other.id), f"merge:{one.id}"
    asked = await town.store.change(merging.ask, *by, source=source, owners=OWNERS)
    return (await decided(town.store, asked.id, granted=True)).request


async def parted(town, request: Request) -> None:
    await town.store.change(approving.undo_merge, OLEG, request.id, is_owner=True)


async def a_crowd(town, emmas: str) -> tuple[int, Patient]:
    """What is asked, and the one who waits."""
    for telegram in CROWD[:6]:
        await town.registers(telegram, emmas)
    [request] = town.requests()
    return request, await town.patient(WAITS)


async def owes(town, wallet: int, points: int) -> None:
    def owe(tx) -> None:
        tx.people.save_wallet(replace(tx.people.wallet(wallet), debt=points))

    await town.store.change(owe)


async def balance(town, whom: Patient) -> int:
    return (await town.desk.wallet(whom.wallet)).balance


async def referrer(town, whom: Patient) -> int | None:
    found = await town.store.ask(lambda tx: tx.rewards.referrer(whom.id))
    return found and found.id


@pytest.fixture
async def ivan(town, emmas) -> Patient:
    """In the bot before who waits: of the two he is the one that stays."""
    await town.registers(IVAN)
    return await town.patient(IVAN)


# --- a crowd is answered while who waits is part of another ----------------------------------


async def test_what_was_granted_meanwhile_goes_back_with_who_came(town, database, emmas, ivan):
    emma = await town.patient(EMMA)
    request, waiting = await a_crowd(town, emmas)
    together = await merged(town, ivan, waiting)
    assert (together.patient, together.other) == (ivan.id, waiting.id)

    await decided(town.store, request, granted=True)
    assert (await balance(town, ivan), await referrer(town, ivan)) == (1500, emma.id)
    await town.visit(IVAN)  # while they are one it rewards Emma
    await parted(town, together)

    assert (await balance(town, ivan), await balance(town, waiting)) == (1100, 1500)
    assert (await referrer(town, ivan), await referrer(town, waiting)) == (None, emma.id)
    await town.visit(IVAN)
    await town.visit(WAITS)
    with closing(second(database)) as behind:
        assert len(behind.rows("SELECT visit_id FROM rewards")) == 2


async def test_of_two_who_were_taken_for_one_only_who_came_hears_of_the_gift(
    town, store, emmas, ivan
):
    request, waiting = await a_crowd(town, emmas)
    together = await merged(town, ivan, waiting)
    await decided(store, request, granted=True)
    await parted(town, together)

    def letters(tx):
        accounts = {tx.people.account_of(one).id: one for one in (IVAN, WAITS)}
        due = (one for one in tx.outbox.due(100) if one.kind == "friend-gift")
        return {accounts[one.account]: one for one in due}

    written = await store.change(letters)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, written[IVAN])
    assert (await store.ask(mail.facts, written[WAITS])).balance == 1500


async def test_what_the_others_debt_took_of_the_gift_comes_back(town, emmas, ivan):
    request, waiting = await a_crowd(town, emmas)
    together = await merged(town, ivan, waiting)
    await owes(town, ivan.wallet, 800)
    await decided(town.store, request, granted=True)
    assert (await town.desk.wallet(ivan.wallet)).debt == 300
    await parted(town, together)
    back = await town.store.ask(lambda tx: tx.ledger.lots(waiting.wallet))
    assert [(lot.remaining, last_day(lot.ends_at, ZONE)) for lot in back] == [
        (1000, GIFT_ENDS),
        (500, GIFT_ENDS),
    ]
    assert await balance(town, ivan) == 500  # his own pay what his debt took


async def test_the_gift_goes_back_through_two_merges(town, emmas, ivan):
    """Who waits is part of Maria, and so of Ivan, as the crowd is granted."""
    await town.registers(MARIA)
    maria = await town.patient(MARIA)
    request, waiting = await a_crowd(town, emmas)
    inner = await merged(town, maria, waiting)
    outer = await merged(town, ivan, maria)
    await decided(town.store, request, granted=True)
    assert await balance(town, ivan) == 1500
    await parted(town, outer)
    assert (await balance(town, ivan), await balance(town, maria)) == (1000, 1500)
    await parted(town, inner)
    assert (await balance(town, maria), await balance(town, waiting)) == (1000, 1500)
    assert await referrer(town, waiting) == (await town.patient(EMMA)).id


async def test_who_stays_keeps_what_came_to_them(town, emmas):
    request, waiting = await a_crowd(town, emmas)
    lev = await town.known(LEV)
    together = await merged(town, lev, waiting)
    assert together.patient == waiting.id
    await decided(town.store, request, granted=True)
    await parted(town, together)
    assert await town.outcome(WAITS) == (500, (await town.patient(EMMA)).id)
    assert await referrer(town, lev) is None


# --- new is who had paid for nothing before the press, whenever that is found out -------------


async def test_who_turns_out_to_have_paid_before_gets_nothing_of_a_granted_crowd(town, emmas):
    old = await town.known(LEV)
    await town.visit(LEV)
    town.clock.pass_(minutes=1)
    request, waiting = await a_crowd(town, emmas)
    await merged(town, old, waiting)
    await decided(town.store, request, granted=True)
    assert await town.outcome(WAITS) == (0, None)
    assert town.letters("friend-gift") == 0


async def test_who_paid_between_the_press_and_the_number_is_new(town, emmas):
    """The press counts also where the number came a visit later."""
    emma = await town.patient(EMMA)
    await town.presses(WAITS, emmas)
    town.clock.pass_(minutes=1)
    old = await town.known(LEV)
    await town.visit(LEV)
    town.clock.pass_(minutes=1)
    request, waiting = await a_crowd(town, emmas)
    await merged(town, old, waiting)
    await decided(town.store, request, granted=True)
    assert await town.outcome(WAITS) == (500, emma.id)


# --- one person, one gift --------------------------------------------------------------------


async def test_a_second_gift_ends_beside_the_second_welcome_and_comes_back(town, store, emmas):
    await town.registers(MARIA, emmas)
    town.clock.pass_(minutes=1)
    await town.registers(LEV, emmas)
    one, other = await town.patient(MARIA), await town.patient(LEV)
    shown = await store.ask(merging.pair, one.id, other.id)
    assert (shown.points, shown.lapses, shown.lapses_by_card) == (1500, 1000, 500)

    together = await merged(town, one, other)
    assert await balance(town, one) == 1500
    letters = await store.change(delivery.claim, 100)
    told = [await store.ask(mail.facts, one) for one in letters if one.kind == "merged"]
    assert {(facts.lapsed, facts.lapsed_by_card) for facts in told} == {(1000, 500)}

    await parted(town, together)
    assert (await balance(town, one), await balance(town, other)) == (1500, 1500)


async def test_a_gift_to_a_record_nobody_speaks_for_is_one_of_the_two(town, store, emmas):
    """The welcome is left to a family, a card's gift is to the very person."""
    await town.registers(MARIA, emmas)
    await town.registers(LEV, emmas)
    one, other = await town.patient(MARIA), await town.patient(LEV)

    def is_forgotten(tx):
        tx.people.stops_speaking(tx.people.account_of(LEV).id)

    await store.change(is_forgotten)
    await merged(town, one, other)
    assert await balance(town, one) == 2500


async def test_who_has_the_gift_gets_none_of_a_crowd(town, emmas):
    await town.registers(MARIA, emmas)
    maria, emma = await town.patient(MARIA), await town.patient(EMMA)
    request, _ = await a_crowd(town, emmas)
    await merged(town, maria, await town.patient(WAITS))
    await decided(town.store, request, granted=True)
    assert await town.outcome(MARIA) == (500, emma.id)
    assert town.letters("friend-gift") == 1  # of two who wait, the other


async def test_two_who_wait_and_are_one_get_one_gift(town, emmas):
    request, waiting = await a_crowd(town, emmas)
    await town.registers(CROWD[6], emmas)
    await merged(town, waiting, await town.patient(CROWD[6]))
    await decided(town.store, request, granted=True)
    assert await town.outcome(WAITS) == (500, (await town.patient(EMMA)).id)
