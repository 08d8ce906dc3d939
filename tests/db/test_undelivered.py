"""What doesn't arrive is seen: a call, a digest for staff, a list for the owner."""

from datetime import UTC, datetime, timedelta

import pytest

from loyalty import delivery, mail, statement, undelivered, unreached
from loyalty.appointments import wishing
from loyalty.delivery import UNREACHABLE
from loyalty.desk import connecting
from loyalty.given_up import Why
from loyalty.letters import UntrueError
from loyalty.saying import Said
from loyalty.tasks import posting, talking
from loyalty.tasks.task import Wish
from loyalty.undelivered import NotToBeSentAgainError
from tests.db.test_appointments import anna, book, branch, letters, maria  # noqa: F401 (fixtures)
from tests.db.test_desk import MARIA

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)  # noon in Moscow
OWNERS = (7005,)


@pytest.fixture(autouse=True)
def at_work(clock):
    clock.moment = TUESDAY


async def put(store, n: int, kind: str = "account-confirmed") -> int:
    """A letter to Maria; its number."""
    account = await store.ask(statement.who, MARIA)
    await store.change(lambda tx: tx.outbox.put(f"{kind}:{n}", kind, account.id))
    waiting = await letters(store, kind)
    return max(letter.id for letter in waiting)


async def lose(store, kind: str, fault: str = UNREACHABLE):
    for letter in await letters(store, kind):
        await store.change(mail.lost, letter, fault, OWNERS)


async def calls(store, patient: int):
    task = await store.ask(lambda tx: tx.tasks.open_call(1, [patient]))
    if task is None:
        return []
    return [one.kind for one in await store.ask(lambda tx: tx.tasks.reasons(task.id))]


async def test_who_doesnt_hear_of_a_visit_is_called_once(store, anna, maria):  # noqa: F811
    await book(store, anna, maria, TUESDAY + timedelta(days=3))
    await lose(store, "booked")
    await lose(store, "booked")
    assert await calls(store, maria) == ["unreached"]


async def test_nobody_is_called_about_a_receipt_or_a_visit_that_is_over(
    store,
    anna,  # noqa: F811
    maria,  # noqa: F811
    clock,
):
    await put(store, 1)
    await lose(store, "account-confirmed")
    await book(store, anna, maria, TUESDAY + timedelta(days=3))
    clock.pass_(days=4)
    await lose(store, "booked")
    assert await calls(store, maria) == []


async def test_staff_hear_in_one_digest_an_hour_while_the_branch_is_open(
    store,
    anna,  # noqa: F811
    maria,  # noqa: F811
    clock,
):
    first, second = await put(store, 1), await put(store, 2)
    await store.change(delivery.failed, first, UNREACHABLE)
    await store.change(delivery.unknown, second)
    clock.moment = TUESDAY.replace(hour=19)  # ten in the evening
    await store.change(undelivered.tell_staff)
    assert await letters(store, "undelivered") == []

    clock.moment = TUESDAY + timedelta(days=1)
    for _ in range(3):
        await store.change(undelivered.tell_staff)
    (digest,) = await letters(store, "undelivered")
    facts = await store.ask(mail.facts, digest)
    assert [one.letter.id for one in facts.to_call] == [first, second]
    assert [one.to.id for one in facts.to_call] == [maria, maria]

    await store.change(delivery.unknown, await put(store, 3))
    clock.pass_(minutes=30)
    await store.change(undelivered.tell_staff)
    assert len(await letters(store, "undelivered")) == 1
    clock.pass_(minutes=31)
    await store.change(undelivered.tell_staff)
    assert len(await letters(store, "undelivered")) == 2


async def test_what_has_been_sent_again_is_no_news(store, anna, maria, clock):  # noqa: F811
    letter = await put(store, 1)
    await store.change(delivery.unknown, letter)
    await store.change(undelivered.tell_staff)
    (digest,) = await letters(store, "undelivered")
    await store.change(undelivered.send_again, letter)
    assert [one.id for one in await letters(store, "account-confirmed")] == [letter]
    with pytest.raises(mail.UntrueError):
        await store.ask(mail.facts, digest)
    with pytest.raises(NotToBeSentAgainError):
        await store.change(undelivered.send_again, letter)


async def test_to_who_blocked_the_bot_nothing_goes_again_until_they_write(
    store,
    anna,  # noqa: F811
    maria,  # noqa: F811
):
    letter = await put(store, 1)
    await lose(store, "account-confirmed")
    with pytest.raises(NotToBeSentAgainError):
        await store.change(undelivered.send_again, letter)
    account = await store.ask(statement.who, MARIA)
    await store.change(unreached.speaks_again, account.id)
    await store.change(undelivered.send_again, letter)


async def test_the_list_has_thirty_days_by_reason_the_newest_first(
    store,
    anna,  # noqa: F811
    maria,  # noqa: F811
    clock,
):
    old = await put(store, 0)
    await store.change(delivery.unknown, old)
    clock.pass_(days=31)
    lost = []
    for n, end in enumerate([UNREACHABLE, "TelegramBadRequest", None, UNREACHABLE, None, None], 1):
        lost.append(await put(store, n))
        if end:
            await store.change(delivery.failed, lost[-1], end)
        else:
            await store.change(delivery.unknown, lost[-1])
        clock.pass_(minutes=1)
    page = await store.ask(undelivered.page, 0)
    assert page.counts == {Why.UNREACHED: 2, Why.REFUSED: 1, Why.DOUBTFUL: 3}
    assert [one.letter.id for one in page.letters] == lost[:0:-1]
    assert page.more
    rest = await store.ask(undelivered.page, 5)
    assert [one.letter.id for one in rest.letters] == lost[:1]
    assert not rest.more


async def test_in_a_chat_that_was_left_nobody_reads_who_has_to_be_called(
    store,
    anna,  # noqa: F811
    maria,  # noqa: F811
    branch,  # noqa: F811
):
    await store.change(delivery.failed, await put(store, 1), UNREACHABLE)
    await store.change(undelivered.tell_staff)
    (digest,) = await letters(store, "undelivered")
    await store.change(connecting.disconnect, branch.chat)
    with pytest.raises(UntrueError):
        await store.ask(mail.facts, digest)


async def test_words_that_met_a_chat_without_the_bot_come_to_the_owners(
    store,
    anna,  # noqa: F811
    maria,  # noqa: F811
):
    for n in (1, 2):
        await store.change(talking.say, MARIA, Said(MARIA, n, "Можно ли с кашлем?"), OWNERS)
    await lose(store, "task-words")
    await store.change(posting.plan, OWNERS)
    (card,) = [one for one in await letters(store, "task") if one.telegram == OWNERS[0]]
    assert len((await store.ask(mail.facts, card)).words) == 2


async def test_a_staff_chat_without_the_bot_is_none_and_owners_have_its_tasks(
    store,
    anna,  # noqa: F811
    maria,  # noqa: F811
    branch,  # noqa: F811
):
    """Else patients would be promised an answer that nobody sees."""
    asked = {"branch": branch.id, "patient": maria, "when": Wish.EVENING, "doctor": None}
    await store.change(wishing.wish, MARIA, **asked)
    for _ in range(2):
        await lose(store, "task")
    assert (await store.ask(lambda tx: tx.branches.branch(branch.id))).chat is None
    (alert,) = await letters(store, "chat-lost")
    assert alert.telegram == OWNERS[0]
    await store.change(posting.plan, OWNERS)
    cards = [one for one in await letters(store, "task") if one.telegram == OWNERS[0]]
    assert len(cards) == 1
    assert (await store.ask(mail.facts, cards[0])).people[0].patient.id == maria
    await store.change(connecting.reopen, -200, branch.id)
