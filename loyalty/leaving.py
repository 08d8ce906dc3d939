"""A letter leaves: all that decides it happens in the transaction that marks it as being sent.

So of two takers, or of two letters taken together, neither passes a limit that the other has just
used up, and what speaks to one account of several patients leaves as one message. Its letters are
marked together; after a crash each is in doubt, and goes again, or doesn't, by its kind.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from loyalty import delivery, mail
from loyalty.kinds import KINDS, Kind
from loyalty.letters import How, Letter, NotNowError, UntrueError
from loyalty.mail import Facts
from loyalty.ports import Transaction

P = ParamSpec("P")


class TakenError(Exception):
    """Another taker has it, or it has left with another letter."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """One message: the letters that it is, the one that called for it first."""

    letters: tuple[Letter, ...]
    facts: Facts
    how: How


def leave(tx: Transaction, letter: Letter) -> Leaving:
    """It is being sent from now on, with its like. Raises TakenError, as `mail.facts`."""
    kind = KINDS[letter.kind]
    if letter.account is not None and (kind.spaced or kind.together is not None):
        tx.people.account(letter.account)  # held: another letter to it waits for this one
    if not delivery.sending(tx, letter):
        raise TakenError
    said = [(letter, mail.facts(tx, letter)), *_like(tx, letter, kind)]
    letters = tuple(one for one, _ in said)
    facts = said[0][1] if len(said) == 1 else mail.together(letter.kind, [one for _, one in said])
    delivery.sending_too(tx, letters[1:])
    return Leaving(letters, facts, mail.how(facts))


def _like(tx: Transaction, letter: Letter, kind: Kind) -> Iterator[tuple[Letter, Facts]]:
    if letter.account is None or kind.together is None:
        return
    for one in tx.outbox.like(letter, tx.now + kind.together):
        try:
            yield one, mail.facts(tx, one, along=letter)
        except UntrueError:
            delivery.stale(tx, one.id)
        except NotNowError:
            continue


def each(
    tx: Transaction,
    letters: Sequence[Letter],
    outcome: Callable[Concatenate[Transaction, Letter, P], None],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """The same became of all that the message was."""
    for letter in letters:
        outcome(tx, letter, *args, **kwargs)
