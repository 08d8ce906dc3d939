"""`/invite`: a workbook of patients who haven't got the bot, a link and an SMS for each."""

from collections.abc import Iterator, Sequence

from aiogram.types import BufferedInputFile, InlineKeyboardButton

from loyalty.inviting import Invitations, Invited
from loyalty.signboard import Signboard
from screens import workbook
from screens.callbacks.kit import InvitePress
from screens.callbacks.team import AsOwnerPress
from screens.screen import Screen, button, under
from screens.texts import Texts

LONGEST_SMS = 70  # one message in Cyrillic, counted in UTF-16 units
WIDTHS = (28, 18, 60, 74, 8, 40)


def open_invite(texts: Texts) -> InlineKeyboardButton:
    """The way in, for the owner's own screen."""
    return button(texts.plain("invite-open"), InvitePress())


def invitations(texts: Texts, counted: Invitations) -> Screen:
    """How many can be invited, how many were, how many have come."""
    ready = texts("invite-ready", ready=counted.ready)
    past = ""
    if counted.invited:
        past = texts("invite-past", invited=counted.invited, came=counted.came)
    file = [button(texts.plain("invite-file"), InvitePress(file=True))] if counted.ready else []
    home = [button(texts.plain("owner-back"), AsOwnerPress())]
    about = texts("invite-about", limit=LONGEST_SMS) if counted.ready else ""
    text = "\n\n".join(filter(None, [texts("invite"), ready, past, about]))
    return Screen(text, under(file, home))


def file(texts: Texts, count: int, made: bytes) -> Screen:
    name = texts.plain("invite-file-name") + ".xlsx"
    caption = texts("invite-caption", count=count)
    return Screen(caption, document=BufferedInputFile(made, name))


def drawn_up(
    texts: Texts,
    sms_texts: Texts,
    invited: Sequence[Invited],
    signboard: Signboard,
    username: str,
) -> bytes:
    """The workbook, as slow as making it is: not on the loop."""
    head = (
        texts.plain("invite-name"),
        texts.plain("invite-phone"),
        texts.plain("invite-link"),
        texts.plain("invite-sms"),
        texts.plain("invite-length"),
        texts.plain("invite-note"),
    )
    rows = list(_rows(texts, sms_texts, invited, signboard, username))
    return workbook.made(texts.plain("invite-sheet"), head, WIDTHS, rows)


def _rows(
    texts: Texts,
    sms_texts: Texts,
    invited: Sequence[Invited],
    signboard: Signboard,
    username: str,
) -> Iterator[tuple[str | int, ...]]:
    for one in invited:
        link = f"https://t.me/{username}?start={one.payload}"
        words = sms(sms_texts, signboard.name, link)
        notes = [] if words else [texts.plain("invite-too-long", limit=LONGEST_SMS)]
        if one.family:
            notes.append(texts.plain("invite-family", names=", ".join(one.family)))
        name = workbook.guarded(one.name)
        yield name, one.phone, link, words or "", units(words or ""), " ".join(notes)


def sms(texts: Texts, clinic: str, link: str) -> str | None:
    """The most words with which the whole link makes one SMS; None: it takes two by itself.

    Nothing in it promises or offers: it isn't advertising.
    """
    wordings = (
        texts.plain("invite-sms-visits", clinic=clinic, link=link),
        texts.plain("invite-sms-clinic", clinic=clinic, link=link),
        texts.plain("invite-sms-points", link=link),
        texts.plain("invite-sms-short", link=link),
        texts.plain("invite-sms-shortest", link=link),
    )
    return next((words for words in wordings if units(words) <= LONGEST_SMS), None)


def units(words: str) -> int:
    """As an SMS in Cyrillic is counted: a picture is as long as two letters."""
    return len(words.encode("utf-16-le")) // 2
