"""Who hears of a case, and who may act on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from loyalty.desk.access import Decider
from loyalty.desk.overseers import overseers
from loyalty.errors import Refusal
from loyalty.opinions import Case
from loyalty.ports import Transaction


class NotTheirCaseError(Refusal):
    """Neither an owner, nor a manager of that branch, nor a deputy, nor was it passed to them."""

    text = "refusal-not-your-case"


class NoDeputyError(Refusal):
    """Nobody else would hear of cases."""

    text = "refusal-no-deputy"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could have the case; `name` is None for an owner who never said theirs."""

    telegram: int
    name: str | None


def recipients(tx: Transaction, owners: Collection[int], branch: int) -> Sequence[int]:
    """Every owner and the branch's managers; for who is away, their deputy."""
    away = tx.cases.absences()
    everybody = overseers(tx, owners, [tx.branches.branch(branch)])
    return sorted({away.get(who, who) for who in everybody})


def check_handles(tx: Transaction, by: Decider, case: Case) -> None:
    """Raises NotTheirCaseError."""
    member = tx.branches.member(case.branch, by.telegram)
    manages = member is not None and member.manages
    deputises = by.telegram in tx.cases.absences().values()
    if not (by.is_owner or manages or deputises or by.telegram == case.taken_by):
        raise NotTheirCaseError


def colleagues(
    tx: Transaction, by: Decider, owners: Collection[int], branch: int
) -> Sequence[Colleague]:
    """To whom a case of this branch can be passed on."""
    others = overseers(tx, owners, [tx.branches.branch(branch)])
    return [Colleague(who, name_of(tx, who)) for who in others if who != by.telegram]


def deputies(tx: Transaction, by: Decider, owners: Collection[int]) -> Sequence[Colleague]:
    """Who could stand in: other owners, and managers of any branch."""
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


def go_away(tx: Transaction, by: Decider, owners: Collection[int], deputy: int) -> Colleague:
    """«Меня нет»: until they are back, cases come to the deputy. Raises NoDeputyError."""
    chosen = next((one for one in deputies(tx, by, owners) if one.telegram == deputy), None)
    if chosen is None:
        raise NoDeputyError
    tx.cases.set_away(by.telegram, deputy)
    return chosen


def come_back(tx: Transaction, by: Decider) -> None:
    tx.cases.set_away(by.telegram, None)
