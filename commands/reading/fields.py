"""The fields of a command's arguments, with the slot each one declares."""

from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from commands.kernel.command import Command
from commands.reading.rows import Reads
from commands.reading.slots import (
    Choices,
    Option,
    Shape,
    Slot,
    Spot,
    Text,
    Trailing,
    Value,
)
from language.spans import SpanKind

S = TypeVar("S")

_SPARE = 300
"""Characters: `dans CERCLE`, and words that a command has no use for, to be told so."""
_PEOPLE = frozenset({"members", "others"})
_NEEDS = {
    SpanKind.PERSON: _PEOPLE,
    SpanKind.STRANGER: _PEOPLE,
    SpanKind.PAYEE: frozenset({"others"}),
    SpanKind.STEWARD: _PEOPLE,
    SpanKind.WORKSTREAM: frozenset({"workstreams"}),
    SpanKind.FUNDER: frozenset({"funders"}),
    SpanKind.ID: frozenset({"numbers"}),
    SpanKind.MOMENT: frozenset({"meetings"}),
}

_SLOTS = (Value, Text, Option, Shape, Trailing, Spot, Choices)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, its slot, whether it must be said, what of a line fills it."""

    name: str
    slot: Slot
    required: bool
    reads: Reads | None = None


def fields_of(args: type[Any]) -> tuple[Field, ...]:
    """The fields that are read from the line, in order; fields without slot are left alone."""
    cached: Any = args  # a class is hashable, whatever its type says
    return _fields(cached)


@cache
def _fields(args: Any) -> tuple[Field, ...]:
    hints = get_type_hints(args, include_extras=True)
    found = []
    for one in fields(args):
        slot = next((x for x in get_args(hints[one.name])[1:] if isinstance(x, _SLOTS)), None)
        if slot is not None:
            required = one.default is MISSING and one.default_factory is MISSING
            reads = next((x for x in get_args(hints[one.name])[1:] if isinstance(x, Reads)), None)
            found.append(Field(one.name, slot, required, reads))
    return tuple(found)


def only(kind: type[S], fields: tuple[Field, ...]) -> tuple[tuple[Field, S], ...]:
    """The fields whose slot is of one kind, with it."""
    return tuple((field, field.slot) for field in fields if isinstance(field.slot, kind))


def value_of(slot: Slot) -> Value[Any] | None:
    """The value that a slot reads, None for free words."""
    if isinstance(slot, Value):
        return slot
    return slot.value if isinstance(slot, (Option, Shape, Trailing)) else None


def longest(fields: tuple[Field, ...]) -> int:
    """How many characters a line may have: in more, no text could be within its limit."""
    return _SPARE + sum(_room(field.slot) for field in fields)


def _room(slot: Slot) -> int:
    match slot:
        case Text(limit=room) | Value(room=room) | Spot(room=room) | Choices(room=room):
            return room
        case Option(value=value) | Shape(value=value) | Trailing(value=value):
            return value.room


def needs(command: Command[Any]) -> frozenset[str]:
    """Which names of `Known` the readers of a command ask for."""
    fields = fields_of(command.args)
    values = (value_of(field.slot) for field in fields)
    read = (
        _NEEDS.get(kind, frozenset()) for one in fields if one.reads for kind in one.reads.table
    )
    return frozenset[str]().union(*(value.needs for value in values if value), *read)
