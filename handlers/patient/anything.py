"""Whatever nothing else understood: the person hears what to press."""

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import When
from handlers.patient.freely import rest_of_album
from handlers.patient.standing import facts, reception, runs_a_branch
from handlers.show import below, say
from handlers.spoken import WORDS
from handlers.visitor import Visitor
from loyalty.people import Account
from loyalty.registration import Question, next_question
from screens import cases, menu, registration
from screens.screen import Screen

# What a person sends; the rest are Telegram's notes about the chat (a pinned message, a timer).
SAID = {
    ContentType.TEXT,
    ContentType.ANIMATION,
    ContentType.AUDIO,
    ContentType.CHECKLIST,
    ContentType.CONTACT,
    ContentType.DICE,
    ContentType.DOCUMENT,
    ContentType.GAME,
    ContentType.LOCATION,
    ContentType.PAID_MEDIA,
    ContentType.PHOTO,
    ContentType.POLL,
    ContentType.STICKER,
    ContentType.STORY,
    ContentType.UNKNOWN,
    ContentType.VENUE,
    ContentType.VIDEO,
    ContentType.VIDEO_NOTE,
    ContentType.VOICE,
}


async def anything(
    message: Message, visitor: Visitor, account: Account | None, state: FSMContext
) -> None:
    if await rest_of_album(message, state):
        return
    decides = visitor.is_owner or await runs_a_branch(visitor)
    if decides and await WORDS(message):
        await say(message, cases.nobody_heard(visitor.texts))
        return
    await say(message, await _answer(message, visitor, account, decides=decides))


async def _answer(
    message: Message, visitor: Visitor, account: Account | None, *, decides: bool
) -> Screen:
    which = next_question(account) if account else Question.CONSENT
    newcomer = account is None or account.withdrawn_at is None
    if which is Question.CONSENT and newcomer and not decides:
        asked = await facts(visitor, account, which)
        return registration.consent_by_button_only(visitor.texts, asked)
    if which is Question.PHONE:
        return registration.phone_by_button_only(visitor.texts)
    if which:
        return await reception(visitor, account)
    if message.text:
        return menu.said_text(visitor.texts, visitor.signboard)
    return menu.said_other(visitor.texts, visitor.signboard)


async def old_button(press: CallbackQuery, visitor: Visitor, account: Account | None) -> None:
    await press.answer(visitor.texts.plain("refusal-out-of-turn"))
    await below(press, await reception(visitor, account))


def routes() -> Router:
    router = Router(name="anything")
    router.message.register(anything, When(F.content_type.in_(SAID)))
    router.callback_query.register(old_button)
    return router
