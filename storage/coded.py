"""What reads each column back that programs read: its type, or something of its own.

It raises one of `UNREADABLE` for what does not decode.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
from dateutil.rrule import rrulestr
from sqlalchemy import Column, Row

from circle.circles import Rules
from circle.rounds import KINDS, RoundKind
from storage.refs import read_ref, read_subject
from storage.tables import metadata
from storage.tables.kinds import UNREADABLE, Coded

__all__ = ["CODED", "SETTINGS", "UNREADABLE", "read_held", "read_setting"]

Read = Callable[[Any, Row[Any]], object]
"""Reads a value back; the row holds what it depends on."""

SETTINGS: Final[Mapping[str, Any]] = get_type_hints(Rules)
"""The settings that there are, and what their values are."""

_HELD: Final = {kind: held for held, kind in KINDS.items()}


def read_setting(name: str, value: str) -> Any:
    """The value of a setting; raises one of `UNREADABLE`."""
    told = msgspec.json.decode(value, type=SETTINGS[name])
    if name == "timezone":
        ZoneInfo(told)
    return told


def read_held(kind: str, value: str) -> Any:
    """What is held in a round of that kind; raises one of `UNREADABLE`."""
    return msgspec.json.decode(value, type=_HELD[RoundKind(kind)])


def _json(kind: Any) -> Read:
    decoder = msgspec.json.Decoder(kind)
    return lambda value, _: decoder.decode(value)


def _by(read: Callable[[Any], object]) -> Read:
    return lambda value, _: read(value)


def _of(columns: Mapping[str, Read]) -> dict[Column[Any], Read]:
    """By column, from `table.column`."""
    spelt = {tuple(name.split(".")): read for name, read in columns.items()}
    return {metadata.tables[table].c[name]: read for (table, name), read in spelt.items()}


def _typed(column: Column[Any]) -> Read | None:
    kind = column.type
    return _by(kind.read) if isinstance(kind, Coded) else None


_REPEATS: Final = _by(rrulestr)
_TYPED: Final = {
    column: read
    for table in metadata.tables.values()
    for column in table.c
    if (read := _typed(column)) is not None
}

CODED: Final[Mapping[Column[Any], Read]] = _TYPED | _of(
    {
        "inbox.payload": _json(dict[str, Any]),
        "meetings.rrule": _REPEATS,
        "origins.ref": _by(read_ref),
        "outbox.subject": _by(read_subject),
        "receipts.attachment": _json(dict[str, Any]),
        "reminders.rrule": _REPEATS,
        "rounds.held": lambda value, row: read_held(row.kind, value),
        "settings.name": _by(SETTINGS.__getitem__),
        "settings.value": lambda value, row: read_setting(row.name, value),
    }
)
