"""What there is to say of an appointment: read again before each message."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from loyalty.appointments.appointment import Appointment, State
from loyalty.appointments.hearing import hearers
from loyalty.appointments.times import of_minute
from loyalty.branches import Branch
from loyalty.letters import PLAIN, How, Letter, UntrueError
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.prolonging import WITHOUT_DATE


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """One appointment for its patient: `name` is whose it is, where they speak for several.

    `calls` is how the reader is addressed. `today` is the branch's day now: «завтра» is said by
    it. `several`: the clinic has more than one branch, so the place is named. `ahead`: its time is
    still to come.
    """

    appointment: Appointment
    branch: Branch
    doctor: str | None
    calls: str | None
    name: str | None
    today: date
    several: bool
    ahead: bool = True

    @property
    def day(self) -> date:
        return self.appointment.day(self.branch)


@dataclass(frozen=True, slots=True)
class AppointmentsFacts:
    """Several in one message, in order of time: of a family that one account speaks for."""

    several: tuple[AppointmentFacts, ...]

    @property
    def first(self) -> AppointmentFacts:
        return self.several[0]

    @property
    def last(self) -> AppointmentFacts:
        return self.several[-1]


def together(several: Sequence[AppointmentFacts]) -> AppointmentsFacts:
    return AppointmentsFacts(tuple(sorted(several, key=lambda one: one.appointment.starts_at)))


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """The same for the staff chat; `how`: which message it takes the place of."""

    appointment: Appointment
    branch: Branch
    patient: Patient
    doctor: str | None
    today: date
    in_app: bool
    how: How = PLAIN


NOTICES = {
    "booked": {State.BOOKED, State.CONFIRMED},
    "moved": {State.BOOKED, State.CONFIRMED},
    "appointment-cancelled": {State.CANCELLED},
    "remind24": {State.BOOKED, State.CONFIRMED},
    "remind2": {State.BOOKED, State.CONFIRMED},
    "missed": {State.MISSED},
}


def card(tx: Transaction, appointment: int) -> AppointmentCard:
    """As it stands now, for its message in the staff chat. Raises LookupError."""
    one = tx.appointments.appointment(appointment)
    branch = tx.branches.branch(one.branch)
    return AppointmentCard(
        one,
        branch,
        tx.people.patient(one.patient),
        _doctor(tx, one),
        branch.today(tx.now),
        in_app=bool(hearers(tx, one.patient)),
    )


def card_of(tx: Transaction, letter: Letter) -> AppointmentCard:
    """For the message that shows it already. Raises UntrueError: there is none any more."""
    found = card(tx, letter.arguments["appointment"])
    if found.appointment.card is None:
        raise UntrueError
    return replace(found, how=How(edits=found.appointment.card))


def facts_of(tx: Transaction, letter: Letter) -> AppointmentFacts:
    """Raises UntrueError: it was moved, cancelled, or is somebody else's."""
    one = tx.appointments.appointment(letter.arguments["appointment"])
    if one.state not in NOTICES[letter.kind] or one.starts_at != of_minute(
        letter.arguments["minute"]
    ):
        raise UntrueError
    if letter.account is None or letter.account not in _hearers(tx, one):
        raise UntrueError
    return facts(tx, letter.account, one)


def facts(tx: Transaction, account: int, one: Appointment) -> AppointmentFacts:
    """For one who speaks for its patient."""
    branch = tx.branches.branch(one.branch)
    family = [patient for patient, _ in tx.people.spoken_for(account)]
    whose = next((patient.name for patient in family if patient.id == one.patient), None)
    return AppointmentFacts(
        one,
        branch,
        _doctor(tx, one),
        tx.people.account(account).name,
        whose if len(family) > 1 else None,
        branch.today(tx.now),
        several=len(open_branches(tx)) > 1,
        ahead=tx.now < one.starts_at,
    )


def open_branches(tx: Transaction) -> Sequence[Branch]:
    """Those with a staff chat, where somebody hears."""
    return [branch for branch in tx.branches.branches() if branch.chat is not None]


def _hearers(tx: Transaction, one: Appointment) -> set[int]:
    return {account.id for account in hearers(tx, one.patient)}


def _doctor(tx: Transaction, one: Appointment) -> str | None:
    return None if one.doctor is None else tx.branches.doctors().get(one.doctor)


def has_booking(tx: Transaction, patient: int) -> bool:
    """Whether a visit is booked, or was said to be lately: they are neither called back nor
    counted as lost (programme: recall chain, sleeping).
    """
    said = tx.appointments.elsewhere_since(patient, tx.now - WITHOUT_DATE)
    return said or booked_ahead(tx, patient) is not None


def booked_ahead(tx: Transaction, patient: int) -> Appointment | None:
    """The patient's next appointment."""
    return next(iter(tx.appointments.ahead([patient])), None)
