"""What columns hold that programs read: days, instants, words of ours, references, JSON.

For each, what reads it back; it raises one of `UNREADABLE` for anything else.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
from dateutil.rrule import rrulestr
from sqlalchemy import Column, Row, Table

from circle.actions import ActionChange, ActionState
from circle.circles import CircleKind, CircleState, Rules
from circle.jobs import JobKind
from circle.ledger import EntryKind, ItemState, Nature
from circle.meetings import MeetingKind, Presence
from circle.people import PersonKey, Role
from circle.rounds import KINDS, RoundKind
from circle.tally import Completion, parse_quorum
from circle.votes import Option, Outcome, Rule
from storage.refs import read_ref, read_subject
from storage.tables import metadata
from storage.tables.base import INSTANT
from storage.times import day_of, to_micros

UNREADABLE: Final = (ValueError, LookupError, TypeError, OverflowError, msgspec.MsgspecError)
"""What reading a value that does not decode raises, zones and unknown words included."""

Read = Callable[[Any, Row[Any]], object]
"""Reads a value back; the row holds what it depends on."""

SETTINGS: Final[Mapping[str, Any]] = get_type_hints(Rules)
"""The settings that there are, and what their values are."""

_FIRST: Final = to_micros(datetime.min.replace(tzinfo=UTC) + timedelta(days=1))
_LAST: Final = to_micros(datetime.max.replace(tzinfo=UTC) - timedelta(days=1))
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


def _word(words: type[StrEnum]) -> Read:
    return lambda value, _: words(value)


def _by(read: Callable[[Any], object]) -> Read:
    return lambda value, _: read(value)


def _of(columns: Mapping[str, Read]) -> dict[Column[Any], Read]:
    """By column, from `table.column`."""
    spelt = {tuple(name.split(".")): read for name, read in columns.items()}
    return {metadata.tables[table].c[name]: read for (table, name), read in spelt.items()}


def _instant(value: int, _: Row[Any]) -> object:
    if not _FIRST <= value <= _LAST:
        raise OverflowError(f"no instant: {value}")
    return value


def _instants(tables: Mapping[str, Table]) -> dict[Column[Any], Read]:
    marked = (one for table in tables.values() for one in table.c if INSTANT in one.info)
    return dict.fromkeys(marked, _instant)


_DAY: Final = _by(day_of)
_REPEATS: Final = _by(rrulestr)
_TEXTS: Final = _json(tuple[str, ...])

CODED: Final[Mapping[Column[Any], Read]] = _instants(metadata.tables) | _of(
    {
        "actions.due_day": _DAY,
        "actions.state": _word(ActionState),
        "action_log.change": _word(ActionChange),
        "agenda_points.occurrence": _DAY,
        "attendances.occurrence": _DAY,
        "attendances.presence": _word(Presence),
        "ballots.choice": _json(Any),
        "circles.aliases": _TEXTS,
        "circles.kind": _word(CircleKind),
        "circles.places": _TEXTS,
        "circles.state": _word(CircleState),
        "entries.day": _DAY,
        "entries.kind": _word(EntryKind),
        "entries.nature": _word(Nature),
        "erasures.files": _TEXTS,
        "inbox.payload": _json(dict[str, Any]),
        "items.day": _DAY,
        "items.nature": _word(Nature),
        "items.state": _word(ItemState),
        "jobs.kind": _word(JobKind),
        "meetings.exdates": _json(tuple[date, ...]),
        "meetings.kind": _word(MeetingKind),
        "meetings.rrule": _REPEATS,
        "memberships.role": _word(Role),
        "memberships.since": _DAY,
        "memberships.until": _DAY,
        "origins.ref": _by(read_ref),
        "outbox.content": _json(dict[str, Any]),
        "outbox.subject": _by(read_subject),
        "receipts.attachment": _json(dict[str, Any]),
        "reminders.rrule": _REPEATS,
        "rooms.powers": _json(dict[str, int]),
        "rounds.kind": _word(RoundKind),
        "rounds.held": lambda value, row: read_held(row.kind, value),
        "sessions.occurrence": _DAY,
        "settings.name": _by(SETTINGS.__getitem__),
        "settings.since": _DAY,
        "settings.value": lambda value, row: read_setting(row.name, value),
        "votes.completion": _word(Completion),
        "votes.electorate": _json(tuple[PersonKey, ...]),
        "votes.options": _json(tuple[Option, ...]),
        "votes.outcome": _word(Outcome),
        "votes.quorum": _by(parse_quorum),
        "votes.review": _DAY,
        "votes.rule": _word(Rule),
        "votes.threshold": _by(Fraction),
    }
)
