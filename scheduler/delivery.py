"""Letters of the outbox go out: rendered as they leave, in the recipient's language."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial
from typing import Protocol

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
)

from loyalty import delivery, leaving, mail
from loyalty.delivery import ATTEMPTS, UNREACHABLE
from loyalty.desk import connecting
from loyalty.leaving import Leaving, TakenError
from loyalty.letters import NEVER_TWICE, Letter, NotNowError, UntrueError
from loyalty.ports import Clinic, Transaction
from loyalty.signboard import Signboard
from scheduler.putting import put
from screens import outbox
from screens.screen import Screen
from screens.texts import texts_in

log = structlog.get_logger()

AT_ONCE = 20  # letters in a claim
FEW = 10  # chats that are being written to when the next letters are claimed
LOOK = 1.0  # seconds after which somebody looks for more, however slow Telegram is
FIRST_PAUSE = timedelta(seconds=5)
WHILE_TELEGRAM_IS_AWAY = timedelta(seconds=30)

# As aiogram names a connection that never came about.
NEVER_LEFT = (
    "ClientConnectorError",
    "ClientConnectorDNSError",
    "ClientConnectorCertificateError",
    "ClientConnectorSSLError",
    "ProxyConnectionError",
)

# Trying again would mend nothing.
FINAL = (TelegramForbiddenError, TelegramNotFound, TelegramBadRequest)
# Telegram may have done what it was asked; nobody heard it say so.
UNHEARD = (TelegramNetworkError, TelegramServerError, ClientDecodeError)


class Pace(Protocol):
    """Telegram's limits, which handlers keep to as well."""

    async def turn(self, chat: int) -> float:
        """Waits for a letter's turn. Seconds for which the chat takes no letter, or nothing."""
        ...

    def forgo(self) -> None:
        """The turn just taken is the next one's."""


class Postman:
    """Takes due letters and sends them: side by side, of each chat one after another."""

    def __init__(
        self,
        clinic: Clinic,
        bot: Bot,
        pace: Pace,
        signboard: Signboard,
        default_language: str,
        owners: Collection[int] = (),
    ) -> None:
        self._clinic = clinic
        self._bot = bot
        self._pace = pace
        self._signboard = signboard
        self._default_language = default_language
        self._owners = owners
        self._lanes: dict[int | None, asyncio.Task[None]] = {}
        self._closed: dict[int, float] = {}
        self._stopping = False

    def stop(self) -> None:
        """After the letters that are on their way no other leaves."""
        self._stopping = True

    async def round(self) -> int:
        """Send all that is due now, what is urgent first; returns how many letters were taken."""
        taken = 0
        while True:
            letters = [] if self._stopping else await self._claim()
            taken += len(letters)
            self._begin(letters)
            if not self._lanes:
                return taken
            if not letters or len(self._lanes) > FEW:
                await asyncio.wait(
                    self._lanes.values(), timeout=LOOK, return_when=asyncio.FIRST_COMPLETED
                )

    async def _claim(self) -> Sequence[Letter]:
        """No letter to a chat that is being written to: its letters go in their order."""
        moment = asyncio.get_running_loop().time()
        self._closed = {chat: until for chat, until in self._closed.items() if until > moment}
        busy = {*self._closed, *(chat for chat in self._lanes if chat is not None)}
        return await self._clinic.change(mail.claim, AT_ONCE, busy)

    def _begin(self, letters: Sequence[Letter]) -> None:
        lanes = defaultdict[int | None, list[Letter]](list)
        for letter in letters:
            lanes[letter.telegram].append(letter)
        for chat, those in lanes.items():
            lane = asyncio.create_task(self._walk(those))
            self._lanes[chat] = lane
            lane.add_done_callback(partial(self._end, chat))

    def _end(self, chat: int | None, lane: asyncio.Task[None]) -> None:
        del self._lanes[chat]
        if not lane.cancelled() and (fault := lane.exception()):
            log.error("letters.left", kind=type(fault).__name__)  # till their lease is over

    async def _walk(self, letters: Sequence[Letter]) -> None:
        """What a chat can't take now waits as if nobody had claimed it."""
        for n, letter in enumerate(letters):
            if self._stopping or not await self._take(letter):
                await self._clinic.change(delivery.put_back, letters[n:])
                return

    async def _take(self, letter: Letter) -> bool:
        """False: not now. A fault of ours counts as a try; others go on meanwhile."""
        with structlog.contextvars.bound_contextvars(letter_id=letter.id, kind=letter.kind):
            try:
                if not await self._has_its_turn(letter):
                    return False
                ready = await self._ready(letter)
            except Exception as fault:
                log.exception("letter.broken")
                await self._again([letter], fault)
                return True
            return ready is None or await self._hand_over(*ready)

    async def _has_its_turn(self, letter: Letter) -> bool:
        if letter.telegram is not None and (closed := await self._pace.turn(letter.telegram)):
            self._closed[letter.telegram] = asyncio.get_running_loop().time() + min(closed, LOOK)
            return False
        return not self._stopping

    async def _ready(self, letter: Letter) -> tuple[Leaving, Screen] | None:
        """What to send, its letters being *sending*; None: there is nothing to send."""
        try:
            left = await self._clinic.change(leaving.leave, letter)
        except TakenError:
            log.info("letter.taken")  # by another taker, or it left with its like
        except UntrueError:
            self._pace.forgo()
            await self._clinic.change(delivery.stale, letter.id)
        except NotNowError as closed:
            self._pace.forgo()
            await self._clinic.change(delivery.hold, letter.id, closed.until, letter.attempts)
        except LookupError as unknown:  # a kind that this version lacks
            await self._lose([letter], unknown)
        else:
            return await self._rendered(left)
        return None

    async def _rendered(self, left: Leaving) -> tuple[Leaving, Screen] | None:
        letter = left.letters[0]
        texts = texts_in(letter.language or self._default_language)
        try:
            return left, outbox.render(letter, left.facts, texts, self._signboard)
        except LookupError as unwritten:
            await self._lose(left.letters, unwritten)
        except Exception as fault:
            log.exception("letter.broken")
            await self._again(left.letters, fault)
        return None

    async def _hand_over(self, left: Leaving, screen: Screen) -> bool:
        try:
            return await self._put(left, screen)
        except Exception as fault:
            log.exception("letter.broken")
            if left.letters[0].kind in NEVER_TWICE:
                await self._clinic.change(leaving.each, left.letters, mail.left_in_doubt)
            else:
                await self._again(left.letters, fault)
            return True

    async def _put(self, left: Leaving, screen: Screen) -> bool:
        """False: Telegram wants silence."""
        chat, letters = left.letters[0].telegram, left.letters
        try:
            message = None if chat is None else await put(self._bot, chat, screen, left.how)
        except TelegramRetryAfter as slow:
            log.warning("telegram.slow_down", seconds=slow.retry_after)
            silence = timedelta(seconds=slow.retry_after)
            await self._clinic.change(leaving.each, letters, delivery.came_back, silence)
            return False
        except TelegramMigrateToChat as moved:
            await self._follow(letters, moved.migrate_to_chat_id)
        except FINAL as final:
            await self._lose(letters, final)
        except UNHEARD as absent:
            await self._wait_for_telegram(letters, absent)
        except AiogramError as passing:
            await self._again(letters, passing)
        else:
            await self._arrived(letters, message)
        return True

    async def _lose(self, letters: Sequence[Letter], final: Exception) -> None:
        log.warning("letter.refused", reason=type(final).__name__)
        fault = _fault(final)
        await self._clinic.change(leaving.each, letters, mail.lost, fault, self._owners)

    async def _arrived(self, letters: Sequence[Letter], message: int | None) -> None:
        """Whatever should follow, what has been sent isn't sent again."""
        try:
            await self._clinic.change(leaving.each, letters, mail.arrived, message)
        except Exception:
            log.exception("letter.followed_by_nothing")
            await self._clinic.change(leaving.each, letters, _sent)

    async def _wait_for_telegram(self, letters: Sequence[Letter], absent: AiogramError) -> None:
        """Who was never reached has not got it; of an answer that never came nobody can tell."""
        log.warning("letter.waits", reason=type(absent).__name__)
        never_left = any(words in str(absent) for words in NEVER_LEFT)
        if letters[0].kind in NEVER_TWICE and not never_left:
            await self._clinic.change(leaving.each, letters, mail.left_in_doubt)
        elif isinstance(absent, ClientDecodeError):
            await self._again(letters, absent)
        else:
            await self._clinic.change(leaving.each, letters, _put_off, WHILE_TELEGRAM_IS_AWAY)

    async def _follow(self, letters: Sequence[Letter], chat: int) -> None:
        """The group has become a supergroup; this letter goes there with the next round."""
        if (former := letters[0].telegram) is not None:
            await self._clinic.change(connecting.moved, former, chat)
        await self._clinic.change(leaving.each, letters, delivery.came_back)

    async def _again(self, letters: Sequence[Letter], fault: Exception) -> None:
        attempts = letters[0].attempts + 1
        reason = type(fault).__name__
        log.warning("letter.put_off", reason=reason, attempts=attempts)
        if attempts >= ATTEMPTS:
            await self._clinic.change(leaving.each, letters, mail.lost, reason, self._owners)
        else:
            pause = FIRST_PAUSE * 2**attempts
            await self._clinic.change(leaving.each, letters, _put_off, pause, attempts)


def _put_off(
    tx: Transaction, letter: Letter, pause: timedelta, attempts: int | None = None
) -> None:
    """Without a number of tries this was none. What must not come twice is put off only where it is
    clear that it hasn't left: nothing else waits for its having come.
    """
    tries = letter.attempts if attempts is None else attempts
    if letter.kind in NEVER_TWICE:
        delivery.came_back(tx, letter)
    delivery.put_off(tx, letter.id, pause, tries)


def _sent(tx: Transaction, letter: Letter) -> None:
    delivery.sent(tx, letter.id)


def _fault(final: Exception) -> str:
    """Telegram has two ways to say that there is nobody; all else is a fault of ours."""
    gone = isinstance(final, TelegramForbiddenError) or "chat not found" in str(final)
    return UNREACHABLE if gone else type(final).__name__
