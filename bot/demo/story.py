"""The two years of one household as deeds in time: how they came, their visits, what followed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from operator import itemgetter
from random import Random
from zoneinfo import ZoneInfo

from bot.demo import deeds
from bot.demo.cast import SEED, Household, Human, Way
from bot.demo.courses import Appointment, course
from bot.demo.deeds import Deed, Desk, Recording
from bot.demo.opinions import Asked, opinion
from bot.demo.words import Words
from loyalty.categories import Category
from loyalty.desk.drafting import Wanted
from loyalty.ratings import SURGICAL
from loyalty.visits import VisitKind

OPENS, LAST_COMES = 9 * 60 + 30, 18 * 60 + 30  # minutes of the day
LATELY, BOOKED_DAYS = timedelta(days=90), 14
BEFORE_THE_VISIT = timedelta(minutes=20)
PAYLOADS = ("s_desk", "s_desk", "s_site", "s_map", "")
MOVED_TO = 9_000  # is added to the Telegram number of one whose phone came with a new account

# Which doctors of the list do what.
_DOCTORS = {
    Category.HYGIENE: (0, 5),
    Category.THERAPY: (1, 2),
    Category.SURGERY: (3,),
    Category.IMPLANTS: (3,),
    Category.PROSTHETICS: (4,),
    Category.ORTHODONTICS: (6,),
    Category.CHILDREN: (7,),
    Category.DIAGNOSTICS: (1, 2),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What all stories share. `desks` are the colleagues of each branch."""

    words: Words
    language: str
    zone: ZoneInfo
    today: date
    owner: int
    desks: tuple[tuple[Desk, ...], ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """A visit that was recorded, for what follows it."""

    appointment: Appointment
    recording: Recording
    at: datetime
    first: bool
    last: bool


def story(household: Household, setting: Setting, sent_by: Human | None = None) -> Iterator[Deed]:
    """All that this household does, each visit with what comes after it; `sent_by` says who
    recommended the clinic to them.
    """
    chance = Random(f"{SEED}:{household.number}")  # noqa: S311 (repeatable, not secret)
    told = _Story(household, setting, chance, sent_by)
    visits = told.visits()
    if visits:
        yield from told.comes(visits[0])
    for visit in visits:
        yield Deed(visit.at, partial(deeds.record, visit=visit.recording))
        yield from told.follows(visit)
    if visits:
        yield from told.ends(visits[-1])


class _Story:
    def __init__(
        self, household: Household, setting: Setting, chance: Random, sent_by: Human | None
    ) -> None:
        self.household, self.setting, self.chance = household, setting, chance
        self.sent_by = sent_by
        self.payer = household.payer

    # before

    def comes(self, first: Attended) -> Iterator[Deed]:
        """Whom the desk knew is written down; who has the bot has registered at the stand."""
        known = len(self.household.members) > 1 or self.household.number % 2 == 1
        if known:
            written = partial(deeds.write_down, people=self.household.members)
            yield Deed(first.at - 2 * BEFORE_THE_VISIT, written)
        registers = self._has_bot and not self._comes_by_slip
        if registers:
            register = partial(
                deeds.register,
                who=self.payer,
                payload=self.chance.choice(PAYLOADS),
                language=self.setting.language,
                offers=self.chance.random() < 0.6,
            )
            yield Deed(first.at - BEFORE_THE_VISIT, register)
        if self.sent_by is not None and (known or registers):
            said = partial(deeds.recommend, who=self.payer, by=self.sent_by)
            yield Deed(first.at - BEFORE_THE_VISIT / 2, said)

    @property
    def _has_bot(self) -> bool:
        return self.payer.telegram is not None

    @property
    def _comes_by_slip(self) -> bool:
        """Who had no bot at the first visit, and was given an invitation on paper."""
        alone = len(self.household.members) == 1
        return self._has_bot and alone and self.household.number % 5 == 0

    # the visits

    def visits(self) -> list[Attended]:
        planned = course(self.household, self.setting.today, self.chance)
        timed = sorted(((self._moment(p), p) for p in planned), key=itemgetter(0))
        last = len(timed) - 1
        return [self._attended(n, *p, first=n == 0, last=n == last) for n, p in enumerate(timed)]

    def _moment(self, planned: Appointment) -> datetime:
        minute = self.chance.randrange(OPENS, LAST_COMES, 5)
        clock = time(minute // 60, minute % 60)
        return datetime.combine(planned.day, clock, self.setting.zone)

    def _attended(
        self, n: int, at: datetime, planned: Appointment, *, first: bool, last: bool
    ) -> Attended:
        recording = Recording(
            source=f"demo:{self.household.number}:{n}",
            desk=self.chance.choice(self.setting.desks[self.household.branch]),
            who=planned.who,
            payer=self.payer,
            wanted=self._wanted(planned),
            by_code=self._shows_code(planned, first=first),
        )
        return Attended(planned, recording, at, first, last)

    def _shows_code(self, planned: Appointment, *, first: bool) -> bool:
        if not self._has_bot or (first and self._comes_by_slip):
            return False
        return planned.kind is not VisitKind.ADVANCE and self.chance.random() < 0.75

    def _wanted(self, planned: Appointment) -> Wanted:
        spends = self.chance.random() < (0.5 if self._has_bot else 0.25)
        parts = [(n.rubles * 100, n.category, self._doctor(n.category)) for n in planned.lines]
        return Wanted(
            parts,
            points=None if spends else 0,
            most=spends,
            advance=planned.kind is VisitKind.ADVANCE,
            unpaid=planned.kind is VisitKind.UNPAID,
        )

    def _doctor(self, category: Category) -> str:
        doctors = _DOCTORS[category]
        return self.setting.words.doctors[doctors[self.household.number % len(doctors)]]

    # after a visit

    def follows(self, visit: Attended) -> Iterator[Deed]:
        """What comes after this visit."""
        if visit.first and self._comes_by_slip:
            yield self._slip(visit)
        yield from self._mistake(visit)
        yield from self._gift(visit)
        yield from self._next(visit)
        if self._has_bot and visit.appointment.kind is not VisitKind.ADVANCE:
            yield from opinion(self._asked(visit), visit.at, self.setting.zone, self.chance)

    def _asked(self, visit: Attended) -> Asked:
        words, owner = self.setting.words, self.setting.owner
        surgical = any(line.category in SURGICAL for line in visit.appointment.lines)
        return Asked(self.payer, visit.recording.source, owner, words.owner, words, surgical)

    def _slip(self, visit: Attended) -> Deed:
        register = partial(
            deeds.register_by_slip,
            desk=visit.recording.desk,
            source=visit.recording.source,
            who=self.payer,
            language=self.setting.language,
        )
        return Deed(visit.at + timedelta(minutes=5), register)

    def _mistake(self, visit: Attended) -> Iterator[Deed]:
        """Now and then something has to be put right: another thing in every household."""
        desk, source = visit.recording.desk, visit.recording.source
        soon = visit.at + timedelta(minutes=10)
        paid = visit.appointment.kind is VisitKind.ATTENDANCE
        match self.household.number % 17:
            case 1 if visit.last and paid:
                right = visit.appointment.lines[0].rubles + 1_000
                yield Deed(soon, partial(deeds.correct_sum, desk=desk, source=source, rubles=right))
            case 4 if visit.last and paid:
                yield self._returned(visit)
            case 8 if visit.first:
                again = _again(visit.recording)
                yield Deed(soon, partial(deeds.record, visit=again))
                undone = partial(deeds.undo, desk=desk, source=again.source)
                yield Deed(soon + timedelta(minutes=5), undone)
        if self._was_the_child(visit):
            child = self.household.children[0]
            moved = partial(deeds.correct_patient, desk=desk, source=source, right=child)
            yield Deed(soon, moved)

    def _returned(self, visit: Attended) -> Deed:
        returned = partial(
            deeds.return_money,
            desk=visit.recording.desk,
            source=visit.recording.source,
            reason=self.setting.words.returned,
            owner=self.setting.owner,
        )
        return Deed(visit.at + timedelta(days=3, hours=1), returned)

    def _was_the_child(self, visit: Attended) -> bool:
        family = self.household.way is Way.FAMILY and self.household.children
        return bool(family) and visit.first and self.household.number % 3 == 0

    def _gift(self, visit: Attended) -> Iterator[Deed]:
        if not visit.last or self.household.number % 12 != 5:
            return
        given = partial(
            deeds.give,
            desk=visit.recording.desk,
            source=f"{visit.recording.source}:gift",
            who=visit.recording.who,
            points=self.chance.choice((100, 200, 300, 500)),
            reason=self.chance.choice(self.setting.words.gifts),
            owner=self.setting.owner,
        )
        yield Deed(visit.at + timedelta(minutes=15), given)

    def _next(self, visit: Attended) -> Iterator[Deed]:
        """Some who came lately have their next visit booked, in the days that are to come."""
        number, today = self.household.number, self.setting.today
        if not visit.last or number % 3 or today - visit.at.date() > LATELY:
            return
        day = today + timedelta(days=1 + number % BOOKED_DAYS)
        minute = OPENS + number * 30 % (LAST_COMES - OPENS)
        at = datetime.combine(day, time(minute // 60, minute % 60), self.setting.zone)
        lines = visit.appointment.lines
        booked = partial(
            deeds.book,
            desk=visit.recording.desk,
            source=visit.recording.source,
            who=visit.recording.who,
            at=at.astimezone(UTC),
            doctor=self._doctor(lines[0].category if lines else Category.HYGIENE),
        )
        yield Deed(visit.at + timedelta(minutes=20), booked)

    # at the end

    def ends(self, last: Attended) -> Iterator[Deed]:
        """A word of the patient's own, of a few: a complaint, a stop, a phone that has moved."""
        if not self._has_bot or self.household.way is not Way.REGULAR:
            return
        owner, evening = self.setting.owner, last.at + timedelta(hours=1)
        match self.household.number % 40:
            case 2:
                complain = partial(
                    deeds.complain, who=self.payer, source=last.recording.source, owner=owner
                )
                yield Deed(evening, complain)
            case 7:
                yield Deed(evening, partial(deeds.stop_spending, who=self.payer, owner=owner))
            case 11:
                telegram = (self.payer.telegram or 0) + MOVED_TO
                moved = partial(deeds.move_phone, who=self.payer, telegram=telegram)
                yield Deed(evening, moved)


def _again(made: Recording) -> Recording:
    """The same visit typed twice, by phone."""
    wanted = Wanted(made.wanted.parts, points=0)
    source = f"{made.source}:again"
    return Recording(source, made.desk, made.who, made.payer, wanted, by_code=False)
