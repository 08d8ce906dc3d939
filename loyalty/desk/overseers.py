"""Who is told of what staff may not decide alone."""

from collections.abc import Collection, Iterable

from loyalty.branches import Branch
from loyalty.ports import Transaction


def overseers(tx: Transaction, owners: Collection[int], branches: Iterable[Branch]) -> list[int]:
    """Every owner, and the managers of these branches, by Telegram's numbers."""
    teams = (tx.branches.team(branch.id) for branch in branches)
    managers = {member.telegram for team in teams for member in team if member.manages}
    return sorted(managers | set(owners))
