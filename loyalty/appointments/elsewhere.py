"""«Уже есть запись»: a visit is booked of which the bot knows nothing; points wait for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loyalty import prolonging
from loyalty.appointments.looking import open_branches
from loyalty.branches import Branch
from loyalty.dates import last_day
from loyalty.errors import OutOfTurnError
from loyalty.moves import awaits_desk
from loyalty.people import Account, Patient
from loyalty.points import Lot
from loyalty.ports import Transaction
from loyalty.prolonging import WITHOUT_DATE, later_end, without_date


@dataclass(frozen=True, slots=True)
class Waits:
    """So many points wait, till the end of this day."""

    points: int
    until: date


def would_wait(tx: Transaction, account: Account) -> bool:
    """Whether the tap would do anything: points end soon, and haven't waited before."""
    whom, branch = _whose(tx, account)
    if whom is None or branch is None:
        return False
    wait = without_date(branch.today(tx.now), branch.where)
    return any(
        lot.prolonged_by is None
        and lot.ends_at > tx.now
        and later_end(lot.ends_at, wait, branch.where)
        for lot in tx.ledger.lots(whom.wallet)
    )


def tell(tx: Transaction, telegram: int) -> Waits | None:
    """They say that they are booked. A second tap on the same day finds what the first one did.

    None: no points had to wait. Raises OutOfTurnError.
    """
    account = tx.people.account_of(telegram)
    if account is None or not account.registered or awaits_desk(tx, account):
        raise OutOfTurnError
    whom, branch = _whose(tx, account)
    if whom is None or branch is None:
        raise OutOfTurnError
    today = branch.today(tx.now)
    for patient, _ in tx.people.spoken_for(account.id):
        if not tx.appointments.elsewhere_since(patient.id, tx.now - WITHOUT_DATE):
            tx.appointments.note_elsewhere(patient.id, account.id)
    cause = f"elsewhere:{account.id}:{today.isoformat()}"
    lots = prolonging.prolong_without_date(tx, whom.id, branch, cause=cause, tapped=today)
    return _waits(lots, branch)


def _waits(lots: Sequence[Lot], branch: Branch) -> Waits | None:
    if not lots:
        return None
    until = max(lot.ends_at for lot in lots)
    return Waits(sum(lot.remaining for lot in lots), last_day(until, branch.where))


def _whose(tx: Transaction, account: Account) -> tuple[Patient | None, Branch | None]:
    """The account's own wallet, and the branch where they were last, else the first one."""
    family = [patient for patient, _ in tx.people.spoken_for(account.id)]
    own = next((one for one in family if one.wallet == account.wallet), None)
    visits = tx.desk.visits_of([one.id for one in family], 0, 1)
    if visits:
        return own, tx.branches.branch(visits[0].branch)
    return own, next(iter(open_branches(tx) or tx.branches.branches()), None)
