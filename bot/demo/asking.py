"""What patients asked of the clinic the evening before: it waits for the desk in the morning."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.demo.cast import Cast, Human
from bot.demo.deeds import Deed
from bot.demo.words import Words
from loyalty.appointments import wishing
from loyalty.ports import Transaction
from loyalty.saying import Said
from loyalty.tasks import talking
from loyalty.tasks.task import Wish

BEFORE_MIDNIGHT = timedelta(hours=3)
WISHES = tuple(Wish)


def evening(cast: Cast, words: Words, midnight: datetime, owner: int) -> Iterator[Deed]:
    """Some ask a question, some wish to be booked; each a few minutes after the one before."""
    asking = [home.payer for home in cast.households if home.payer.telegram is not None]
    for n, who in enumerate(asking[: len(words.questions) + len(WISHES)]):
        moment = midnight - BEFORE_MIDNIGHT + n * timedelta(minutes=7)
        if n < len(words.questions):
            yield Deed(moment, partial(ask, who=who, question=words.questions[n], owner=owner))
        else:
            yield Deed(moment, partial(wish, who=who, when=WISHES[n - len(words.questions)]))


def ask(tx: Transaction, who: Human, question: str, owner: int) -> None:
    if _registered(tx, who):
        talking.say(tx, who.telegram or 0, Said(who.telegram or 0, 1, question), (owner,))


def wish(tx: Transaction, who: Human, when: Wish) -> None:
    """At the branch where they were last, with the doctor whom they saw there."""
    if not _registered(tx, who):
        return
    choice = wishing.choice(tx, who.telegram or 0, None)
    visits = tx.desk.visits_of([choice.patients[0].id], 0, 1)
    branch = visits[0].branch if visits else choice.branches[0].id
    doctor = _first(choice.doctors) if choice.known else None
    patient = choice.patients[0].id
    wishing.wish(tx, who.telegram or 0, branch=branch, patient=patient, when=when, doctor=doctor)


def _first(doctors: Sequence[tuple[int, str]]) -> int | None:
    return doctors[0][0] if doctors else None


def _registered(tx: Transaction, who: Human) -> bool:
    account = tx.people.account_of(who.telegram) if who.telegram is not None else None
    return account is not None and account.registered and talking.passes(tx, account)
