"""Who works at a branch, from the first word in its chat to leaving it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from loyalty.branches import Branch
from loyalty.errors import Refusal
from loyalty.letters import Letter, UntrueError
from loyalty.people import clean_name
from loyalty.ports import Transaction
from loyalty.team import Member, Standing

LONGEST_SHIFT = timedelta(hours=12)
NAMES_OFFERED = 8


class OwnerOnlyError(Refusal):
    text = "refusal-owner-only"


class ManagerOnlyError(Refusal):
    """Neither an owner nor a manager of this branch."""

    text = "refusal-manager-only"


class LeftAlreadyError(Refusal):
    """They have left the staff chat meanwhile."""

    text = "refusal-left-already"


class SharedManagerError(Refusal):
    """A manager decides in person: the account of a desk can't be one."""

    text = "refusal-shared-manager"


class NotSharedError(Refusal):
    """Only the account of a desk says whose shift it is."""

    text = "refusal-not-shared"


class NotStaffError(Refusal):
    """They have left meanwhile, or were removed."""

    text = "refusal-not-staff"


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides about others: an owner everywhere, a manager at their branch."""

    telegram: int
    is_owner: bool


# --- coming and going ------------------------------------------------------------------------


def notice(
    tx: Transaction, chat: int, telegram: int, name: str, full_name: str, message: int
) -> None:
    """Somebody without standing has written: once, the chat is asked whether to let them in."""
    branch = tx.branches.branch_of_chat(chat)
    if branch is None or not _begins_to_wait(tx, branch, telegram, name):
        return
    tx.outbox.put_in_chat(
        f"access:{chat}:{message}",
        "access-question",
        chat,
        branch=branch.id,
        telegram=telegram,
        name=full_name,
    )


def _begins_to_wait(tx: Transaction, branch: Branch, telegram: int, name: str) -> bool:
    member = tx.branches.member(branch.id, telegram)
    if member is None:
        tx.branches.add_member(Member(0, branch.id, telegram, name, Standing.WAITING))
    elif member.standing is Standing.GONE:
        tx.branches.save_member(member, replace(member, standing=Standing.WAITING))
    else:
        return False
    return True


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """Who waits to be let in; `name` is as they call themselves in full."""

    member: Member
    name: str


def question_of(tx: Transaction, letter: Letter) -> AccessFacts:
    """Raises UntrueError: they were let in meanwhile, or left."""
    asked = letter.arguments
    member = tx.branches.member(asked["branch"], asked["telegram"])
    if member is None or member.standing is not Standing.WAITING:
        raise UntrueError
    return AccessFacts(member, asked["name"])


def left(tx: Transaction, branch: int, telegram: int) -> None:
    """They are in the chat no more: whatever they were, they are it no longer."""
    member = tx.branches.member(branch, telegram)
    if member is not None and member.standing is not Standing.GONE:
        tx.branches.save_member(member, _without_access(member, Standing.GONE))


def left_chat(tx: Transaction, chat: int, telegram: int) -> None:
    """As `left`, from a chat that may be no staff chat at all."""
    branch = tx.branches.branch_of_chat(chat)
    if branch is not None:
        left(tx, branch.id, telegram)


def _without_access(member: Member, standing: Standing) -> Member:
    return replace(member, standing=standing, shared=False, on_shift=None, shift_until=None)


def check_works(tx: Transaction, by: Member) -> None:
    """The presser works there, and nobody removes them before this has happened.

    Raises NotStaffError.
    """
    standing = tx.branches.standing(by.branch, by.telegram)
    if standing is None or not standing.works:
        raise NotStaffError


# --- who may decide --------------------------------------------------------------------------


def run_by(tx: Transaction, by: Decider) -> Sequence[Branch]:
    """The branches where this person decides."""
    if by.is_owner:
        return tx.branches.branches()
    return [tx.branches.branch(p.branch) for p in tx.branches.places(by.telegram) if p.manages]


def run_branch(tx: Transaction, by: Decider, branch: int) -> Branch:
    """The branch, to one who decides there. Raises ManagerOnlyError."""
    member = tx.branches.member(branch, by.telegram)
    if not by.is_owner and (member is None or not member.manages):
        raise ManagerOnlyError
    return tx.branches.branch(branch)


@dataclass(frozen=True, slots=True)
class Page:
    """A person of a branch, as one who decides there sees them."""

    branch: Branch
    member: Member


def people(tx: Transaction, by: Decider, branch: int) -> tuple[Branch, Sequence[Member]]:
    """Everybody in the chat: managers, then staff, then who waits. Raises ManagerOnlyError."""
    there = run_branch(tx, by, branch)
    order = [Standing.MANAGER, Standing.STAFF, Standing.WAITING]
    here = [member for member in tx.branches.team(branch) if member.standing in order]
    return there, sorted(here, key=lambda m: order.index(m.standing))


def person(tx: Transaction, by: Decider, branch: int, member: int) -> Page:
    """Raises ManagerOnlyError, LeftAlreadyError."""
    there = run_branch(tx, by, branch)
    listed = next((one for one in tx.branches.team(branch) if one.id == member), None)
    found = listed and tx.branches.member(branch, listed.telegram)
    if found is None or found.standing is Standing.GONE:
        raise LeftAlreadyError
    return Page(there, found)


# --- deciding --------------------------------------------------------------------------------

# Each may be done by an owner, and by a manager where nothing else is said. All of them raise
# ManagerOnlyError, LeftAlreadyError; done twice, they change nothing more.
Decision = Callable[[Transaction, Decider, int, int], Page]


def let_in(tx: Transaction, by: Decider, branch: int, member: int) -> Page:
    page = person(tx, by, branch, member)
    if page.member.works:
        return page
    return _save(tx, page, replace(page.member, standing=Standing.STAFF))


def remove(tx: Transaction, by: Decider, branch: int, member: int) -> Page:
    """They stay in the chat and may be let in again. Of a manager only by an owner.

    Raises OwnerOnlyError.
    """
    page = person(tx, by, branch, member)
    if page.member.manages and not by.is_owner:
        raise OwnerOnlyError
    return _save(tx, page, _without_access(page.member, Standing.WAITING))


def make_manager(tx: Transaction, by: Decider, branch: int, member: int) -> Page:
    """The new manager hears of it. Raises OwnerOnlyError, SharedManagerError."""
    page = _for_owner(tx, by, branch, member)
    if page.member.shared:
        raise SharedManagerError
    if page.member.manages:
        return page
    telegram = page.member.telegram
    key = f"manager:{page.member.id}:{int(tx.now.timestamp())}"
    tx.outbox.put_in_chat(key, "made-manager", telegram, branch=branch, telegram=telegram)
    return _save(tx, page, replace(page.member, standing=Standing.MANAGER))


@dataclass(frozen=True, slots=True)
class ManagerFacts:
    """A manager was made, of this branch."""

    branch: Branch


def manager_of(tx: Transaction, letter: Letter) -> ManagerFacts:
    """Raises UntrueError: the owner has thought better of it."""
    branch = letter.arguments["branch"]
    member = tx.branches.member(branch, letter.arguments["telegram"])
    if member is None or not member.manages:
        raise UntrueError
    return ManagerFacts(tx.branches.branch(branch))


def dismiss_manager(tx: Transaction, by: Decider, branch: int, member: int) -> Page:
    """They stay staff. Raises OwnerOnlyError."""
    page = _for_owner(tx, by, branch, member)
    if not page.member.manages:
        return page
    return _save(tx, page, replace(page.member, standing=Standing.STAFF))


def share(tx: Transaction, by: Decider, branch: int, member: int) -> Page:
    """It is the account of a desk: whoever works there says so once a shift.

    Raises SharedManagerError.
    """
    page = person(tx, by, branch, member)
    if page.member.manages:
        raise SharedManagerError
    return _save(tx, page, replace(page.member, shared=True))


def stop_sharing(tx: Transaction, by: Decider, branch: int, member: int) -> Page:
    page = person(tx, by, branch, member)
    return _save(tx, page, replace(page.member, shared=False, on_shift=None, shift_until=None))


def rename(tx: Transaction, by: Decider, branch: int, member: int, name: str) -> Page:
    """The name that goes on operations. Raises NotANameError."""
    page = person(tx, by, branch, member)
    return _save(tx, page, replace(page.member, name=clean_name(name)))


def _for_owner(tx: Transaction, by: Decider, branch: int, member: int) -> Page:
    page = person(tx, by, branch, member)
    if not by.is_owner:
        raise OwnerOnlyError
    return page


def _save(tx: Transaction, page: Page, member: Member) -> Page:
    tx.branches.save_member(page.member, member)
    return replace(page, member=member)


# --- the shift of a shared account -----------------------------------------------------------


def names_for_shift(tx: Transaction, branch: int, telegram: int) -> Sequence[str]:
    """Who may be at the desk: names this account has recorded under, then the branch's people."""
    account = tx.branches.member(branch, telegram)
    used = tx.desk.names_used(branch, telegram, NAMES_OFFERED)
    own = [member.name for member in tx.branches.team(branch) if member.works and not member.shared]
    names = [name for name in (*used, *own) if account is None or name != account.name]
    return list(dict.fromkeys(names))[:NAMES_OFFERED]


def go_on_shift(tx: Transaction, branch: int, telegram: int, name: str) -> Member:
    """Until the branch closes today, this name goes on what the account does.

    Raises NotSharedError, NotANameError.
    """
    member = tx.branches.member(branch, telegram)
    if member is None or not (member.works and member.shared):
        raise NotSharedError
    until = _shift_ends(tx.branches.branch(branch), tx.now)
    on_shift = replace(member, on_shift=clean_name(name), shift_until=until)
    tx.branches.save_member(member, on_shift)
    return on_shift


def _shift_ends(branch: Branch, now: datetime) -> datetime:
    here = now.astimezone(branch.where)
    closing = datetime.combine(here.date(), branch.closes, branch.where)
    return closing if here < closing else now + LONGEST_SHIFT
