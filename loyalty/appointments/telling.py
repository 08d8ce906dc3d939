"""Who hears of an appointment: who speaks for the patient, the staff chat, and who is to call."""

from datetime import datetime, timedelta

from loyalty.appointments.appointment import Appointment
from loyalty.appointments.hearing import hearers
from loyalty.appointments.planned import Due
from loyalty.ports import Transaction
from loyalty.tasks.opening import open_task
from loyalty.tasks.task import TaskKind

TOLD_WITHIN = timedelta(hours=12)  # later a notice would be about something long known


def tell(
    tx: Transaction,
    one: Appointment,
    kind: str,
    *,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> None:
    """To everyone who speaks for the patient; a notice of a change is of this revision."""
    until = min(one.starts_at, tx.now + TOLD_WITHIN) if expires_at is None else expires_at
    for account in hearers(tx, one.patient):
        tx.outbox.put(
            f"{kind}:{one.id}:{one.revision}:{account.id}",
            kind,
            account.id,
            not_before=not_before,
            expires_at=until,
            appointment=one.id,
            minute=one.minute,
        )


def remind(tx: Transaction, one: Appointment, due: Due, account: int) -> None:
    """Once for each time that it has had."""
    tx.outbox.put(
        f"{due.step}:{one.id}:{one.starts_at.isoformat()}:{account}",
        due.step,
        account,
        expires_at=due.until,
        appointment=one.id,
        minute=one.minute,
    )


def call(tx: Transaction, one: Appointment, kind: TaskKind, account: int | None = None) -> None:
    """Staff are to call about it; once for each time that it came to this."""
    open_task(
        tx,
        f"{kind}:{one.id}:{one.revision}",
        kind,
        branch=one.branch,
        patient=one.patient,
        account=account,
        appointment=one.id,
        due=one.starts_at,
    )


def redraw(tx: Transaction, one: Appointment) -> None:
    """Its message in the staff chat shows how it stands now."""
    branch = tx.branches.branch(one.branch)
    if branch.chat is not None and one.card is not None:
        key = f"appointment-card:{one.id}:{one.revision}"
        tx.outbox.put_in_chat(key, "appointment-card", branch.chat, appointment=one.id)
