"""SIGKILL before any statement or commit of what the desk does: nothing is lost, nothing twice."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from db.audit import audit
from tests.conftest import LONG
from tests.faults.scene import table
from tests.support.processes import fork
from tests.support.teller import journal, open_clinic
from tests.support.visited import tally

KILLS = 200 if LONG else 8
EVENTS = 300  # statements and commits that a life has at most: a visit has 55, a correction 200
SEED = "7"
MODULE = ("-m", "tests.support.teller")


@pytest.mark.faults
async def test_a_death_between_any_two_statements_loses_and_doubles_nothing(
    database, store, tmp_path
):
    await store.change(open_clinic, [SEED])
    chance = Random(database.partition(":")[0])  # noqa: S311 (chance, not secrets)
    lives = Counter()
    for _ in range(KILLS):
        before = len(journal(tmp_path, SEED))
        code = await a_life(database, tmp_path, 10**6, dies=chance.randrange(2, EVENTS))
        assert code == -9, (tmp_path / "log").read_text("utf-8")
        lives[min(len(journal(tmp_path, SEED)) - before, 4)] += 1
    begun = len(journal(tmp_path, SEED)) + 1

    assert await a_life(database, tmp_path, begun) == 0  # what the last death broke off

    found = await audit(database)
    wrong = await tally(store, tmp_path, [SEED])
    table(
        f"kill -9 at any statement, {database.partition('+')[0]}",
        [
            {
                "kills": KILLS,
                "deeds": begun,
                "before the first was done": lives[0],
                "operations": found.counts["operations"],
                "lost or doubled": wrong,
                "differ": len(found.differences),
            }
        ],
    )
    assert begun > KILLS // 2  # else the same deed was broken off again and again
    assert wrong == {}
    assert found.differences == []


async def a_life(database: str, folder: Path, until: int, *, dies: int | None = None) -> int:
    """How the process ended."""
    mortal = {} if dies is None else {"MOLAR_DIES_AFTER": str(dies)}
    launcher = (*MODULE, database, str(folder), str(until), SEED)
    return await fork(launcher, folder, mortal, folder / "log").wait()
