"""A letter leaves with its like, past no limit that another has used up, and by one taker."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from unittest.mock import patch

import pytest

from loyalty import caring, delivery, kinds, leaving, mail, privacy, ratings, registration
from loyalty.cases import handling
from loyalty.desk import promoting
from loyalty.desk.access import Decider
from loyalty.desk.promoting import NotAMarkerError, PromoMovedError
from loyalty.kinds import Class, Kind, Rank
from loyalty.leaving import TakenError
from loyalty.letters import Letter, NotNowError, UntrueError
from loyalty.mail import Advert
from tests.db.test_desk import MARIA, admit, open_branch, register
from tests.db.test_ratings import visited

EMMA, EMMAS, OLEG = 7002, "+79123450002", 7
REMINDER, AGAIN = "test-reminder", "test-again"  # the second must not come twice
NEWS, TIP = "test-news", "test-tip"  # keep their distance
OFFER = "test-offer"
MISSED = "test-missed"  # keeps it too, and of several patients is one message

ROWS = {
    REMINDER: Kind(Class.SERVICE, Rank.VISIT, together=timedelta(hours=6)),
    AGAIN: Kind(Class.SERVICE, Rank.VISIT, never_twice=True, together=timedelta()),
    NEWS: Kind(Class.CARE, Rank.RECALL, never_twice=True),
    TIP: Kind(Class.CARE, Rank.RECALL),
    OFFER: Kind(Class.PROMO, Rank.PROMO, never_twice=True),
    MISSED: Kind(Class.CARE, Rank.RATING, never_twice=True, together=timedelta()),
}


@dataclass(frozen=True)
class Said:
    names: tuple[str, ...]


def says(_, letter: Letter) -> Said:
    if letter.arguments["name"] == "untrue":
        raise UntrueError
    return Said((letter.arguments["name"],))


def together(several) -> Said:
    return Said(tuple(name for one in several for name in one.names))


@pytest.fixture(autouse=True)
def more_kinds() -> Iterator[None]:
    merging = dict.fromkeys((REMINDER, AGAIN, MISSED), together)
    with (
        patch.dict(kinds.KINDS, ROWS),
        patch.dict(mail.READ_AGAIN, dict.fromkeys(ROWS, says)),
        patch.dict(mail.TOGETHER, merging),
    ):
        yield


@pytest.fixture
async def accounts(store) -> dict[int, int]:
    await register(store, MARIA)
    await register(store, EMMA, EMMAS)
    found = await store.ask(lambda tx: [tx.people.account_of(one) for one in (MARIA, EMMA)])
    return {one.telegram: one.id for one in found}


@pytest.fixture
async def anna(store):
    branch = await store.change(open_branch)
    return await store.change(admit, branch)


@pytest.fixture
def put(store, accounts):
    async def put(kind: str, name: str, who: int = MARIA, **when) -> None:
        key = f"{kind}:{name}"
        await store.change(lambda tx: tx.outbox.put(key, kind, accounts[who], **when, name=name))

    return put


@pytest.fixture
def claim(store):
    async def claim(limit: int = 10) -> list[Letter]:
        return list(await store.change(delivery.claim, limit))

    return claim


@pytest.fixture
def leave(store):
    async def leave(letter: Letter) -> tuple[str, ...]:
        facts = (await store.change(leaving.leave, letter)).facts
        return (facts.said if isinstance(facts, Advert) else facts).names

    return leave


@pytest.fixture
def states(store):
    async def states() -> dict[str, str]:
        def found(connection):
            rows = connection.exec_driver_sql("SELECT key, state FROM outbox ORDER BY id")
            return {key.split(":")[1]: state for key, state in rows}

        return await store.engines.read(found)

    return states


# --- together --------------------------------------------------------------------------------


async def test_letters_of_a_kind_to_one_account_leave_as_one_message(
    store, put, claim, states, accounts
):
    for name in ("Анна", "Иван"):
        await put(REMINDER, name)
    await put(REMINDER, "Пётр", who=EMMA)
    await put(TIP, "совет")
    first, *_ = await claim()
    left = await store.change(leaving.leave, first)
    assert left.facts == Said(("Анна", "Иван"))
    assert {one.account for one in left.letters} == {accounts[MARIA]}
    expected = {"Анна": "sending", "Иван": "sending", "Пётр": "claimed", "совет": "claimed"}
    assert await states() == expected
    await store.change(leaving.each, left.letters, mail.arrived, 10)
    assert set((await states()).values()) == {"sent", "claimed"}


async def test_what_is_due_within_its_time_comes_along_and_what_is_later_waits(
    store, put, claim, leave, clock
):
    await put(REMINDER, "Анна")
    for name, hours in (("Иван", 6), ("Пётр", 7)):
        await put(REMINDER, name, not_before=clock.now() + timedelta(hours=hours))
    [letter] = await claim()
    assert await leave(letter) == ("Анна", "Иван")
    clock.pass_(hours=7)
    [_, _, petr] = sorted(await claim(), key=lambda one: one.id)  # the two are in doubt by now
    assert petr.arguments["name"] == "Пётр"


async def test_who_comes_along_is_nobody_elses(put, claim, leave):
    """Another taker has it already: it finds that its letter has left."""
    await put(REMINDER, "Анна")
    await put(REMINDER, "Иван")
    [first], [second] = await claim(1), await claim(1)
    assert await leave(first) == ("Анна", "Иван")
    with pytest.raises(TakenError):
        await leave(second)
    assert await claim() == []


async def test_of_those_that_come_along_the_untrue_and_the_late_stay_behind(
    put, claim, leave, states, clock
):
    await put(REMINDER, "Анна")
    await put(REMINDER, "untrue")
    await put(REMINDER, "поздно", expires_at=clock.now())
    [first, *_] = await claim()
    assert await leave(first) == ("Анна",)
    assert await states() == {"Анна": "sending", "untrue": "stale", "поздно": "stale"}


async def test_a_crash_loses_none_of_them_and_they_go_together_again(put, claim, leave, clock):
    for name in ("Анна", "Иван"):
        await put(REMINDER, name)
    [first, _] = await claim()
    await leave(first)
    assert await claim() == []
    clock.moment += delivery.LEASE
    [first, second] = await claim()
    assert [first.doubtful, second.doubtful] == [True, True]
    assert await leave(first) == ("Анна", "Иван")


async def test_what_must_not_come_twice_does_not_come_along_with_a_new_one(
    put, claim, leave, clock, states
):
    for name in ("Анна", "Иван"):
        await put(AGAIN, name)
    [first, _] = await claim()
    assert await leave(first) == ("Анна", "Иван")
    clock.moment += delivery.LEASE
    await put(AGAIN, "Пётр")
    letters = {one.arguments["name"]: one for one in await claim()}
    assert [name for name, one in letters.items() if one.doubtful] == ["Анна", "Иван"]
    assert await leave(letters["Пётр"]) == ("Пётр",)
    assert (await states())["Анна"] == "claimed", "the postman leaves it at that"


# --- apart -----------------------------------------------------------------------------------


async def test_of_two_taken_together_the_second_waits_seven_days(put, claim, leave, clock):
    await put(NEWS, "одна")
    await put(TIP, "другая")
    await put(TIP, "чужая", who=EMMA)
    one, other, strange = await claim()
    await leave(one)
    with pytest.raises(NotNowError) as closed:
        await leave(other)
    assert closed.value.until == clock.now() + timedelta(days=7)
    await leave(strange)


async def test_one_message_keeps_the_distance_as_one(put, claim, leave):
    await put(MISSED, "Анна")
    await put(MISSED, "Иван")
    await put(TIP, "другая")
    first, _, other = await claim()
    assert await leave(first) == ("Анна", "Иван")
    with pytest.raises(NotNowError):
        await leave(other)


async def test_two_takers_at_once_let_one_of_them_leave(store, put, claim):
    for n in range(6):
        await put((NEWS, TIP)[n % 2], str(n))
    letters = await claim()
    connected = (store.change(lambda tx: tx.promo.standing()) for _ in letters)
    await asyncio.gather(*connected)  # or the first would be done while the others connect
    tried = (store.change(leaving.leave, letter) for letter in letters)
    became = await asyncio.gather(*tried, return_exceptions=True)
    assert sorted(type(one).__name__ for one in became) == ["Leaving", *["NotNowError"] * 5]


@pytest.mark.parametrize("end", [delivery.unknown, delivery.stale])
async def test_what_may_have_arrived_counts(store, put, claim, leave, end):
    await put(NEWS, "одна")
    await put(TIP, "другая")
    one, other = await claim()
    await leave(one)
    await store.change(end, one.id)
    with pytest.raises(NotNowError):
        await leave(other)


async def test_what_surely_did_not_arrive_does_not(store, put, claim, leave):
    await put(NEWS, "одна")
    await put(TIP, "другая")
    one, other = await claim()
    await leave(one)
    await store.change(delivery.failed, one.id, "unreachable")
    assert await leave(other) == ("другая",)


async def test_a_letter_does_not_wait_for_itself(put, claim, leave, clock):
    await put(TIP, "одна")
    [letter] = await claim()
    await leave(letter)
    clock.moment += delivery.LEASE
    [again] = await claim()
    assert await leave(again) == ("одна",)


# --- whoever agrees --------------------------------------------------------------------------


async def test_who_has_withdrawn_hears_nothing_but_answers(store, put, claim, leave, accounts):
    await put(REMINDER, "Анна")
    await store.change(
        lambda tx: tx.outbox.put("account-moved:1", "account-moved", accounts[MARIA])
    )
    answer, reminder = await claim()
    await store.change(privacy.withdraw, MARIA)
    with pytest.raises(UntrueError):
        await leave(reminder)
    assert (await store.change(leaving.leave, answer)).facts is None


async def test_care_that_is_switched_off_stays_off_through_everything_but_the_person(
    store, put, claim, leave
):
    await put(TIP, "одна")
    await put(REMINDER, "Анна")
    reminder, tip = await claim()
    await store.change(caring.switch, MARIA, False)
    await store.change(caring.switch, MARIA, False)
    with pytest.raises(UntrueError):
        await leave(tip)
    assert await leave(reminder) == ("Анна",)
    await store.change(caring.switch, MARIA, True)
    assert await leave(tip) == ("одна",)
    dossier = await store.ask(privacy.dossier, MARIA)
    kept = [(one.kind, one.decision) for one in dossier.consents if one.kind == "care"]
    assert kept == [("care", "withdrawn"), ("care", "given")]


# --- advertising -----------------------------------------------------------------------------


async def test_an_offer_wants_two_words_and_nobody_who_waits_for_an_answer(
    store, put, claim, leave, clock, anna
):
    """The reader's consent, the owner's switch, and no open case of theirs."""
    await put(OFFER, "одна")
    [offer] = await claim()
    for refused in range(2):
        with pytest.raises(UntrueError):
            await leave(offer)
        if refused:
            await store.change(promoting.switch_on, OLEG, 0)
        else:
            await store.change(registration.answer_advertising, MARIA, True)

    visit = await visited(store, anna)
    await store.change(ratings.rate, MARIA, visit.id, 2, (OLEG,))
    with pytest.raises(NotNowError) as waits:
        await leave(offer)
    assert waits.value.until == clock.now() + timedelta(hours=1)

    case = await store.ask(lambda tx: tx.cases.case_of(visit.id))
    owner = Decider(OLEG, is_owner=True)
    await store.change(handling.solve, owner, (OLEG,), "Олег", case.id, None)
    assert await leave(offer) == ("одна",)


async def test_an_advert_carries_the_token_of_the_register(store, put, claim):
    await store.change(registration.answer_advertising, MARIA, True)
    await store.change(promoting.switch_on, OLEG, 0)
    await store.change(promoting.put_marker, OLEG, " erid: 2VtzqwABC ")
    await put(OFFER, "одна")
    [offer] = await claim()
    assert await store.ask(mail.facts, offer) == Advert(Said(("одна",)), "2VtzqwABC")


async def test_of_two_owners_words_the_one_that_read_the_newest_counts(store):
    await store.change(promoting.switch_on, OLEG, 0)
    await store.change(promoting.switch_on, OLEG, 0)
    assert (await store.ask(promoting.standing)).version == 1
    await store.change(promoting.switch_off, 8)
    with pytest.raises(PromoMovedError):
        await store.change(promoting.switch_on, OLEG, 0)
    now = await store.ask(promoting.standing)
    assert (now.on, now.by, now.version) == (False, 8, 2)


@pytest.mark.parametrize("words", ["", "какой токен", "a" * 81, "два слова", "erid:"])
async def test_what_is_no_token_is_refused(store, words):
    with pytest.raises(NotAMarkerError):
        await store.change(promoting.put_marker, OLEG, words)
