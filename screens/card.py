"""The card in the staff chat: a visit that waits to be recorded (texts: Card before recording)."""

from collections.abc import Sequence
from enum import Enum, auto

from aiogram.types import InlineKeyboardButton

from loyalty.categories import Category
from loyalty.counting import Counted
from loyalty.desk.card import Card, Spending, Stage
from loyalty.people import UNCONFIRMED, SpendingOff
from loyalty.visits import DraftPart, FoundBy, VisitKind
from screens.callbacks.appointments import BookPress
from screens.callbacks.corrections import ConfirmAccountPress, GiftPress, GoodWillPress
from screens.callbacks.desk import CardPress, CardStep
from screens.callbacks.merging import MergeWhoPress
from screens.callbacks.recommended import RecommendedPress
from screens.callbacks.tasks import LiftPress
from screens.debts import owed
from screens.formats import day_of_year, money, percent, whole
from screens.naming import masked, shown_name
from screens.screen import Screen, button, short, under
from screens.texts import Html, Texts

RECALL_MONTHS = (1, 3, 4, 6, 12)
RECALL_DAYS = (7, 14)
PAST_DAYS = 5
LABEL = 20
DOCTORS_SHOWN = 20


class View(Enum):
    """Which buttons stand under the card."""

    MAIN = auto()
    CATEGORIES = auto()
    DOCTORS = auto()
    ADDED_DOCTOR = auto()  # of a line that has just been added
    RECALLS = auto()
    DAYS = auto()
    PEOPLE = auto()
    MORE = auto()


Row = Sequence[InlineKeyboardButton]


def card(
    texts: Texts,
    laid: Card,
    view: View = View.MAIN,
    n: int = 0,
    awaits: CardStep | None = None,
) -> Screen:
    """The draft as it stands; `n` is the line of the bill that a view is about.

    `awaits`: which words the presser's next message is taken for.
    """
    rows = {
        View.MAIN: _main,
        View.CATEGORIES: _categories,
        View.DOCTORS: _doctors,
        View.ADDED_DOCTOR: _added_doctor,
        View.RECALLS: _recalls,
        View.DAYS: _days,
        View.PEOPLE: _people,
        View.MORE: _more,
    }[view](texts, laid, n)
    lines = _lines(texts, laid)
    if view is View.ADDED_DOCTOR:
        added = money(laid.draft.parts[n].sum, texts)
        lines.append("\n" + texts("card-whose-sum", n=n + 1, sum=added))
    if awaits:
        lines.append("\n" + texts("card-awaits", what=Html(awaits)))
    return Screen("\n".join(lines), under(*rows))


def dropped(texts: Texts, laid: Card) -> Screen:
    if laid.corrected:
        return Screen(texts("card-dropped-correction", bill=money(laid.corrected.bill, texts)))
    return Screen(texts("card-dropped"))


# --- what it says ----------------------------------------------------------------------------


def _lines(texts: Texts, laid: Card) -> list[str]:
    match laid.stage:
        case Stage.WHO:
            return [_who_asks(texts, laid)]
        case Stage.PAPER:
            name, phone = laid.draft.newcomer or "", masked(laid.draft.who)
            return [texts("card-paper", name=name, phone=phone)]
        case Stage.SUM:
            debt = owed(texts, laid.purse.debt if laid.purse else 0)
            holds = [_purse(texts, laid), *debt]
            return [*_head(texts, laid), *_stopped(texts, laid), *holds, texts("card-sum-missing")]
    return [
        *_head(texts, laid),
        *_stopped(texts, laid),
        *_bill(texts, laid),
        *_notes(texts, laid),
    ]


def _who_asks(texts: Texts, laid: Card) -> str:
    who = laid.draft.who or ""
    if laid.corrected and not who:
        return texts("card-who-corrects", bill=money(laid.corrected.bill, texts))
    if who.startswith("+"):
        phone = masked(who)
        if len(laid.candidates) > 1:
            return texts("card-who-of-phone", phone=phone)
        return texts("card-who-else", phone=phone) if laid.candidates else _new(texts, phone)
    return texts("card-who-phone-end", digits=Html(who))


def _new(texts: Texts, phone: str) -> str:
    return texts("card-who-new", phone=phone)


def _head(texts: Texts, laid: Card) -> list[str]:
    draft = laid.draft
    head = []
    if draft.corrects is not None and laid.corrected:
        head.append(texts("card-corrects", bill=money(laid.corrected.bill, texts)))
    if draft.training:
        head.append(texts("card-training"))
    elif laid.patient is None:
        head.append(texts("card-nobody"))
    elif laid.counted:
        head.append(_person(texts, laid, percent(laid.counted.rate, texts)))
    elif laid.purse:
        tier = laid.programme.tier(laid.purse.cash_paid)
        head.append(_person(texts, laid, percent(tier.rate, texts)))
    if laid.never is not None:
        day = day_of_year(laid.branch.today(laid.never.at), texts)
        head.append(texts("card-never", name=laid.never.name, day=day))
    if draft.day != laid.branch.today(draft.created_at):
        head.append(texts("card-day", day=draft.day))
    return head


def _person(texts: Texts, laid: Card, rate: Html) -> str:
    assert laid.patient is not None  # noqa: S101 (the caller's branch; told to the types)
    name = shown_name(laid.patient, texts).upper()
    return texts("card-person", name=name, phone=masked(laid.patient.phone), rate=rate)


def _purse(texts: Texts, laid: Card) -> str:
    balance = laid.purse.balance if laid.purse else 0
    holds = texts("card-balance", points=balance, shown=whole(balance, texts))
    if (soon := laid.ends_soon) is None:
        return holds
    shown = whole(soon.points, texts)
    ends = texts("card-ends-soon", points=soon.points, shown=shown, day=soon.last_day)
    return f"{holds}\n{ends}"


def _bill(texts: Texts, laid: Card) -> list[str]:
    draft, counted = laid.draft, laid.counted
    assert counted is not None  # noqa: S101 (a card past its sum; told to the types)
    if draft.kind is VisitKind.UNPAID:
        return [texts("card-unpaid"), *_settles(texts, laid)]
    kind = Html(draft.kind)
    bill = [texts("card-bill", sum=money(counted.bill, texts), kind=kind)]
    if len(draft.parts) > 1:
        bill += [_part(texts, laid, n, part) for n, part in enumerate(draft.parts)]
    if counted.points:
        bill.append(_spends(texts, laid))
    pays = texts("card-pays", sum=money(counted.cash, texts))
    earns = texts("card-earns", points=counted.earned, shown=whole(counted.earned, texts))
    bill.append(f"{pays} · {earns}" if laid.purse else pays)
    return [*bill, *_regular(texts, counted), *_settles(texts, laid)]


def _regular(texts: Texts, counted: Counted) -> list[str]:
    """How much of what is earned is for coming back in time."""
    points = counted.bonus
    return [texts("card-regular", points=points, shown=whole(points, texts))] if points else []


def _settles(texts: Texts, laid: Card) -> list[str]:
    """How much of what is earned debt takes, and what is owed then: the patient will ask."""
    debt = laid.purse.debt if laid.purse else 0
    settled = min(debt, laid.counted.earned) if laid.counted else 0
    if not settled:
        return owed(texts, debt)
    left, shown, still = debt - settled, whole(settled, texts), whole(debt - settled, texts)
    return [texts("card-settles", points=settled, shown=shown, left=left, still=still)]


def _spends(texts: Texts, laid: Card) -> str:
    assert laid.purse is not None  # noqa: S101 (points come from a purse; told to the types)
    assert laid.counted is not None  # noqa: S101
    return texts(
        "card-spends",
        points=laid.counted.points,
        shown=whole(laid.counted.points, texts),
        balance=whole(laid.purse.balance, texts),
        limit=whole(_limit(laid), texts),
    )


def _limit(laid: Card) -> int:
    """What the bill itself would take, however few points there are."""
    parts = laid.draft.parts
    accepting = (p for p in parts if not (p.excluded or laid.programme.is_excluded(p.category)))
    return sum(laid.programme.cap_for(p.category) * p.sum for p in accepting) // 1_000_000


def _part(texts: Texts, laid: Card, n: int, part: DraftPart) -> str:
    words = [money(part.sum, texts), *described(texts, laid, part)]
    if part.excluded:
        words.append(texts("card-without-points"))
    return f"{n + 1}. " + " · ".join(words)


def described(texts: Texts, laid: Card, part: DraftPart) -> list[str]:
    """The category and the doctor of a line, as far as they are known."""
    words = [texts("category", category=Html(part.category))] if part.category else []
    doctor = laid.doctors.get(part.doctor) if part.doctor is not None else None
    return [*words, texts("card-doctor", name=doctor)] if doctor else words


def _notes(texts: Texts, laid: Card) -> list[str]:
    draft = laid.draft
    notes = []
    if len(draft.parts) == 1:
        only = draft.parts[0]
        words = described(texts, laid, only)
        words += [texts("card-without-points")] if only.excluded else []
        notes += [" · ".join(words)] if words else []
    if laid.recall_on:
        notes.append(texts("card-recall", day=laid.recall_on))
    if draft.new_doctor:
        notes.append("\n" + texts("card-new-doctor", name=draft.new_doctor))
    if draft.repeats:
        notes.append("\n" + texts("card-repeats"))
    if laid.today:
        notes.append("\n" + texts("card-today", visits=_visits(texts, laid)))
    if laid.usual:
        usual, sum_ = money(laid.usual, texts), money(draft.bill, texts)
        notes.append("\n" + texts("card-unusual", usual=usual, sum=sum_))
    if about_points := _about_points(texts, laid):
        notes.append("\n" + about_points)
    return notes


def _visits(texts: Texts, laid: Card) -> Html:
    """`05:30, 12 400 ₽`: when they were recorded, for how much."""
    where = laid.branch.where
    shown = (
        f"{visit.recorded_at.astimezone(where):%H:%M}, {money(visit.bill, texts)}"
        for visit in laid.today
    )
    return Html("; ".join(shown))


def _about_points(texts: Texts, laid: Card) -> str | None:
    draft = laid.draft
    if laid.spending in {Spending.OFF, Spending.WITHDRAWN}:
        return None
    wants_most = draft.most and not laid.points and laid.purse and laid.purse.balance
    if laid.counted and (laid.points > laid.counted.points or wants_most):
        return _too_many(texts, laid)
    if agreement := _agreement(texts, laid):
        return agreement
    unasked = draft.points is None and not draft.most and _could_spend(laid)
    by_code = laid.points and draft.found_by is FoundBy.CODE
    return _ask_aloud(texts, laid) if unasked or by_code else None


def _stopped(texts: Texts, laid: Card) -> list[str]:
    """Why this wallet takes no spending, and what to do about it: before any sum is named."""
    match laid.spending:
        case Spending.OFF if _moved(laid):
            return [texts("card-moved")]
        case Spending.OFF:
            return [texts("card-spending-off")]
        case Spending.WITHDRAWN:
            return [texts("card-withdrawn")]
    return []


def _agreement(texts: Texts, laid: Card) -> str | None:
    """How it stands with the patient's agreement, and what is to be done for it."""
    draft = laid.draft
    shown = whole(laid.points, texts)
    match laid.spending:
        case Spending.AGREED if draft.consent_points == laid.points:
            return texts("card-agreed")
        case Spending.ASKED if draft.asked_until:
            until = draft.asked_until.astimezone(laid.branch.where).time()
            return texts("card-asked", points=shown, until=until)
        case Spending.CAN_ASK:
            return texts("card-can-ask")
        case Spending.BY_SIGNATURE:
            return texts("card-signature", points=laid.points, shown=shown)
        case Spending.TOO_MUCH_TO_SIGN:
            return texts("card-too-much", limit=whole(laid.programme.signature, texts))
    return None


def _moved(laid: Card) -> bool:
    return laid.purse is not None and laid.purse.spending_off is SpendingOff.MOVED


def _too_many(texts: Texts, laid: Card) -> str:
    """How many are possible, and why fewer than the wallet holds."""
    said = "❗ " + texts("refusal-too-many-points", most=_could_spend(laid))
    today = laid.purse is not None and laid.purse.available < laid.purse.balance
    return f"{said} {texts('card-earned-today')}" if today else said


def _ask_aloud(texts: Texts, laid: Card) -> str:
    points = laid.points or _could_spend(laid)
    shown = whole(points, texts)
    name = laid.patient.name if laid.patient else None
    if name:
        return texts("card-ask-aloud", name=name, points=points, shown=shown)
    return texts("card-ask-aloud-unnamed", points=points, shown=shown)


def _could_spend(laid: Card) -> int:
    return laid.counted.max_points if laid.counted and laid.purse else 0


# --- what can be pressed ---------------------------------------------------------------------


def _press(laid: Card, step: CardStep, n: int = 0, value: int = 0) -> CardPress:
    draft = laid.draft
    return CardPress(draft=draft.id, revision=draft.revision, step=step, n=n, value=value)


def _key(
    label: str, laid: Card, step: CardStep, n: int = 0, value: int = 0
) -> InlineKeyboardButton:
    return button(label, _press(laid, step, n, value))


def _main(texts: Texts, laid: Card, _n: int) -> list[Row]:
    match laid.stage:
        case Stage.WHO:
            return _main_who(texts, laid)
        case Stage.PAPER:
            yes = _key(texts.plain("card-button-paper"), laid, CardStep.PAPER)
            no = _key(texts.plain("card-button-no-paper"), laid, CardStep.NO_PAPER)
            name = _key(texts.plain("card-button-name"), laid, CardStep.NAME, 1)
            drop = _key(texts.plain("card-button-drop"), laid, CardStep.DROP)
            return [[yes, no], [name, drop]]
        case Stage.SUM:
            return _main_sum(texts, laid)
    return _main_ready(texts, laid)


def _main_who(texts: Texts, laid: Card) -> list[Row]:
    rows = _choices(texts, laid)
    if (laid.draft.who or "").startswith("+"):
        new = _newcomer(texts, laid)
        rows.append([_key(new, laid, CardStep.NAME, 1)])
    other = _key(texts.plain("card-button-other-person"), laid, CardStep.OTHER_PERSON)
    nobody = _key(texts.plain("card-button-nobody"), laid, CardStep.NO_PAPER)
    return [*rows, [other, nobody], [_key(texts.plain("card-button-drop"), laid, CardStep.DROP)]]


def _newcomer(texts: Texts, laid: Card) -> str:
    if laid.candidates:
        return texts.plain("card-button-new")
    return texts.plain("card-button-name")


def _main_sum(texts: Texts, laid: Card) -> list[Row]:
    sum_ = _key(texts.plain("card-button-sum"), laid, CardStep.SUM)
    other = _key(texts.plain("card-button-not-them"), laid, CardStep.PEOPLE)
    drop = _key(texts.plain("card-button-drop"), laid, CardStep.DROP)
    patients = (*_for_patient(texts, laid), *_of_record(texts, laid), *_unsaid(texts, laid))
    return [[sum_], *patients, [other, drop]]


def _main_ready(texts: Texts, laid: Card) -> list[Row]:
    rows: list[Row] = [[_record_or_nobody(texts, laid)], *_points_rows(texts, laid)]
    if laid.draft.new_doctor:
        rows.append(_new_doctor(texts, laid))
    second = _key(texts.plain("card-button-second"), laid, CardStep.SUM, len(laid.draft.parts))
    rows.append([second, _key(texts.plain("card-button-not-them"), laid, CardStep.PEOPLE)])
    rows.append(
        [
            _key(texts.plain("card-button-category"), laid, CardStep.CATEGORIES),
            _key(texts.plain("card-button-doctor"), laid, CardStep.DOCTORS),
        ]
    )
    recall = _key(texts.plain("card-button-recall"), laid, CardStep.RECALLS)
    more = _key(texts.plain("card-button-more"), laid, CardStep.MORE)
    return [*rows, [recall, more], *_unsaid(texts, laid)]


def _new_doctor(texts: Texts, laid: Card) -> Row:
    """Of several lines without a doctor only the administrator knows whose the name is."""
    lacking = [n for n, part in enumerate(laid.draft.parts) if part.doctor is None] or [0]
    if len(lacking) == 1:
        only = texts.plain("card-button-new-doctor")
        return [_key(only, laid, CardStep.NEW_DOCTOR, lacking[0])]
    return [
        _key(texts.plain("card-button-new-doctor-of", n=n + 1), laid, CardStep.NEW_DOCTOR, n)
        for n in lacking
    ]


def _record_or_nobody(texts: Texts, laid: Card) -> InlineKeyboardButton:
    """Of who has withdrawn consent nothing is recorded: the visit goes on without a person."""
    if laid.spending is Spending.WITHDRAWN:
        return _key(texts.plain("card-button-nobody"), laid, CardStep.NO_PAPER)
    return _record(texts, laid)


def _record(texts: Texts, laid: Card) -> InlineKeyboardButton:
    """Always there; what is still to be asked about is said in its label."""
    unasked = laid.draft.points is None and not laid.draft.most and _could_spend(laid)
    if laid.usual or laid.draft.repeats:
        label = texts.plain("card-button-record-surely")
    elif unasked:
        label = texts.plain("card-button-record-unspent")
    else:
        label = texts.plain("card-button-record")
    return InlineKeyboardButton(
        text=label,
        callback_data=_press(laid, CardStep.RECORD).pack(),
        style="success",
    )


def _points_rows(texts: Texts, laid: Card) -> list[Row]:
    if not laid.purse or laid.draft.kind is not VisitKind.ATTENDANCE:
        return []
    if laid.spending is Spending.OFF:
        return _for_patient(texts, laid) if _moved(laid) else []
    if not laid.purse.available and not laid.points:
        return []
    rows: list[Row] = []
    if laid.spending is Spending.WITHDRAWN:
        return []
    if laid.spending is Spending.BY_SIGNATURE:
        rows.append([_key(texts.plain("card-button-signed"), laid, CardStep.SIGNED)])
    if laid.spending is Spending.CAN_ASK:
        rows.append([_key(texts.plain("card-button-ask"), laid, CardStep.ASK_AGAIN)])
    other = _key(texts.plain("card-button-other-points"), laid, CardStep.SPEND_OTHER)
    if laid.points:
        none = _key(texts.plain("card-button-spend-nothing"), laid, CardStep.SPEND_NOTHING)
        return [*rows, [none, other]]
    if most := _could_spend(laid):
        label = texts.plain("card-button-spend", points=whole(most, texts))
        spend = button(short(label, LABEL), _press(laid, CardStep.SPEND_MOST))
        return [*rows, [spend, other]]
    return rows


def _categories(texts: Texts, laid: Card, n: int) -> list[Row]:
    keys = [
        button(
            texts.plain("category", category=category),
            _press(laid, CardStep.CATEGORY, n, value),
        )
        for value, category in enumerate(Category)
    ]
    return [*_which_part(texts, laid, CardStep.CATEGORIES, n), *_in_pairs(keys), _back(texts, laid)]


def _doctors(texts: Texts, laid: Card, n: int) -> list[Row]:
    keys = [
        button(short(name, LABEL), _press(laid, CardStep.DOCTOR, n, number))
        for number, name in list(laid.doctors.items())[:DOCTORS_SHOWN]
    ]
    other = _key(texts.plain("card-button-other-doctor"), laid, CardStep.OTHER_DOCTOR, n)
    which = _which_part(texts, laid, CardStep.DOCTORS, n)
    return [*which, *_in_pairs(keys), [other], _back(texts, laid)]


def _added_doctor(texts: Texts, laid: Card, n: int) -> list[Row]:
    """Recording stays one tap away: without a doctor it is a gap for the evening."""
    return [[_record_or_nobody(texts, laid)], *_doctors(texts, laid, n)]


def _recalls(texts: Texts, laid: Card, _n: int) -> list[Row]:
    days = [
        button(
            texts.plain("card-button-recall-days", days=days),
            _press(laid, CardStep.RECALL_DAYS, value=days),
        )
        for days in RECALL_DAYS
    ]
    months = [
        button(
            texts.plain("card-button-recall-months", months=months),
            _press(laid, CardStep.RECALL_MONTHS, value=months),
        )
        for months in RECALL_MONTHS
    ]
    return [*_in_pairs([*days, *months]), _back(texts, laid)]


def _days(texts: Texts, laid: Card, _n: int) -> list[Row]:
    keys = [
        button(
            texts.plain("card-button-days-ago", days=ago),
            _press(laid, CardStep.DAY, value=ago),
        )
        for ago in range(PAST_DAYS + 1)
    ]
    return [*_in_pairs(keys), _back(texts, laid)]


def _people(texts: Texts, laid: Card, _n: int) -> list[Row]:
    others = [p for p in laid.family if laid.patient is None or p.id != laid.patient.id]
    rows: list[Row] = [
        [
            button(
                short(shown_name(p, texts), LABEL),
                _press(laid, CardStep.PERSON, value=p.id),
            )
        ]
        for p in others
    ]
    if laid.patient is not None and laid.patient.phone:
        rows.append([_key(texts.plain("card-button-another"), laid, CardStep.ANOTHER)])
    other = _key(texts.plain("card-button-other-person"), laid, CardStep.OTHER_PERSON)
    nobody = _key(texts.plain("card-button-nobody"), laid, CardStep.NO_PAPER)
    return [*rows, [other, nobody], _back(texts, laid)]


def _more(texts: Texts, laid: Card, _n: int) -> list[Row]:
    rows: list[Row] = []
    several = len(laid.draft.parts) > 1
    for n, part in enumerate(laid.draft.parts):
        number = n + 1 if several else 0
        without = _key(_points_or_not(texts, part, number), laid, CardStep.EXCLUDE, n)
        mend = button(texts.plain("card-button-mend-sum", n=number), _press(laid, CardStep.SUM, n))
        rows.append([mend, without])
        if several:
            remove = texts.plain("card-button-remove", n=number)
            rows.append([button(remove, _press(laid, CardStep.REMOVE, n))])
    rows.append(
        [
            _key(texts.plain("card-button-day"), laid, CardStep.DAYS),
            _kind(texts, laid),
        ]
    )
    rows += _for_patient(texts, laid) + _of_record(texts, laid)
    return [*rows, [_key(texts.plain("card-button-drop"), laid, CardStep.DROP)], _back(texts, laid)]


def _for_patient(texts: Texts, laid: Card) -> list[Row]:
    """What can be done for the patient besides the visit."""
    if laid.patient is None or laid.purse is None:
        return []
    gift = button(texts.plain("gift-button"), GiftPress(patient=laid.patient.id))
    book = button(texts.plain("booking-button"), BookPress(patient=laid.patient.id))
    lift = button(texts.plain("never-lift"), LiftPress(patient=laid.patient.id))
    lifts = [[lift]] if laid.never is not None else []
    if laid.purse.spending_off not in UNCONFIRMED:
        return [[book], [gift], *lifts]
    confirm = ConfirmAccountPress(patient=laid.patient.id)
    return [[book], [button(texts.plain("account-button"), confirm), gift], *lifts]


def _of_record(texts: Texts, laid: Card) -> list[Row]:
    """What can be done about points that are gone, and how the patient is written down."""
    if laid.patient is None:
        return []
    patient = laid.patient.id
    merge = button(texts.plain("merge-button"), MergeWhoPress(patient=patient))
    if not laid.ended:
        return [[merge]]
    return [[button(texts.plain("goodwill-button"), GoodWillPress(patient=patient))], [merge]]


def _unsaid(texts: Texts, laid: Card) -> list[Row]:
    """Before the first visit one may say who recommended the clinic."""
    if laid.patient is None or not laid.unsaid or laid.spending is Spending.WITHDRAWN:
        return []
    press = RecommendedPress(patient=laid.patient.id, draft=laid.draft.id)
    return [[button(texts.plain("recommended-button"), press)]]


def _points_or_not(texts: Texts, part: DraftPart, number: int) -> str:
    if part.excluded:
        return texts.plain("card-button-with-points", n=number)
    return texts.plain("card-button-without-points", n=number)


def _kind(texts: Texts, laid: Card) -> InlineKeyboardButton:
    """An advance and back: the desk learns it late, from the till."""
    if laid.draft.kind is VisitKind.ADVANCE:
        return _key(texts.plain("card-button-attendance"), laid, CardStep.KIND, value=0)
    return _key(texts.plain("card-button-advance"), laid, CardStep.KIND, value=1)


def _choices(texts: Texts, laid: Card) -> list[Row]:
    return [
        [
            button(
                short(f"{shown_name(p, texts)} {masked(p.phone)}", LABEL + 10),
                _press(laid, CardStep.PERSON, value=p.id),
            )
        ]
        for p in laid.candidates
    ]


def _which_part(texts: Texts, laid: Card, step: CardStep, n: int) -> list[Row]:
    """Of several lines, which one the choice is for."""
    if len(laid.draft.parts) < 2:
        return []
    return [
        [
            button(
                texts.plain("card-button-part", n=m + 1, chosen="yes" if m == n else "no"),
                _press(laid, step, m),
            )
            for m in range(len(laid.draft.parts))
        ]
    ]


def _in_pairs(keys: Sequence[InlineKeyboardButton]) -> list[Row]:
    return [keys[i : i + 2] for i in range(0, len(keys), 2)]


def _back(texts: Texts, laid: Card) -> Row:
    return [_key(texts.plain("card-button-back"), laid, CardStep.BACK)]
