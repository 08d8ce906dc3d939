"""A message about a visit that stands could not be delivered: somebody calls instead."""

from loyalty.letters import Letter
from loyalty.ports import Transaction
from loyalty.tasks.opening import open_task
from loyalty.tasks.task import TaskKind

MATTERS = {"booked", "moved", "remind24", "remind2"}


def note(tx: Transaction, letter: Letter) -> None:
    """Once for each time of an appointment; not while another who speaks for them hears of it."""
    if letter.kind not in MATTERS:
        return
    one = tx.appointments.appointment(letter.arguments["appointment"])
    stands = one.live and one.minute == letter.arguments["minute"] and tx.now < one.starts_at
    accounts = tx.people.speaking_for(one.patient)
    heard = any(a.id != letter.account and a.unreachable_since is None for a in accounts)
    if not stands or heard:
        return
    open_task(
        tx,
        f"{TaskKind.UNREACHED}:{one.id}:{one.minute}",
        TaskKind.UNREACHED,
        branch=one.branch,
        patient=one.patient,
        appointment=one.id,
        due=one.starts_at,
        doctor=one.doctor,
    )
