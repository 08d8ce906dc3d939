"""Two records of one person become one: staff ask, a manager confirms (programme: merge)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from loyalty import arriving
from loyalty.desk.access import check_works
from loyalty.desk.asking import ask_managers
from loyalty.desk.purse import keep_out_of_own_pocket
from loyalty.desk.readers import reads_wallet
from loyalty.errors import Refusal
from loyalty.family import poured
from loyalty.ledger import post
from loyalty.letters import Letter, UntrueError
from loyalty.merges import Merge
from loyalty.people import Patient, Relation, Wallet, both
from loyalty.points import Debit, Kind, Lot, Operation, Reason
from loyalty.ports import Transaction
from loyalty.requests import Request, RequestKind, RequestState
from loyalty.statement import statement
from loyalty.tasks import joining
from loyalty.team import Member

# What the kept record takes over where it has nothing itself.
LACKING = ("name", "surname", "phone", "birthday")


class SameRecordError(Refusal):
    """There is nothing to merge a record with itself for."""

    text = "refusal-same-record"


class TwoFamiliesError(Refusal):
    """Each record shares a wallet with others: one payer's points are not another's."""

    text = "refusal-two-families"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records. `in_bot`: an account speaks for it; `family` shares its wallet, which
    owes `debt`.
    """

    patient: Patient
    visits: int
    since: date | None
    points: int
    in_bot: bool
    family: int
    debt: int


@dataclass(frozen=True, slots=True)
class Pair:
    """What a merge would do: `gone` becomes part of `kept`.

    `points` is what the wallet holds then, `debt` what it owes; `lapses` what ends of a second
    welcome, `lapses_by_card` of a second gift by a card; `stopped`: spending is off.
    """

    kept: Side
    gone: Side
    points: int
    lapses: int
    stopped: bool
    debt: int
    lapses_by_card: int = 0


def preview(tx: Transaction, by: Member, one: int, other: int) -> Pair:
    """What is shown to who would ask. Raises what `pair` raises, OwnPocketError."""
    for record in (one, other):
        keep_out_of_own_pocket(tx, by.telegram, tx.people.patient(record))
    return pair(tx, one, other)


def pair(tx: Transaction, one: int, other: int) -> Pair:
    """The two records as they stand, whichever was named first.

    Raises SameRecordError, PatientErasedError, PatientMergedError, TwoFamiliesError.
    """
    records = [tx.people.patient(record).check_kept() for record in (one, other)]
    kept, gone = _ordered(tx, records)
    ends = [(lot, lot.remaining) for lot in second_gifts(tx, kept, gone)]
    wallets = [tx.people.wallet(number) for number in sorted({kept.wallet, gone.wallet})]
    lapses, by_card = _apart(ends)
    points = sum(statement(tx, wallet.id).points for wallet in wallets) - lapses - by_card
    stopped = any(wallet.spending_off for wallet in wallets)
    debt = sum(wallet.debt for wallet in wallets)
    return Pair(_side(tx, kept), _side(tx, gone), points, lapses, stopped, debt, by_card)


def _apart(ends: Sequence[tuple[Lot, int]]) -> tuple[int, int]:
    """What ends of a second welcome, and of a second gift by a card."""
    by_card = sum(points for lot, points in ends if lot.reason == Reason.FRIEND)
    return sum(points for _, points in ends) - by_card, by_card


def _side(tx: Transaction, patient: Patient) -> Side:
    visits, since = tx.desk.attendances(patient.id)
    return Side(
        patient,
        visits,
        since,
        statement(tx, patient.wallet).points,
        in_bot=bool(tx.people.bound_to(patient.id)),
        family=len(_others(tx, patient)),
        debt=tx.people.wallet(patient.wallet).debt,
    )


def _others(tx: Transaction, patient: Patient) -> Sequence[Patient]:
    return [one for one in tx.people.sharing(patient.wallet) if one.id != patient.id]


# --- which one stays -------------------------------------------------------------------------


def _ordered(tx: Transaction, records: Sequence[Patient]) -> tuple[Patient, Patient]:
    """The one that stays comes first: whose wallet a family shares, else who is in the bot, else
    who was written down first. Raises SameRecordError, TwoFamiliesError.
    """
    one, other = records
    if one.id == other.id:
        raise SameRecordError
    if one.wallet != other.wallet and _others(tx, one) and _others(tx, other):
        raise TwoFamiliesError

    def weight(record: Patient) -> tuple[bool, bool, bool, int]:
        in_bot = bool(tx.people.bound_to(record.id))
        return bool(_others(tx, record)), _is_somebody(tx, record), in_bot, -record.id

    kept, gone = sorted(records, key=weight, reverse=True)
    return kept, gone


def _is_somebody(tx: Transaction, record: Patient) -> bool:
    """Whether an account is this very person, and doesn't only speak for them."""
    return any(
        (patient.id, relation) == (record.id, Relation.SELF)
        for account in tx.people.bound_to(record.id)
        for patient, relation in tx.people.spoken_for(account.id)
    )


def second_gifts(tx: Transaction, kept: Patient, gone: Patient) -> Sequence[Lot]:
    """What is left of what one person was given twice, by two records, and is given once."""
    wallets = sorted({kept.wallet, gone.wallet})
    if len(wallets) == 1:
        return ()
    later = {one.id for one in (*_second_welcome(tx, kept, gone), *_second_by_card(tx, kept, gone))}
    lots = (lot for wallet in wallets for lot in tx.ledger.lots(wallet)) if later else ()
    alive = (lot for lot in lots if lot.ends_at > tx.now)
    return [lot for lot in alive if tx.ledger.origin(lot.id).id in later]


def _second_welcome(tx: Transaction, kept: Patient, gone: Patient) -> Sequence[Operation]:
    if not all(_is_somebody(tx, record) for record in (kept, gone)):
        return ()
    given = [tx.ledger.operation(f"welcome:{record.wallet}") for record in (kept, gone)]
    return _but_the_first([operation for operation in given if operation is not None])


def _second_by_card(tx: Transaction, kept: Patient, gone: Patient) -> Sequence[Operation]:
    """It is to the record that came, whoever speaks for it."""
    given = [arriving.gifts_of(tx, record.id) for record in (kept, gone)]
    return _but_the_first([one for either in given for one in either])


def _but_the_first(given: Sequence[Operation]) -> Sequence[Operation]:
    return sorted(given, key=lambda operation: operation.id)[1:]


# --- asking ----------------------------------------------------------------------------------


def ask(
    tx: Transaction,
    by: Member,
    name: str,
    one: int,
    other: int,
    *,
    source: str,
    owners: Collection[int],
) -> Request:
    """Any staff may ask, on no wallet of their own; the same `source` again is one request.

    A manager or an owner decides. Raises NotStaffError, and what `preview` raises.
    """
    check_works(tx, by)
    if known := tx.desk.request_from(source):
        return known
    found = preview(tx, by, one, other)
    request = tx.desk.add_request(
        Request(
            id=0,
            source=source,
            branch=by.branch,
            kind=RequestKind.MERGE,
            amount=found.points,
            reason="",
            asked_by=by.telegram,
            asked_name=name,
            asked_at=tx.now,
            patient=found.kept.patient.id,
            other=found.gone.patient.id,
        )
    )
    ask_managers(tx, request, owners)
    return request


def about(tx: Transaction, request: Request) -> Pair | None:
    """What granting it would do now; None where it is decided already, or can't be done."""
    if request.state is not RequestState.WAITING:
        return None
    if request.patient is None or request.other is None:
        return None
    try:
        return pair(tx, request.patient, request.other)
    except Refusal:
        return None


# --- the merge -------------------------------------------------------------------------------


def carry_out(tx: Transaction, request: Request) -> Merge:
    """All of one record becomes part of the other: visits and what hangs on them, accounts,
    points with their ends, debt, cash. Who hears about them is told.

    Raises what `pair` raises: something has changed since it was asked.
    """
    assert request.patient is not None and request.other is not None  # noqa: S101, PT018 (a merge is of two; told to the types)
    records = tx.merges.hold(sorted((request.patient, request.other)))
    kept, gone = _ordered(tx, [record.check_kept() for record in records])
    into, empty = _wallets(tx, kept, gone)
    merge = Merge(
        request=request.id,
        kept=kept.id,
        gone=gone.id,
        kept_wallet=into.id,
        gone_wallet=empty.id,
        cash=empty.cash_paid if into.id != empty.id else 0,
        debt=empty.debt if into.id != empty.id else 0,
        kept_off=into.spending_off,
        gone_off=empty.spending_off,
        filled=[what for what in LACKING if not getattr(kept, what) and getattr(gone, what)],
        at=tx.now,
    )
    _end_second_gifts(tx, merge, second_gifts(tx, kept, gone))
    if merge.pours:
        _pour(tx, merge)
    tx.people.save_patient(replace(kept, **{what: getattr(gone, what) for what in merge.filled}))
    tx.merges.carry(merge)
    joining.join(tx, merge.kept)
    tell(tx, merge, [merge.kept], "merged")
    return merge


def _wallets(tx: Transaction, kept: Patient, gone: Patient) -> tuple[Wallet, Wallet]:
    held = {number: tx.people.wallet(number) for number in sorted({kept.wallet, gone.wallet})}
    return held[kept.wallet], held[gone.wallet]


def _end_second_gifts(tx: Transaction, merge: Merge, lots: Sequence[Lot]) -> None:
    if lots:
        moves = [Debit(lot, lot.remaining) for lot in lots]
        given = [merge.kept, merge.gone]
        post(tx, f"merge-welcome:{merge.request}", Kind.MERGE, given, moves)


def _pour(tx: Transaction, merge: Merge) -> None:
    given = [merge.kept, merge.gone]
    if moves := poured(tx.ledger.lots(merge.gone_wallet), merge.kept_wallet):
        post(tx, f"merge:{merge.request}", Kind.MERGE, given, moves)
    into, empty = tx.people.wallet(merge.kept_wallet), tx.people.wallet(merge.gone_wallet)
    tx.people.save_wallet(
        replace(
            into,
            cash_paid=into.cash_paid + merge.cash,
            debt=into.debt + merge.debt,
            spending_off=both(into.spending_off, empty.spending_off),
        )
    )
    tx.people.save_wallet(replace(empty, cash_paid=0, debt=0))


def tell(tx: Transaction, merge: Merge, patients: Sequence[int], kind: str) -> None:
    """Whoever speaks for these patients hears of it."""
    for patient in patients:
        for account in tx.people.speaking_for(patient):
            key = f"{kind}:{merge.request}:{account.id}"
            tx.outbox.put(key, kind, account.id, request=merge.request, patient=patient)


# --- read again as the letter leaves ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """A merge, or its undoing, for who hears of it. `name`: of several patients, whose it is.

    `lapsed` are points of a second welcome, `lapsed_by_card` of a second gift by a card; `balance`
    and `debt` as they are now, None where they are in another wallet than the reader's.
    """

    undone: bool
    name: str | None
    lapsed: int
    balance: int | None
    debt: int | None
    lapsed_by_card: int = 0


def facts_of(tx: Transaction, letter: Letter) -> MergeFacts:
    """Raises UntrueError: it has been undone meanwhile, or nobody was told of what is undone."""
    merge = tx.merges.merge(letter.arguments["request"])
    undone = letter.kind == "merge-undone"
    if merge is None or (merge.undone_at is not None) is not undone:
        raise UntrueError
    if undone and not tx.outbox.was_sent(f"merged:{merge.request}:{letter.account}"):
        raise UntrueError
    patient = tx.people.patient(letter.arguments["patient"])
    theirs = reads_wallet(tx, letter, patient.wallet)
    several = letter.account is not None and len(tx.people.spoken_for(letter.account)) > 1
    welcome, by_card = _apart(lapsed(tx, merge))
    return MergeFacts(
        undone,
        patient.name if several else None,
        lapsed=welcome,
        lapsed_by_card=by_card,
        balance=statement(tx, patient.wallet).points if theirs else None,
        debt=tx.people.wallet(patient.wallet).debt if theirs else None,
    )


def lapsed(tx: Transaction, merge: Merge) -> Sequence[tuple[Lot, int]]:
    """What ended of gifts that were given twice, from which lots."""
    operation = tx.ledger.operation(f"merge-welcome:{merge.request}")
    return tx.ledger.taken_by(operation.id) if operation else ()
