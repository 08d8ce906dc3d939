"""A case that nobody has solved comes again after a day, and every day from then on."""

from loyalty.cases.recipients import Owners, recipients
from loyalty.opinions import SOLVED_WITHIN
from loyalty.ports import Transaction


def plan(tx: Transaction, owners: Owners) -> None:
    """Queue today's reminders to whoever hears of the cases now. Done twice, it changes nothing.

    After an outage of some days it is one reminder, not one for each of them.
    """
    for case in tx.cases.opened_before(tx.now - SOLVED_WITHIN):
        days = (tx.now - case.opened_at) // SOLVED_WITHIN
        until = case.opened_at + (days + 1) * SOLVED_WITHIN
        for one in recipients(tx, owners, case.branch):
            tx.outbox.put_in_chat(
                f"case-overdue:{case.id}:{one.telegram}:{int(until.timestamp())}",
                "case-overdue",
                one.telegram,
                expires_at=until,
                case=case.id,
                owner=int(one.as_owner),
            )
