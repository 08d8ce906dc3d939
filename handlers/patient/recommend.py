"""«Визитка другу»: a picture to send on, drawn once and then sent by Telegram's own name for it."""

import asyncio
from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, or_f
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message

from handlers.filters import When
from handlers.patient.forms import leave_form
from handlers.patient.registered import registered
from handlers.patient.standing import is_returning, standing
from handlers.show import below, say
from handlers.visitor import Visitor
from loyalty import sharing, styling
from loyalty.people import Account
from loyalty.sharing import Shared
from screens import menu, recommend
from screens.callbacks.recommending import CardNamePress, OpenCardPress
from screens.recommend import Card
from screens.screen import Screen

Puts = Callable[[Screen], Awaitable[Message | None]]


async def show(message: Message, visitor: Visitor) -> None:
    shared = await visitor.clinic.change(sharing.share, visitor.user.id, visitor.owners)
    await _put(visitor, shared, lambda screen: say(message, screen))
    await say(message, recommend.to_sender(visitor.texts, shared))


async def show_below(press: CallbackQuery, visitor: Visitor) -> None:
    """Where it was offered."""
    shared = await visitor.clinic.change(sharing.share, visitor.user.id, visitor.owners)
    await _put(visitor, shared, lambda screen: below(press, screen))
    await below(press, recommend.to_sender(visitor.texts, shared))
    await press.answer()


async def name(press: CallbackQuery, callback_data: CardNamePress, visitor: Visitor) -> None:
    named = callback_data.named
    shared = await visitor.clinic.change(sharing.show_name, visitor.user.id, named)
    await _put(visitor, shared, lambda screen: _turn(press, screen))
    await press.answer(visitor.texts.plain("recommend-named" if named else "recommend-nameless"))


async def _turn(press: CallbackQuery, screen: Screen) -> Message | None:
    """The same message with another picture; below it where it can't be edited any more."""
    message, keyboard = press.message, screen.keyboard
    if not isinstance(message, Message) or not message.photo:
        return await below(press, screen)
    assert isinstance(keyboard, InlineKeyboardMarkup)  # noqa: S101 (the screen's promise)
    edited = await message.edit_media(screen.media, reply_markup=keyboard)
    return edited if isinstance(edited, Message) else None


async def withdrawn(message: Message, visitor: Visitor, account: Account) -> None:
    """Nothing is done with their data, and a card would be."""
    await say(message, recommend.without_consent(visitor.texts))
    await say(message, await standing(visitor, account))


async def withdrew(_event: Message, account: Account | None = None) -> bool:
    return is_returning(account)


# --- the picture -----------------------------------------------------------------------------


async def _put(visitor: Visitor, shared: Shared, put: Puts) -> None:
    """Puts the card up, by its kept picture where the content is the same."""
    me = await visitor.bot.me()
    inline = bool(me.supports_inline_queries)
    card = recommend.card(visitor.texts, visitor.signboard, shared, me.username or "")
    mark = card.mark(me.id)
    kept = await visitor.clinic.ask(sharing.picture, shared.patient, mark)
    if kept is not None and await _put_kept(
        put, recommend.shown(visitor.texts, card, kept, inline=inline)
    ):
        return
    drawn = await _drawn(visitor, card)
    sent = await put(recommend.shown(visitor.texts, card, drawn, inline=inline))
    if sent is not None and sent.photo:
        name_ = sent.photo[-1].file_id
        await visitor.clinic.change(sharing.keep_picture, shared.patient, mark, name_)


async def _put_kept(put: Puts, screen: Screen) -> bool:
    """Whether Telegram still has the picture."""
    try:
        await put(screen)
    except TelegramBadRequest:
        return False
    return True


async def _drawn(visitor: Visitor, card: Card) -> BufferedInputFile:
    logo = await visitor.clinic.ask(styling.logo) if card.shared.style.logo else None
    return await asyncio.to_thread(card.picture, logo)


def routes() -> Router:
    router = Router(name="recommend")
    router.message.middleware(leave_form)
    text, press = router.message, router.callback_query
    by_link = Command("start", magic=F.args == recommend.OPENS_CARD)
    asked = or_f(Command("card"), by_link, When(F.text.lower().in_(menu.card_labels())))
    text.register(show, asked, registered)
    text.register(withdrawn, asked, withdrew)
    press.register(show_below, OpenCardPress.filter(), registered)
    press.register(name, CardNamePress.filter(), registered)
    return router
