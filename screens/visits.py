"""A visit as its patient sees it: the receipt, the list, and what they say against it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from loyalty.desk.complaints import Complaint, ComplaintFacts
from loyalty.desk.following import SlipFacts
from loyalty.mail import VisitFacts
from loyalty.statement import VisitLine, VisitsPage
from loyalty.visits import Reversal, Visit, VisitKind
from screens import appointments
from screens.callbacks import GoPress, Place
from screens.callbacks.appointments import ElsewherePress, WishPress
from screens.callbacks.desk_patient import ComplaintPress, VisitsPress
from screens.debts import closed, of_operation, owed
from screens.formats import day_of_year, money, signed, whole
from screens.naming import masked, shown_name
from screens.screen import Screen, button, link, under
from screens.texts import Html, Texts

SOON = timedelta(days=45)  # a recall within these has a date, a later one a month

# How Telegram numbers supergroups for bots: -100 before the number that its links have.
SUPERGROUP = "-100"


# --- the receipt -----------------------------------------------------------------------------


def receipt(texts: Texts, facts: VisitFacts) -> Screen:
    """Thanks and the sums (texts: Receipt, patient); no push names a procedure."""
    visit = facts.visit
    parts = [
        "\n".join(_thanks(texts, facts)),
        "\n".join([_paid(texts, visit), *_points(texts, facts)]),
        " ".join([*_recall(texts, visit), texts("visit-cash-slip")]),
    ]
    return Screen("\n\n".join(parts), disputes(texts, visit))


def _thanks(texts: Texts, facts: VisitFacts) -> Iterator[str]:
    visit = facts.visit
    if facts.corrects:
        yield texts("visit-corrected")
    elif visit.kind is VisitKind.ADVANCE:
        yield texts("visit-advance")
    elif visit.day == facts.branch.today(visit.recorded_at):
        yield texts("visit-thanks")
    else:
        yield texts("visit-thanks-past", day=day_of_year(visit.day, texts))
    if facts.name:
        yield texts("visit-whose", name=facts.name)


def _paid(texts: Texts, visit: Visit) -> str:
    if visit.kind is VisitKind.UNPAID:
        return texts("visit-unpaid")
    cash = money(visit.cash, texts)
    if visit.points:
        bill, points = money(visit.bill, texts), whole(visit.points, texts)
        return texts("visit-paid-with-points", bill=bill, points=points, cash=cash)
    return texts("visit-paid", cash=cash)


def _points(texts: Texts, facts: VisitFacts) -> Iterator[str]:
    """What came; an accrual settles debt first, and both numbers are told."""
    visit = facts.visit
    came = visit.earned - visit.settled
    regular = max(0, visit.bonus - visit.settled)  # debt takes from the bonus first
    if came > regular and visit.ends_on:
        yield texts("visit-earned", points=came - regular, day=visit.ends_on)
    if regular and visit.bonus_ends_on:
        yield texts("visit-regular", points=regular, day=visit.bonus_ends_on)
    if facts.shows_balance:
        yield from _settled(texts, visit)
        yield texts("visit-balance", points=visit.balance_after)
        yield from _owed(texts, facts)


def _settled(texts: Texts, visit: Visit) -> Iterator[str]:
    if visit.settled and visit.settled == visit.earned:
        yield texts("visit-settled-all", points=visit.settled)
    elif visit.settled:
        yield texts("visit-settled", points=visit.settled)


def _owed(texts: Texts, facts: VisitFacts) -> Iterator[str]:
    """What the wallet still owes, or that it no longer does."""
    yield from owed(texts, facts.debt)
    if closed(facts.visit, facts.debt, latest=facts.latest):
        yield texts("visit-debt-closed")


def _recall(texts: Texts, visit: Visit) -> Iterator[str]:
    day = visit.recall_on
    if day is None:
        return
    if day - visit.day <= SOON:
        yield texts("visit-recall-day", day=day_of_year(day, texts))
    else:
        year = "" if day.year == visit.day.year else f" {day.year}"
        yield texts("visit-recall-month", month=day.month, year=Html(year))


def disputes(texts: Texts, visit: Visit) -> InlineKeyboardMarkup:
    """What the patient may say against it."""
    not_mine = ComplaintPress(visit=visit.id, complaint=Complaint.NOT_MINE)
    not_asked = ComplaintPress(visit=visit.id, complaint=Complaint.NOT_ASKED)
    asked = [button(texts.plain("visit-not-asked"), not_asked)] if visit.points else []
    return under([button(texts.plain("visit-not-mine"), not_mine), *asked])


# --- the list --------------------------------------------------------------------------------


def visits(texts: Texts, page: VisitsPage) -> Screen:
    """One page, newest first, of everyone for whom the account speaks."""
    lines = ["\n".join(_line(texts, line, branches=page.branches)) for line in page.lines]
    newer = [_turn(texts.plain("history-newer"), page.page - 1)] if page.page else []
    older = [_turn(texts.plain("history-older"), page.page + 1)] if page.more else []
    back = button(texts.plain("balance-back"), GoPress(to=Place.BALANCE))
    booked, keys = appointments.ahead(texts, page.ahead)
    if booked:
        lines = [
            texts("visits-booked"),
            *booked,
            *([texts("visits-before")] if lines else []),
            *lines,
        ]
    wish = [button(texts.plain("wish-button"), WishPress())]
    if page.ends_soon:
        lines.append(texts("visits-ends-soon"))
        wish.append(button(texts.plain("elsewhere-button"), ElsewherePress()))
    text = "\n\n".join([texts("visits-title"), *(lines or [texts("visits-empty")])])
    return Screen(text, under(*keys, [*newer, *older], wish, [back]))


def _turn(label: str, page: int) -> InlineKeyboardButton:
    return button(label, VisitsPress(page=page))


def _line(texts: Texts, line: VisitLine, *, branches: bool) -> Iterator[str]:
    visit = line.visit
    if any(reversal.kind.cancels for reversal in line.reversals):
        yield texts("visits-cancelled", day=visit.day)
        return
    head = [texts("visits-day", day=visit.day)]
    head += [texts("visits-branch", branch=line.branch)] if branches else []
    head += [texts("visits-whose", name=line.name)] if line.name else []
    yield " · ".join(head)
    yield _sums(texts, visit)
    if line.doctors:
        yield " · ".join(texts("visits-doctor", name=name) for name in line.doctors)
    if line.reversals:
        yield _returned(texts, line.reversals)


def _returned(texts: Texts, reversals: Sequence[Reversal]) -> str:
    """In money and in points, all parts together."""
    back, clawed = (sum(one.points_back for one in reversals), sum(one.clawed for one in reversals))
    said = texts("visits-returned", money=money(sum(one.money for one in reversals), texts))
    moved = [back] * bool(back) + [-clawed] * bool(clawed)
    debt = sum(one.debt for one in reversals)
    return " · ".join([said, *_moved(texts, moved), *of_operation(texts, debt)])


def _moved(texts: Texts, moved: Sequence[int]) -> list[str]:
    points = ", ".join(signed(points, texts) for points in moved)
    return [texts("visits-points", points=Html(points))] if points else []


def _sums(texts: Texts, visit: Visit) -> str:
    moved = [-visit.points] * bool(visit.points) + [visit.earned] * bool(visit.earned)
    said = [_visit_paid(texts, visit), *_moved(texts, moved)]
    return " · ".join([*said, *of_operation(texts, -visit.settled)])


def _visit_paid(texts: Texts, visit: Visit) -> str:
    if visit.kind is VisitKind.UNPAID:
        return texts("visit-unpaid")
    paid = money(visit.cash, texts)
    return texts("visits-advance" if visit.kind is VisitKind.ADVANCE else "visits-paid", cash=paid)


# --- «Не мой визит», «Не просили списать» ----------------------------------------------------


def complaint(texts: Texts, facts: ComplaintFacts) -> Screen:
    """To the staff chat, to owners and managers."""
    visit = facts.visit
    at = visit.recorded_at.astimezone(facts.branch.where)
    name, phone = shown_name(facts.patient, texts), masked(facts.patient.phone)
    mine = facts.complaint is Complaint.NOT_MINE
    lines = [
        texts("complaint-not-mine" if mine else "complaint-not-asked"),
        texts("complaint-who", name=name, phone=Html(phone), branch=facts.branch.name),
        texts("complaint-visit", at=at, staff=visit.recorded_name, sums=Html(_sums(texts, visit))),
        texts("complaint-what-now"),
    ]
    return Screen("\n".join(lines), under(_to_card(texts, facts)))


def _to_card(texts: Texts, facts: ComplaintFacts) -> Sequence[InlineKeyboardButton]:
    """The visit's own message in the staff chat, where it can be corrected."""
    chat = str(facts.branch.chat)
    if facts.card is None or not chat.startswith(SUPERGROUP):
        return []
    address = f"https://t.me/c/{chat.removeprefix(SUPERGROUP)}/{facts.card}"
    return [link(texts.plain("complaint-open"), address)]


def complaint_noted(texts: Texts, facts: ComplaintFacts) -> Screen:
    """To the patient: what happens next."""
    day = day_of_year(facts.visit.day, texts)
    if facts.complaint is Complaint.NOT_MINE:
        return Screen(texts("complaint-noted-not-mine", day=day))
    return Screen(texts("complaint-noted-not-asked", day=day, points=facts.visit.points))


def slip_strange(texts: Texts, facts: SlipFacts) -> Screen:
    """To the staff chat: somebody else has come by a patient's invitation."""
    name, phone = shown_name(facts.patient, texts), masked(facts.patient.phone)
    day, other = day_of_year(facts.visit.day, texts), masked(facts.phone)
    return Screen(texts("slip-strange", name=name, phone=Html(phone), day=day, other=Html(other)))
