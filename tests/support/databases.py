"""On which database the bots of this run keep their books: MOLAR_TEST_DATABASE says.

An SQLite file in the clinic's folder, unless it is `postgresql` (`make test-postgresql`).
"""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import postgres

POSTGRESQL = os.environ.get("MOLAR_TEST_DATABASE") == "postgresql"

numbers = itertools.count(1)
_origin: tuple[str, str] | None = None


def begin_on(server: str, template: str) -> None:
    """From now on clinics are opened on this server, each with a copy of this database."""
    global _origin
    _origin = server, template


@contextmanager
def clinic_database(folder: Path) -> Iterator[str]:
    """The URL of a new clinic's database; on a server it is gone at the end."""
    if not POSTGRESQL:
        yield f"sqlite+aiosqlite:///{folder / 'molar.db'}"
        return
    server, template = _origin
    with postgres.copied(server, template, f"clinic_{next(numbers)}") as url:
        yield url
