"""«Записаться»: when it suits, with whom; the desk calls (programme: wish to book)."""

from collections.abc import Sequence
from dataclasses import dataclass

from loyalty.appointments.looking import open_branches
from loyalty.branches import Branch
from loyalty.errors import OutOfTurnError
from loyalty.moves import awaits_desk
from loyalty.people import Account, Patient
from loyalty.ports import Transaction
from loyalty.tasks.opening import open_task
from loyalty.tasks.task import TaskKind, Wish
from loyalty.tasks.timing import Promise, promise

RECENT = 20  # visits, among which the patient's doctors are looked for


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen: one branch or one patient need not be asked about.

    `doctors`: numbers and names, those that the patient has been to first; `known`: how many.
    """

    branches: Sequence[Branch]
    patients: Sequence[Patient]
    doctors: Sequence[tuple[int, str]]
    known: int


def choice(tx: Transaction, telegram: int, patient: int | None) -> Choice:
    """Raises OutOfTurnError."""
    account = _registered(tx, telegram)
    family = [one for one, _ in tx.people.spoken_for(account.id)]
    chosen = [one for one in family if one.id == patient] or family[:1]
    been = _been_to(tx, [one.id for one in chosen])
    names = tx.branches.doctors()
    others = [number for number in names if number not in been]
    doctors = [(number, names[number]) for number in (*been, *others)]
    return Choice(open_branches(tx) or tx.branches.branches(), family, doctors, len(been))


def _been_to(tx: Transaction, patients: Sequence[int]) -> list[int]:
    """The latest first."""
    visits = tx.desk.visits_of(patients, 0, RECENT)
    found = (part.doctor for visit in visits for part in visit.parts)
    return list(dict.fromkeys(doctor for doctor in found if doctor is not None))


def wish(
    tx: Transaction, telegram: int, *, branch: int, patient: int, when: Wish, doctor: int | None
) -> Promise:
    """The desk calls back. While it has not, the same wish is the same task.

    Raises OutOfTurnError: not theirs to ask for, or a branch that isn't there.
    """
    account = _registered(tx, telegram)
    if patient not in {one.id for one, _ in tx.people.spoken_for(account.id)}:
        raise OutOfTurnError
    if branch not in {one.id for one in tx.branches.branches()}:
        raise OutOfTurnError
    where = tx.branches.hold(branch)
    if doctor not in tx.branches.doctors():
        doctor = None
    if not _waits(tx, branch, patient, when, doctor):
        key = f"{TaskKind.BOOK}:{patient}:{when}:{doctor or 0}:{tx.now.isoformat()}"
        open_task(
            tx,
            key,
            TaskKind.BOOK,
            branch=branch,
            patient=patient,
            account=account.id,
            wish=when,
            doctor=doctor,
        )
    return promise(where, tx.now)


def _waits(tx: Transaction, branch: int, patient: int, when: Wish, doctor: int | None) -> bool:
    alike = (TaskKind.BOOK, when, doctor)
    for task in tx.tasks.about(patient):
        for reason in tx.tasks.reasons(task.id) if task.branch == branch else ():
            if reason.open and (reason.kind, reason.wish, reason.doctor) == alike:
                return True
    return False


def _registered(tx: Transaction, telegram: int) -> Account:
    account = tx.people.account_of(telegram)
    if account is None or not account.registered or awaits_desk(tx, account):
        raise OutOfTurnError
    return account
