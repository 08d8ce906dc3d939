"""What every misfortune needs: a clinic whose log can be read, a calm after it, a table."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.conftest import LONG
from tests.support.bots import BotProcess, Clinic, open_clinic

WAYS = ("polling", "webhook")
JSON_LOG = {"LOG_FORMAT": "json"}
CALM_WITHIN = 60.0


def only_long(test: Callable[..., Any]) -> Callable[..., Any]:
    """Left out of the short form, where nothing may be skipped."""
    test.__test__ = LONG
    return test


@asynccontextmanager
async def clinic_by(way: str, folder: Path) -> AsyncIterator[Clinic]:
    """A clinic of its own, whose bot polls or listens to a webhook; Telegram limits nothing."""
    home = folder / way
    home.mkdir()
    async with open_clinic(home, webhook=way == "webhook", settings=JSON_LOG) as clinic:
        yield clinic


async def calm(clinic: Clinic) -> None:
    """Until Telegram has nothing for the bot any more, the bot nothing to answer, and the people
    have seen it all.
    """
    async with asyncio.timeout(CALM_WITHIN):
        world = clinic.sandbox.world
        while len(world.updates) or world.inline_queries.waiting or unanswered(clinic.bot):
            await asyncio.sleep(0.02)
        await clinic.world.caught_up()


def unanswered(bot: BotProcess) -> int:
    """Updates that are written down and not closed, as a second connection sees it."""
    [(count,)] = bot.rows("SELECT count(*) FROM inbox WHERE state = 'new'")
    return int(count)


def table(title: str, rows: Sequence[dict[str, Any]]) -> None:
    """For whoever runs `make faults`."""
    shown = Table(title=title, title_justify="left")
    for name in rows[0]:
        shown.add_column(name, justify="right")
    for row in rows:
        shown.add_row(*map(str, row.values()))
    console = Console(width=160)
    console.print()
    console.print(shown)
