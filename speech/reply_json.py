"""Values as other programs read them (docs/words.md: Replies and their keys)."""

import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from fractions import Fraction
from functools import singledispatch
from typing import Final

from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from speech.markup import Said

LARGEST_MESSAGE: Final = 40_000
LONGEST_TEXT: Final = 1000

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


def to_wire(values: Mapping[str, object]) -> dict[str, Json]:
    """The values of a reply as JSON.

    Money `{"cents", "currency"}`, instants ISO 8601 with offset, days `YYYY-MM-DD`, people as
    Matrix ids (their name where they have no account), references `"A12"`, fractions `"p/q"`.
    Raises TypeError on anything else (a float above all) and ValueError on a naive instant.
    """
    return {str(name): _wire(value) for name, value in values.items()}


@singledispatch
def _wire(value: object) -> Json:
    if is_dataclass(value) and not isinstance(value, type):
        return to_wire({field.name: getattr(value, field.name) for field in fields(value)})
    raise TypeError(f"no wire form for {type(value).__name__}")


@_wire.register
def _same(value: int | None) -> Json:  # true and false among the integers
    return value


@_wire.register
def _text(value: str) -> Json:
    return value.encode("utf-8", "replace").decode()


@_wire.register
def _enum(value: Enum) -> Json:
    return _wire(value.value)


@_wire.register
def _money(value: Money) -> Json:
    return {"cents": value.cents, "currency": value.currency}


@_wire.register
def _person(value: Person) -> Json:
    return _text(value.matrix_id or value.name)


@_wire.register
def _ref(value: Ref) -> Json:
    return str(value)


@_wire.register
def _fraction(value: Fraction) -> Json:
    return f"{value.numerator}/{value.denominator}"


@_wire.register
def _day(value: date) -> Json:
    return value.isoformat()


@_wire.register
def _time(value: time) -> Json:
    return value.isoformat("minutes")


@_wire.register
def _instant(value: datetime) -> Json:
    if value.tzinfo is None:
        raise ValueError("an instant without zone")
    return value.isoformat(timespec="seconds")


@_wire.register(Mapping)
def _table(value: Mapping[str, object]) -> Json:
    return to_wire(value)


@_wire.register(tuple)
@_wire.register(list)
def _list(value: Sequence[object]) -> Json:
    return [_wire(item) for item in value]


@_wire.register(set)
@_wire.register(frozenset)
def _set(value: AbstractSet[object]) -> Json:
    return sorted((_wire(item) for item in value), key=repr)


def fit(
    values: Mapping[str, object], say: Callable[[Mapping[str, object]], Said]
) -> tuple[Said, dict[str, Json]]:
    """What `say` makes of the values, and their wire form, small enough for one message.

    Where they are too large, the longest list loses its end and `more` counts what it lost;
    then long texts are cut. Matrix refuses events of 64 kB; encryption and escapes enlarge them.
    """
    while True:
        said, wire = say(values), to_wire(values)
        if _size(said, wire) <= LARGEST_MESSAGE:
            return said, wire
        shorter = _shorter(values) or _cut(values)
        if shorter is None:
            return said, {}
        values = shorter


def _size(said: Said, wire: dict[str, Json]) -> int:
    return sum(len(json.dumps(part)) for part in (said.text, said.html, wire))


def _shorter(values: Mapping[str, object]) -> Mapping[str, object] | None:
    lists = {n: v for n, v in values.items() if isinstance(v, tuple | list) and len(v) > 1}
    if not lists:
        return None
    name = max(lists, key=lambda name: _weight(lists[name]))
    whole = lists[name]
    kept = whole[: len(whole) // 2]
    more = values.get("more") or 0
    if not isinstance(more, int):
        raise TypeError("`more` counts what is not shown")
    return {**values, name: kept, "more": more + len(whole) - len(kept)}


def _weight(items: Sequence[object]) -> int:
    return len(json.dumps(_wire(tuple(items))))


def _cut(values: Mapping[str, object]) -> Mapping[str, object] | None:
    long = {n: v for n, v in values.items() if isinstance(v, str) and len(v) > LONGEST_TEXT}
    if not long:
        return None
    return {**values, **{name: f"{text[: LONGEST_TEXT - 1]}…" for name, text in long.items()}}
