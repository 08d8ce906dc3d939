"""The card that a patient sends to friends, and what the sender should know of it."""

import hashlib
from dataclasses import astuple, dataclass

from aiogram.types import (
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    SwitchInlineQueryChosenChat,
)

from loyalty.cards import Style
from loyalty.sharing import Shared
from loyalty.signboard import Signboard
from screens import card_picture
from screens.callbacks.recommending import CardNamePress, OpenCardPress
from screens.card_picture import Words
from screens.formats import percent, whole
from screens.friends import my_friends_button
from screens.lettering import can_write, writable
from screens.screen import Screen, button, short, under
from screens.texts import Html, Texts

FILE = "card.jpg"
LONGEST_NAME = 24  # on the picture
OPENS_CARD = "s_card"  # the deep link to one's own card; of a newcomer it is a plain start
LAYOUT = 1  # one more whenever the same words come to look different: kept pictures are drawn anew


@dataclass(frozen=True, slots=True)
class Card:
    """One patient's card, ready to be drawn and sent."""

    shared: Shared
    words: Words
    link: str
    clinic: str

    def mark(self, bot: int) -> str:
        """Of all that is drawn, and of whose the picture at Telegram is."""
        drawn = (LAYOUT, bot, astuple(self.words), self.link, astuple(self.shared.style))
        return hashlib.sha256(repr(drawn).encode()).hexdigest()

    def picture(self, logo: bytes | None) -> BufferedInputFile:
        """As slow as drawing is."""
        return drawn(self.words, self.link, self.shared.style, logo)


def drawn(words: Words, link: str, style: Style, logo: bytes | None) -> BufferedInputFile:
    return BufferedInputFile(card_picture.drawn(words, link, style.colour, logo), FILE)


def card(texts: Texts, signboard: Signboard, shared: Shared, username: str) -> Card:
    name = shared.name if shared.named and _can_show(shared) else None
    link = f"https://t.me/{username}?start={shared.payload}"
    return Card(
        shared, words(texts, signboard, shared.gift, shared.cap, name), link, signboard.name
    )


def words(texts: Texts, signboard: Signboard, gift: int, cap: int, name: str | None) -> Words:
    """What stands on the picture."""
    said = short(name, LONGEST_NAME) if name else None
    share = percent(cap, texts)
    if not gift:
        who, worth = said or "", texts.plain("recommend-come")
    elif said:
        who = texts.plain("recommend-who", name=said)
        worth = texts.plain("recommend-worth-to-whom", share=share)
    else:
        who, worth = texts.plain("recommend-gift"), texts.plain("recommend-worth", share=share)
    return Words(
        clinic=writable(signboard.name),
        who=who,
        figure=whole(gift, texts) if gift else texts.plain("recommend-plainly"),
        unit=texts.plain("recommend-points", points=gift) if gift else "",
        worth=worth,
        scan=texts.plain("recommend-scan"),
        warning=texts.plain("recommend-warning"),
    )


def _can_show(shared: Shared) -> bool:
    """A name in letters that the font lacks would be a row of boxes."""
    return shared.name is not None and can_write(shared.name)


def shown(
    texts: Texts, one: Card, picture: BufferedInputFile | str, *, inline: bool = False
) -> Screen:
    """The message to send on: the picture, and a caption that holds the link.

    `inline`: Telegram lets the bot's cards be sent from any chat.
    """
    send = [_send(texts)] if inline else []
    return Screen(_caption(texts, one), under(send, *_buttons(texts, one)), photo=picture)


def sent_on(texts: Texts, one: Card, picture: str) -> InlineQueryResultCachedPhoto:
    """The same picture and caption in somebody else's chat: the sender's buttons stay at home."""
    return InlineQueryResultCachedPhoto(
        id=one.shared.payload, photo_file_id=picture, caption=_caption(texts, one)
    )


def open_first(texts: Texts, *, known: bool) -> InlineQueryResultsButton:
    """Leads from any chat to the bot's own; `known`: all that lacks is the picture."""
    label = texts.plain("recommend-open-card" if known else "recommend-open-bot")
    return InlineQueryResultsButton(text=label, start_parameter=OPENS_CARD)


def _caption(texts: Texts, one: Card) -> str:
    shared = one.shared
    clinic = texts("recommend-clinic", clinic=one.clinic)
    if shared.address:
        clinic = texts("recommend-clinic-at", clinic=one.clinic, address=shared.address)
    offer = texts(
        "recommend-offer",
        clinic=Html(clinic),
        points=shared.gift,
        share=percent(shared.cap, texts),
        link=Html(one.link),
    )
    return f"{offer}\n\n{texts('recommend-warning')}"


def _buttons(texts: Texts, one: Card) -> list[list[InlineKeyboardButton]]:
    copied = CopyTextButton(text=one.link)
    copy = InlineKeyboardButton(text=texts.plain("recommend-copy"), copy_text=copied)
    return [[_name(texts, one.shared)] if _can_show(one.shared) else [], [copy]]


def _send(texts: Texts) -> InlineKeyboardButton:
    where = SwitchInlineQueryChosenChat(allow_user_chats=True, allow_group_chats=True)
    label = texts.plain("recommend-send")
    return InlineKeyboardButton(text=label, switch_inline_query_chosen_chat=where, style="primary")


def _name(texts: Texts, shared: Shared) -> InlineKeyboardButton:
    label = texts.plain("recommend-hide-name" if shared.named else "recommend-show-name")
    return button(label, CardNamePress(named=not shared.named))


def to_sender(texts: Texts, shared: Shared) -> Screen:
    """What is not for the friend's eyes: it stands in a message of its own."""
    text = texts("recommend-send-on")
    if shared.referral or shared.fixed:
        text = f"{text} {_reward(texts, shared)}"
    if _can_show(shared) and not shared.named:
        text += "\n\n" + texts("recommend-name", name=shared.name or "")
    return Screen(text, under([my_friends_button(texts)]))


def _reward(texts: Texts, shared: Shared) -> str:
    how = "both" if shared.referral and shared.fixed else "share" if shared.referral else "fixed"
    return texts(
        "recommend-reward",
        how=Html(how),
        share=percent(shared.referral, texts),
        shown=whole(shared.fixed, texts),
    )


def without_consent(texts: Texts) -> Screen:
    return Screen(texts("recommend-withdrawn"))


def open_card(texts: Texts) -> InlineKeyboardButton:
    """Where the card is offered."""
    return button(texts.plain("menu-card"), OpenCardPress())
