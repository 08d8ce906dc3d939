"""The staff chat: connecting it, its branch, who is let in, whose shift it is."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum, StrEnum, auto
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton
from babel.dates import get_timezone_location

from loyalty.branches import Branch
from loyalty.desk.access import AccessFacts
from loyalty.team import Member
from screens.callbacks.team import (
    AccessPress,
    BranchField,
    BranchPress,
    ChangeShiftPress,
    ConnectPress,
    DayOffPress,
    DisconnectPress,
    LeafletPress,
    OtherNamePress,
    ShiftPress,
    ZonePress,
    mark,
)
from screens.hours import day_switches, days_in_short
from screens.screen import Screen, button, in_pairs, link, short, under
from screens.texts import Html, Texts

LABEL = 28
MOST_CLOSED = 20  # branches to choose from

# Buttons carry a place in this list: add at the end only.
ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Novosibirsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)


class Lack(Enum):
    """What the bot can't do in a group."""

    ADMINISTRATOR = auto()  # so it sees no plain messages
    DELETING = auto()


# --- connecting ------------------------------------------------------------------------------


def connect_link(texts: Texts, username: str) -> InlineKeyboardButton:
    """Adds the bot to a group with the rights it needs."""
    rights = "&admin=delete_messages+pin_messages"
    url = f"https://t.me/{username}?startgroup=connect{rights}"
    return link(texts.plain("connect-add"), url)


def offer(texts: Texts) -> Screen:
    """The bot has come into a group."""
    go = button(texts.plain("connect-go"), ConnectPress())
    return Screen(texts("connect-offer"), under([go]))


def lacking(texts: Texts, lack: Lack) -> Screen:
    not_admin = lack is Lack.ADMINISTRATOR
    text = texts("connect-not-administrator" if not_admin else "connect-cant-delete")
    again = button(texts.plain("connect-again"), ConnectPress())
    return Screen(text, under([again]))


def which_branch(texts: Texts, closed: Sequence[Branch], name: str) -> Screen:
    """Goes on with a closed branch, or opens one."""
    rows = [
        [button(short(branch.name, LABEL), ConnectPress(branch=branch.id))]
        for branch in closed[:MOST_CLOSED]
    ]
    label = texts.plain("connect-new", name=short(name, LABEL))
    return Screen(texts("connect-which"), under(*rows, [button(label, ConnectPress(new=True))]))


def not_an_owner(texts: Texts, telegram: int) -> Screen:
    return Screen(texts("connect-not-an-owner", telegram=Html(telegram)))


def owners_do(texts: Texts) -> Screen:
    return Screen(texts("connect-owners-do"))


class Whose(StrEnum):
    """Who has the command that somebody has written in the staff chat."""

    ANYBODY = "anybody"
    MANAGER = "manager"  # and an owner
    OWNER = "owner"


def private_only(texts: Texts, username: str, whose: Whose) -> Screen:
    """To staff who write a command of the private chat in theirs; for some it's not theirs there
    either.
    """
    open_ = link(texts.plain("group-open"), f"https://t.me/{username}")
    return Screen(texts("private-only", who=Html(whose)), under([open_]))


def staff_chat_only(texts: Texts) -> Screen:
    """And the other way round."""
    return Screen(texts("staff-chat-only"))


def leaflet(texts: Texts) -> Screen:
    """Five lines for a new administrator, pinned."""
    return Screen(texts("leaflet"))


def disconnect(texts: Texts, branch: Branch) -> Screen:
    yes = button(texts.plain("disconnect-surely"), DisconnectPress(surely=True))
    no = button(texts.plain("disconnect-no"), DisconnectPress(surely=False))
    return Screen(texts("disconnect", name=branch.name), under([yes], [no]))


def disconnected(texts: Texts, branch: Branch) -> Screen:
    return Screen(texts("disconnected", name=branch.name))


def stays_connected(texts: Texts) -> Screen:
    return Screen(texts("disconnect-not"))


def not_connected(texts: Texts) -> Screen:
    return Screen(texts("disconnect-nothing"))


# --- the branch ------------------------------------------------------------------------------


def summary(texts: Texts, branch: Branch, now: datetime) -> Screen:
    text = texts(
        "branch",
        name=branch.name,
        zone=_city(branch.zone, texts),
        now=now.astimezone(branch.where).time(),
        legal=branch.legal,
        phone=branch.phone,
        opens=branch.opens,
        closes=branch.closes,
        days=days_in_short(texts, branch),
    )
    return Screen(text, under(*_fields(texts)))


def _fields(texts: Texts) -> list[list[InlineKeyboardButton]]:
    name = button(texts.plain("branch-name"), BranchPress(field=BranchField.NAME))
    zone = button(texts.plain("branch-zone"), BranchPress(field=BranchField.ZONE))
    legal = button(texts.plain("branch-legal"), BranchPress(field=BranchField.LEGAL))
    phone = button(texts.plain("branch-phone"), BranchPress(field=BranchField.PHONE))
    hours = button(texts.plain("branch-hours"), BranchPress(field=BranchField.HOURS))
    days = button(texts.plain("branch-days-off"), BranchPress(field=BranchField.DAYS_OFF))
    leaflet_ = button(texts.plain("branch-leaflet"), LeafletPress())
    return [[name, zone], [legal, phone], [hours, days], [leaflet_]]


def write_field(texts: Texts, field: BranchField) -> Screen:
    """The next words of the owner are the answer."""
    match field:
        case BranchField.NAME:
            question = texts("branch-write-name")
        case BranchField.LEGAL:
            question = texts("branch-write-legal")
        case BranchField.PHONE:
            question = texts("branch-write-phone")
        case _:
            question = texts("branch-write-hours")
    return Screen(question, under([_back(texts)]))


def zones(texts: Texts, now: datetime) -> Screen:
    """Each with its time, by which one knows one's own; any other is typed."""
    keys = [
        button(_zone_label(texts, zone, now), ZonePress(zone=n)) for n, zone in enumerate(ZONES)
    ]
    return Screen(texts("branch-write-zone"), under(*in_pairs(keys), [_back(texts)]))


def _zone_label(texts: Texts, zone: str, now: datetime) -> str:
    here = now.astimezone(ZoneInfo(zone)).time()
    return texts.plain("branch-zone-now", zone=_city(zone, texts), now=here)


def days_off(texts: Texts, branch: Branch) -> Screen:
    keys = day_switches(texts, branch, lambda day, off: DayOffPress(day=day, off=off))
    return Screen(texts("branch-choose-days"), under(*keys, [_back(texts)]))


def _city(zone: str, texts: Texts) -> str:
    return get_timezone_location(ZoneInfo(zone), locale=texts.language, return_city=True)


def _back(texts: Texts) -> InlineKeyboardButton:
    return button(texts.plain("branch-back"), BranchPress())


# --- letting in ------------------------------------------------------------------------------


def access_question(texts: Texts, facts: AccessFacts) -> Screen:
    give = button(texts.plain("access-give"), AccessPress(member=facts.member.id, give=True))
    later = button(texts.plain("access-later"), AccessPress(member=facts.member.id, give=False))
    return Screen(texts("access-question", name=facts.name), under([give], [later]))


def access_given(texts: Texts, member: Member, by: str) -> Screen:
    return Screen(texts("access-given", name=member.name, by=by))


def access_later(texts: Texts, member: Member) -> Screen:
    return Screen(texts("access-not-now", name=member.name))


def no_access(texts: Texts) -> Screen:
    """To somebody who writes a staff line and hasn't been let in."""
    return Screen(texts("access-none"))


def own_access(texts: Texts, member: Member) -> Screen:
    """To an owner who writes one: nobody else need let them in."""
    give = button(texts.plain("access-give"), AccessPress(member=member.id, give=True))
    return Screen(texts("access-own"), under([give]))


def nameless(texts: Texts, *, channel: bool) -> Screen:
    """To an anonymous administrator, or to a channel."""
    return Screen(texts("access-channel" if channel else "access-anonymous"))


# --- whose shift -----------------------------------------------------------------------------


def shift(texts: Texts, names: Sequence[str]) -> Screen:
    keys = [button(short(name, LABEL), ShiftPress(mark=mark(name))) for name in names]
    other = button(texts.plain("shift-other"), OtherNamePress())
    return Screen(texts("shift"), under(*in_pairs(keys), [other]))


def write_shift(texts: Texts) -> Screen:
    back = button(texts.plain("shift-back"), ShiftPress())
    return Screen(texts("shift-write"), under([back]))


def on_shift(texts: Texts, branch: Branch, member: Member, *, again: bool = False) -> Screen:
    """`again`: a line was written before the name was known, and has to come once more."""
    assert member.on_shift and member.shift_until  # noqa: S101, PT018 (just gone on shift)
    until = member.shift_until.astimezone(branch.where).time()
    text = texts("shift-on", name=member.on_shift, until=until)
    if again:
        text += "\n" + texts("shift-send-again")
    change = button(texts.plain("shift-change"), ChangeShiftPress())
    return Screen(text, under([change]))
