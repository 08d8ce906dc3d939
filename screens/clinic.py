"""The clinic's page in a patient's menu: where it is, when it is open, where to review it."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from loyalty.branches import Branch
from loyalty.signboard import Signboard
from screens.callbacks import GoPress, Place
from screens.callbacks.appointments import WishPress
from screens.callbacks.branch_page import AtBranchPress
from screens.hours import hours
from screens.reviews import review_buttons
from screens.screen import Screen, button, in_pairs, link, short, under
from screens.texts import Texts

LABEL = 20
MOST_IN_BRIEF = 8  # of the longest names and addresses a message holds no more
MOST_BUTTONS = 80  # Telegram takes a hundred

Rows = list[Sequence[InlineKeyboardButton]]


def clinic(texts: Texts, signboard: Signboard, branches: Sequence[Branch]) -> Screen:
    """Of a single branch all there is; of several each in brief, and the rest behind its button.

    A branch that stands alone goes by the clinic's name: its own may be the staff chat's.
    """
    match branches:
        case []:
            about, rows = [texts("clinic-phone", phone=signboard.phone)], Rows()
        case [one]:
            about, rows = [_about(texts, one)], _links(texts, one)
        case _:
            about, rows = _in_brief(texts, branches), _choice(branches)
    title = texts("clinic", clinic=signboard.name)
    legal = texts("clinic-legal", legal=signboard.legal)
    return Screen("\n\n".join([title, *about, legal]), under(*rows, *_pages(texts)))


def branch(texts: Texts, one: Branch) -> Screen:
    """One of several."""
    back = button(texts.plain("clinic-back"), GoPress(to=Place.CLINIC))
    title = texts("clinic-branch", name=one.name)
    return Screen("\n\n".join([title, _about(texts, one)]), under(*_links(texts, one), [back]))


def _about(texts: Texts, one: Branch) -> str:
    address = [texts("clinic-address", address=one.address)] if one.address else []
    phone = texts("clinic-phone", phone=one.phone)
    return "\n".join([*address, phone, hours(texts, one)])


def _in_brief(texts: Texts, branches: Sequence[Branch]) -> list[str]:
    return [
        "\n".join([texts("clinic-branch", name=one.name), _about(texts, one)])
        for one in branches[:MOST_IN_BRIEF]
    ]


def _links(texts: Texts, one: Branch) -> Rows:
    way = [link(texts.plain("clinic-directions"), one.directions)] if one.directions else []
    return [way, *review_buttons(texts, one)]


def _choice(branches: Sequence[Branch]) -> Rows:
    return in_pairs(
        [
            button(short(one.name, LABEL), AtBranchPress(branch=one.id))
            for one in branches[:MOST_BUTTONS]
        ]
    )


def _pages(texts: Texts) -> Rows:
    here = Place.CLINIC
    wish = button(texts.plain("wish-button"), WishPress())
    how = button(texts.plain("clinic-help"), GoPress(to=Place.HELP, origin=here))
    privacy = button(texts.plain("clinic-privacy"), GoPress(to=Place.PRIVACY, origin=here))
    language = button(texts.plain("clinic-language"), GoPress(to=Place.LANGUAGE, origin=here))
    return [[wish], [how], [privacy], [language]]
