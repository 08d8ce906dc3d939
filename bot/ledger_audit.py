"""`audit-ledger`: whether the points of all wallets add up, for whoever serves the bot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.database_url import sqlite_file
from bot.environment import language
from bot.failures import OlderDatabaseError, database_errors, start_errors
from loyalty.errors import Refusal
from screens.texts import texts_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.audit import Audit, Difference
    from screens.texts import Texts


class NothingToCompareError(Refusal):
    """There is no database yet."""

    text = "audit-no-database"


def audit_ledger(database_url: str, say: Callable[[str], object]) -> bool:
    """Say in LOCALE's language what was compared and what differs; True when all agrees.

    Raises Refusal: there is no database, it doesn't answer, or its schema is another's.
    """
    file = sqlite_file(database_url)
    if file is not None and not file.exists():
        raise NothingToCompareError(file=str(file))
    found = _audited(database_url)
    for line in _lines(found, texts_in(language())):
        say(line)
    return not found.differences


def _audited(database_url: str) -> Audit:
    from db.audit import OlderSchemaError, audit

    with start_errors(), database_errors():
        try:
            return asyncio.run(audit(database_url))
        except OlderSchemaError as older:
            raise OlderDatabaseError from older


def _lines(found: Audit, texts: Texts) -> Iterator[str]:
    yield texts.plain(
        "audit-compared",
        operations=found.counts["operations"],
        entries=found.counts["entries"],
        lots=found.counts["lots"],
        wallets=found.counts["wallets"],
        visits=found.counts["visits"],
    )
    yield from (_line(one, texts) for one in found.differences)
    yield texts.plain("audit-differs" if found.differences else "audit-agrees")


def _line(one: Difference, texts: Texts) -> str:
    first = ", ".join(_row(row) for row in one.first)
    more = ", …" if one.count > len(one.first) else ""
    what = texts.plain("audit-check", check=one.check)
    return texts.plain("audit-difference", what=what, count=one.count, first=first + more)


def _row(row: tuple[object, ...]) -> str:
    """`17 (500 ≠ 480)`."""
    which, *sides = row
    return f"{which} ({' ≠ '.join('—' if side is None else str(side) for side in sides)})"
