"""What patients read of a branch, for who decides there: all in one message."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from loyalty.branches import Branch
from loyalty.desk.branch_page import Field
from loyalty.reviews import MOST_LINKS
from screens.callbacks.branch_page import (
    ClearPress,
    DropReviewPress,
    PageDaysPress,
    PagePress,
    PagesPress,
)
from screens.callbacks.settings import ShelfPress
from screens.callbacks.team import TeamPress, mark
from screens.hours import day_switches, days_in_short
from screens.reviews import site_name
from screens.screen import Screen, button, in_pairs, link, short, under
from screens.texts import Html, Texts

LABEL = 20
MOST_BUTTONS = 80  # Telegram takes a hundred


def open_pages(texts: Texts) -> InlineKeyboardButton:
    """The way in, for an owner's settings."""
    return button(texts.plain("settings-branches"), PagesPress())


def open_page(texts: Texts, branch: Branch) -> InlineKeyboardButton:
    """The way in, for a manager's branch."""
    return button(texts.plain("page-open"), PagePress(branch=branch.id))


def pages(texts: Texts, branches: Sequence[Branch]) -> Screen:
    """An owner's: each has a page of its own."""
    keys = [
        button(short(branch.name, LABEL), PagePress(branch=branch.id))
        for branch in branches[:MOST_BUTTONS]
    ]
    back = button(texts.plain("settings-back"), ShelfPress())
    return Screen(texts("pages" if branches else "pages-none"), under(*in_pairs(keys), [back]))


def page(texts: Texts, branch: Branch, *, for_owner: bool) -> Screen:
    """All that stands there. Owners come from their settings, managers from their people."""
    text = texts(
        "page",
        name=branch.name,
        address=branch.address or Html(texts("page-no-address")),
        directions=Html(texts("page-map" if branch.directions else "page-no-directions")),
        phone=branch.phone,
        opens=branch.opens,
        closes=branch.closes,
        days=days_in_short(texts, branch),
        reviews=_sites(texts, branch),
    )
    if branch.chat is None:
        text += "\n\n" + texts("page-closed")
    return Screen(text, under(*_fields(texts, branch), [_back(texts, branch, for_owner)]))


def _sites(texts: Texts, branch: Branch) -> str:
    names = [site_name(texts, one) for one in branch.reviews]
    return ", ".join(names) or texts.plain("page-no-reviews")


def _fields(texts: Texts, branch: Branch) -> list[Sequence[InlineKeyboardButton]]:
    def key(label: str, field: Field) -> InlineKeyboardButton:
        return button(label, PagePress(branch=branch.id, field=field))

    days = button(texts.plain("branch-days-off"), PageDaysPress(branch=branch.id))
    return [
        [
            key(texts.plain("page-address"), Field.ADDRESS),
            key(texts.plain("page-directions"), Field.DIRECTIONS),
        ],
        [
            key(texts.plain("branch-phone"), Field.PHONE),
            key(texts.plain("page-reviews"), Field.REVIEWS),
        ],
        [key(texts.plain("branch-hours"), Field.HOURS), days],
    ]


def _back(texts: Texts, branch: Branch, for_owner: bool) -> InlineKeyboardButton:
    if for_owner:
        return button(texts.plain("page-to-pages"), PagesPress())
    return button(texts.plain("team-to-people"), TeamPress(branch=branch.id))


def write(texts: Texts, branch: Branch, field: Field) -> Screen:
    """The next words are what this part says."""
    keys: list[InlineKeyboardButton] = []
    match field:
        case Field.REVIEWS:
            return _reviews(texts, branch)
        case Field.ADDRESS:
            question = texts("page-write-address")
            keys = [_clear(texts, branch, field)] if branch.address else []
        case Field.DIRECTIONS:
            question = texts("page-write-directions")
            keys = _way(texts, branch)
        case Field.PHONE:
            question = texts("branch-write-phone")
        case Field.HOURS:
            question = texts("branch-write-hours")
    return Screen(question, under(keys, [_keep(texts, branch)]))


def _way(texts: Texts, branch: Branch) -> list[InlineKeyboardButton]:
    """The link as it is now, to be tried or taken away."""
    if not branch.directions:
        return []
    now = link(texts.plain("page-directions"), branch.directions)
    return [now, _clear(texts, branch, Field.DIRECTIONS)]


def _clear(texts: Texts, branch: Branch, field: Field) -> InlineKeyboardButton:
    return button(texts.plain("page-remove"), ClearPress(branch=branch.id, field=field))


def _reviews(texts: Texts, branch: Branch) -> Screen:
    """Each link can be tried, and taken away; new ones are typed."""
    rows = [[link(site_name(texts, one), one), _drop(texts, branch, one)] for one in branch.reviews]
    text = texts("page-write-reviews", name=branch.name, count=len(rows), most=MOST_LINKS)
    return Screen(text, under(*rows, [_keep(texts, branch)]))


def _drop(texts: Texts, branch: Branch, one: str) -> InlineKeyboardButton:
    return button(texts.plain("page-remove"), DropReviewPress(branch=branch.id, link=mark(one)))


def days(texts: Texts, branch: Branch) -> Screen:
    keys = day_switches(
        texts, branch, lambda day, off: PageDaysPress(branch=branch.id, day=day, off=off)
    )
    return Screen(texts("branch-choose-days"), under(*keys, [_keep(texts, branch)]))


def _keep(texts: Texts, branch: Branch) -> InlineKeyboardButton:
    return button(texts.plain("branch-back"), PagePress(branch=branch.id))
