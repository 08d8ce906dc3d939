"""What the two databases spell differently."""

from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite


def new_only(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that passes over rows whose unique key is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def insert_new(connection: Connection, table: Table, *rows: dict[str, Any]) -> None:
    """Insert rows; one whose unique key is there already changes nothing."""
    connection.execute(new_only(connection, table), rows)


def upsert(
    connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]
) -> None:
    """Write the row of this key, whether it is there already or not."""
    spelt = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = spelt(table).values(**key, **values)
    connection.execute(new.on_conflict_do_update(index_elements=list(key), set_=values))


def one_at_a_time(connection: Connection, what: str) -> None:
    """Until the commit nobody else does this; on SQLite there is one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))
