"""Letters on their way: who takes them, and what became of them.

pending → claimed → sending → sent | unknown | failed | stale. A crash inside `sending` leaves a
letter of which nobody knows whether it arrived: what must not be missed is sent again, what must
not come twice (`NEVER_TWICE`) is left at that.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from loyalty.letters import Letter
from loyalty.ports import Transaction

LEASE = timedelta(minutes=2)
ATTEMPTS = 8
UNREACHABLE = "unreachable"  # a fault: never pressed Start, has blocked the bot, or is gone


def claim(tx: Transaction, limit: int) -> Sequence[Letter]:
    """Take letters that are due; another taker gets them only when the lease has run out."""
    letters = tx.outbox.due(limit)
    if letters:
        tx.outbox.claim(letters, LEASE)
    return letters


def release(tx: Transaction) -> None:
    """At the start, where nobody else delivers: what a former life held is due at once."""
    tx.outbox.release()


def sending(tx: Transaction, letter: int) -> None:
    """The request is about to leave."""
    tx.outbox.mark(letter, "sending")


def sent(tx: Transaction, letter: int) -> None:
    tx.outbox.mark(letter, "sent")


def unknown(tx: Transaction, letter: int) -> None:
    """Whether it has arrived nobody can say."""
    tx.outbox.mark(letter, "unknown")


def failed(tx: Transaction, letter: int, fault: str) -> None:
    """It will not be tried again; `fault` says why, without naming anybody."""
    tx.outbox.mark(letter, "failed", fault)


def stale(tx: Transaction, letter: int) -> None:
    """What it was to say is true no longer."""
    tx.outbox.mark(letter, "stale")


def hold(tx: Transaction, letter: int, until: datetime, attempts: int) -> None:
    """The hours of its class are over; `attempts` stays as it was."""
    tx.outbox.put_off(letter, until, attempts=attempts)


def lapse(tx: Transaction) -> None:
    """All that waits and is due goes to nobody: a past that was played, not lived."""
    tx.outbox.lapse()


def put_off(tx: Transaction, letter: int, pause: timedelta, attempts: int) -> None:
    """Try again after a pause; `attempts` counts the tries so far."""
    tx.outbox.put_off(letter, tx.now + pause, attempts=attempts)
