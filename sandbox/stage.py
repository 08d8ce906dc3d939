"""What only the host of the sandbox can do: it owns the bot and the bot's database."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.clock import Clock


@dataclass(slots=True, frozen=True)
class Stagehands:
    """What the page may ask of the host; None where the host does not offer it."""

    restart: Callable[[], Awaitable[None]] | None = None
    """Begins again with a fresh clinic: another bot, database and world (`Sandbox.renew`)."""

    next_event: Callable[[], Awaitable[float | None]] | None = None
    """The unix moment, on the sandbox's clock, of the next thing due; None: nothing is due."""

    def can(self, clock: Clock) -> dict[str, bool]:
        """What the page may offer."""
        return {
            "restart": self.restart is not None,
            "next_event": self.next_event is not None and clock.file is not None,
            "clock": clock.file is not None,
        }
