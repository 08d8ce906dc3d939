"""Several processes at the same books: nobody meets an error, and the books agree afterwards.

One bot works on a database at a time; its lanes, its scheduler, an upgrade that overlaps don't
promise that.
"""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from db.audit import audit
from db.engines import is_sqlite
from tests.conftest import LONG
from tests.faults.scene import table
from tests.support.processes import fork
from tests.support.teller import journal, open_clinic
from tests.support.visited import tally

PROCESSES = 2
SQLITE, POSTGRESQL = (1, 5000 if LONG else 150), (4, 1250 if LONG else 20)  # tellers, deeds each
MODULE = ("-m", "tests.support.teller")


@pytest.mark.long
async def test_processes_at_once_meet_no_error_and_leave_books_that_agree(
    database, store, tmp_path
):
    tellers, deeds = SQLITE if is_sqlite(database) else POSTGRESQL
    seeds = [[f"{10 * p + n}" for n in range(tellers)] for p in range(PROCESSES)]
    everybody = [seed for its in seeds for seed in its]
    await store.change(open_clinic, everybody)

    at_work = [
        fork((*MODULE, database, str(tmp_path), str(deeds), *its), tmp_path, {}, tmp_path / "log")
        for its in seeds
    ]
    codes = await asyncio.gather(*(one.wait() for one in at_work))

    assert (tmp_path / "log").read_text("utf-8") == ""
    assert codes == [0] * PROCESSES
    summary = summed(tmp_path, everybody)
    found = await audit(database)
    table(
        f"{PROCESSES} processes, {len(everybody)} connections, {database.partition('+')[0]}",
        [summary | {"operations": found.counts["operations"], "differ": len(found.differences)}],
    )
    assert found.differences == []
    assert not [met for met in summary if met.startswith("error")]
    assert summary["deeds"] == deeds * len(everybody)
    assert await tally(store, tmp_path, everybody) == {}


def summed(folder: Path, seeds: list[str]) -> dict[str, Any]:
    """What all tellers did and met; `again` is what the second or third try put right."""
    met: Counter[str] = Counter()
    seconds = []
    for seed in seeds:
        *done, end = journal(folder, seed)
        seconds.append(end.pop("seconds"))
        met.update(end)
        met.update({"deeds": len(done), "visits": sum(one["did"] == "visit" for one in done)})
    return {**met, "deeds/s": round(met["deeds"] / max(seconds))}
