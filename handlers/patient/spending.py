"""A request to spend on the patient's phone, and «Это не я»."""

from collections.abc import Collection

import structlog
from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNotFound
from aiogram.types import CallbackQuery

from handlers.patient.registered import registered
from handlers.show import turn
from handlers.staff.redrawing import redraw
from handlers.visitor import Visitor
from loyalty.desk import consent, freezing
from loyalty.desk.consent import SpendRequestOverError
from screens import spending
from screens.callbacks.desk_patient import FreezePress, FreezeStep, SpendAnswer, SpendPress
from screens.screen import Screen
from screens.texts import Texts

log = structlog.get_logger()


async def answer(
    press: CallbackQuery, callback_data: SpendPress, visitor: Visitor, staff_texts: Texts
) -> None:
    draft, points = callback_data.draft, callback_data.points
    agrees = callback_data.answer is SpendAnswer.YES
    try:
        said = await visitor.clinic.change(consent.answer, visitor.user.id, draft, points, agrees)
    except SpendRequestOverError:
        await turn(press, spending.over(visitor.texts, draft, points))
        return
    await turn(press, spending.answered(visitor.texts, said))
    await _redraw(visitor, staff_texts, draft)


async def not_me(press: CallbackQuery, callback_data: SpendPress, visitor: Visitor) -> None:
    await turn(press, spending.freeze(visitor.texts, callback_data.draft, callback_data.points))


async def asked_again(press: CallbackQuery, callback_data: SpendPress, visitor: Visitor) -> None:
    """«Нет, всё верно»: the request as it stands now."""
    await turn(press, await _request(visitor, callback_data.draft, callback_data.points))


async def _request(visitor: Visitor, draft: int, points: int) -> Screen:
    try:
        facts = await visitor.clinic.ask(consent.request, visitor.user.id, draft, points)
    except SpendRequestOverError:
        return spending.over(visitor.texts, draft, points)
    return spending.request(visitor.texts, facts, visitor.signboard)


async def ask_to_freeze(press: CallbackQuery, visitor: Visitor) -> None:
    await turn(press, spending.freeze(visitor.texts))


async def freeze(
    press: CallbackQuery,
    callback_data: FreezePress,
    visitor: Visitor,
    staff_texts: Texts,
    owners: Collection[int],
) -> None:
    me, draft = visitor.user.id, callback_data.draft
    stopped = await visitor.clinic.change(freezing.stop, me, owners, draft)
    zone = visitor.signboard.zone
    await turn(press, spending.frozen(visitor.texts, stopped.undo_until, zone))
    if stopped.draft is not None:
        await _redraw(visitor, staff_texts, stopped.draft)


async def undo(press: CallbackQuery, visitor: Visitor, owners: Collection[int]) -> None:
    await visitor.clinic.change(freezing.take_back, visitor.user.id, owners)
    await turn(press, spending.freeze_undone(visitor.texts))


async def _redraw(visitor: Visitor, texts: Texts, draft: int) -> None:
    """The card in the staff chat. The patient's word stands, whatever has become of that chat."""
    try:
        await redraw(visitor, texts, draft)
    except (TelegramBadRequest, TelegramForbiddenError, TelegramNotFound) as refused:
        log.warning("card.refused", kind=type(refused).__name__)


def routes() -> Router:
    router = Router(name="spending")
    press = router.callback_query
    press.register(not_me, SpendPress.filter(F.answer == SpendAnswer.NOT_ME))
    press.register(asked_again, SpendPress.filter(F.answer == SpendAnswer.ASK_AGAIN))
    press.register(answer, SpendPress.filter())
    press.register(ask_to_freeze, FreezePress.filter(F.step == FreezeStep.ASK), registered)
    press.register(freeze, FreezePress.filter(F.step == FreezeStep.SURELY), registered)
    press.register(undo, FreezePress.filter(F.step == FreezeStep.UNDO), registered)
    return router
