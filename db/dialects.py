"""The one thing the two databases spell differently."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def new_only(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that passes over rows whose unique key is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def insert_new(connection: Connection, table: Table, *rows: dict[str, Any]) -> None:
    """Insert rows; one whose unique key is there already changes nothing."""
    connection.execute(new_only(connection, table), rows)
