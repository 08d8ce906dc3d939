"""What didn't arrive: for an owner a list, for staff a digest with whom to call."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from loyalty.given_up import Why
from loyalty.undelivered import A_PAGE, DigestFacts, Page, Undelivered
from screens.callbacks.settings import ShelfPress
from screens.callbacks.undelivered import LostLetterPress, LostPress, SendAgainPress
from screens.naming import person, shown_name
from screens.screen import Screen, button, short, under
from screens.texts import Html, Texts

LONGEST_LABEL = 30


def refused(texts: Texts, kind: str) -> Screen:
    """To an owner: Telegram doesn't take letters of this kind."""
    return Screen(texts("alert-letters-refused", what=Html(_kind(texts, kind))))


def chat_lost(texts: Texts, branch: str) -> Screen:
    """To an owner: the bot is in the branch's staff chat no more."""
    return Screen(texts("alert-chat-lost", branch=branch))


def digest(texts: Texts, facts: DigestFacts) -> Screen:
    """To a staff chat."""
    doubtful = [one for one in facts.to_call if one.letter.why is Why.DOUBTFUL]
    lost = [one for one in facts.to_call if one.letter.why is not Why.DOUBTFUL]
    parts = [texts("undelivered-title", branch=facts.branch)]
    for heading, letters in (
        (texts("undelivered-lost"), lost),
        (texts("undelivered-doubtful"), doubtful),
        (texts("undelivered-calm"), facts.others),
    ):
        if letters:
            parts.append("\n".join([heading, *(_line(texts, one) for one in letters)]))
    if facts.more:
        parts.append(texts("undelivered-more", more=facts.more))
    return Screen("\n\n".join(parts))


def _line(texts: Texts, one: Undelivered) -> str:
    who = person(texts, one.to) if one.to else Html(texts("undelivered-somebody"))
    return texts("undelivered-line", who=who, what=_what(texts, one))


def _what(texts: Texts, one: Undelivered) -> Html:
    return Html(_kind(texts, one.letter.kind))


def _kind(texts: Texts, kind: str) -> str:
    return texts.plain("letter-kind", kind=kind)


def open_lost(texts: Texts) -> InlineKeyboardButton:
    """The way in, under an owner's settings."""
    return button(texts.plain("lost-open"), LostPress())


def page(texts: Texts, found: Page, skip: int, zone: ZoneInfo) -> Screen:
    counts = [_count(texts, why, found.counts[why]) for why in Why if found.counts.get(why)]
    lines = [_entry(texts, one, zone) for one in found.letters]
    parts = [texts("lost-title"), "\n".join(counts) or texts("lost-none"), "\n".join(lines)]
    rows = [
        *([_key(texts, one)] for one in found.letters),
        list(_turns(texts, found, skip)),
        [button(texts.plain("settings-back"), ShelfPress())],
    ]
    return Screen("\n\n".join(filter(None, parts)), under(*rows))


def _count(texts: Texts, why: Why, count: int) -> str:
    return texts("lost-count", why=Html(why), count=count)


def _entry(texts: Texts, one: Undelivered, zone: ZoneInfo) -> str:
    at = one.letter.at.astimezone(zone)
    return texts("lost-entry", at=at, who=_who(texts, one), what=_what(texts, one))


def _who(texts: Texts, one: Undelivered) -> str:
    if one.to is not None:
        return shown_name(one.to, texts)
    if one.branch is not None:
        return texts.plain("lost-staff-chat", branch=one.branch)
    if one.letter.account is not None:
        return texts.plain("undelivered-somebody")
    return texts.plain("lost-colleague")


def _key(texts: Texts, one: Undelivered) -> InlineKeyboardButton:
    label = f"{_who(texts, one)} · {_kind(texts, one.letter.kind)}"
    return button(short(label, LONGEST_LABEL), LostLetterPress(letter=one.letter.id))


def _turns(texts: Texts, found: Page, skip: int) -> Iterator[InlineKeyboardButton]:
    if skip:
        yield button(texts.plain("lost-newer"), LostPress(skip=max(0, skip - A_PAGE)))
    if found.more:
        yield button(texts.plain("lost-older"), LostPress(skip=skip + A_PAGE))


def letter(texts: Texts, one: Undelivered, zone: ZoneInfo) -> Screen:
    """One of them, with what to do about it."""
    at = one.letter.at.astimezone(zone)
    parts = [
        texts("lost-letter", who=_who(texts, one), what=_what(texts, one), at=at),
        texts("lost-why", why=Html(one.letter.why)),
    ]
    again = button(texts.plain("lost-again"), SendAgainPress(letter=one.letter.id))
    back = button(texts.plain("lost-back"), LostPress())
    return Screen("\n\n".join(parts), under([again] if one.letter.may_go_again else [], [back]))
