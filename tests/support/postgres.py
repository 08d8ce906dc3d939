"""A PostgreSQL for the tests: TEST_POSTGRES_URL, or a private cluster from Debian's package."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from db.migrate import upgrade
from tests.support.ports import free_port
from tests.support.second import waited

USER = "postgres"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def binaries() -> Path | None:
    """Where `initdb` lives: on the path, or where Debian puts it."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def there() -> bool:
    """Whether a server has been given or can be started."""
    return bool(os.environ.get("TEST_POSTGRES_URL") or binaries())


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """A running server of its own, gone at the end; gives its URL up to the database's name.

    It flushes nothing to the disk unless it is `durable`.
    """
    programs = binaries()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="molar-pg-") as folder:
        home, port = Path(folder), free_port()
        _give_away(home)
        _run(programs / "initdb", "-D", home / "data", "-U", USER, "-A", "trust", "--no-sync")
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1"
        options += "" if durable else " -c fsync=off"
        control = (programs / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log")
        _run(*control, "-o", options, "start")
        try:
            yield f"postgresql+asyncpg://{USER}@127.0.0.1:{port}"
        finally:
            _run(*control, "-m", "immediate", "stop")


def named(what: object) -> str:
    """The name of a database: workers may have been given one server for all of them."""
    return "_".join(filter(None, ("molar", WORKER, str(what))))


@contextmanager
def database(server: str, name: str, more: str = "") -> Iterator[str]:
    """The URL of a new database, gone at the end; `more` is for CREATE DATABASE."""
    gone = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    _execute(server, gone, f"CREATE DATABASE {name} {more}")  # an interrupted run may have left it
    yield f"{server}/{name}"
    _execute(server, gone)


@contextmanager
def migrated(server: str) -> Iterator[str]:
    """The name of a database with all tables, to be copied: that costs a tenth of migrations."""
    name = named("template")
    with database(server, name) as url:
        upgrade(url)
        yield name


@contextmanager
def copied(server: str, template: str, what: object) -> Iterator[str]:
    """The URL of a new database like that one."""
    with database(server, named(what), f"TEMPLATE {template} STRATEGY FILE_COPY") as url:
        yield url


def _execute(server: str, *statements: str) -> None:
    async def execute() -> None:
        connection = await asyncpg.connect(f"{server}/postgres".replace("+asyncpg", ""))
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    waited(execute())


def _run(*command: object) -> None:
    subprocess.run(
        [*_as_ordinary_user(), *map(str, command)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
    )


def _as_ordinary_user() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(USER).pw_uid, -1)
