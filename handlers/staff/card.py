"""The card's buttons, and the words it asks for."""

from collections.abc import Awaitable, Callable
from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.staff.desk import Desk, NotHereError, at_desk, check_still_here
from handlers.staff.forms import CardForm, await_words, awaited
from handlers.staff.redrawing import draw, redraw
from handlers.staff.wording import in_time, not_to_another
from handlers.visitor import Visitor
from loyalty.categories import Category
from loyalty.counting import TooManyPointsError
from loyalty.desk import codes, drafting, recording
from loyalty.desk.card import Card
from loyalty.desk.card import card as card_of
from loyalty.desk.codes import NoSuchCodeError
from loyalty.desk.drafting import (
    CardGoneError,
    OtherBranchError,
    RecordedAlreadyError,
    StaleCardError,
)
from loyalty.desk.recording import NeedsConsentError, SpendingIsOffError
from loyalty.line.alone import (
    is_a_whole_line,
    may_be_a_name,
    points_alone,
    sum_alone,
    who_alone,
)
from loyalty.recalls import Interval
from loyalty.team import Member
from loyalty.visits import VisitKind
from screens.callbacks.desk import CardPress, CardStep
from screens.card import View
from screens.texts import Texts

CATEGORIES = list(Category)
VIEWS = {
    CardStep.CATEGORIES: View.CATEGORIES,
    CardStep.DOCTORS: View.DOCTORS,
    CardStep.RECALLS: View.RECALLS,
    CardStep.DAYS: View.DAYS,
    CardStep.PEOPLE: View.PEOPLE,
    CardStep.MORE: View.MORE,
    CardStep.BACK: View.MAIN,
}
TYPED = {
    CardStep.SPEND_OTHER: CardForm.points,
    CardStep.SUM: CardForm.sum,
    CardStep.NAME: CardForm.name,
    CardStep.OTHER_PERSON: CardForm.person,
    CardStep.OTHER_DOCTOR: CardForm.doctor,
}
STALE = (StaleCardError, RecordedAlreadyError, CardGoneError)
# The card says what is to be done: it may have been drawn before it was so.
MENDED_ON_CARD = (*STALE, NeedsConsentError, TooManyPointsError)


async def record(
    press: CallbackQuery,
    callback_data: CardPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    """Open → recorded; a second press finds it recorded and draws the same receipt."""
    await check_still_here(visitor, desk)
    by, name = working(desk)
    card = callback_data
    try:
        await visitor.clinic.change(recording.record, by, name, card.draft, card.revision)
    except SpendingIsOffError:  # once the sum without points has been seen, one tap records it
        none = partial(drafting.spend, points=0)
        await draw(
            visitor,
            staff_texts,
            await visitor.clinic.change(none, by, card.draft, card.revision),
        )
        raise
    except MENDED_ON_CARD:
        await redraw(visitor, staff_texts, card.draft)
        raise
    laid = await visitor.clinic.ask(card_of, card.draft)
    await draw(visitor, staff_texts, laid)
    if laid.corrected:  # its receipt says now that it was taken back
        await redraw(visitor, staff_texts, laid.corrected.id)
    await press.answer(visitor.texts.plain("card-recorded"))


async def look(
    press: CallbackQuery,
    callback_data: CardPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    """Another set of buttons under the same card."""
    laid = await _laid_here(visitor, desk, callback_data.draft)
    view = VIEWS[callback_data.step] if laid.draft.open else View.MAIN
    n = min(callback_data.n, max(len(laid.draft.parts) - 1, 0))
    await draw(visitor, staff_texts, laid, view, n)
    await press.answer()


async def ask_for_words(
    press: CallbackQuery,
    callback_data: CardPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    state: FSMContext,
) -> None:
    laid = await _laid_here(visitor, desk, callback_data.draft)
    if not laid.draft.open:
        await draw(visitor, staff_texts, laid)
        await press.answer(visitor.texts.plain("refusal-stale-card"), show_alert=True)
        return
    step = callback_data.step
    await await_words(visitor, state, TYPED[step], laid, callback_data.n)
    await draw(visitor, staff_texts, laid, awaits=step)
    is_second = step is CardStep.SUM and 0 < len(laid.draft.parts) <= callback_data.n
    texts = visitor.texts
    ask = texts.plain("card-type-second") if is_second else texts.plain("card-type", what=step)
    await press.answer(ask, show_alert=is_second)


async def _laid_here(visitor: Visitor, desk: Desk, draft: int) -> Card:
    """Raises OtherBranchError: another branch's card is none of this chat's business."""
    laid = await visitor.clinic.ask(card_of, draft)
    if laid.branch.id != desk.branch.id:
        raise OtherBranchError
    return laid


async def change(
    press: CallbackQuery,
    callback_data: CardPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    """One tap changes the draft; a tap on what was drawn before shows what it is now."""
    by, _ = working(desk)
    try:
        laid = await _changed(visitor, by, callback_data)
    except STALE:
        await redraw(visitor, staff_texts, callback_data.draft)
        raise
    await draw(visitor, staff_texts, laid)
    await press.answer()


async def drop(
    press: CallbackQuery,
    callback_data: CardPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    by, _ = working(desk)
    laid = await visitor.clinic.change(drafting.drop, by, callback_data.draft)
    await draw(visitor, staff_texts, laid)
    await press.answer()


Change = tuple[Callable[..., Card], *tuple[object, ...]]

# What a tap does to the draft, with what it chose.
CHANGES: dict[CardStep, Callable[[CardPress], Change]] = {
    CardStep.SPEND_NOTHING: lambda _: (drafting.spend, 0),
    CardStep.SPEND_MOST: lambda _: (drafting.spend, None),
    CardStep.SIGNED: lambda _: (drafting.sign,),
    CardStep.ASK_AGAIN: lambda _: (drafting.ask_again,),
    CardStep.CATEGORY: lambda card: (drafting.set_category, card.n, _category(card.value)),
    CardStep.DOCTOR: lambda card: (drafting.set_doctor, card.n, card.value),
    CardStep.NEW_DOCTOR: lambda card: (drafting.confirm_doctor, card.n),
    CardStep.RECALL_MONTHS: lambda card: (drafting.set_recall, Interval(months=card.value)),
    CardStep.RECALL_DAYS: lambda card: (drafting.set_recall, Interval(days=card.value)),
    CardStep.DAY: lambda card: (drafting.set_day, card.value),
    CardStep.EXCLUDE: lambda card: (drafting.exclude, card.n),
    CardStep.REMOVE: lambda card: (drafting.drop_part, card.n),
    CardStep.KIND: lambda card: (drafting.set_kind, _kind(card.value)),
    CardStep.PERSON: lambda card: (drafting.choose, card.value),
    CardStep.ANOTHER: lambda _: (drafting.another_of_phone,),
    CardStep.PAPER: lambda _: (drafting.write_down,),
    CardStep.NO_PAPER: lambda _: (drafting.without_person,),
}


async def _changed(visitor: Visitor, by: Member, card: CardPress) -> Card:
    use_case, *chosen = CHANGES[card.step](card)
    return await visitor.clinic.change(use_case, by, card.draft, card.revision, *chosen)


def _category(value: int) -> Category:
    return CATEGORIES[value % len(CATEGORIES)]


def _kind(value: int) -> VisitKind:
    return VisitKind.ADVANCE if value else VisitKind.ATTENDANCE


# --- words -----------------------------------------------------------------------------------

Answer = Callable[[Visitor, Desk, Card, int, str], Awaitable[Card]]


async def plain_answer(message: Message) -> bool:
    """Neither a command nor a whole new line: whoever types one has left the question."""
    text = message.text or ""
    return bool(text) and not text.startswith("/") and not is_a_whole_line(text)


async def no_code(message: Message, visitor: Visitor) -> bool:
    """Digits that a patient's screen shows now are the next patient, not a sum."""
    return not await visitor.clinic.ask(codes.shows_now, (message.text or "").strip())


async def names_somebody(message: Message, visitor: Visitor, state: FSMContext) -> bool:
    """What can be a name, or any reply to the card itself; else it is talk and stays."""
    if may_be_a_name(message.text or ""):
        return True
    replied, asked = message.reply_to_message, await state.get_data()
    if replied is None:
        return False
    draft = await visitor.clinic.ask(lambda tx: tx.desk.draft(asked["draft"]))
    return draft.card == replied.message_id


async def anything_typed(_message: Message) -> bool:
    return True


def words(answer: Answer) -> Callable[..., Awaitable[None]]:
    """A handler of typed words: they change the draft they were asked for, and go."""

    async def handler(
        message: Message, visitor: Visitor, desk: Desk, staff_texts: Texts, state: FSMContext
    ) -> None:
        asked = await state.get_data()
        before = await visitor.clinic.ask(card_of, asked["draft"])
        try:
            laid = await answer(visitor, desk, before, asked["n"], message.text or "")
        except STALE:
            await state.clear()  # nobody waits for these words any more
            raise
        await awaited(state)
        await draw(visitor, staff_texts, laid, *_next_view(before, laid))
        await message.delete()

    return handler


def _next_view(before: Card, laid: Card) -> tuple[View, int]:
    """«Второй врач» asks for a sum first, and then whose it is, unless that was said as well."""
    added = 0 < len(before.draft.parts) < len(laid.draft.parts)
    last = len(laid.draft.parts) - 1
    if added and laid.draft.parts[last].doctor is None and laid.draft.new_doctor is None:
        return View.ADDED_DOCTOR, last
    return View.MAIN, 0


async def _points(visitor: Visitor, desk: Desk, laid: Card, _n: int, text: str) -> Card:
    points, draft = points_alone(text), laid.draft
    by, _ = working(desk)
    return await visitor.clinic.change(drafting.spend, by, draft.id, draft.revision, points)


async def _sum(visitor: Visitor, desk: Desk, laid: Card, n: int, text: str) -> Card:
    (part, points), draft = sum_alone(text, list(laid.doctors.values())), laid.draft
    by, _ = working(desk)
    what = (part.sum, part.category, part.doctor)
    use_case = partial(drafting.set_sum, points=points)
    return await visitor.clinic.change(use_case, by, draft.id, draft.revision, n, *what)


async def _name(visitor: Visitor, desk: Desk, laid: Card, n: int, text: str) -> Card:
    """Asked by a button (`n`), the name may be of one more person under a known phone."""
    by, _ = working(desk)
    use_case = partial(drafting.name_newcomer, another=bool(n))
    return await visitor.clinic.change(use_case, by, laid.draft.id, text)


async def _person(visitor: Visitor, desk: Desk, laid: Card, _n: int, text: str) -> Card:
    who, draft = who_alone(text), laid.draft
    by, _ = working(desk)
    try:
        return await visitor.clinic.change(
            drafting.not_this_patient, by, draft.id, draft.revision, who.phone or who.code or ""
        )
    except NoSuchCodeError:
        await visitor.clinic.change(codes.note_miss, by, visitor.owners)
        raise


async def _doctor(visitor: Visitor, desk: Desk, laid: Card, n: int, text: str) -> Card:
    draft = laid.draft
    by, _ = working(desk)
    return await visitor.clinic.change(drafting.name_doctor, by, draft.id, draft.revision, n, text)


def working(desk: Desk) -> tuple[Member, str]:
    """The person at the desk and the name on operations. Raises NotHereError."""
    if desk.member is None or not desk.works or desk.name is None:
        raise NotHereError
    return desk.member, desk.name


async def not_for_you(press: CallbackQuery, visitor: Visitor) -> None:
    await press.answer(visitor.texts.plain("refusal-not-staff"), show_alert=True)


def routes() -> Router:
    router = Router(name="staff-card")
    press, text = router.callback_query, router.message
    press.register(record, CardPress.filter(F.step == CardStep.RECORD), at_desk)
    press.register(look, CardPress.filter(F.step.in_(VIEWS)), at_desk)
    press.register(ask_for_words, CardPress.filter(F.step.in_(TYPED)), at_desk)
    press.register(drop, CardPress.filter(F.step == CardStep.DROP), at_desk)
    press.register(change, CardPress.filter(F.step.in_(CHANGES)), at_desk)
    press.register(not_for_you, CardPress.filter())
    for form, answer, meant in (
        (CardForm.points, _points, no_code),
        (CardForm.sum, _sum, no_code),
        (CardForm.name, _name, names_somebody),
        (CardForm.person, _person, anything_typed),
        (CardForm.doctor, _doctor, names_somebody),
    ):
        text.register(words(answer), form, at_desk, plain_answer, not_to_another, in_time, meant)
    return router
