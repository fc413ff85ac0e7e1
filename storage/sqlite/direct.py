"""Statements sent straight to SQLite once SQLAlchemy has spelt them.

Between a statement and its rows SQLAlchemy does each time what is the same each time, at ten times
the cost of SQLite's answer. Here a statement met a second time is spelt for good; a third time it
goes straight to the connection. Errors are SQLAlchemy's, as by the other way.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Delete, Dialect, Executable, Insert, Select, Update
from sqlalchemy.exc import DBAPIError

Process = Callable[[Any], Any]
"""What a type of SQLAlchemy's makes of a value, on its way in or out."""

_SPELLABLE: Final = (Select, Insert, Update, Delete)
# What each statement met is spelt as; None until it is met again.
_KNOWN: "Final[WeakKeyDictionary[Executable, Spelt | None]]" = WeakKeyDictionary()


class Spelt:
    """A statement as SQLite takes it, for values of these names."""

    def __init__(self, statement: Any, dialect: Dialect, names: frozenset[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=sorted(names))
        self.names = names
        self.sql = str(compiled)
        # A list of values is spelt at each execution: SQLAlchemy's way only.
        self.fixed = not (compiled.post_compile_params or compiled.literal_execute_params)
        self._constants, self._told = _places(compiled, dialect, names) if self.fixed else ([], [])
        columns = list(statement.exported_columns)
        self._row = _row_maker(columns)
        self._processors = _processors(columns, dialect)

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in their places among the constants."""
        parameters = self._constants.copy()
        for place, name, write in self._told:
            parameters[place] = write(values[name])
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


def _places(
    compiled: Any, dialect: Dialect, names: frozenset[str]
) -> tuple[list[Any], list[tuple[int, str, Process]]]:
    """The parameters in their places: the constants as written, and where those told go."""
    writes = {name: _writer(bound, dialect) for bound, name in compiled.bind_names.items()}
    places = compiled.positiontup or []
    constants = [None if n in names else writes[n](compiled.params[n]) for n in places]
    return constants, [(at, name, writes[name]) for at, name in enumerate(places) if name in names]


def _writer(bound: BindParameter[Any], dialect: Dialect) -> Process:
    """What codes a parameter."""
    return bound.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _row_maker(columns: Sequence[Any]) -> Callable[[Sequence[Any]], Any]:
    named: Any = namedtuple  # noqa: PYI024 - its fields are known only here
    names = [getattr(column, "name", "") for column in columns]
    make: Callable[[Sequence[Any]], Any] = named("Row", names, rename=True)._make
    return make


def _processors(columns: Sequence[Any], dialect: Dialect) -> list[tuple[int, Process]]:
    made = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return [(place, process) for place, process in enumerate(made) if process is not None]


class Direct:
    """The straight way to one SQLite connection."""

    def __init__(self, connection: sqlite3.Connection, dialect: Dialect) -> None:
        self._connection = connection
        self._dialect = dialect

    def execute(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]
    ) -> tuple[list[Any], int] | None:
        """All rows, and how many were touched; None where it has to go SQLAlchemy's way."""
        several = [values] if isinstance(values, Mapping) else values
        spelt = self._spelt(statement, frozenset(several[0]))
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

    def _spelt(self, statement: Executable, names: frozenset[str]) -> Spelt | None:
        """How to send it, if it has been met before and can be sent so."""
        if statement not in _KNOWN:
            if isinstance(statement, _SPELLABLE):
                _KNOWN[statement] = None
            return None
        spelt = _KNOWN[statement]
        if spelt is None:
            spelt = _KNOWN[statement] = Spelt(statement, self._dialect, names)
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
