"""«Никогда» is lifted by who runs the branch, from the patient's card."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.show import turn
from handlers.staff.desk import Desk, in_staff_chat
from handlers.staff.posting import post
from handlers.visitor import Visitor
from loyalty.desk import access
from loyalty.desk.access import Decider
from loyalty.people import Patient
from loyalty.ports import Transaction
from loyalty.tasks import never
from screens import tasks
from screens.callbacks.tasks import LiftPress
from screens.texts import Texts


async def ask(
    press: CallbackQuery,
    callback_data: LiftPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    about = (_decider(visitor), desk.branch.id, callback_data.patient)
    patient = await visitor.clinic.ask(_liftable, *about)
    if press.message:
        await post(press.message, tasks.ask_lift(staff_texts, patient))
    await press.answer()


def _liftable(tx: Transaction, by: Decider, branch: int, patient: int) -> Patient:
    """Raises ManagerOnlyError."""
    access.run_branch(tx, by, branch)
    return tx.people.patient(patient)


async def lift(
    press: CallbackQuery,
    callback_data: LiftPress,
    visitor: Visitor,
    desk: Desk,
    staff_texts: Texts,
) -> None:
    about = (_decider(visitor), desk.branch.id, callback_data.patient)
    patient = await visitor.clinic.change(never.lift, *about)
    await turn(press, tasks.lifted(staff_texts, patient))


def _decider(visitor: Visitor) -> Decider:
    return Decider(visitor.user.id, visitor.is_owner)


def routes() -> Router:
    router = Router(name="staff-never")
    press = router.callback_query
    press.register(ask, LiftPress.filter(~F.surely), in_staff_chat)
    press.register(lift, LiftPress.filter(), in_staff_chat)
    return router
