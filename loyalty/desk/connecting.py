"""A group becomes the staff chat of a branch, and the branch says of itself what patients read."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from loyalty import phones
from loyalty.branches import Branch
from loyalty.errors import NotAPhoneError, Refusal
from loyalty.letters import Letter, UntrueError
from loyalty.links import link
from loyalty.ports import Transaction
from loyalty.signboard import Signboard

LONGEST_NAME = 80
LONGEST_LEGAL = 200
LONGEST_PHONE = 40
LONGEST_ZONE = 40
LONGEST_ADDRESS = 200

_HOURS = re.compile(r"\D*(\d{1,2})(?:[:.](\d\d))?\D+(\d{1,2})(?:[:.](\d\d))?\D*")


class BranchNameTakenError(Refusal):
    """Another chat is the staff chat of the branch of this name."""

    text = "refusal-branch-name-taken"


class NotABranchNameError(Refusal):
    text = "refusal-not-a-branch-name"


class NotAZoneError(Refusal):
    text = "refusal-not-a-zone"


class NotALegalEntityError(Refusal):
    text = "refusal-not-a-legal-entity"


class NotABranchPhoneError(Refusal):
    text = "refusal-not-a-branch-phone"


class NotHoursError(Refusal):
    text = "refusal-not-hours"


class NotAnAddressError(Refusal):
    text = "refusal-not-an-address"


# --- the chat --------------------------------------------------------------------------------


def closed(tx: Transaction) -> Sequence[Branch]:
    """Branches that had a chat and have none now."""
    return [branch for branch in tx.branches.branches() if branch.chat is None]


def offer(tx: Transaction, chat: int) -> None:
    """An owner has brought the bot into a group; a moment later it asks what for.

    Not at once: by a link the owner's wish comes with the bot, and a supergroup may be one that
    was connected under its old number.
    """
    if tx.branches.branch_of_chat(chat) is None:
        key = f"connect-offer:{chat}:{int(tx.now.timestamp())}"
        tx.outbox.put_in_chat(key, "connect-offer", chat)


def offer_stands(tx: Transaction, letter: Letter) -> None:
    """Raises UntrueError: the chat is connected."""
    if letter.telegram is None or tx.branches.branch_of_chat(letter.telegram):
        raise UntrueError


def connect(tx: Transaction, chat: int, name: str, board: Signboard) -> Branch:
    """The branch of this chat: the one it has, a closed one of this name, or a new one.

    Only an owner may. Raises BranchNameTakenError, NotABranchNameError.
    """
    here = tx.branches.branch_of_chat(chat)
    if here is not None:
        return here
    known = _named(tx, name)
    if known is not None:
        return _take_up(tx, known, chat)
    zone, legal, phone = board.zone.key, board.legal, board.phone
    return tx.branches.add_branch(Branch(0, _one_line(name), chat, zone, legal, phone))


def reopen(tx: Transaction, chat: int, branch: int) -> Branch:
    """A closed branch goes on in this chat, with its team. Raises BranchNameTakenError."""
    here = tx.branches.branch_of_chat(chat)
    return here or _take_up(tx, tx.branches.branch(branch), chat)


def disconnect(tx: Transaction, chat: int) -> Branch | None:
    """The branch has no chat from now on; drafts, visits and the team stay."""
    branch = tx.branches.branch_of_chat(chat)
    if branch is not None:
        tx.branches.save_branch(replace(branch, chat=None))
    return branch


def moved(tx: Transaction, old: int, new: int) -> Branch | None:
    """The group has become a supergroup: its branch and its letters follow, however often said.

    Returns the branch, if the group is a staff chat.
    """
    tx.outbox.moved(old, new)
    branch = tx.branches.branch_of_chat(old)
    if branch is None or tx.branches.branch_of_chat(new) is not None:
        return tx.branches.branch_of_chat(new)
    tx.desk.forget_cards(branch.id)
    tx.appointments.forget_cards(branch.id)
    return _save(tx, replace(branch, chat=new))


def _take_up(tx: Transaction, branch: Branch, chat: int) -> Branch:
    if branch.chat is not None:
        raise BranchNameTakenError(name=branch.name)
    tx.desk.forget_cards(branch.id)
    tx.appointments.forget_cards(branch.id)
    return _save(tx, replace(branch, chat=chat))


def _named(tx: Transaction, name: str) -> Branch | None:
    wanted = _one_line(name).casefold()
    if not wanted or len(wanted) > LONGEST_NAME:
        raise NotABranchNameError(longest=LONGEST_NAME)
    branches = tx.branches.branches()
    return next((branch for branch in branches if branch.name.casefold() == wanted), None)


# --- what it says of itself ------------------------------------------------------------------


def rename(tx: Transaction, branch: int, name: str) -> Branch:
    """Raises BranchNameTakenError, NotABranchNameError."""
    known = _named(tx, name)
    if known is not None and known.id != branch:
        raise BranchNameTakenError(name=known.name)
    return _save(tx, replace(tx.branches.hold(branch), name=_one_line(name)))


def set_zone(tx: Transaction, branch: int, zone: str) -> Branch:
    """Raises NotAZoneError."""
    return _save(tx, replace(tx.branches.hold(branch), zone=_zone(_one_line(zone))))


def set_legal(tx: Transaction, branch: int, legal: str) -> Branch:
    """Raises NotALegalEntityError."""
    line = _one_line(legal)
    if len(line) > LONGEST_LEGAL or not any(c.isalpha() for c in line):
        raise NotALegalEntityError(longest=LONGEST_LEGAL)
    return _save(tx, replace(tx.branches.hold(branch), legal=line))


def set_phone(tx: Transaction, branch: int, phone: str) -> Branch:
    """Kept as the clinic writes it. Raises NotABranchPhoneError."""
    line = _one_line(phone)
    try:
        phones.normal(line)
    except NotAPhoneError as wrong:
        raise NotABranchPhoneError from wrong
    if len(line) > LONGEST_PHONE:
        raise NotABranchPhoneError
    return _save(tx, replace(tx.branches.hold(branch), phone=line))


def set_hours(tx: Transaction, branch: int, hours: str) -> Branch:
    """«9–20», «с 9:00 до 20:30». Raises NotHoursError."""
    opens, closes = _hours(hours)
    return _save(tx, replace(tx.branches.hold(branch), opens=opens, closes=closes))


def set_day_off(tx: Transaction, branch: int, day: int, off: bool) -> Branch:
    kept = tx.branches.hold(branch)
    days = kept.days_off | {day} if off else kept.days_off - {day}
    return _save(tx, replace(kept, days_off=days))


def set_address(tx: Transaction, branch: int, address: str) -> Branch:
    """As patients read it. Raises NotAnAddressError."""
    line = _one_line(address)
    if len(line) > LONGEST_ADDRESS or not any(c.isalpha() for c in line):
        raise NotAnAddressError(longest=LONGEST_ADDRESS)
    return _save(tx, replace(tx.branches.hold(branch), address=line))


def set_directions(tx: Transaction, branch: int, address: str) -> Branch:
    """A link to the branch on a map. Raises NotALinkError."""
    return _save(tx, replace(tx.branches.hold(branch), directions=link(_one_line(address))))


def _save(tx: Transaction, branch: Branch) -> Branch:
    tx.branches.save_branch(branch)
    return branch


def _one_line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _zone(name: str) -> str:
    try:
        known = "/" in name and len(name) <= LONGEST_ZONE and ZoneInfo(name)
    except (LookupError, ValueError, OSError) as wrong:
        raise NotAZoneError from wrong
    if not known:
        raise NotAZoneError
    return name


def _hours(spelling: str) -> tuple[time, time]:
    found = _HOURS.fullmatch(spelling)
    try:
        opens, closes = (time(int(h), int(m or 0)) for h, m in _pairs(found))
    except ValueError as wrong:
        raise NotHoursError from wrong
    if opens >= closes:
        raise NotHoursError
    return opens, closes


def _pairs(found: re.Match[str] | None) -> list[tuple[str, str | None]]:
    return [(found[1], found[2]), (found[3], found[4])] if found else []
