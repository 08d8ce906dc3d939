"""Letters on their way: who takes them, and what became of them.

pending → claimed → sending → sent | unknown | failed | stale. A crash inside `sending` leaves a
letter of which nobody knows whether it arrived: what must not be missed is sent again, what must
not come twice (`NEVER_TWICE`) is left at that.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from loyalty.letters import Letter
from loyalty.ports import Transaction

LEASE = timedelta(minutes=2)  # longer than a request may take
ATTEMPTS = 8
UNREACHABLE = "unreachable"  # a fault: never pressed Start, has blocked the bot, or is gone


def claim(tx: Transaction, limit: int, without: Collection[int] = ()) -> Sequence[Letter]:
    """Take letters that are due, none to the chats `without`, none while Telegram wants silence.

    Another taker gets them only when the lease has run out.
    """
    if (until := tx.outbox.quiet_until()) is not None and tx.now < until:
        return []
    letters = tx.outbox.due(limit, without)
    until = tx.now + LEASE
    if letters:
        tx.outbox.claim(letters, until)
    return [replace(letter, leased_until=until) for letter in letters]


def release(tx: Transaction) -> None:
    """At the start, where nobody else delivers: what a former life held is due at once."""
    tx.outbox.release()


def sending(tx: Transaction, letter: Letter) -> bool:
    """The request is about to leave. False: the lease has run out and another has taken the letter,
    or its chat has got another number since: it goes there when the lease is over.

    It runs anew from now on, so a letter that waited long for its turn is nobody else's either.
    """
    return tx.outbox.is_leaving(letter, tx.now + LEASE)


def sending_too(tx: Transaction, letters: Sequence[Letter]) -> None:
    """They leave in the same message; whoever has claimed them finds them gone."""
    if letters:
        tx.outbox.leave_with(letters, tx.now + LEASE)


def put_back(tx: Transaction, letters: Sequence[Letter]) -> None:
    """What of them is still this taker's waits on in its place, with nothing held against it."""
    tx.outbox.put_back(letters)


def came_back(tx: Transaction, letter: Letter, quiet: timedelta | None = None) -> None:
    """Telegram didn't take it, for no fault of its own; it may have asked for silence."""
    tx.outbox.take_back(letter)
    if quiet is not None:
        be_quiet(tx, tx.now + quiet)


def be_quiet(tx: Transaction, until: datetime) -> None:
    """Telegram wants silence until then; whoever delivers, and the next life too, keeps it."""
    heard = tx.outbox.quiet_until()
    if heard is None or heard < until:
        tx.outbox.be_quiet(until)


def quiet_until(tx: Transaction) -> datetime | None:
    """The end of the latest silence, over or not."""
    return tx.outbox.quiet_until()


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
