"""What the demo's patients think of their visits: most like them, a few have to be made good."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from bot.demo.cast import Human
from bot.demo.deeds import Deed, visit_of
from bot.demo.words import Words
from loyalty import aftercare, ratings
from loyalty.cases import handling, opening, talking
from loyalty.desk.access import Decider
from loyalty.opinions import Call, Feels, Why
from loyalty.ports import Transaction
from loyalty.saying import Said

ANSWER = 0.55  # of those who are asked
STARS = (5,) * 30 + (4,) * 8 + (3,) * 2 + (2,) + (1,)
ASKED_AFTER = timedelta(hours=3)
NEXT_MORNING = time(10, 5)
AFTER_SURGERY = time(11, 5)
REASONS = (Why.WAITING, Why.PRICE, Why.PAIN, Why.MANNERS)  # as `demo-upset` words them


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose visit it was, and who answers for the clinic. `surgical`: after-care is asked first."""

    who: Human
    source: str
    owner: int
    boss: str
    words: Words
    surgical: bool


def opinion(asked: Asked, at: datetime, zone: ZoneInfo, chance: Random) -> Iterator[Deed]:
    """The stars three hours later, or next morning; a case is solved within the day.

    After surgery those who would give few are in pain, and are heard without them.
    """
    if chance.random() > ANSWER:
        return
    stars = chance.choice(STARS)
    moment = _when(asked, at, zone) + timedelta(minutes=chance.randrange(50))
    content = stars > ratings.LOW
    if asked.surgical:
        feels = Feels.FINE if content else Feels.PAIN
        yield Deed(moment, partial(tell, asked=asked, feels=feels))
    if content or not asked.surgical:
        yield Deed(moment + timedelta(seconds=20), partial(rate, asked=asked, stars=stars))
    if not content:
        yield from _case(asked, moment, chance)


def _when(asked: Asked, at: datetime, zone: ZoneInfo) -> datetime:
    here = (at + ASKED_AFTER).astimezone(zone)
    next_day = at.astimezone(zone).date() + timedelta(days=1)
    if asked.surgical:
        return datetime.combine(next_day, AFTER_SURGERY, zone)
    if here.hour < 20 and at.astimezone(zone).time() < ratings.EVENING:
        return here
    return datetime.combine(next_day, NEXT_MORNING, zone)


def _case(asked: Asked, moment: datetime, chance: Random) -> Iterator[Deed]:
    upset, mended = chance.randrange(len(asked.words.upset)), chance.choice(asked.words.mended)
    upset = REASONS.index(Why.PAIN) if asked.surgical else upset
    yield Deed(moment + timedelta(minutes=2), partial(say, asked=asked, upset=upset))
    taken = moment + timedelta(minutes=chance.randrange(5, 90))
    yield Deed(taken, partial(take, asked=asked))
    solved = taken + timedelta(hours=chance.randrange(1, 20))
    yield Deed(solved, partial(solve, asked=asked, note=mended))


def tell(tx: Transaction, asked: Asked, feels: Feels) -> None:
    """How they feel the day after surgery."""
    if (visit := _open_to(tx, asked)) is not None:
        aftercare.tell(tx, _telegram(asked), visit, feels, (asked.owner,))


def rate(tx: Transaction, asked: Asked, stars: int) -> None:
    if (visit := _open_to(tx, asked)) is not None:
        ratings.rate(tx, _telegram(asked), visit, stars, (asked.owner,))


def _open_to(tx: Transaction, asked: Asked) -> int | None:
    """Not a visit that was taken back meanwhile, nor one of whose phone has moved."""
    visit = visit_of(tx, asked.source)
    account = tx.people.account_of(_telegram(asked))
    if account is None or not account.registered or tx.desk.reversals(visit):
        return None
    return visit


def say(tx: Transaction, asked: Asked, upset: int) -> None:
    """What went wrong, in their own words."""
    visit = visit_of(tx, asked.source)
    if tx.cases.case_of(visit) is None:
        return
    me, owners = _telegram(asked), (asked.owner,)
    opening.say_why(tx, me, visit, REASONS[upset], owners)
    said = Said(me, visit, asked.words.upset[upset])
    talking.say(tx, me, visit, said, owners)
    opening.say_how(tx, me, visit, Call.CALL if upset % 2 else Call.WRITE, owners)


def take(tx: Transaction, asked: Asked) -> None:
    if case := tx.cases.case_of(visit_of(tx, asked.source)):
        handling.take(tx, _boss(asked), (asked.owner,), asked.boss, case.id)


def solve(tx: Transaction, asked: Asked, note: str) -> None:
    if case := tx.cases.case_of(visit_of(tx, asked.source)):
        handling.solve(tx, _boss(asked), (asked.owner,), asked.boss, case.id, note)


def _boss(asked: Asked) -> Decider:
    return Decider(asked.owner, is_owner=True)


def _telegram(asked: Asked) -> int:
    assert asked.who.telegram is not None  # noqa: S101 (only who has the bot is asked)
    return asked.who.telegram
