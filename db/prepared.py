"""Statements compiled once and run on the driver's own cursor.

Core needs 40 us to run what SQLite answers in 5, and a recorded visit runs 19 statements: half of
its time went there (docs/decisions/database.md). What every click and every visit runs is
prepared; everything else stays plain Core.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Result, Select
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

_Statement = Select[Any] | UpdateBase
_Process = Callable[[Any], Any]


class Prepared:
    """A `select`, or an `insert` or `update` of those columns whose values it is run with."""

    def __init__(self, statement: _Statement) -> None:
        self.statement = statement
        self._forms: dict[tuple[str, ...], _Form] = {}

    def run(self, connection: Connection, **given: Any) -> Result[*tuple[Any, ...]]:  # noqa: ANN401 (columns)
        """Run it with these values and read all that it returns.

        Raises sqlalchemy.exc.DBAPIError, as Core does; KeyError: a value is missing.
        """
        form = self._form(connection.dialect, given)
        bound = form.bound(given)
        cursor = _cursor(connection)
        try:
            cursor.execute(form.text, bound)
            return form.read(cursor.fetchall() if form.returns else ())
        except BaseException as fault:
            _say_as_core(connection, form, fault)
            raise

    def run_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it with each of these, which name the same columns, and read nothing."""
        if not rows:
            return
        form = self._form(connection.dialect, rows[0])
        bound = [form.bound(row) for row in rows]
        cursor = _cursor(connection)
        try:
            cursor.executemany(form.text, bound)
        except BaseException as fault:
            _say_as_core(connection, form, fault)
            raise

    def _form(self, dialect: Dialect, given: Mapping[str, Any]) -> "_Form":
        key = (dialect.name, dialect.driver, *given)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _Form(self.statement, dialect, list(given))
        return form


class _Form:
    """A statement as one driver takes it when these values are given."""

    def __init__(self, statement: _Statement, dialect: Dialect, given: list[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=given)
        self.text = compiled.string
        if "__[POSTCOMPILE" in self.text:
            raise TypeError(f"its text depends on the values: {self.text}")
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError(f"a column makes its value in Python: {self.text}")
        binds = [compiled.binds[name] for name in compiled.positiontup or ()]
        self._binds = [(bind.key, _binding(bind, dialect)) for bind in binds]
        self._own = {bind.key: bind.effective_value for bind in binds if not bind.required}
        columns = list(statement.exported_columns)
        self.returns = bool(columns)
        self._keys = SimpleResultMetaData([str(column.key) for column in columns])
        self._reads = _reading([column.type for column in columns], dialect)

    def bound(self, given: Mapping[str, Any]) -> Sequence[Any]:
        if self._own:
            given = {**self._own, **given}
        return [process(given[name]) if process else given[name] for name, process in self._binds]

    def read(self, rows: Sequence[Sequence[Any]]) -> Result[*tuple[Any, ...]]:
        return IteratorResult(self._keys, map(self._read, rows) if self._reads else iter(rows))

    def _read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for n, process in self._reads:
            values[n] = process(values[n])
        return tuple(values)


def _binding(bind: BindParameter[Any], dialect: Dialect) -> _Process | None:
    return bind.type.dialect_impl(dialect).bind_processor(dialect)


def _reading(types: Sequence[TypeEngine[Any]], dialect: Dialect) -> list[tuple[int, _Process]]:
    """What turns the driver's value into ours, by the number of its column."""
    processes = (one.dialect_impl(dialect).result_processor(dialect, None) for one in types)
    return [(n, process) for n, process in enumerate(processes) if process is not None]


def _cursor(connection: Connection) -> DBAPICursor:
    if not connection.in_transaction():  # the driver would commit by itself
        raise RuntimeError("a prepared statement outside of a transaction")
    driver = connection.connection.dbapi_connection
    assert driver is not None  # noqa: S101 (it is connected; told to the types)
    return driver.cursor()


def _say_as_core(connection: Connection, form: _Form, fault: BaseException) -> None:
    """The same errors as Core's; a connection that was left midway is not used again."""
    dialect = connection.dialect
    if not isinstance(fault, dialect.loaded_dbapi.Error):
        if not isinstance(fault, Exception):
            connection.invalidate(fault)
        return
    wrapped = DBAPIError.instance(
        form.text, None, fault, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
    )
    raise wrapped from fault
