"""What a patient answers to a reminder, and «Записаться»."""

from functools import partial

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.patient.registered import registered
from handlers.show import turn
from handlers.visitor import Visitor
from loyalty.appointments import answering, elsewhere, wishing
from loyalty.appointments.wishing import Choice
from loyalty.tasks.task import Wish
from screens import appointments
from screens import wishing as wishes
from screens.callbacks.appointments import (
    ANY_DOCTOR,
    AnswerPress,
    ElsewherePress,
    VisitAnswer,
    When,
    WishPress,
)
from screens.screen import Screen

WHEN = {When.DAY: Wish.DAYTIME, When.EVENING: Wish.EVENING, When.WEEKEND: Wish.WEEKEND}


async def comes(press: CallbackQuery, callback_data: AnswerPress, visitor: Visitor) -> None:
    answered = await visitor.clinic.change(answering.confirm, *_about(visitor, callback_data))
    said = appointments.comes if answered.heard else appointments.stands
    await turn(press, said(visitor.texts, answered.facts))


async def all_come(press: CallbackQuery, callback_data: AnswerPress, visitor: Visitor) -> None:
    about = _about(visitor, callback_data)
    expected = await visitor.clinic.change(answering.confirm_all, *about)
    if expected:
        await turn(press, appointments.all_come(visitor.texts, expected))
        return
    looked = await visitor.clinic.ask(answering.look, *about)
    await turn(press, appointments.stands(visitor.texts, looked.facts))


async def move(press: CallbackQuery, callback_data: AnswerPress, visitor: Visitor) -> None:
    answered = await visitor.clinic.change(answering.ask_to_move, *_about(visitor, callback_data))
    if answered.heard:
        await turn(press, appointments.to_move(visitor.texts, answered.facts, answered.call))
    else:
        await turn(press, appointments.stands(visitor.texts, answered.facts))


async def ask_cancel(press: CallbackQuery, callback_data: AnswerPress, visitor: Visitor) -> None:
    looked = await visitor.clinic.ask(answering.look, *_about(visitor, callback_data))
    said = appointments.ask_cancel if looked.heard else appointments.stands
    await turn(press, said(visitor.texts, looked.facts))


async def cancel(press: CallbackQuery, callback_data: AnswerPress, visitor: Visitor) -> None:
    answered = await visitor.clinic.change(answering.cancel, *_about(visitor, callback_data))
    if answered.heard:
        await turn(press, appointments.gone(visitor.texts, answered.call))
    else:
        await turn(press, appointments.stands(visitor.texts, answered.facts))


def _about(visitor: Visitor, press: AnswerPress) -> tuple[int, int, int]:
    return visitor.user.id, press.appointment, press.minute


# --- «Записаться» ----------------------------------------------------------------------------


async def wish(press: CallbackQuery, callback_data: WishPress, visitor: Visitor) -> None:
    """Asks for what is missing; with all of it the desk is to call, once for one wish."""
    me = visitor.user.id
    choice = await visitor.clinic.ask(wishing.choice, me, callback_data.patient)
    chosen = _filled(callback_data, choice)
    if chosen.branch and chosen.patient and chosen.when and chosen.doctor is not None:
        ask = partial(
            wishing.wish,
            branch=chosen.branch,
            patient=chosen.patient,
            when=WHEN[chosen.when],
            doctor=chosen.doctor or None,
        )
        call = await visitor.clinic.change(ask, me)
        await turn(press, wishes.heard(visitor.texts, call))
    else:
        await turn(press, _question(visitor, choice, chosen))


async def booked_elsewhere(press: CallbackQuery, visitor: Visitor) -> None:
    waits = await visitor.clinic.change(elsewhere.tell, visitor.user.id)
    await turn(press, wishes.waits(visitor.texts, waits))


def _filled(wish: WishPress, choice: Choice) -> WishPress:
    """What leaves no choice isn't asked."""
    filled = {}
    if wish.branch is None and len(choice.branches) == 1:
        filled["branch"] = choice.branches[0].id
    if wish.patient is None and len(choice.patients) == 1:
        filled["patient"] = choice.patients[0].id
    if wish.doctor is None and not choice.doctors:
        filled["doctor"] = ANY_DOCTOR
    return wish.model_copy(update=filled)


def _question(visitor: Visitor, choice: Choice, wish: WishPress) -> Screen:
    texts = visitor.texts
    if not choice.branches:
        return wishes.nowhere(texts, visitor.signboard)
    if wish.branch is None:
        return wishes.which_branch(texts, choice, wish)
    if wish.patient is None:
        return wishes.which_patient(texts, choice, wish)
    if wish.when is None:
        return wishes.when(texts, wish)
    return wishes.which_doctor(texts, choice, wish)


def routes() -> Router:
    router = Router(name="appointments")
    press = router.callback_query
    answers = (
        (comes, VisitAnswer.COMES),
        (all_come, VisitAnswer.ALL_COME),
        (move, VisitAnswer.MOVE),
        (ask_cancel, VisitAnswer.CANCEL),
        (cancel, VisitAnswer.CANCEL_SURELY),
    )
    for handler, answer in answers:
        press.register(handler, AnswerPress.filter(F.answer == answer), registered)
    press.register(wish, WishPress.filter(), registered)
    press.register(booked_elsewhere, ElsewherePress.filter(), registered)
    return router
