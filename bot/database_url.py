"""DATABASE_URL: the spellings people use, brought to the two that SQLAlchemy gets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_SQLITE = ("sqlite", "sqlite+aiosqlite")
_POSTGRESQL = ("postgres", "postgresql", "postgresql+asyncpg")


def normalised(url: str) -> str:
    """The URL with its async driver.

    Raises ValueError: on another database, a database in memory, or an address without a name.
    """
    scheme, _, rest = url.partition("://")
    if scheme.lower() in _SQLITE:
        return _sqlite(rest)
    if scheme.lower() in _POSTGRESQL:
        return _postgresql(rest)
    raise ValueError("neither SQLite nor PostgreSQL")


def _sqlite(rest: str) -> str:
    path = rest.removeprefix("/")
    if path == rest or path.endswith("/") or not path or ":memory:" in path or "?" in path:
        raise ValueError("no file")
    return f"sqlite+aiosqlite:///{path}"


def _postgresql(rest: str) -> str:
    parts = urlsplit(f"postgresql://{rest}")
    if not parts.path.strip("/") or parts.port == 0:
        raise ValueError("no database")
    # Hosters hand out libpq's word; asyncpg under SQLAlchemy knows it as `ssl`.
    query = [("ssl" if key == "sslmode" else key, value) for key, value in parse_qsl(parts.query)]
    tail = f"?{urlencode(query)}" if query else ""
    return f"postgresql+asyncpg://{parts.netloc}{parts.path}{tail}"


def sqlite_file(url: str) -> Path | None:
    """The file of a normalised SQLite URL; None on PostgreSQL."""
    scheme, _, rest = url.partition(":///")
    return Path(unquote(rest)) if scheme == "sqlite+aiosqlite" else None


@dataclass(frozen=True)
class Server:
    """Where a PostgreSQL database is; None means "as libpq would choose"."""

    database: str
    host: str | None
    port: int | None
    user: str | None
    password: str | None
    ssl: str | None

    def environment(self) -> dict[str, str]:
        """For libpq's tools: a password on a command line could be read by every user."""
        given = {
            "PGDATABASE": self.database,
            "PGHOST": self.host,
            "PGPORT": str(self.port) if self.port else None,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGSSLMODE": self.ssl,
        }
        return {name: value for name, value in given.items() if value}


def server(url: str) -> Server:
    """The server of a normalised PostgreSQL URL."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return Server(
        database=unquote(parts.path.strip("/")),
        host=parts.hostname or query.get("host"),
        port=parts.port,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        ssl=query.get("ssl"),
    )
