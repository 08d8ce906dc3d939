"""What has been understood of a line so far, and what it means once it has ended."""

from dataclasses import dataclass, replace
from datetime import date

from loyalty.categories import Category
from loyalty.line.amounts import MOST_MONEY, RUBLE, Amount
from loyalty.line.days import Calendar, Hour, Shift, Weekday, When, ahead, behind
from loyalty.line.doctors import Doctor
from loyalty.line.facts import Fact, Mark, Points
from loyalty.line.people import is_valid
from loyalty.line.readings import (
    MOST,
    Appointment,
    JustWho,
    Most,
    Part,
    Prefill,
    Reading,
    Visit,
    Who,
)
from loyalty.line.refusals import (
    AdvancePointsError,
    AppointmentUnfinishedError,
    LonePlusError,
    NoPatientError,
    NoSumError,
    NotInAppointmentError,
    PointsOverSumError,
    TimeAloneError,
    TooLargeError,
    TooManyPartsError,
    TwoCategoriesError,
    TwoDaysError,
    TwoDoctorsError,
    TwoPatientsError,
    TwoPointsError,
    TwoRecallsError,
    TwoSumsError,
    UnknownWordError,
    ZeroPartError,
)
from loyalty.recalls import Interval

MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Bill:
    """One part of a visit, its sum perhaps still to come."""

    kopecks: int | None = None
    category: Category | None = None
    doctor: Doctor | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    who: Who | None = None
    bills: tuple[Bill, ...] = (Bill(),)
    points: int | Most | None = None
    points_came_first: bool = False  # as a bare number, before any sum
    recall: Interval | None = None
    when: When | None = None
    hour: Hour | None = None
    booking: bool = False
    advance: bool = False

    def and_also(self, fact: Fact) -> tuple["Heard", ...]:
        """Every way to understand one more fact; none where it means something else here.

        Raises a Refusal: it can't be said after what was said.
        """
        match fact:
            case Who():
                return self._and_who(fact)
            case Amount():
                return self._and_amount(fact)
            case Points(value):
                return self._and_points(value)
            case Category():
                return (self._and_category(fact),)
            case Doctor():
                return (self._and_doctor(fact),)
            case Hour():
                return self._and_hour(fact)
            case Mark():
                return (self._and_mark(fact),)
        return (self._and_day_or_recall(fact),)

    # --- one fact more -----------------------------------------------------------------------

    def _and_who(self, who: Who) -> tuple["Heard", ...]:
        if self.who is None:
            return (replace(self, who=who),)
        if who.phone is None or not is_valid(who):
            return ()  # these digits are a sum or points
        raise TwoPatientsError

    def _and_amount(self, amount: Amount) -> tuple["Heard", ...]:
        """A bare number is the sum, or points beside it; the first four digits are the code."""
        if self.booking:
            raise NotInAppointmentError
        if self.who is None and amount.codelike and not amount.sure:
            return ()
        if self._is_too_late(amount):
            return ()
        heard = (*self._as_sum(amount), *self._as_points(amount))
        if not heard and (amount.sure or amount.kopecks % RUBLE):
            raise TwoSumsError
        if not heard:
            raise TwoPointsError
        return heard

    def _is_too_late(self, amount: Amount) -> bool:
        """The sum stands before bare points, unless a word says that it is the sum."""
        return self._has_only_points() and not amount.sure

    def _has_only_points(self) -> bool:
        return self.points_came_first and self.bills[0].kopecks is None

    def _as_sum(self, amount: Amount) -> tuple["Heard", ...]:
        if self.bills[-1].kopecks is not None:
            return ()
        return (self._with_bill(kopecks=amount.kopecks),)

    def _as_points(self, amount: Amount) -> tuple["Heard", ...]:
        if self.points is not None or amount.priced or amount.kopecks % RUBLE:
            return ()
        first, points = self.bills[0].kopecks is None, amount.kopecks // RUBLE
        if first and not points:
            return ()
        return (replace(self, points=points, points_came_first=first),)

    def _and_points(self, points: int | Most) -> tuple["Heard", ...]:
        if self.points is None:
            return (replace(self, points=points),)
        if self._has_only_points():
            return ()  # then that number was no points
        raise TwoPointsError

    def _and_category(self, category: Category) -> "Heard":
        if self.bills[-1].category not in {None, category}:
            raise TwoCategoriesError
        return self._with_bill(category=category)

    def _and_doctor(self, doctor: Doctor) -> "Heard":
        if self.bills[-1].doctor not in {None, doctor}:
            raise TwoDoctorsError
        return self._with_bill(doctor=doctor)

    def _with_bill(
        self,
        kopecks: int | None = None,
        category: Category | None = None,
        doctor: Doctor | None = None,
    ) -> "Heard":
        last = self.bills[-1]
        bill = Bill(
            last.kopecks if kopecks is None else kopecks,
            category or last.category,
            doctor or last.doctor,
        )
        return replace(self, bills=(*self.bills[:-1], bill))

    def _and_hour(self, hour: Hour) -> tuple["Heard", ...]:
        """15.30 and 15 30 are hours only of an appointment, and after its day if they could be
        a day themselves."""
        expected = self.booking and (self.when is not None or not hour.daylike)
        if not (hour.sure or expected):
            return ()
        if self.hour is not None:
            raise TwoDaysError
        return (replace(self, hour=hour),)

    def _and_mark(self, mark: Mark) -> "Heard":
        match mark:
            case Mark.PLUS:
                return self._and_plus()
            case Mark.BOOKING:
                return replace(self, booking=True)
            case Mark.ADVANCE:
                return replace(self, advance=True)
        return self

    def _and_plus(self) -> "Heard":
        if self.bills[-1].kopecks is None:
            raise LonePlusError
        if len(self.bills) == MOST_PARTS:
            raise TooManyPartsError
        return replace(self, bills=(*self.bills, Bill()))

    def _and_day_or_recall(self, fact: Fact) -> "Heard":
        match fact:
            case Interval() if self.recall in {None, fact}:
                return replace(self, recall=fact)
            case Interval():
                raise TwoRecallsError
            case Shift() | Weekday() | Calendar() if self.when is None:
                return replace(self, when=fact)
        raise TwoDaysError

    # --- the whole line ----------------------------------------------------------------------

    def meaning(self, today: date) -> Reading:
        """What the line says as a whole.

        Raises a Refusal: something is missing, or two things can't be true at once.
        """
        if self.who is None:
            raise NoPatientError
        if self.booking:
            return self._appointment(self.who, today)
        if self.hour is not None:
            raise TimeAloneError
        if self.bills[0].kopecks is not None:
            return self._visit(self.who, today)
        if self.points is not None or self.when is not None or self.advance:
            raise NoSumError
        return self._without_sum(self.who)

    def _visit(self, who: Who, today: date) -> Visit:
        parts = tuple(map(_part, self.bills))
        total = sum(part.sum for part in parts)
        if total > MOST_MONEY:
            raise TooLargeError
        if not all(part.sum for part in parts) and (len(parts) > 1 or self.advance):
            raise ZeroPartError
        return Visit(
            who,
            parts,
            self._points_for(total),
            self.recall,
            None if self.when is None else behind(self.when, today),
            self.advance,
        )

    def _points_for(self, total: int) -> int | Most | None:
        if self.advance and self.points:
            raise AdvancePointsError
        if self.points is MOST:
            if not total:
                raise PointsOverSumError
        elif self.points is not None and self.points * RUBLE > total:
            raise PointsOverSumError
        return self.points if total else None

    def _appointment(self, who: Who, today: date) -> Appointment:
        bill = self.bills[0]
        others = (bill.kopecks, bill.category, self.points, self.recall)
        if self.advance or any(fact is not None for fact in others):
            raise NotInAppointmentError
        if self.when is None or self.hour is None:
            raise AppointmentUnfinishedError
        return Appointment(who, ahead(self.when, today), self.hour.at, _name(bill))

    def _without_sum(self, who: Who) -> Prefill | JustWho:
        bill = self.bills[0]
        if bill.doctor and not bill.doctor.known and not (self.recall or bill.category):
            raise UnknownWordError(word=bill.doctor.name)
        if self.recall or bill.category or bill.doctor:
            return Prefill(who, self.recall, bill.category, _name(bill))
        return JustWho(who)


def _part(bill: Bill) -> Part:
    if bill.kopecks is None:
        raise LonePlusError
    return Part(bill.kopecks, bill.category, _name(bill))


def _name(bill: Bill) -> str | None:
    return None if bill.doctor is None else bill.doctor.name
