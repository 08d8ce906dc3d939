"""The postman: each letter goes out once where that can be had, and none holds up another."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.pace import Pace
from bot.telegram import letters_of
from loyalty import classes, mail, registration, statement, unreached
from loyalty.delivery import ATTEMPTS, LEASE, UNREACHABLE
from loyalty.kinds import KINDS, Class, Kind, Rank
from loyalty.letters import Letter
from loyalty.signboard import Signboard
from scheduler import delivery as delivery_of_letters
from scheduler.delivery import FIRST_PAUSE, WHILE_TELEGRAM_IS_AWAY, Postman
from screens import outbox
from screens.screen import NO_MENU, Screen
from screens.texts import texts_in
from tests.support.telegram import (
    BAD_GATEWAY,
    BAD_GATEWAY_PAGE,
    BLOCKED,
    LINE_BROKEN,
    ok,
    refusal,
    too_many,
)

MARIA, EMMA, OLEG = 7001, 7002, 7005
BOARD = Signboard("Улыбка", "ООО «Улыбка»", "+7 843 212-34-56", ZoneInfo("Europe/Moscow"))
KIND = "account-moved"
UNAUTHORIZED = refusal(401, "Unauthorized")


def letter_in(language: str) -> str:
    letter = Letter(1, KIND, 1, MARIA, language, {}, 0)
    return outbox.render(letter, None, texts_in(language), BOARD).text


@pytest.fixture(autouse=True)
def logs():
    with capture_logs() as logs:
        yield logs


@pytest.fixture
def postman(store, line, pace) -> Postman:
    return Postman(store, letters_of(line), pace, BOARD, "ru")


@pytest.fixture
def write_to(store):
    """Put a letter to a Telegram user into the outbox."""

    async def write_to(telegram: int, kind: str = KIND, language: str | None = None) -> None:
        account = await store.change(registration.open_account, telegram)
        if language:
            await store.change(registration.choose_language, telegram, language)
        key = f"{kind}:{account.id}"
        await store.change(lambda tx: tx.outbox.put(key, kind, account.id))

    return write_to


@pytest.fixture
def states(core):
    def states() -> list[tuple[str, str | None, int]]:
        return core.rows("SELECT state, fault, attempts FROM outbox ORDER BY id")

    return states


async def test_a_letter_goes_out_in_its_recipients_language(postman, write_to, wire, states):
    await write_to(MARIA)
    await write_to(EMMA, language="en")
    assert await postman.round() == 2
    assert sorted(wire.sent) == sorted([(MARIA, letter_in("ru")), (EMMA, letter_in("en"))])
    assert all(request.reply_markup == NO_MENU for request in wire.asked("sendMessage"))
    assert states() == [("sent", None, 0)] * 2
    assert await postman.round() == 0


async def test_sending_is_committed_before_the_request_leaves(postman, write_to, wire, states):
    seen = []

    async def look():
        seen.extend(states())
        chat = {"id": MARIA, "type": "private"}
        return ok({"message_id": 1, "date": 0, "chat": chat})

    await write_to(MARIA)
    wire.script("sendMessage", look)
    await postman.round()
    assert seen == [("sending", None, 0)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (BLOCKED, UNREACHABLE),
        (refusal(400, "Bad Request: chat not found"), UNREACHABLE),
        (refusal(400, "Bad Request: can't parse entities"), "TelegramBadRequest"),
        (refusal(404, "Not Found"), "TelegramNotFound"),
    ],
)
async def test_a_refused_letter_is_not_tried_again(
    postman, write_to, wire, states, clock, answer, reason
):
    await write_to(MARIA)
    wire.script("sendMessage", answer)
    await postman.round()
    assert states() == [("failed", reason, 0)]
    clock.pass_(days=1)
    assert await postman.round() == 0
    assert len(wire.sent) == 1


@pytest.mark.parametrize("away", [LINE_BROKEN, BAD_GATEWAY, BAD_GATEWAY_PAGE])
async def test_while_telegram_is_away_the_letter_waits_however_long(
    postman, write_to, wire, states, clock, away
):
    await write_to(MARIA)
    wire.script("sendMessage", *[away] * 50)
    for _ in range(50):
        await postman.round()
        assert states() == [("pending", None, 0)]
        assert await postman.round() == 0, "not again at once"
        clock.moment += WHILE_TELEGRAM_IS_AWAY
    await postman.round()
    assert states() == [("sent", None, 0)]


async def test_what_telegram_refuses_for_now_is_tried_later_each_time_and_given_up_in_the_end(
    postman, write_to, wire, states, clock
):
    await write_to(MARIA)
    wire.script("sendMessage", *[UNAUTHORIZED] * ATTEMPTS)
    for tries in range(1, ATTEMPTS):
        await postman.round()
        assert states() == [("pending", None, tries)]
        clock.moment += FIRST_PAUSE * 2**tries - timedelta(seconds=1)
        assert await postman.round() == 0
        clock.pass_(seconds=1)
    await postman.round()
    assert states() == [("failed", "TelegramUnauthorizedError", ATTEMPTS - 1)]
    assert await postman.round() == 0


async def test_too_many_requests_count_as_no_try_and_nobody_waits_with_a_letter_in_hand(
    postman, write_to, wire, states, clock
):
    await write_to(MARIA)
    await write_to(EMMA)
    wire.script("sendMessage", too_many(30), too_many(30))
    await postman.round()
    assert states() == [("pending", None, 0)] * 2
    asked = len(wire.sent)
    clock.pass_(seconds=29)
    assert await postman.round() == 0
    clock.pass_(seconds=2)
    wire.script("sendMessage", too_many(5))
    await postman.round()
    clock.pass_(seconds=6)
    await postman.round()
    assert states() == [("sent", None, 0)] * 2
    assert len(wire.sent) > asked


async def test_the_silence_that_telegram_asked_for_outlives_the_process(
    postman, write_to, wire, store, line, clock
):
    await write_to(MARIA)
    wire.script("sendMessage", too_many(30))
    await postman.round()
    next_life = Postman(store, letters_of(line), Pace(clock, 25), BOARD, "ru")
    assert await next_life.round() == 0
    clock.pass_(seconds=31)
    assert await next_life.round() == 1


async def test_what_a_handler_was_told_letters_keep_to_as_well(
    postman, write_to, wire, line, pace, store, clock
):
    pace.keep_in(store)
    wire.script("sendMessage", too_many(30))
    answer = asyncio.create_task(line.send_message(EMMA, "an answer"))
    await asyncio.sleep(0.05)
    await write_to(MARIA)
    assert await postman.round() == 0
    await answer
    clock.pass_(seconds=31)
    await postman.round()
    assert [chat for chat, _ in wire.sent] == [EMMA, EMMA, MARIA]


async def test_a_refused_letter_holds_up_no_other(postman, write_to, wire, states):
    await write_to(MARIA)
    await write_to(EMMA)
    wire.script("sendMessage", BLOCKED)
    await postman.round()
    assert sorted(states()) == [("failed", UNREACHABLE, 0), ("sent", None, 0)]


async def test_a_letter_that_cant_be_written_holds_up_no_other(
    postman, write_to, wire, states, core
):
    await write_to(MARIA)
    await core.run_sql("UPDATE outbox SET kind = 'of-tomorrow'")
    await write_to(EMMA)
    await postman.round()
    assert wire.sent == [(EMMA, letter_in("ru"))]
    (unwritten, sent) = states()
    assert (unwritten[0], sent[0]) == ("failed", "sent")


async def test_a_fault_of_ours_holds_up_no_letter_that_was_taken_with_it(
    postman, write_to, wire, states, clock
):
    """Met again at every lease, it would keep what stands behind it from ever leaving."""

    async def mistake():
        raise ZeroDivisionError

    await write_to(MARIA)
    await write_to(EMMA)
    wire.script("sendMessage", mistake)
    with capture_logs() as logs:
        assert await postman.round() == 2
    errors = [log["event"] for log in logs if log["log_level"] == "error"]
    assert errors == ["letter.broken"]
    assert sorted(states()) == [("pending", None, 1), ("sent", None, 0)]  # side by side
    clock.moment += FIRST_PAUSE * 2
    await postman.round()
    assert sorted(states()) == [("sent", None, 0), ("sent", None, 1)]


async def test_a_fault_of_ours_is_not_met_for_ever(postman, write_to, wire, states, clock):
    """A letter that breaks after it has left would come again at every lease."""

    async def mistake():
        raise ZeroDivisionError

    await write_to(MARIA)
    wire.script("sendMessage", *[mistake] * (ATTEMPTS + 5))
    for _ in range(ATTEMPTS + 5):
        await postman.round()
        clock.pass_(hours=1)
    assert states() == [("failed", "ZeroDivisionError", ATTEMPTS - 1)]
    assert len(wire.sent) == ATTEMPTS


async def test_what_has_been_sent_isnt_sent_again_whatever_should_follow(
    postman, write_to, wire, states, clock, monkeypatch
):
    def mistake(*_):
        raise ZeroDivisionError

    monkeypatch.setitem(mail.FOLLOWS, KIND, mistake)
    await write_to(MARIA)
    await postman.round()
    clock.pass_(days=1)
    await postman.round()
    assert states() == [("sent", None, 0)]
    assert len(wire.sent) == 1


async def cut_off(postman: Postman, wire) -> None:
    """A life that ends while its letter is on the way."""
    on_the_way = asyncio.Event()

    async def never():
        on_the_way.set()
        await asyncio.Event().wait()

    wire.script("sendMessage", never)
    life = asyncio.create_task(postman.round())
    await asyncio.wait_for(on_the_way.wait(), 5)
    for task in (life, *postman._lanes.values()):
        task.cancel()
    await asyncio.gather(life, *postman._lanes.values(), return_exceptions=True)


async def test_a_letter_cut_off_while_it_was_sent_goes_out_again(
    postman, write_to, wire, states, clock
):
    """Nobody knows whether it arrived, and this kind must not be missed."""
    await write_to(MARIA)
    await cut_off(postman, wire)
    assert states() == [("sending", None, 0)]
    assert await postman.round() == 0
    clock.moment += LEASE
    await postman.round()
    assert states() == [("sent", None, 0)]


async def test_of_what_must_not_come_twice_doubt_outlives_every_death(
    postman, write_to, wire, states, clock, monkeypatch, store
):
    """A life that claimed it and died at once would have made it look as if it had never left."""
    monkeypatch.setattr(mail, "NEVER_TWICE", {KIND})
    await write_to(MARIA)
    await cut_off(postman, wire)
    clock.moment += LEASE
    assert await store.change(mail.claim, 20) == []
    assert states() == [("unknown", None, 0)]


async def test_a_letter_to_somebody_who_has_left_goes_to_nobody(postman, write_to, wire, store):
    await write_to(MARIA)
    account = await store.change(registration.open_account, MARIA)
    await store.change(lambda tx: tx.people.erase_account(account.id))
    await postman.round()
    assert wire.sent == []


async def test_of_what_telegram_refuses_owners_hear_once_a_day(
    store, line, pace, write_to, wire, clock
):
    postman = Postman(store, letters_of(line), pace, BOARD, "ru", [OLEG])
    for n in range(3):
        await write_to(MARIA + 10 * n)
    wire.script("sendMessage", *[refusal(400, "Bad Request: can't parse entities")] * 3)
    await postman.round()
    (told,) = [text for chat, text in wire.sent if chat == OLEG]
    assert "номер в другом Telegram" in told
    wire.script("sendMessage", *[refusal(400, "Bad Request: can't parse entities")] * 3)
    clock.pass_(days=1)
    await write_to(EMMA)
    await postman.round()
    await postman.round()
    assert len([chat for chat, _ in wire.sent if chat == OLEG]) == 2


async def test_who_blocked_the_bot_is_known_until_they_write_again(postman, write_to, wire, store):
    await write_to(MARIA)
    wire.script("sendMessage", BLOCKED)
    await postman.round()
    account = await store.ask(statement.who, MARIA)
    assert account.unreachable_since is not None
    await store.change(unreached.speaks_again, account.id)
    assert (await store.ask(statement.who, MARIA)).unreachable_since is None


async def test_letters_go_side_by_side_and_to_one_chat_in_order(
    postman, write_to, wire, store, line
):
    """A chat whose answer is slow keeps nobody else waiting."""
    slow = asyncio.Event()

    async def slowly():
        await slow.wait()
        return ok({"message_id": 1, "date": 0, "chat": {"id": MARIA, "type": "private"}})

    wire.script("sendMessage", slowly)
    await write_to(MARIA)
    await write_to(MARIA, kind="account-confirmed")
    life = asyncio.create_task(postman.round())
    async with asyncio.timeout(5):
        while not wire.sent:
            await asyncio.sleep(0.01)
        await write_to(EMMA)
        while len(wire.sent) < 2:
            await asyncio.sleep(0.01)
    assert [chat for chat, _ in wire.sent] == [MARIA, EMMA]
    slow.set()
    assert await life == 3
    assert [chat for chat, _ in wire.sent] == [MARIA, EMMA, MARIA]


# --- several letters, one message ------------------------------------------------------------


@pytest.fixture
def of_family(monkeypatch, store):
    """Letters of a kind that leaves together: to one account, of several patients."""
    row = Kind(Class.ANSWER, Rank.ANSWER, together=timedelta())
    monkeypatch.setitem(KINDS, KIND, row)
    monkeypatch.setitem(mail.TOGETHER, KIND, lambda _: None)

    async def of_family(*patients: str) -> None:
        account = await store.change(registration.open_account, MARIA)
        for patient in patients:
            await store.change(lambda tx, key=patient: tx.outbox.put(key, KIND, account.id))

    return of_family


async def test_letters_that_leave_together_are_one_message(postman, of_family, wire, states):
    await of_family("Анна", "Иван", "Пётр")
    await postman.round()
    assert wire.sent == [(MARIA, letter_in("ru"))]
    assert states() == [("sent", None, 0)] * 3


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (BLOCKED, ("failed", UNREACHABLE, 0)),
        (BAD_GATEWAY, ("pending", None, 0)),
        (UNAUTHORIZED, ("pending", None, 1)),
    ],
)
async def test_what_becomes_of_the_message_becomes_of_all_of_them(
    postman, of_family, wire, states, answer, state
):
    await of_family("Анна", "Иван")
    wire.script("sendMessage", answer)
    await postman.round()
    assert len(wire.sent) == 1
    assert states() == [state] * 2


async def test_cut_off_while_it_was_sent_it_goes_out_again_as_one(
    postman, of_family, wire, states, clock
):
    await of_family("Анна", "Иван")
    await cut_off(postman, wire)
    assert states() == [("sending", None, 0)] * 2
    clock.moment += LEASE
    await postman.round()
    assert len(wire.sent) == 2
    assert states() == [("sent", None, 0)] * 2


class ClientConnectorError(Exception):
    """As aiohttp says that a connection never came about."""


NEVER_CAME_ABOUT = ClientConnectorError("refused")


@pytest.fixture
def care_of_family(monkeypatch, of_family):
    """The same of care: it keeps its distance and must not come twice."""
    row = Kind(Class.CARE, Rank.RECALL, never_twice=True, any_hour=True, together=timedelta())
    monkeypatch.setitem(KINDS, KIND, row)
    monkeypatch.setattr(delivery_of_letters, "NEVER_TWICE", {KIND})
    monkeypatch.setattr(classes, "_agrees", lambda *_: True)
    monkeypatch.setattr(outbox, "render", lambda *_: Screen("Анна и Иван"))
    return of_family


async def test_what_never_left_keeps_no_other_waiting_and_goes_together_again(
    postman, care_of_family, wire, states, clock
):
    await care_of_family("Анна", "Иван")
    wire.script("sendMessage", NEVER_CAME_ABOUT)
    await postman.round()
    assert states() == [("pending", None, 0)] * 2
    clock.moment += WHILE_TELEGRAM_IS_AWAY
    await postman.round()
    assert states() == [("sent", None, 0)] * 2
    assert len(wire.sent) == 2


async def test_what_broke_while_it_was_written_has_not_left(
    postman, care_of_family, wire, states, clock, monkeypatch
):
    def mistake(*_):
        raise ZeroDivisionError

    await care_of_family("Анна", "Иван")
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "render", mistake)
        await postman.round()
    assert states() == [("pending", None, 1)] * 2
    clock.moment += FIRST_PAUSE * 2
    await postman.round()
    assert states() == [("sent", None, 1)] * 2
    assert len(wire.sent) == 1
