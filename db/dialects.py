"""What the two databases spell differently."""

from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnClause,
    Connection,
    Table,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from db.prepared import Prepared


def new_only(connection: Connection, table: Table, *returned: Column[Any]) -> Prepared:
    """An insert that passes over rows whose unique key is there already.

    `returned` are the columns that come back, of the rows that are new.
    """
    return _new_only(connection.dialect.name, table, *returned)


@cache
def _new_only(dialect: str, table: Table, *returned: Column[Any]) -> Prepared:
    spelt = postgresql.insert if dialect == "postgresql" else sqlite.insert
    new = spelt(table).on_conflict_do_nothing()
    return Prepared(new.returning(*returned) if returned else new)


def spelt_out(word: str) -> ColumnClause[str]:
    """A word of the code as part of the statement, not as a value bound to it.

    Where a bound value meets what a partial index is about, SQLite prepares the statement anew
    at every run, which costs ten times as much as running it.
    """
    return literal_column(f"'{word}'")


def insert_new(connection: Connection, table: Table, *rows: dict[str, Any]) -> None:
    """Insert rows; one whose unique key is there already changes nothing."""
    new_only(connection, table).run_each(connection, rows)


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
