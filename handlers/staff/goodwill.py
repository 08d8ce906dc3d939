"""«Вернуть сгоревшие»: points that have ended lately come back."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.show import turn
from handlers.staff.card import working
from handlers.staff.desk import Desk, at_desk, check_still_here
from handlers.staff.posting import post
from handlers.staff.returns import Owners
from handlers.visitor import Visitor
from loyalty.desk import goodwill
from loyalty.desk.goodwill import Ended
from loyalty.people import Patient
from loyalty.ports import Transaction
from screens import goodwill as screens
from screens.callbacks.corrections import GoodWillPress
from screens.texts import Texts


async def ask(
    press: CallbackQuery, callback_data: GoodWillPress, visitor: Visitor, staff_texts: Texts
) -> None:
    patient, ended = await visitor.clinic.ask(_ended, callback_data.patient)
    if press.message:
        await post(press.message, screens.question(staff_texts, patient, ended))
    await press.answer()


def _ended(tx: Transaction, patient: int) -> tuple[Patient, Ended]:
    whom = tx.people.patient(patient).check_kept()
    return whom, goodwill.ended(tx, whom.wallet)


async def give(
    press: CallbackQuery,
    callback_data: GoodWillPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
    owners: Owners,
) -> None:
    """One question is given back once, however often and by whomever it is pressed."""
    await check_still_here(visitor, desk)
    by, name = working(desk)
    question = press.message.message_id if press.message else 0
    given = await visitor.clinic.change(
        goodwill.give,
        by,
        name,
        callback_data.patient,
        callback_data.points or 0,
        source=f"goodwill:{desk.branch.chat}:{question}",
        owners=owners,
    )
    patient = await visitor.clinic.ask(lambda tx: tx.people.patient(callback_data.patient))
    await turn(press, screens.given(staff_texts, patient, given, desk.branch.where))


def routes() -> Router:
    router = Router(name="staff-goodwill")
    press = router.callback_query
    press.register(ask, GoodWillPress.filter(F.points.is_(None)), at_desk)
    press.register(give, GoodWillPress.filter(), at_desk)
    return router
