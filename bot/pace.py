"""How fast Telegram lets a bot speak, kept by handlers and delivery together.

The numbers are Telegram's: 30 messages a second to all (we keep to MESSAGES_PER_SECOND), one a
second in a private chat with short bursts, 20 a minute in a group. What answers a person is never
held back by the rate of all; it takes its place from the letters (docs/decisions/limiter.md).
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from loyalty import delivery
from loyalty.ports import Clinic

Sleep = Callable[[float], Awaitable[None]]

CATCH_UP = 3  # messages that may leave at once after the loop or the disk was late
MOST_PER_SECOND = 30
ANSWERS_AHEAD = 0.2  # seconds that a flood of answers can keep the next letter waiting
SHORT = 0.5  # seconds that a letter waits for its chat before another takes its turn
FAR = 60  # seconds that no turn is away, unless the clock was set back
SHORTEST_NAP, LOOK = 0.001, 0.25  # seconds between looks at a clock that may jump

PRIVATE_BURST, OF_THEM_FOR_ANSWERS = 14, 7
GROUP_MOST, GROUP_WINDOW, GROUP_FOR_ANSWERS = 20, 61.0, 6  # a second more: requests overtake
FORGOTTEN = 1000  # chats of which so many are remembered before the quiet ones are let go

NEW = ("send", "copy", "forward")
COUNTED = (*NEW, "edit")
NO_MESSAGE = {"sendChatAction"}


def counts(method: str) -> bool:
    """Whether a request of this name is one of the messages a second."""
    return method.startswith(COUNTED) and method not in NO_MESSAGE


def is_new(method: str) -> bool:
    """Whether it puts one more message into its chat."""
    return method.startswith(NEW) and method not in NO_MESSAGE


class Quiet:
    """The silence that Telegram has asked for. A clock that was set back ends it."""

    def __init__(self) -> None:
        self._since = self._until = datetime.fromtimestamp(0, UTC)

    def begin(self, now: datetime, until: datetime) -> None:
        if until > self._until or now < self._since:
            self._since, self._until = now, until

    def left(self, now: datetime) -> float:
        """Seconds."""
        over = now < self._since - timedelta(seconds=5)
        return 0.0 if over else max(0.0, (self._until - now).total_seconds())


class Pace:
    """One for a process: handlers `answer`, delivery takes `turn`s."""

    def __init__(self, clock: Clock, per_second: int, sleep: Sleep = asyncio.sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._step = 1 / per_second
        self._late = (min(per_second + CATCH_UP, MOST_PER_SECOND) - per_second) * self._step
        self._next = self._owed = 0.0
        self._chats = _Chats()
        self._left = deque[float]()
        self._on_the_way = 0
        self._quiet = Quiet()
        self._clinic: Clinic | None = None

    # the silence

    def keep_in(self, clinic: Clinic) -> None:
        """Where other processes, and the next life, read what this one was asked."""
        self._clinic = clinic

    async def tell(self, until: datetime) -> None:
        """Others are to be silent until then as well."""
        if self._clinic is not None:
            await self._clinic.change(delivery.be_quiet, until)

    def hush(self, seconds: float) -> datetime:
        """Telegram wants silence for so long; returns its end."""
        until = self._clock.now() + timedelta(seconds=seconds)
        self.hear(until)
        return until

    def hear(self, until: datetime | None) -> None:
        """Another process, or a life before this one, was told to be silent until then."""
        if until is not None:
            self._quiet.begin(self._clock.now(), until)

    @property
    def quiet(self) -> float:
        """Seconds of silence that are left."""
        return self._quiet.left(self._clock.now())

    async def silence(self) -> None:
        """Returns when it is over."""
        while (left := self.quiet) > 0:
            await self._nap(left)

    # answers

    async def answer(self, chat: int | None, *, new: bool) -> None:
        """Waits until a message that somebody waits for may leave: for its chat alone."""
        if new and chat is not None:
            await self._for_chat(chat)
        self._count_answer()

    async def _for_chat(self, chat: int) -> None:
        while (left := self._chats.pause(chat, self._now())) > 0:
            await self._nap(left)
        self._chats.count(chat, self._now())

    def _count_answer(self) -> None:
        """It goes at once; the next letter pays for it, but never more than `ANSWERS_AHEAD`."""
        self._owed = min(self._owed + self._step, ANSWERS_AHEAD)

    # letters

    async def turn(self, chat: int) -> float:
        """Waits for a letter's turn. Seconds for which it must stay where it is, or nothing."""
        now = self._now()
        if (closed := max(self.quiet, self._chats.pause_of_letter(chat, now))) > SHORT:
            return closed
        slot = max(self._next, now - self._late)
        self._next = slot + self._step + self._owed
        self._owed = 0.0
        self._chats.count(chat, now)
        while 0 < (left := slot - self._now()) < FAR:
            await self._nap(left)
        return self.quiet

    def forgo(self) -> None:
        """The turn just taken is for the next one: there was nothing to say."""
        self._next -= self._step

    @asynccontextmanager
    async def on_its_way(self) -> AsyncIterator[None]:
        """A letter, or a message to a group, which is never a reply for Telegram.

        It counts from here until a second after its answer, so however slow the disk, the line or
        Telegram itself, no second of Telegram's sees more than it allows.
        """
        while self._on_the_way + len(self._lately()) >= MOST_PER_SECOND:
            await self._sleep(self._step / 4)
        self._on_the_way += 1
        try:
            yield
        finally:
            self._on_the_way -= 1
            self._left.append(self._now())

    async def _nap(self, seconds: float) -> None:
        """Till then, or till the next look at a clock that may have jumped."""
        await self._sleep(max(SHORTEST_NAP, min(seconds, LOOK)))

    def _lately(self) -> deque[float]:
        """What was answered within this second."""
        now = self._now()
        while self._left and not 0 <= now - self._left[0] < 1.0:
            self._left.popleft()
        return self._left

    def _now(self) -> float:
        now = self._clock.now().timestamp()
        if self._next > now + FAR:
            self._next = now
        return now


class _Chats:
    """What went into each chat lately; of its room letters leave some to answers."""

    def __init__(self) -> None:
        self._groups: dict[int, deque[float]] = defaultdict(deque)
        self._private: dict[int, tuple[float, float]] = {}  # what is left of the burst, and when

    def pause(self, chat: int, now: float) -> float:
        """Seconds until one more message fits."""
        if chat < 0:
            return self._pause_of_group(chat, now, GROUP_MOST)
        return max(0.0, 1 - self._burst(chat, now))

    def pause_of_letter(self, chat: int, now: float) -> float:
        """As `pause`, with the room for answers left free."""
        if chat < 0:
            return self._pause_of_group(chat, now, GROUP_MOST - GROUP_FOR_ANSWERS)
        return max(0.0, 1 + OF_THEM_FOR_ANSWERS - self._burst(chat, now))

    def count(self, chat: int, now: float) -> None:
        if chat < 0:
            self._groups[chat].append(now)
            return
        self._private[chat] = self._burst(chat, now) - 1, now
        if len(self._private) > FORGOTTEN:
            self._forget(now)

    def _pause_of_group(self, chat: int, now: float, most: int) -> float:
        sent = self._groups[chat]
        while sent and not 0 <= now - sent[0] < GROUP_WINDOW:
            sent.popleft()
        return sent[-most] + GROUP_WINDOW - now if len(sent) >= most else 0.0

    def _burst(self, chat: int, now: float) -> float:
        left, at = self._private.get(chat, (float(PRIVATE_BURST), now))
        return min(float(PRIVATE_BURST), left + abs(now - at))

    def _forget(self, now: float) -> None:
        """Whose burst is whole again."""
        full = [chat for chat in self._private if self._burst(chat, now) >= PRIVATE_BURST]
        for chat in full:
            del self._private[chat]
