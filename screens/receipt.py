"""The receipt in the staff chat: what goes into the till, and what can be corrected."""

from aiogram.types import InlineKeyboardButton
from babel.dates import format_date

from loyalty.desk.receipts import DeskReceipt
from loyalty.people import Patient
from loyalty.visits import Reversal, VisitKind, VisitPart, is_taken_back
from screens.callbacks.appointments import BookPress
from screens.callbacks.corrections import Correction, CorrectPress
from screens.debts import closed, owed
from screens.formats import money, whole
from screens.naming import masked, shown_name
from screens.screen import Screen, button, under
from screens.texts import Html, Texts


def receipt(texts: Texts, found: DeskReceipt) -> Screen:
    """What was recorded (texts: Receipt, staff chat); once taken back, what became of it."""
    visit = found.visit
    figures = [_money(texts, found)]
    if visit.patient is not None or visit.training:
        figures += [_points(texts, found), *_debt(texts, found)]
    if is_taken_back(visit, found.reversals):
        figures = [texts("receipt-struck", line=Html(line)) for line in figures]
    elif found.reversals:
        figures.append(texts("receipt-left", cash=money(_cash_left(found), texts)))
    lines = [*_taken_back(texts, found), _recorded(texts, found), _whose(texts, found), *figures]
    lines += [line for line in (_what(texts, found), _recall(texts, found)) if line]
    return Screen("\n".join(lines), under(*_buttons(texts, found)))


def _taken_back(texts: Texts, found: DeskReceipt) -> list[str]:
    """Before all else: what stands below holds no longer."""
    lines = [_reversed(texts, found, reversal) for reversal in found.reversals]
    if found.instead is not None:
        lines.append(texts("receipt-now", cash=money(found.instead.cash, texts)))
    return [*lines, ""] if lines else []


def _reversed(texts: Texts, found: DeskReceipt, reversal: Reversal) -> str:
    at = reversal.at.astimezone(found.branch.where).time()
    if reversal.kind.cancels:
        kind = Html(reversal.kind)
        return texts("receipt-cancelled", kind=kind, at=at, name=reversal.made_name)
    points = reversal.points_back
    return texts(
        "receipt-returned",
        at=at,
        name=reversal.made_name,
        money=money(reversal.money, texts),
        points=points,
        shown=whole(points, texts),
        clawed=reversal.clawed,
        taken=whole(reversal.clawed, texts),
    )


def _recorded(texts: Texts, found: DeskReceipt) -> str:
    visit = found.visit
    at = visit.recorded_at.astimezone(found.branch.where)
    time, name = at.time(), visit.recorded_name
    if visit.training:
        said = texts("receipt-training", at=time, name=name)
    elif is_taken_back(visit, found.reversals):
        said = texts("receipt-was-recorded", at=time, name=name)
    else:
        said = texts("receipt-recorded", at=time, name=name)
    return said if visit.day == at.date() else f"{said}\n{texts('card-day', day=visit.day)}"


def _whose(texts: Texts, found: DeskReceipt) -> str:
    if found.patient is None:
        return texts("card-training") if found.visit.training else texts("card-nobody")
    name, phone = shown_name(found.patient, texts), masked(found.patient.phone)
    return texts("receipt-person", name=name, phone=phone)


def _money(texts: Texts, found: DeskReceipt) -> str:
    visit = found.visit
    cash, discount = money(visit.cash, texts), money(100 * visit.points, texts)
    if visit.training:
        return texts("receipt-training-money", discount=discount, cash=cash)
    if visit.kind is VisitKind.UNPAID:
        return texts("receipt-unpaid")
    if visit.points:
        return texts("receipt-till", discount=discount, cash=cash)
    if visit.kind is VisitKind.ADVANCE:
        return texts("receipt-advance", cash=cash)
    return texts("receipt-till-plain", cash=cash)


def _points(texts: Texts, found: DeskReceipt) -> str:
    visit = found.visit
    said = texts(
        "receipt-points",
        before=whole(visit.balance_before, texts),
        after=whole(visit.balance_after, texts),
        spent=whole(visit.points, texts),
        earned=whole(visit.earned, texts),
    )
    of_them = []
    if visit.bonus:
        shown = whole(visit.bonus, texts)
        of_them.append(texts("card-regular", points=visit.bonus, shown=shown))
    if visit.settled:
        shown = whole(visit.settled, texts)
        of_them.append(texts("receipt-settled", points=visit.settled, shown=shown))
    return " · ".join([said, *of_them])


def _debt(texts: Texts, found: DeskReceipt) -> list[str]:
    """What the patient owes now, while the record stands; or that this visit closed it."""
    if is_taken_back(found.visit, found.reversals):
        return []
    if closed(found.visit, found.debt, latest=found.latest):
        return [texts("visit-debt-closed")]
    return owed(texts, found.debt)


def _what(texts: Texts, found: DeskReceipt) -> str:
    parts = found.visit.parts
    lines = [described(texts, found, part) for part in parts]
    if len(parts) > 1:
        back = [_returned_of(texts, found, n) for n in range(len(parts))]
        words = zip(parts, lines, back, strict=True)
        lines = [[money(part.sum, texts), *line, *gone] for part, line, gone in words]
    return "\n".join(" · ".join(line) for line in lines if line)


def _returned_of(texts: Texts, found: DeskReceipt, part: int) -> list[str]:
    """How much of this part of the bill went back, where the rest of the visit stands."""
    gone = sum(one.sum for back in found.reversals for one in back.slices if one.part == part)
    if not gone or is_taken_back(found.visit, found.reversals):
        return []
    return [texts("receipt-part-returned", money=money(gone, texts))]


def _cash_left(found: DeskReceipt) -> int:
    return found.visit.cash - sum(one.money for one in found.reversals)


def described(texts: Texts, found: DeskReceipt, part: VisitPart) -> list[str]:
    """Its kind and its doctor, as far as they are known, and whether it is without points."""
    words = [texts("category", category=Html(part.category))] if part.category else []
    doctor = found.doctors.get(part.doctor) if part.doctor is not None else None
    words += [texts("card-doctor", name=doctor)] if doctor else []
    return [*words, texts("card-without-points")] if part.excluded else words


def _recall(texts: Texts, found: DeskReceipt) -> str | None:
    return texts("card-recall", day=found.visit.recall_on) if found.visit.recall_on else None


def _buttons(texts: Texts, found: DeskReceipt) -> list[list[InlineKeyboardButton]]:
    """What can be corrected; a visit taken back is done with, of a part only the rest returns."""
    if is_taken_back(found.visit, found.reversals) or found.visit.training:
        return []
    mend = _key(texts.plain("receipt-button-sum"), found, Correction.WRONG_SUM)
    whose = _key(texts.plain("receipt-button-patient"), found, Correction.WRONG_PATIENT)
    rows = [] if found.reversals else [[mend, whose]]
    if _cash_left(found):
        rows.append([_key(texts.plain("receipt-button-return"), found, Correction.RETURNED)])
    if found.patient is not None and not found.in_app:
        rows.append([_key(texts.plain("receipt-button-slip"), found, Correction.SLIP)])
    if found.patient is not None:
        rows.insert(0, [_book(texts, found, found.patient)])
    return rows


def _book(texts: Texts, found: DeskReceipt, patient: Patient) -> InlineKeyboardButton:
    """For the month of the recall, where there is one."""
    press, recall_on = BookPress(patient=patient.id), found.visit.recall_on
    if recall_on is None:
        return button(texts.plain("booking-button"), press)
    month = Html(format_date(recall_on, "LLLL", locale=texts.language))
    return button(texts.plain("booking-button-for", month=month), press)


def _key(label: str, found: DeskReceipt, what: Correction) -> InlineKeyboardButton:
    return button(label, CorrectPress(visit=found.visit.id, what=what))
