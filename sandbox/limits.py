"""Telegram's flood limits, on the sandbox's clock.

Counted are new messages: 30 a second in bulk, one a second in a private chat with short bursts
tolerated, 20 a minute in a group. What answers a person within half a minute is a reply and does
not count as bulk, however many people write at once.
"""

from collections import deque
from dataclasses import dataclass, field
from math import ceil

from sandbox.errors import too_many_requests
from sandbox.world import Chat


@dataclass(slots=True, frozen=True)
class Limits:
    """The numbers."""

    bulk_per_second: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 15
    group_per_minute: int = 20
    reply_within: float = 30.0


@dataclass(slots=True)
class _Bucket:
    """A burst that refills with time."""

    left: float
    at: float


@dataclass(slots=True)
class FloodControl:
    """Who sent how much lately."""

    limits: Limits = field(default_factory=Limits)
    _bulk: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _chats: dict[int, _Bucket] = field(default_factory=dict)

    def check(self, chat: Chat, now: float) -> None:
        """Counts one message to the chat.

        Raises ApiError: 429 with the pause, and then counts nothing.
        """
        bulk = not chat.private or now - chat.heard_at > self.limits.reply_within
        pause = self._chat_pause(chat, now)
        if bulk:
            pause = max(pause, _pause(self._bulk, self.limits.bulk_per_second, 1.0, now))
        if pause > 0:
            raise too_many_requests(max(ceil(pause), 1))
        self._count(chat, now, bulk=bulk)

    def _chat_pause(self, chat: Chat, now: float) -> float:
        if not chat.private:
            sent = self._groups.setdefault(chat.id, deque())
            return _pause(sent, self.limits.group_per_minute, 60.0, now)
        bucket = self._refilled(chat.id, now)
        return (1 - bucket.left) / self.limits.chat_per_second if bucket.left < 1 else 0.0

    def _refilled(self, chat_id: int, now: float) -> _Bucket:
        burst = float(self.limits.chat_burst)
        bucket = self._chats.setdefault(chat_id, _Bucket(burst, now))
        gained = abs(now - bucket.at) * self.limits.chat_per_second
        bucket.left, bucket.at = min(burst, bucket.left + gained), now
        return bucket

    def _count(self, chat: Chat, now: float, *, bulk: bool) -> None:
        if bulk:
            self._bulk.append(now)
        if chat.private:
            self._chats[chat.id].left -= 1
        else:
            self._groups[chat.id].append(now)


def _pause(sent: deque[float], most: int, window: float, now: float) -> float:
    """How long until one more fits; moments outside the window (a clock set back too) go."""
    while sent and not 0 <= now - sent[0] < window:
        sent.popleft()
    return sent[-most] + window - now if len(sent) >= most else 0.0
