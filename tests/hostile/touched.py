"""The rows that what was kept has changed, as they were and as they are.

Triggers write them into a temporary table of the same connection: what is undone leaves no trace.
"""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import LargeBinary, Table

from storage.tables.base import metadata
from tests.security.town import KEPT

_OF_MAIL: Final = ("rooms", "room_members", "names_borne", "origins")
WATCHED: Final = (*KEPT, *_OF_MAIL)
_VERBS: Final = {"INSERT": (False, True), "UPDATE": (True, True), "DELETE": (True, False)}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A row that came, changed or went. `rowid` names it as SQLite does."""

    table: str
    verb: str
    rowid: int
    old: Row
    new: Row

    @property
    def circle(self) -> int | None:
        """The circle that it says it is of."""
        row = self.new or self.old
        found = row["id"] if self.table == "circles" else row.get("circle")
        return None if found is None else int(found)

    def changed(self, *columns: str) -> bool:
        """Whether any of these columns is another than before."""
        return any(self.old.get(one) != self.new.get(one) for one in columns)

    def follows(self, *columns: str) -> bool:
        """Whether these columns are all that is another than before."""
        return self.changed(*columns) and not self.changed(*(set(self.new) - set(columns)))

    def __str__(self) -> str:
        if self.verb != "UPDATE":
            return f"{self.verb} {self.table} {self.new or self.old}"
        differ = {k: (self.old[k], self.new[k]) for k in self.new if self.old[k] != self.new[k]}
        return f"UPDATE {self.table} {self.rowid} {differ}"


class Touched:
    """What was changed since it was last asked."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute("CREATE TEMP TABLE touched (name, verb, row, was, became)")
        for name in WATCHED:
            for verb in _VERBS:
                database.execute(_trigger(metadata.tables[name], verb))

    def take(self) -> list[Change]:
        """The changes, in their order."""
        rows = self._database.execute("SELECT * FROM temp.touched ORDER BY rowid").fetchall()
        if rows:
            self._database.execute("DELETE FROM temp.touched")
        return [
            Change(name, verb, row, json.loads(was or "{}"), json.loads(became or "{}"))
            for name, verb, row, was, became in rows
        ]


def _trigger(table: Table, verb: str) -> str:
    old, new = _VERBS[verb]
    row = "NEW.rowid" if new else "OLD.rowid"
    return (
        f"CREATE TEMP TRIGGER watch_{table.name}_{verb} AFTER {verb} ON main.{table.name} BEGIN "  # noqa: S608
        f"INSERT INTO touched VALUES ('{table.name}', '{verb}', {row}, "
        f"{_row(table, 'OLD') if old else 'NULL'}, {_row(table, 'NEW') if new else 'NULL'}); END"
    )


def _row(table: Table, which: str) -> str:
    columns = [one.name for one in table.c if not isinstance(one.type, LargeBinary)]
    pairs = (f"'{name}', {which}.\"{name}\"" for name in columns)
    return f"json_object({', '.join(pairs)})"
