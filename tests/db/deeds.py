"""What a clinic does with points, told to the books and to the plain model at once: after each deed
every lot and wallet of the one is that of the other.

A deed may crash before its commit and be done again; pressed twice, it is done once.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest

from db.audit import differences
from db.books import Books
from loyalty import expiry, prolonging, reward_posting, rewards
from loyalty.branches import Branch
from loyalty.categories import Category
from loyalty.counting import TooManyPointsError
from loyalty.desk import (
    approving,
    correcting,
    drafting,
    gifts,
    goodwill,
    merging,
    recording,
    returning,
    unmerging,
)
from loyalty.desk.approving import DecidedAlreadyError
from loyalty.desk.correcting import (
    NotYourRecordingError,
    PartlyReturnedError,
    ReversedAlreadyError,
    TooLateToCorrectError,
    TooLateToUndoError,
)
from loyalty.desk.drafting import StaleCardError, Wanted
from loyalty.desk.goodwill import NothingEndedError
from loyalty.desk.newcomers import record_patient
from loyalty.errors import KeyReusedError, Refusal
from loyalty.ledger import post
from loyalty.points import Credit, Kind, Lot, Reason
from loyalty.programme import DEFAULTS, Programme, Tier
from loyalty.requests import Request, RequestState
from loyalty.reversing import ReturnWholeError
from loyalty.team import Member, Standing
from loyalty.visits import Draft, Slice
from loyalty.visits import Visit as Recorded
from tests.db import plain_lots
from tests.db.plain_lots import Line, Plain, RefusedError, Visit, local
from tests.support.clock import TestClock
from tests.support.emptied import Emptied

T = TypeVar("T")
Event = tuple[Any, ...]  # the name of a method of the model, and its arguments
ZONE = ZoneInfo("Europe/Moscow")
ANNA, IRINA, OLEG = 1003, 1004, 1005
PHONES = ("+79123456701", "+79123456702", "+79123456703")
OPEN_DAYS = 4  # before the first deed: visits may be of so many days ago

_BOOKS = ("operations", "entries", "allocations", "lots", "visits", "reversals", "requests")
_BESIDES = ("merges", "merge_moves", "outbox", "drafts", "referrals", "rewards")
_COUNTS = ", ".join(f"(SELECT count(*) FROM {book})" for book in _BOOKS + _BESIDES)
_STATE = f"SELECT id, balance, debt, cash_paid, {_COUNTS} FROM wallets ORDER BY id"
# Each wallet with each of its lots that holds something, or with none.
_WALLETS = """
    SELECT w.id, w.balance, w.debt, w.cash_paid, l.ends_at, l.remaining
      FROM wallets w LEFT JOIN lots l ON l.wallet_id = w.id AND l.remaining > 0
     ORDER BY w.id, l.ends_at, l.id
"""
_GATHERED = """
    SELECT referrer_id, visit_id, SUM(points) FROM rewards WHERE visit_id IS NOT NULL
     GROUP BY referrer_id, visit_id ORDER BY referrer_id, visit_id
"""
_POSTED = """
    SELECT referrer_id, -SUM(points) FROM rewards WHERE operation_id IS NOT NULL
     GROUP BY referrer_id ORDER BY referrer_id
"""
# All points have come by a visit, by a friend's or by hand, and have gone by a visit or an end.
_COME_AND_GONE = """
    SELECT (SELECT COALESCE(SUM(balance - debt), 0) FROM wallets),
           (SELECT COALESCE(SUM(amount), 0) FROM requests
             WHERE kind IN ('gift', 'goodwill') AND state = 'granted')
         + (SELECT COALESCE(SUM(earned - points), 0) FROM visits)
         - (SELECT COALESCE(SUM(points), 0) FROM rewards WHERE operation_id IS NOT NULL)
         + (SELECT COALESCE(SUM(points_back - clawed), 0) FROM reversals)
         + (SELECT COALESCE(SUM(e.points), 0) FROM entries e
              JOIN operations o ON o.id = e.operation_id WHERE o.kind = 'expiry')
"""


class CrashError(Exception):
    """The process died when all was done and nothing committed."""


@dataclass(frozen=True)
class Fate:
    """How often a deed crashes before it happens, and is repeated after it has."""

    crashes: int = 0
    again: int = 0


SMOOTH = Fate()


class Desk:
    """One desk, three patients whom it wrote down, an owner."""

    def __init__(self, books: Emptied) -> None:
        books.empty()
        self._books = books
        self._sources = 0
        self.clock = TestClock()
        self.events: list[Event] = []
        self.plain = Plain()
        self.anna, self.irina, *people = self._change(_open_desk)
        self.patients = [person.id for person in people]
        self.events = [("patient", person.id, person.wallet) for person in people]
        self.owner_changes_numbers(0)
        self.clock.pass_(days=OPEN_DAYS)

    # --- what is there

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def today(self) -> date:
        return local(self.now)

    @property
    def standing(self) -> list[int]:
        """Visits of which something is left, the latest first."""
        return [number for number, visit in self._latest if visit.stands]

    @property
    def recorded(self) -> list[int]:
        """All visits, the latest first."""
        return [number for number, _ in self._latest]

    @property
    def _latest(self) -> list[tuple[int, Visit]]:
        return sorted(self.plain.visits.items(), reverse=True)

    @property
    def waiting(self) -> list[int]:
        return [number for number, one in self.plain.asked.items() if one.state == "waiting"]

    @property
    def merged(self) -> list[int]:
        return [number for number, merge in self.plain.merges.items() if not merge.undone]

    def record_of(self, who: int) -> int:
        return self.plain.record_of(self.patients[who])

    # --- visits

    def visit(
        self,
        who: int,
        lines: Sequence[Line],
        *,
        tenths: int = 10,
        days_ago: int = 0,
        advance: bool = False,
        fate: Fate = SMOOTH,
    ) -> int:
        """They spend so many tenths of what the bill takes, at most what may be signed for."""
        patient, day = self.record_of(who), self.today - timedelta(days=days_ago)
        most = 0 if advance else self.plain.most(self.now, day, patient, lines)
        points = most * tenths // 10
        wish = None if tenths == 10 and not advance else points
        draft = self._drafted(who, lines, wish, day=day, advance=advance)
        assert (draft.points or 0) == points, "the card counts other points than the model"
        points = min(points, plain_lots.SIGNATURE)
        signed = self._signed(draft, points)
        visit = self._recorded(signed, fate)
        assert visit.points == points
        return self._visited(visit.id, (day, patient, lines, points, advance))

    def too_many_points(self, who: int, lines: Sequence[Line]) -> None:
        """One more than the bill takes, or than there is."""
        most = self.plain.most(self.now, self.today, self.record_of(who), lines)
        draft = self._drafted(who, lines, most + 1, day=self.today)
        draft = self._change(drafting.sign, self.anna, draft.id, draft.revision).draft
        self._refused(
            TooManyPointsError, recording.record, self.anna, "Анна", draft.id, draft.revision
        )

    def correct_sum(self, number: int, sum_: int, fate: Fate = SMOOTH) -> None:
        """Of the first line."""
        wrong = self.plain.visits[number]
        if refusal := self._not_correctable(number, TooLateToCorrectError):
            self._refused(refusal, correcting.correct_sum, self.anna, "Анна", number)
            return
        lines = [(sum_, *wrong.lines[0][1:]), *wrong.lines[1:]]
        without = self._replayed(("cancel", self.now, number))
        most = 0 if wrong.advance else without.most(self.now, wrong.day, wrong.patient, lines)
        points = min(wrong.points, most)
        draft = self._change(correcting.correct_sum, self.anna, "Анна", number)
        right = self._change(drafting.set_sum, self.anna, draft.id, draft.revision, 0, sum_)
        assert right.points == points, "the card counts with another purse than the model"
        visit = self._recorded(right.draft, fate)
        its = (wrong.day, wrong.patient, lines, points, wrong.advance)
        self._visited(visit.id, its, instead_of=number)

    def correct_patient(self, number: int, who: int, fate: Fate = SMOOTH) -> None:
        wrong, patient = self.plain.visits[number], self.record_of(who)
        if refusal := self._not_correctable(number, None):
            self._refused(refusal, correcting.correct_patient, self.anna, "Анна", number)
            return
        if patient == wrong.patient:
            return
        draft = self._change(correcting.correct_patient, self.anna, "Анна", number)
        moved = self._change(
            drafting.not_this_patient, self.anna, draft.id, draft.revision, PHONES[who]
        )
        visit = self._recorded(moved.draft, fate)
        its = (wrong.day, patient, wrong.lines, 0, wrong.advance)
        self._visited(visit.id, its, instead_of=number)

    def undo(self, number: int, fate: Fate = SMOOTH) -> None:
        if not self.plain.visits[number].stands:
            return  # undone before, this would be a second press
        self._refused(NotYourRecordingError, correcting.undo, self.irina, "Ирина", number)
        if refusal := self._not_correctable(number, TooLateToUndoError):
            self._refused(refusal, correcting.undo, self.anna, "Анна", number)
            return
        self._deed(fate, correcting.undo, self.anna, "Анна", number)
        self._happens(("cancel", self.now, number))

    # --- money returned

    def return_money(
        self,
        number: int,
        sums: Sequence[int] | None = None,
        *,
        granted: bool = True,
        fate: Fate = SMOOTH,
    ) -> None:
        """So much of each line, or all that is left; a manager's tap where it needs one."""
        visit = self.plain.visits[number]
        how = {"slices": _slices(sums), "n": visit.returns + 1}
        about = (self.anna, "Анна", number, "redone", (OLEG,))
        if not visit.stands:
            self._refused(ReversedAlreadyError, returning.return_money, *about, **how | {"n": 99})
            return
        event = ("back", self.now, number, sums)
        try:
            self._replayed(event)
        except RefusedError:
            self._refused(ReturnWholeError, returning.return_money, *about, **how)
            return
        back = self._deed(fate, returning.return_money, *about, **how)
        if self._granted(back.request, granted, fate):
            self._happens(event)
        if fate.again and granted:
            another = [1, *visit.left[1:]] if sums is None else None
            self._refused(
                Refusal, returning.return_money, *about, **how | {"slices": _slices(another)}
            )

    def return_part(
        self, number: int, which: Sequence[int], tenths: int, fate: Fate = SMOOTH
    ) -> None:
        """So many tenths of what is left of some lines, a kopeck at least."""
        left = self.plain.visits[number].left
        sums = [max(min(1, had), had * tenths // 10) * (n in which) for n, had in enumerate(left)]
        if any(sums):
            self.return_money(number, sums, fate=fate)

    def take_everything_back(self) -> None:
        for number in self.standing:
            self.return_money(number)
        assert not self.standing
        assert {cash for _, _, _, cash, *_ in self._books.rows(_STATE)} == {0}

    # --- points by hand

    def give(
        self,
        who: int,
        points: int,
        *,
        granted: bool = True,
        later: bool = False,
        fate: Fate = SMOOTH,
    ) -> None:
        """What is above the limits a manager decides, at once or `later`."""
        patient, source = self.record_of(who), self._source()
        about = (self.anna, "Анна", patient)
        how = {"source": source, "owners": (OLEG,)}
        given = self._deed(fate, gifts.give, *about, points, "sorry", **how)
        if fate.again:  # the first answer to the question stands
            with self._unchanged():
                another = self._change(gifts.give, *about, points + 1, "sorry", **how)
            assert another == given
        self._asked(given.request, patient, "gift", granted=granted, later=later, fate=fate)

    def good_will(
        self, who: int, tenths: int, *, granted: bool = True, fate: Fate = SMOOTH
    ) -> None:
        """So many tenths of what has ended lately."""
        patient = self.record_of(who)
        may = self.plain.ended(patient, self.now, self.now)
        about = (self.anna, "Анна", patient)
        how = {"source": self._source(), "owners": (OLEG,)}
        self._refused(NothingEndedError, goodwill.give, *about, may + 1, **how)
        points = may * tenths // 10
        if not points:
            return
        given = self._deed(fate, goodwill.give, *about, points, **how)
        alone = self.plain.good_will_alone(patient, self.now)
        waits = given.request.state is RequestState.WAITING
        assert waits is (points > alone)
        self._asked(given.request, patient, "goodwill", granted=granted, later=False, fate=fate)

    def decide(self, request: int, *, granted: bool, fate: Fate = SMOOTH) -> None:
        """About a gift that has waited."""
        self._decided(request, granted, fate)
        self._happens(("grant", self.now, request) if granted else ("refuse", request))

    def _asked(
        self,
        request: Request,
        patient: int,
        kind: str,
        *,
        granted: bool,
        later: bool,
        fate: Fate,
    ) -> None:
        number, now = request.id, self.now
        asked = ("ask", now, number, patient, kind, request.amount)
        if later and request.state is RequestState.WAITING:
            self._happens(asked)
        elif self._granted(request, granted, fate):
            self._happens(asked, ("grant", now, number))
        else:
            self._happens(asked, ("refuse", number))

    # --- two records

    def merge(self, one: int, other: int, *, granted: bool = True, fate: Fate = SMOOTH) -> None:
        """Of which one is not part of the other yet."""
        records = [self.record_of(who) for who in (one, other)]
        if records[0] == records[1]:
            return
        how = {"source": self._source(), "owners": (OLEG,)}
        request = self._deed(fate, merging.ask, self.anna, "Анна", *records, **how)
        if self._granted(request, granted, fate):
            self._happens(("merge", request.id, *records))

    def part(self, merge: int, fate: Fate = SMOOTH) -> None:
        """It is undone, if it can be."""
        event = ("part", self.now, merge)
        try:
            self._replayed(event)
        except RefusedError as refused:
            self._refused(getattr(unmerging, str(refused)), _parted, merge)
            return
        self._deed(fate, _parted, merge)
        self._happens(event)

    # --- recommendations

    def recommend(self, referrer: int, friend: int, fate: Fate = SMOOTH) -> None:
        """By whose card it was, whatever has become of that record."""
        by, whom = self.patients[referrer], self.record_of(friend)
        counts = self.plain.can_recommend(by, whom)
        said = self._deed(fate, rewards.recommend, whom, by)
        assert said is (counts or self.plain.is_referrer_of(by, whom))
        if counts:
            self._happens(("recommend", self.now, by, whom))

    def rewards_are_posted(self, fate: Fate = SMOOTH) -> None:
        """As the scheduler does once a month has turned; for whom nothing is due nothing comes."""
        due = self._change(reward_posting.due).patients
        before = len(self.plain.postings)
        for patient in due:
            self._deed(fate, _rewarded, patient)
        self._happens(("post", self.now))
        assert sorted(due) == sorted(one.patient for one in self.plain.postings[before:])
        with self._unchanged():
            for patient in self.patients:
                self._change(_rewarded, patient)

    # --- a visit that is booked

    def book(self, who: int, days: int | None, fate: Fate = SMOOTH) -> None:
        """In so many days; None: they tap «Уже есть запись» and name none."""
        patient, cause = self.record_of(who), self._source()
        day = self.today + timedelta(days=days or 0)
        about = (self.anna.branch, patient, cause)
        waiting = self._deed(fate, _waiting, *about, day, days is not None)
        if waiting and fate.again:
            another = day + timedelta(days=1)
            self._refused(KeyReusedError, _waiting, *about, another, days is not None)
        last = self.today + plain_lots.WITHOUT_DATE if days is None else day
        until = last if days is None else day + timedelta(days=1)
        ends = (plain_lots.midnight_after(last), plain_lots.midnight_after(until))
        self._happens(("wait", self.now, patient, *ends))

    # --- time, the programme, keys

    def time_passes(self, days: int, hours: int = 0) -> None:
        self.clock.pass_(days=days, hours=hours)

    def a_month_turns(self) -> None:
        """To the first hour of the next 1st."""
        month = self.today.replace(day=1)
        while month.month == self.today.month:
            month += timedelta(days=1)
        self.clock.moment = plain_lots.midnight_after(month - timedelta(days=1))

    def time_passes_to_an_end(self, n: int) -> None:
        """To the very moment at which one of the next lots ends."""
        ends = sorted({lot.ends for lot in self.plain.lots if lot.left and lot.ends > self.now})
        if ends:
            self.clock.moment = ends[n % len(ends)]

    def sweep(self, fate: Fate = SMOOTH) -> None:
        self._deed(fate, _swept)
        self._happens(("sweep", self.now))

    def owner_changes_numbers(self, version: int) -> None:
        self._change(_change_programme, version)
        self._happens(("programme", self.now, version))

    def reuse_a_key(self, recent: int, who: int) -> None:
        """Whatever it stands for: with other input it is an error, and nothing moves."""
        keys = [key for (key,) in self._books.rows("SELECT key FROM operations ORDER BY id DESC")]
        if keys:
            with self._unchanged(), pytest.raises(KeyReusedError):
                self._change(_posted, keys[recent % len(keys)], ["another input"], self._gift(who))

    def post_a_gift_again(self, recent: int, who: int) -> None:
        """By its own key and input, behind all that looks at the request."""
        granted = [
            (number, one.points)
            for number, one in self.plain.asked.items()
            if (one.kind, one.state) == ("gift", "granted")
        ]
        if granted:
            number, points = granted[recent % len(granted)]
            with self._unchanged():
                self._change(_posted, f"gift:{number}", [number, points], self._gift(who))

    def _gift(self, who: int) -> Credit:
        wallet = self.plain.whose[self.record_of(who)]
        return Credit(wallet, Reason.GIFT, 1, self.now + timedelta(days=1))

    # --- what must be true

    def check(self) -> None:
        plain = self.plain
        theirs = [(*row, _moment(ends), left) for *row, ends, left in self._books.rows(_WALLETS)]
        assert theirs == [row for number in sorted(plain.wallets) for row in self._rows_of(number)]
        assert self._books.rows(_GATHERED) == sorted(
            (visit.referrer, number, visit.gathered)
            for number, visit in plain.visits.items()
            if visit.referrer is not None and (visit.reward or visit.fixed)
        )
        posted = [(record, plain.posted_of(record)) for record in sorted(plain.whose)]
        assert self._books.rows(_POSTED) == [one for one in posted if one[1]]

    def _rows_of(self, number: int) -> list[tuple[Any, ...]]:
        """The model's wallet as `_WALLETS` says it."""
        wallet, lots = self.plain.wallets[number], self.plain.of(number)
        its = (number, sum(lot.left for lot in lots), wallet.debt, wallet.cash)
        return [(*its, lot.ends, lot.left) for lot in lots if lot.left] or [(*its, None, None)]

    def check_at_the_end(self) -> None:
        """What the books say of themselves, and that nothing was made or lost."""
        assert self._books.change(differences) == []
        ((there, come_and_gone),) = self._books.rows(_COME_AND_GONE)
        assert there == come_and_gone

    # --- inside

    def _change(self, use_case: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        def changed(connection: Any) -> T:
            return use_case(Books(connection, self.now, ZONE, True), *args, **kwargs)

        return self._books.change(changed)

    def _deed(self, fate: Fate, use_case: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """What it comes to; again it comes to the same, and changes nothing."""
        for _ in range(fate.crashes):
            with pytest.raises(CrashError):
                self._change(_crashing, use_case, *args, **kwargs)
        result = self._change(use_case, *args, **kwargs)
        for _ in range(fate.again):
            with self._unchanged():
                again = self._change(use_case, *args, **kwargs)
            assert again == result, "the second press was told something else"
        return result

    def _refused(self, error: type[Exception], use_case: Any, *args: Any, **kwargs: Any) -> None:
        with self._unchanged(), pytest.raises(error):
            self._change(use_case, *args, **kwargs)

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        before = self._books.rows(_STATE)
        yield
        assert self._books.rows(_STATE) == before

    def _happens(self, *events: Event) -> None:
        self.events += events
        self.plain = self._replayed()
        self.check()

    def _replayed(self, *more: Event) -> Plain:
        plain = Plain()
        for name, *about in (*self.events, *more):
            getattr(plain, name)(*about)
        return plain

    def _drafted(self, who: int, lines: Sequence[Line], points: int | None, **day: Any) -> Draft:
        parts = [(sum_, category and Category(category), None) for sum_, category, _ in lines]
        wanted = Wanted(parts, points=points, most=points is None, **day)
        draft = self._change(
            drafting.open_draft,
            *(self.anna, "Анна"),
            source=self._source(),
            who=PHONES[who],
            wanted=wanted,
        )
        for n, (*_, without_points) in enumerate(lines):
            if without_points:
                laid = self._change(drafting.exclude, self.anna, draft.id, draft.revision, n)
                draft = laid.draft
        return draft

    def _signed(self, draft: Draft, points: int) -> Draft:
        if points != (draft.points or 0):
            laid = self._change(drafting.spend, self.anna, draft.id, draft.revision, points)
            draft = laid.draft
        if points:
            draft = self._change(drafting.sign, self.anna, draft.id, draft.revision).draft
        return draft

    def _recorded(self, draft: Draft, fate: Fate) -> Recorded:
        """An older card's button does nothing."""
        about = (self.anna, "Анна", draft.id)
        if draft.revision and fate.again:
            self._refused(StaleCardError, recording.record, *about, draft.revision - 1)
        return self._deed(fate, recording.record, *about, draft.revision)

    def _visited(self, number: int, its: tuple[Any, ...], instead_of: int | None = None) -> int:
        day, *about = its
        wrong = [] if instead_of is None else [("cancel", self.now, instead_of)]
        self._happens(*wrong, ("visit", self.now, day, number, *about))
        return number

    def _not_correctable(self, number: int, too_late: type[Refusal] | None) -> type[Refusal] | None:
        visit = self.plain.visits[number]
        if not visit.stands:
            return ReversedAlreadyError
        if visit.returns:
            return PartlyReturnedError
        return too_late if local(visit.recorded) != self.today else None

    def _granted(self, request: Request, granted: bool, fate: Fate) -> bool:
        """Whether it has happened, if a manager had to be asked."""
        if request.state is not RequestState.WAITING:
            return True
        self._decided(request.id, granted, fate)
        return granted

    def _decided(self, request: int, granted: bool, fate: Fate) -> None:
        self._deed(fate, _decided, request, granted)
        if fate.again:
            self._refused(DecidedAlreadyError, _decided, request, not granted)

    def _source(self) -> str:
        self._sources += 1
        return f"test:{self._sources}"


def _open_desk(tx: Any) -> list[Any]:
    """Two who work there, and the patients."""
    branch = Branch(0, "Ленина", -100, "Europe/Moscow", "ООО «Улыбка»", "+7 843 212-34-56")
    branch = tx.branches.add_branch(branch)
    return [
        *(
            tx.branches.add_member(Member(0, branch.id, telegram, name, Standing.STAFF))
            for telegram, name in ((ANNA, "Анна"), (IRINA, "Ирина"))
        ),
        *(record_patient(tx, phone, "Пётр") for phone in PHONES),
    ]


def _change_programme(tx: Any, version: int) -> None:
    newest, _ = tx.programmes.current()
    assert tx.programmes.add(programme_of(plain_lots.VERSIONS[version]), OLEG, newest)


def programme_of(numbers: plain_lots.Numbers) -> Programme:
    """The model's numbers as the clinic's."""
    return replace(
        DEFAULTS,
        tiers=tuple(Tier(f"{paid}", 100 * rate, paid) for paid, rate in reversed(numbers.tiers)),
        cap=100 * numbers.cap,
        regular=numbers.bonus,
        referral=100 * numbers.referral,
        friend_fixed=numbers.fixed,
        rates=_by_category(plain_lots.OWN_PER_CENT),
        caps=_by_category(plain_lots.OWN_CAPS),
        excluded=tuple(Category(one) for one in plain_lots.OUTSIDE),
        signature=plain_lots.SIGNATURE,
        returned=plain_lots.RETURNED_ALONE,
        good_will=plain_lots.GOOD_WILL_ALONE,
        gift_wallet=plain_lots.GIFT_ALONE,
        gift_branch=plain_lots.GIFTS_OF_DAY,
    )


def _by_category(per_cent: dict[str, int]) -> tuple[tuple[Category, int], ...]:
    return tuple((Category(name), 100 * number) for name, number in per_cent.items())


def _crashing(tx: Any, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    use_case(tx, *args, **kwargs)
    raise CrashError


def _decided(tx: Any, request: int, granted: bool) -> Request:
    how = {"is_owner": True, "granted": granted, "owners": (OLEG,)}
    return approving.decide(tx, OLEG, request, **how).request


def _parted(tx: Any, merge: int) -> Request:
    return approving.undo_merge(tx, OLEG, merge, is_owner=True).request


def _waiting(
    tx: Any, branch: int, patient: int, cause: str, day: date, dated: bool
) -> Sequence[Lot]:
    at = tx.branches.branch(branch)
    if dated:
        return prolonging.prolong(tx, patient, at, cause=cause, booked=day)
    return prolonging.prolong_without_date(tx, patient, at, cause=cause, tapped=day)


def _rewarded(tx: Any, patient: int) -> None:
    reward_posting.post_for(tx, patient)


def _swept(tx: Any) -> None:
    while expiry.sweep(tx):
        pass


def _posted(tx: Any, key: str, given: list[str | int], credit: Credit) -> None:
    post(tx, key, Kind.GIFT, given, [credit])


def _slices(sums: Sequence[int] | None) -> tuple[Slice, ...] | None:
    """Of each line that something is named of."""
    if sums is None:
        return None
    return tuple(Slice(part, sum_) for part, sum_ in enumerate(sums) if sum_)


def _moment(written: datetime | str | None) -> datetime | None:
    """As the database gives it: SQLite keeps a text in UTC."""
    if isinstance(written, str):
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    return written
