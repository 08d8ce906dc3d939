"""Whether the books have just what tellers wrote down: nothing lost, nothing twice."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from db.store import Store
from tests.support.teller import PHONES, journal

# What there is of each deed in the books, by the number in the journal.
IN_THE_BOOKS = {
    "visit": "SELECT v.id FROM visits v JOIN drafts d ON d.id = v.id WHERE d.corrects IS NULL",
    "gift": "SELECT id FROM requests WHERE kind = 'gift' AND state = 'granted'",
    "registration": "SELECT id FROM accounts WHERE wallet_id IS NOT NULL",
}
# A second press finds the visit reversed already, so that its deed is written down as nothing.
AT_LEAST = {
    "undo": "SELECT visit_id FROM reversals WHERE kind = 'undone'",
    "correction": "SELECT v.id FROM visits v JOIN drafts d ON d.id = v.id WHERE d.corrects > 0",
}
# Each has to be nought.
TWICE = {
    "visits reversed twice": "SELECT count(*) - count(DISTINCT visit_id) FROM reversals",
    "visits without their operation": """
        SELECT (SELECT count(*) FROM visits WHERE wallet_id IS NOT NULL)
             - (SELECT count(*) FROM operations WHERE kind = 'visit')""",
    "gifts without their operation": """
        SELECT (SELECT count(*) FROM requests WHERE kind = 'gift' AND state = 'granted')
             - (SELECT count(*) FROM operations WHERE kind = 'gift')""",
    "welcomes": """
        SELECT (SELECT count(*) FROM accounts WHERE wallet_id IS NOT NULL)
             - (SELECT count(*) FROM operations WHERE kind = 'welcome')""",
    "postings without their rewards": """
        SELECT (SELECT count(*) FROM operations WHERE kind = 'reward')
             - (SELECT count(DISTINCT operation_id) FROM rewards WHERE operation_id IS NOT NULL)""",
    "wrong sums without their right one": """
        SELECT (SELECT count(*) FROM reversals WHERE kind = 'wrong_sum')
             - (SELECT count(*) FROM visits v JOIN drafts d ON d.id = v.id AND d.corrects > 0)""",
    "patients": f"SELECT count(*) - {len(PHONES)} - (SELECT count(*) FROM accounts) FROM patients",
}


async def tally(store: Store, folder: Path, seeds: Sequence[str]) -> dict[str, Any]:
    """What is lost or there twice, by name; empty when nothing is."""
    done = [one for seed in seeds for one in journal(folder, seed) if "did" in one]
    return await store.engines.read(lambda connection: _compared(connection, done))


def _compared(connection: Connection, done: list[dict[str, Any]]) -> dict[str, Any]:
    found = {}
    for deed, query in (IN_THE_BOOKS | AT_LEAST).items():
        written = Counter(one["id"] for one in done if one["did"] == deed)
        there = Counter(connection.scalars(text(query)))
        found[f"{deed} lost"] = sorted(written.keys() - there.keys())
        if deed in IN_THE_BOOKS:
            found[f"{deed} doubled"] = sorted((there - written).elements())
    found |= {name: connection.scalar(text(query)) for name, query in TWICE.items()}
    return {name: wrong for name, wrong in found.items() if wrong}
