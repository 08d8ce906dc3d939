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

from loyalty import delivery, mail
from loyalty.delivery import ATTEMPTS, UNREACHABLE
from loyalty.desk import connecting
from loyalty.letters import NEVER_TWICE, How, Letter, NotNowError, UntrueError
from loyalty.ports import Clinic
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
                await self._again(letter, fault)
                return True
            return ready is None or await self._hand_over(letter, *ready)

    async def _has_its_turn(self, letter: Letter) -> bool:
        if letter.telegram is not None and (closed := await self._pace.turn(letter.telegram)):
            self._closed[letter.telegram] = asyncio.get_running_loop().time() + min(closed, LOOK)
            return False
        return not self._stopping

    async def _ready(self, letter: Letter) -> tuple[Screen, How] | None:
        """What to send, the letter being *sending*; None: there is nothing to send."""
        try:
            facts = await self._clinic.ask(mail.facts, letter)
            texts = texts_in(letter.language or self._default_language)
            screen = outbox.render(letter, facts, texts, self._signboard)
        except UntrueError:
            self._pace.forgo()
            await self._clinic.change(delivery.stale, letter.id)
        except NotNowError as closed:
            self._pace.forgo()
            await self._clinic.change(delivery.hold, letter.id, closed.until, letter.attempts)
        except LookupError as unwritten:  # a kind or a text that this version lacks
            await self._lose(letter, unwritten)
        else:
            if await self._clinic.change(delivery.sending, letter):
                return screen, mail.how(facts)
            log.warning("letter.taken")  # the lease ran out before it could leave
        return None

    async def _hand_over(self, letter: Letter, screen: Screen, how: How) -> bool:
        try:
            return await self._put(letter, screen, how)
        except Exception as fault:
            log.exception("letter.broken")
            if letter.kind in NEVER_TWICE:
                await self._clinic.change(mail.left_in_doubt, letter)
            else:
                await self._again(letter, fault)
            return True

    async def _put(self, letter: Letter, screen: Screen, how: How) -> bool:
        """False: Telegram wants silence."""
        try:
            message = letter.telegram and await put(self._bot, letter.telegram, screen, how)
        except TelegramRetryAfter as slow:
            log.warning("telegram.slow_down", seconds=slow.retry_after)
            silence = timedelta(seconds=slow.retry_after)
            await self._clinic.change(delivery.came_back, letter, silence)
            return False
        except TelegramMigrateToChat as moved:
            await self._follow(letter, moved.migrate_to_chat_id)
        except FINAL as final:
            await self._lose(letter, final)
        except UNHEARD as absent:
            await self._wait_for_telegram(letter, absent)
        except AiogramError as passing:
            await self._again(letter, passing)
        else:
            await self._arrived(letter, message)
        return True

    async def _lose(self, letter: Letter, final: Exception) -> None:
        log.warning("letter.refused", reason=type(final).__name__)
        await self._clinic.change(mail.lost, letter, _fault(final), self._owners)

    async def _arrived(self, letter: Letter, message: int | None) -> None:
        """Whatever should follow, what has been sent isn't sent again."""
        try:
            await self._clinic.change(mail.arrived, letter, message)
        except Exception:
            log.exception("letter.followed_by_nothing")
            await self._clinic.change(delivery.sent, letter.id)

    async def _wait_for_telegram(self, letter: Letter, absent: AiogramError) -> None:
        """Who was never reached has not got it; of an answer that never came nobody can tell."""
        log.warning("letter.waits", reason=type(absent).__name__)
        if letter.kind in NEVER_TWICE and not any(words in str(absent) for words in NEVER_LEFT):
            await self._clinic.change(mail.left_in_doubt, letter)
        elif isinstance(absent, ClientDecodeError):
            await self._again(letter, absent)
        else:
            pause = WHILE_TELEGRAM_IS_AWAY
            await self._clinic.change(delivery.put_off, letter.id, pause, letter.attempts)

    async def _follow(self, letter: Letter, chat: int) -> None:
        """The group has become a supergroup; this letter goes there with the next round."""
        if letter.telegram is not None:
            await self._clinic.change(connecting.moved, letter.telegram, chat)
        await self._clinic.change(delivery.came_back, letter)

    async def _again(self, letter: Letter, fault: Exception) -> None:
        attempts = letter.attempts + 1
        log.warning("letter.put_off", reason=type(fault).__name__, attempts=attempts)
        if attempts >= ATTEMPTS:
            await self._clinic.change(mail.lost, letter, type(fault).__name__, self._owners)
        else:
            pause = FIRST_PAUSE * 2**attempts
            await self._clinic.change(delivery.put_off, letter.id, pause, attempts)


def _fault(final: Exception) -> str:
    """Telegram has two ways to say that there is nobody; all else is a fault of ours."""
    gone = isinstance(final, TelegramForbiddenError) or "chat not found" in str(final)
    return UNREACHABLE if gone else type(final).__name__
