"""What an administrator says about points: to whoever hasn't got the bot, and to whoever has."""

from collections.abc import Sequence
from dataclasses import dataclass

from loyalty.branches import Branch
from loyalty.counting import Part, most_points
from loyalty.desk import searching
from loyalty.desk.purse import purse
from loyalty.line.alone import who_alone
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.team import Member


@dataclass(frozen=True, slots=True)
class Script:
    """`name` is None where nobody in particular is meant. `points` are the person's, or the
    welcome of who hasn't got the bot. `usable` are those that the bill at hand takes, else a
    usual bill; None while nobody knows what is usual: then there is only the `cap`.
    """

    name: str | None
    in_bot: bool
    points: int
    usable: int | None
    cap: int


def for_anybody(tx: Transaction, branch: Branch) -> Script:
    return _script(tx, branch, None, _usual(tx, branch))


def for_card(tx: Transaction, branch: Branch, message: int) -> Script:
    """For the patient and the bill of the card in this message; without a card, for anybody."""
    draft = tx.desk.draft_on(branch.id, message)
    if draft is None:
        return for_anybody(tx, branch)
    patient = tx.people.patient(draft.patient) if draft.patient is not None else None
    parts = [Part(part.sum, part.category, part.excluded) for part in draft.parts]
    return _script(tx, branch, patient, parts if draft.bill else _usual(tx, branch))


def for_person(tx: Transaction, by: Member, branch: Branch, typed: str) -> Script:
    """For whom a code or a phone means; for anybody where it means nobody or several.

    Raises NotAPersonError, CodeLockedError, NoSuchCodeError (the miss is counted by
    `codes.note_miss`, as everywhere).
    """
    who = who_alone(typed)
    if who.phone is not None:
        found = tx.people.patients_with_phone(who.phone)
    else:
        found = searching.by_digits(tx, by, who.code or "", 2)
    return _script(tx, branch, found[0] if len(found) == 1 else None, _usual(tx, branch))


def _usual(tx: Transaction, branch: Branch) -> list[Part]:
    usual = tx.desk.usual_bill(branch.id)
    return [] if usual is None else [Part(usual)]


def _script(
    tx: Transaction, branch: Branch, patient: Patient | None, parts: Sequence[Part]
) -> Script:
    in_bot = patient is not None and bool(tx.people.speaking_for(patient.id))
    points = spendable = tx.programme.welcome
    if patient is not None and in_bot:
        money = purse(tx, patient.wallet, branch)
        points, spendable = money.balance, 0 if money.spending_off else money.available
    return Script(
        name=patient.name if patient else None,
        in_bot=in_bot,
        points=points,
        usable=most_points(tx.programme, parts, spendable) if parts or not spendable else None,
        cap=tx.programme.cap,
    )
