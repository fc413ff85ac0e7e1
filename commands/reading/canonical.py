"""A command's values as the one line that says them: options in order, each with its word."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction

from circle.calendar import Day, Moment
from circle.circles import Workstream
from circle.money import Money
from circle.people import Person
from circle.quorum import share_text
from circle.refs import Ref
from commands.reading.fields import Field
from commands.reading.money import typed
from commands.reading.slots import Around, Option, Slot, Spot, Text
from commands.reading.words import quoted
from language.calendar import write_day, write_moment
from language.spans import SpanKind

Reads = Callable[[str, Mapping[str, object]], bool]
_HOUR = 60
_MOST_A_DAY = 10 * _HOUR
_MONEY = frozenset({SpanKind.AMOUNT, SpanKind.BARE, SpanKind.BUDGET})
_INTRODUCED = {
    SpanKind.DAY: ("le", "on"),
    SpanKind.DUE: ("avant", "before"),
    SpanKind.CLOSING: ("jusqu'à", "until"),
    SpanKind.PERSON: ("pour", "for"),
    SpanKind.PAYEE: ("à", "to"),
    SpanKind.BUDGET: ("budget", "budget"),
    SpanKind.QUORUM: ("quorum", "quorum"),
    SpanKind.MAJORITY: ("majorité", "majority"),
    SpanKind.MINIMUM: ("minimum", "minimum"),
    SpanKind.REVIEW: ("à revoir le", "review on"),
    SpanKind.WORKSTREAM: ("chantier", "workstream"),
    SpanKind.STEWARD: ("soucieux", "steward"),
    SpanKind.PERIOD: ("période", "period"),
    SpanKind.FUNDER: ("de", "from"),
}
_FLAGS = {
    (SpanKind.PRO_BONO, True): ("bénévole", "pro bono"),
    (SpanKind.SECRET, True): ("secret", "secret"),
    (SpanKind.HIDDEN, True): ("résultats cachés", "hidden results"),
    (SpanKind.HIDDEN, False): ("résultats visibles", "visible results"),
}


def written(
    values: Mapping[str, object], fields: tuple[Field, ...], around: Around, reads: Reads
) -> str:
    """The line, without the command's name; "" where none says these values and nothing else.

    `reads`: whether a line is read as some values. The text is quoted where it must be.
    """
    french = around.rules.language == "fr"
    for mark in (str, quoted):
        parts = (
            _part(field, values[field.name], mark, french=french) for field in _said(fields, values)
        )
        line = " ".join(part for part in parts if part)
        if reads(line, values):
            return line
    return ""


def _said(fields: tuple[Field, ...], values: Mapping[str, object]) -> tuple[Field, ...]:
    """The fields that have a value, the text after what must stand before it."""
    said = (field for field in fields if values.get(field.name) not in (None, ""))
    return tuple(said)


def _part(field: Field, value: object, mark: Callable[[str], str], *, french: bool) -> str:
    if isinstance(field.slot, Text):
        return mark(str(value))
    kinds = tuple(field.reads.table) if field.reads else ()
    kind = kinds[0] if kinds else None
    flag = _FLAGS.get((kind, value)) if kind and isinstance(value, bool) else None
    if flag or isinstance(value, bool):
        return flag[not french] if flag else ""
    word = (
        _INTRODUCED[kind][not french] if kind in _INTRODUCED else _word(field.slot, french=french)
    )
    return f"{word} {spell(value, kind, french=french)}".strip()


def _word(slot: Slot, *, french: bool) -> str:
    if isinstance(slot, Spot):
        return "à" if french else "at"
    if isinstance(slot, Option):
        return (slot.fr if french else slot.en)[0]
    return ""


def spell(value: object, kind: SpanKind | None, *, french: bool) -> str:
    """A value as it can be typed."""
    if kind in _MONEY and isinstance(value, int):
        return typed(Money(value), "fr" if french else "en")
    if kind is SpanKind.EFFORT and isinstance(value, int):
        return effort(value, french=french)
    if isinstance(value, tuple):
        return (" et " if french else " and ").join(spell(x, kind, french=french) for x in value)
    if kind is SpanKind.PERSON and isinstance(value, str):
        return f"{value} {'sans compte' if french else 'without account'}"
    return _named(value, french=french)


def _named(value: object, *, french: bool) -> str:
    if isinstance(value, Ref):
        return f"#{value}"
    if isinstance(value, Fraction):
        return share_text(value)
    if isinstance(value, Person | Workstream):
        return getattr(value, "matrix_id", None) or value.name
    return _when(value, french=french) if isinstance(value, date | Moment) else str(value)


def effort(minutes: int, *, french: bool) -> str:
    """`2h30`, `45 min`, `30h sur plusieurs jours`."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return f"{rest} min"
    said = f"{hours}h{rest:02}" if rest else f"{hours}h"
    over = " sur plusieurs jours" if french else " over several days"
    return said + over if minutes > _MOST_A_DAY else said


def _when(value: date | Moment, *, french: bool) -> str:
    if isinstance(value, datetime):
        value = Moment(value)
    if isinstance(value, Moment):
        plain = french or value.rrule or value.end
        return write_moment(value) if plain else f"{value.start:%Y-%m-%d %H:%M}"
    return write_day(Day(value)) if french else f"{value:%Y-%m-%d}"
