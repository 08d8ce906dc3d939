"""Who hears of a case, who may act on it, and who stands in for whom.

A right lasts as long as what it rests on: an owner is one while they are listed, a manager while
they manage, a deputy while they decide somewhere themselves. `owners` are those listed now.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from loyalty.desk.access import Decider
from loyalty.desk.overseers import overseers
from loyalty.errors import Refusal
from loyalty.letters import Letter, UntrueError
from loyalty.opinions import Case
from loyalty.ports import Transaction

Owners = Collection[int]


class NotTheirCaseError(Refusal):
    """Neither an owner, nor a manager of that branch, nor one who stands in for them."""

    text = "refusal-not-your-case"


class NoDeputyError(Refusal):
    """Who doesn't decide anywhere, or is away too, can't stand in."""

    text = "refusal-no-deputy"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could have the case; `name` is None for an owner who never said theirs."""

    telegram: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who hears. `as_owner`: by an owner's right, their own or of one they stand in for."""

    telegram: int
    as_owner: bool


# --- who hears -------------------------------------------------------------------------------


def recipients(tx: Transaction, owners: Owners, branch: int) -> Sequence[Recipient]:
    """Every owner and the branch's managers; for who is away, whoever stands in."""
    hear: dict[int, bool] = {}
    for who in overseers(tx, owners, [tx.branches.branch(branch)]):
        here = stand_in(tx, owners, who)
        hear[here] = hear.get(here, False) or who in owners
    return [Recipient(who, as_owner) for who, as_owner in sorted(hear.items())]


def stand_in(tx: Transaction, owners: Owners, who: int) -> int:
    """Who is here for them: themselves, their deputy, the deputy's deputy.

    In a circle of absences, or where a deputy has lost their place, it is they themselves.
    """
    away, seen, here = tx.cases.absences(), {who}, who
    while here in away:
        here = away[here]
        if here in seen or not _decides(tx, owners, here):
            return who
        seen.add(here)
    return here


def _decides(tx: Transaction, owners: Owners, who: int) -> bool:
    return who in owners or any(place.manages for place in tx.branches.places(who))


# --- who may act -----------------------------------------------------------------------------


def branches_of(tx: Transaction, owners: Owners, who: int) -> set[int]:
    """The branches whose cases this person has: their own, and of those they stand in for."""
    theirs = _own(tx, owners, who)
    for absent in tx.cases.absences():
        if absent != who and stand_in(tx, owners, absent) == who:
            theirs |= _own(tx, owners, absent)
    return theirs


def _own(tx: Transaction, owners: Owners, who: int) -> set[int]:
    if who in owners:
        return {branch.id for branch in tx.branches.branches()}
    return {place.branch for place in tx.branches.places(who) if place.manages}


def check_handles(tx: Transaction, by: Decider, owners: Owners, case: Case) -> None:
    """Raises NotTheirCaseError."""
    if case.branch not in branches_of(tx, owners, by.telegram):
        raise NotTheirCaseError


def acts_as_owner(tx: Transaction, owners: Owners, who: int) -> bool:
    """By an owner's right, their own or of one they stand in for."""
    absent = tx.cases.absences()
    return who in owners or any(
        one in owners and stand_in(tx, owners, one) == who for one in absent
    )


def still_hears(tx: Transaction, case: Case, telegram: int, *, as_owner: bool) -> bool:
    """Asked again as a letter leaves. Owners are known to the settings alone, so theirs hold."""
    if as_owner:
        return True
    here = {telegram, *(one for one, other in tx.cases.absences().items() if other == telegram)}
    members = (tx.branches.member(case.branch, one) for one in here)
    return any(member is not None and member.manages for member in members)


# --- whom to name ----------------------------------------------------------------------------


def colleagues(tx: Transaction, by: Decider, owners: Owners, branch: int) -> Sequence[Colleague]:
    """To whom a case of this branch can be passed on: those who would hear of it, and are here."""
    here = (one.telegram for one in recipients(tx, owners, branch))
    return [Colleague(who, name_of(tx, who)) for who in here if who != by.telegram]


def deputies(tx: Transaction, by: Decider, owners: Owners) -> Sequence[Colleague]:
    """Who could stand in: other owners, and managers of any branch, who are here themselves."""
    everybody = overseers(tx, owners, tx.branches.branches())
    away = tx.cases.absences()
    present = [who for who in everybody if who != by.telegram and who not in away]
    return [Colleague(who, name_of(tx, who)) for who in present]


def name_of(tx: Transaction, telegram: int) -> str | None:
    """As their branch calls them, or as they registered."""
    places = tx.branches.places(telegram)
    if places:
        return places[0].name
    account = tx.people.account_of(telegram)
    return account.name if account else None


def go_away(tx: Transaction, by: Decider, owners: Owners, deputy: int) -> Colleague:
    """«Меня нет»: until they are back, cases come to the deputy. Raises NoDeputyError."""
    chosen = next((one for one in deputies(tx, by, owners) if one.telegram == deputy), None)
    if chosen is None:
        raise NoDeputyError
    if tx.cases.absences().get(by.telegram) != deputy:
        tx.cases.set_away(by.telegram, deputy)
        key = f"deputy:{by.telegram}:{int(tx.now.timestamp())}"
        tx.outbox.put_in_chat(key, "deputy", deputy, absent=by.telegram)
    return chosen


@dataclass(frozen=True, slots=True)
class DeputyFacts:
    """Who is away, for who stands in; `name` as in `Colleague`."""

    name: str | None


def deputy_of(tx: Transaction, letter: Letter) -> DeputyFacts:
    """Raises UntrueError: they are back, or have chosen another."""
    absent = letter.arguments["absent"]
    if tx.cases.absences().get(absent) != letter.telegram:
        raise UntrueError
    return DeputyFacts(name_of(tx, absent))


def come_back(tx: Transaction, by: Decider) -> None:
    tx.cases.set_away(by.telegram, None)
