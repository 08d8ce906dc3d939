"""«Никогда»: care, offers and calls to a patient stop for ever; a manager can lift it.

Also for somebody who has died (programme: call tasks).
"""

from loyalty.desk.access import Decider, run_branch
from loyalty.letters import Letter
from loyalty.people import Patient, Relation
from loyalty.ports import Transaction
from loyalty.tasks.changing import open_reasons, settle
from loyalty.tasks.household import kept
from loyalty.tasks.task import Result


def said(tx: Transaction, patient: int) -> bool:
    """Whether the patient, under whatever record of theirs, is never to be disturbed."""
    return tx.tasks.never(patient) is not None


def keeps_from(tx: Transaction, letter: Letter) -> bool:
    """Whether what the letter is about is one of those who are never to be disturbed."""
    patient = _about(tx, letter)
    return patient is not None and said(tx, patient)


def _about(tx: Transaction, letter: Letter) -> int | None:
    """The patient of the visit or the appointment; of what names neither, the reader."""
    arguments = letter.arguments
    if "visit" in arguments:
        visit = tx.desk.visit(arguments["visit"])
        return visit.patient if visit else None
    if "appointment" in arguments:
        return tx.appointments.appointment(arguments["appointment"]).patient
    bonds = tx.people.spoken_for(letter.account) if letter.account is not None else ()
    return next((one.id for one, relation in bonds if relation is Relation.SELF), None)


def say(tx: Transaction, patient: int, by: int, name: str) -> None:
    """From now on; calls about them that are open are closed, in every branch."""
    whom = kept(tx, patient).id
    tx.tasks.say_never(whom, by, name)
    for task in tx.tasks.about(whom):
        theirs = [] if task.talk else [r for r in open_reasons(tx, task) if r.patient == whom]
        if theirs:
            settle(tx, task, theirs, Result.NEVER, name)


def lift(tx: Transaction, by: Decider, branch: int, patient: int) -> Patient:
    """Who runs the branch may take it back; a second press changes nothing.

    Raises ManagerOnlyError.
    """
    run_branch(tx, by, branch)
    whom = kept(tx, patient)
    tx.tasks.lift_never(whom.id, by.telegram)
    return whom
