"""«@бот» in any chat: one's own card, to be sent there. Telegram calls it inline mode.

Nothing is written: whoever types there is asked for nothing, and told nothing of anybody else.
"""

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineQuery, InlineQueryResultCachedPhoto, InlineQueryResultsButton

from handlers.visitor import Visitor
from loyalty import sharing
from loyalty.cards import CardWaitsError
from loyalty.errors import OutOfTurnError
from screens import recommend

# Telegram must not answer for us: the gift, the name or the consent may have changed since.
KEPT_BY_TELEGRAM = 0


async def offer(query: InlineQuery, visitor: Visitor) -> None:
    """The card as its picture is kept; where there is none yet, the way to it."""
    try:
        card = await _card(visitor)
    except (OutOfTurnError, CardWaitsError):
        await _lead(query, recommend.open_first(visitor.texts, known=False))
        return
    if card is None or not await _put(query, card):
        await _lead(query, recommend.open_first(visitor.texts, known=True))


async def _card(visitor: Visitor) -> InlineQueryResultCachedPhoto | None:
    """None: it has never been drawn, or looks otherwise by now. Raises as `sharing.share`."""
    shared = await visitor.clinic.ask(sharing.as_it_stands, visitor.user.id)
    if shared is None:
        return None
    me = await visitor.bot.me()
    card = recommend.card(visitor.texts, visitor.signboard, shared, me.username or "")
    kept = await visitor.clinic.ask(sharing.picture, shared.patient, card.mark(me.id))
    return None if kept is None else recommend.sent_on(visitor.texts, card, kept)


async def _put(query: InlineQuery, card: InlineQueryResultCachedPhoto) -> bool:
    """Whether Telegram still has the picture."""
    try:
        await query.answer([card], cache_time=KEPT_BY_TELEGRAM, is_personal=True)
    except TelegramBadRequest:
        return False
    return True


async def _lead(query: InlineQuery, button: InlineQueryResultsButton) -> None:
    await query.answer([], cache_time=KEPT_BY_TELEGRAM, is_personal=True, button=button)


def routes() -> Router:
    router = Router(name="inline")
    router.inline_query.register(offer)
    return router
