"""The people of a branch, for who decides about them."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from loyalty.branches import Branch
from loyalty.desk.access import Page
from loyalty.team import Member, Standing
from screens.branch_page import open_page
from screens.callbacks.team import TeamAct, TeamPress
from screens.screen import Screen, button, short, under
from screens.texts import Html, Texts

LABEL = 24
MOST_BUTTONS = 80  # Telegram takes a hundred


def branches(texts: Texts, there: Sequence[Branch]) -> Screen:
    rows = [
        [button(short(branch.name, LABEL), TeamPress(branch=branch.id))]
        for branch in there[:MOST_BUTTONS]
    ]
    return Screen(texts("team-branches" if there else "team-no-branches"), under(*rows))


def people(
    texts: Texts, branch: Branch, members: Sequence[Member], *, several: bool, for_owner: bool
) -> Screen:
    """`several`: there are other branches to go back to. Owners have the page in their settings."""
    rows = [
        [button(_label(texts, member), TeamPress(branch=branch.id, member=member.id))]
        for member in members[:MOST_BUTTONS]
    ]
    page = [] if for_owner else [open_page(texts, branch)]
    back = [button(texts.plain("team-to-branches"), TeamPress())] if several else []
    text = texts("team-people" if members else "team-nobody", branch=branch.name)
    return Screen(text, under(*rows, page, back))


def _label(texts: Texts, member: Member) -> str:
    name = short(member.name, LABEL)
    return texts.plain("team-label", name=name, standing=member.standing)


def person(texts: Texts, page: Page, *, for_owner: bool) -> Screen:
    member = page.member
    text = texts(
        "team-person",
        name=member.name,
        branch=page.branch.name,
        standing=Html(member.standing),
    )
    if member.shared:
        text += "\n" + texts("team-is-shared")
    keys = [[key] for key in _acts(texts, page, for_owner=for_owner)]
    back = button(texts.plain("team-to-people"), TeamPress(branch=page.branch.id))
    return Screen(text, under(*keys, [back]))


def _acts(texts: Texts, page: Page, *, for_owner: bool) -> list[InlineKeyboardButton]:
    member = page.member

    def key(label: str, act: TeamAct) -> InlineKeyboardButton:
        return button(label, TeamPress(branch=page.branch.id, member=member.id, act=act))

    rename = key(texts.plain("team-rename"), TeamAct.RENAME)
    remove = key(texts.plain("team-remove"), TeamAct.REMOVE)
    match member.standing:
        case Standing.MANAGER if for_owner:
            return [key(texts.plain("team-dismiss"), TeamAct.DISMISS_MANAGER), rename, remove]
        case Standing.MANAGER:
            return [rename]
        case Standing.STAFF if member.shared:
            return [key(texts.plain("team-unshare"), TeamAct.STOP_SHARING), rename, remove]
        case Standing.STAFF:
            promote = key(texts.plain("team-promote"), TeamAct.MAKE_MANAGER)
            share = key(texts.plain("team-share"), TeamAct.SHARE)
            return [*([promote] if for_owner else []), share, rename, remove]
    return [key(texts.plain("team-let-in"), TeamAct.LET_IN), rename]


def write_name(texts: Texts, page: Page) -> Screen:
    press = TeamPress(branch=page.branch.id, member=page.member.id)
    back = button(texts.plain("team-back"), press)
    return Screen(texts("team-write-name", name=page.member.name), under([back]))


def made_manager(texts: Texts, branch: Branch) -> Screen:
    """To the new manager, in private."""
    press = TeamPress(branch=branch.id)
    return Screen(
        texts("team-made-manager", branch=branch.name),
        under([button(texts.plain("team-open"), press)]),
    )
