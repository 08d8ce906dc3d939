"""The one message of a draft in the staff chat: posted, redrawn, turned into the receipt."""

from aiogram.types import InlineKeyboardMarkup, Message

from handlers.visitor import Visitor
from loyalty.desk import drafting, receipts
from loyalty.desk.approving import Question
from loyalty.desk.card import Card, Stage
from loyalty.desk.card import card as card_of
from screens import card, receipt, settled
from screens.callbacks.desk import CardStep
from screens.card import View
from screens.screen import Screen
from screens.texts import Texts


async def post_card(
    visitor: Visitor, texts: Texts, laid: Card, chat: int, awaits: CardStep | None = None
) -> Message:
    """A new message for the draft; later changes are drawn there, and an older one goes."""
    screen = await _screen(visitor, texts, laid, awaits=awaits)
    if laid.draft.card is not None:
        await visitor.bot.delete_message(chat, laid.draft.card)
    message = await visitor.bot.send_message(
        chat, screen.text, reply_markup=screen.keyboard, protect_content=True
    )
    await visitor.clinic.change(drafting.put_on_card, laid.draft.id, message.message_id)
    return message


async def redraw(visitor: Visitor, texts: Texts, draft_id: int) -> None:
    """The draft's message as it must look now."""
    await draw(visitor, texts, await visitor.clinic.ask(card_of, draft_id))


async def draw(
    visitor: Visitor,
    texts: Texts,
    laid: Card,
    view: View = View.MAIN,
    n: int = 0,
    awaits: CardStep | None = None,
) -> None:
    """As `redraw`, where the draft has just been read. Without a message yet, it comes anew."""
    chat, message = laid.branch.chat, laid.draft.card
    if chat is None:
        return
    screen = await _screen(visitor, texts, laid, view, n, awaits)
    if message is None:
        await post_card(visitor, texts, laid, chat)
        return
    keyboard = screen.keyboard if isinstance(screen.keyboard, InlineKeyboardMarkup) else None
    await visitor.bot.edit_message_text(
        screen.text, chat_id=chat, message_id=message, reply_markup=keyboard
    )


async def settle(visitor: Visitor, texts: Texts, asked: Question) -> None:
    """The message that waited for a decision waits no longer. What to do now says the answer to
    it, a letter: that one is heard.
    """
    chat = asked.branch.chat
    message = asked.request.waits_in(chat)
    if message is not None:
        screen = settled.settled(texts, asked)
        await visitor.bot.edit_message_text(screen.text, chat_id=chat, message_id=message)


async def _screen(
    visitor: Visitor,
    texts: Texts,
    laid: Card,
    view: View = View.MAIN,
    n: int = 0,
    awaits: CardStep | None = None,
) -> Screen:
    if laid.stage is Stage.RECORDED:
        return receipt.receipt(texts, await visitor.clinic.ask(receipts.receipt, laid.draft.id))
    if laid.stage is Stage.DROPPED:
        return card.dropped(texts, laid)
    return card.card(texts, laid, view, n, awaits)
