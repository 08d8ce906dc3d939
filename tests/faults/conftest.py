"""Misfortunes happen to the real bot, in a process of its own."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from tests.support.bots import Clinic, open_clinic

JSON_LOG = {"LOG_FORMAT": "json"}


def tell(title: str, rows: Sequence[dict[str, object]]) -> None:
    """A table for whoever runs `make faults`."""
    table = Table(title=title, title_justify="left")
    for name in rows[0]:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*map(str, row.values()))
    console = Console(width=150)
    console.print()
    console.print(table)
