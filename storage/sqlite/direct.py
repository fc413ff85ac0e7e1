"""Statements sent straight to SQLite once SQLAlchemy has spelt them.

Between a statement and its rows SQLAlchemy does each time what is the same each time, at ten times
the cost of SQLite's answer. Here a statement met a second time is spelt for good; a third time it
goes straight to the connection. Errors are SQLAlchemy's, as by the other way.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, KeysView, Mapping, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Delete, Dialect, Executable, Insert, Select, Update
from sqlalchemy.exc import DBAPIError

Process = Callable[[Any], Any]
"""What a type of SQLAlchemy's makes of a value, on its way in or out."""

_SPELLABLE: Final = (Select, Insert, Update, Delete)


class Spelt:
    """A statement as SQLite takes it, for values of these names."""

    def __init__(self, statement: Any, dialect: Dialect, names: frozenset[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=sorted(names))
        self.names = names
        self.sql = str(compiled)
        # A list of values is spelt at each execution: SQLAlchemy's way only.
        self.fixed = not (compiled.post_compile_params or compiled.literal_execute_params)
        writes = _writers(compiled, dialect) if self.fixed else {}
        places = compiled.positiontup or [] if self.fixed else []
        self._constants = [
            None if name in names else _coded(writes.get(name), compiled.params[name])
            for name in places
        ]
        self._told = [(place, name) for place, name in enumerate(places) if name in names]
        self._writers = [(place, writes[name]) for place, name in self._told if name in writes]
        columns = list(statement.exported_columns)
        self._row = _row_maker(columns)
        self._processors = _processors(columns, dialect)

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in their places among the constants."""
        parameters = self._constants.copy()
        for place, name in self._told:
            parameters[place] = values[name]
        for place, write in self._writers:
            parameters[place] = write(parameters[place])
        return parameters

    def rows(self, found: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The rows found, whose columns answer by name."""
        if not self._processors:
            return [self._row(row) for row in found]
        return [self._row(self._processed(row)) for row in found]

    def _processed(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, process in self._processors:
            values[place] = process(values[place])
        return values


def _writers(compiled: Any, dialect: Dialect) -> Mapping[str, Process]:
    """What codes each parameter, by name, where anything does."""
    made = {
        name: bound.type.dialect_impl(dialect).bind_processor(dialect)
        for bound, name in compiled.bind_names.items()
    }
    return {name: write for name, write in made.items() if write is not None}


def _coded(write: Process | None, value: Any) -> Any:
    return value if write is None else write(value)


def _row_maker(columns: Sequence[Any]) -> Callable[[Sequence[Any]], Any]:
    named: Any = namedtuple  # noqa: PYI024 - its fields are known only here
    names = [getattr(column, "name", "") for column in columns]
    make: Callable[[Sequence[Any]], Any] = named("Row", names, rename=True)._make
    return make


def _processors(columns: Sequence[Any], dialect: Dialect) -> list[tuple[int, Process]]:
    made = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return [(place, process) for place, process in enumerate(made) if process is not None]


# What each statement met is spelt as; None until it is met again.
_KNOWN: Final[WeakKeyDictionary[Executable, Spelt | None]] = WeakKeyDictionary()
_UNMET: Final[Any] = object()


class Direct:
    """The straight way to one SQLite connection."""

    def __init__(self, connection: sqlite3.Connection, dialect: Dialect) -> None:
        self._connection = connection
        self._dialect = dialect

    def execute(
        self, statement: Executable, several: Sequence[Mapping[str, Any]]
    ) -> tuple[list[Any], int] | None:
        """All rows, and how many were touched; None where it has to go SQLAlchemy's way."""
        spelt = self._spelt(statement, several[0].keys())
        if spelt is None:
            return None
        try:
            coded = [spelt.parameters(one) for one in several]
        except (AttributeError, LookupError, TypeError, ValueError):
            return None  # what cannot be kept is SQLAlchemy's to tell, before anything is sent
        rows: list[Any] = []
        touched = 0
        for parameters in coded:
            found, count = self._send(spelt, parameters)
            rows += spelt.rows(found)
            touched += count
        return rows, touched

    def _spelt(self, statement: Executable, names: KeysView[str]) -> Spelt | None:
        """How to send it, if it has been met before and can be sent so."""
        spelt = _KNOWN.get(statement, _UNMET)
        if spelt is _UNMET:
            if isinstance(statement, _SPELLABLE):
                _KNOWN[statement] = None
            return None
        if spelt is None:
            spelt = _KNOWN[statement] = Spelt(statement, self._dialect, frozenset(names))
        return spelt if spelt.fixed and spelt.names == names else None

    def _send(self, spelt: Spelt, parameters: Sequence[Any]) -> tuple[list[Any], int]:
        try:
            cursor = self._connection.execute(spelt.sql, parameters)
            return cursor.fetchall(), cursor.rowcount
        except sqlite3.Error as fault:
            # parameters are what people wrote: no fault repeats them into a log
            told = DBAPIError.instance(
                spelt.sql, tuple(parameters), fault, sqlite3.Error, hide_parameters=True
            )
            raise told from fault
