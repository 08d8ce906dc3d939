"""What staff may not do alone waits for an owner's or a manager's tap, in private."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.show import turn
from handlers.staff.desk import NotHereError, is_here
from handlers.staff.redrawing import redraw, settle
from handlers.visitor import Visitor
from loyalty.desk import access, approving
from loyalty.desk.approving import DecidedAlreadyError, Question
from screens import corrections, merging
from screens.callbacks.corrections import DecidePress
from screens.callbacks.merging import StayMergedPress, UnmergePress
from screens.texts import Texts


async def decide(
    press: CallbackQuery, callback_data: DecidePress, visitor: Visitor, staff_texts: Texts
) -> None:
    request, granted = callback_data.request, callback_data.granted
    await _check_still_manages(visitor, await visitor.clinic.ask(approving.question, request))
    words = None
    try:
        decided = await visitor.clinic.change(
            approving.decide,
            visitor.user.id,
            request,
            is_owner=visitor.is_owner,
            granted=granted,
            owners=visitor.owners,
        )
        await settle(visitor, staff_texts, decided)
    except DecidedAlreadyError:
        words = visitor.texts.plain("refusal-decided-already")
    asked = await visitor.clinic.ask(approving.question, request)
    if asked.visit is not None:
        await redraw(visitor, staff_texts, asked.visit.id)
    await turn(press, corrections.decided(visitor.texts, asked), words)


async def ask_unmerge(press: CallbackQuery, callback_data: UnmergePress, visitor: Visitor) -> None:
    """Says at once where it can't be undone, and why."""
    request = callback_data.request
    await _check_still_manages(visitor, await visitor.clinic.ask(approving.question, request))
    asked = await visitor.clinic.ask(
        approving.undoable, visitor.user.id, request, is_owner=visitor.is_owner
    )
    await turn(press, merging.undo_question(visitor.texts, asked))


async def stay_merged(
    press: CallbackQuery, callback_data: StayMergedPress, visitor: Visitor
) -> None:
    """What was decided stands there again, with the way back."""
    request = callback_data.request
    await _check_still_manages(visitor, await visitor.clinic.ask(approving.question, request))
    asked = await visitor.clinic.ask(
        approving.decided, visitor.user.id, request, is_owner=visitor.is_owner
    )
    await turn(press, corrections.decided(visitor.texts, asked))


async def unmerge(
    press: CallbackQuery, callback_data: UnmergePress, visitor: Visitor, staff_texts: Texts
) -> None:
    request = callback_data.request
    await _check_still_manages(visitor, await visitor.clinic.ask(approving.question, request))
    undone = await visitor.clinic.change(
        approving.undo_merge, visitor.user.id, request, is_owner=visitor.is_owner
    )
    await settle(visitor, staff_texts, undone)
    await turn(press, corrections.decided(visitor.texts, undone))


async def _check_still_manages(visitor: Visitor, asked: Question) -> None:
    """A manager who has left the staff chat decides nothing.

    Raises NotHereError, DisconnectedError, UnsureError.
    """
    if visitor.is_owner or await is_here(visitor, asked.branch, visitor.user):
        return
    await visitor.clinic.change(access.left, asked.branch.id, visitor.user.id)
    raise NotHereError


def routes() -> Router:
    router = Router(name="owner-approvals")
    router.callback_query.register(decide, DecidePress.filter())
    router.callback_query.register(ask_unmerge, UnmergePress.filter(~F.surely))
    router.callback_query.register(unmerge, UnmergePress.filter())
    router.callback_query.register(stay_merged, StayMergedPress.filter())
    return router
