"""Copies of a PostgreSQL database by its own tools, pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from bot.backup.refusals import NotACopyError, ToolFailedError, ToolMissingError
from bot.masking import masked

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database_url import Server

_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'
    AND pid <> pg_backend_pid()
"""


def dump(server: Server, file: Path) -> None:
    """Write the database to a file in pg_dump's own format.

    Raises ToolMissingError, ToolFailedError.
    """
    _run(server, "pg_dump", "--format=custom", "--no-password", f"--file={file.absolute()}")


def in_use(server: Server) -> bool:
    """Whether anybody else is connected: a restore would wait for their locks in silence.

    Raises ToolMissingError, ToolFailedError.
    """
    return _run(server, "psql", "--no-password", "-qAtX", "-c", _OTHERS).strip() != "0"


def load(server: Server, file: Path) -> None:
    """Put a dump in the place of what the database holds, all of it or nothing.

    Raises ToolMissingError, ToolFailedError.
    """
    _run(
        server,
        "pg_restore",
        *("--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-password"),
        f"--dbname={server.database}",
        str(file.absolute()),
    )


def revision(server: Server, file: Path) -> str | None:
    """The migration a dump was taken at; None where it names none.

    Raises NotACopyError: when pg_restore can't read the file.
    """
    try:
        rows = _run(
            server,
            "pg_restore",
            *("--data-only", "--table=alembic_version", "--file=-"),
            str(file.absolute()),
        ).splitlines()
    except ToolFailedError:
        raise NotACopyError(file=str(file)) from None
    starts = (i for i, row in enumerate(rows) if row.startswith("COPY "))
    first = next(starts, len(rows)) + 1
    return rows[first] if first < len(rows) and rows[first] != "\\." else None


def _run(server: Server, tool: str, *arguments: str) -> str:
    program = shutil.which(tool)
    if program is None:
        raise ToolMissingError(tool=tool)
    done = subprocess.run(  # noqa: S603 (no shell, and every word is ours or a checked path)
        [program, *arguments],
        env=os.environ | server.environment() | {"LC_ALL": "C"},
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise ToolFailedError(tool=tool, words=_why(done.stderr))
    return done.stdout


def _why(complaint: str) -> str:
    """The line that names the error, or the last one."""
    lines = complaint.strip().splitlines() or [""]
    return masked(next((line for line in lines if "rror:" in line), lines[-1]))
