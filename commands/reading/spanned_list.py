"""A question, its list and its options: `QUESTION : A | B | C jusqu'à vendredi`."""

from dataclasses import dataclass

from commands.reading.dividing import divided, parts
from commands.reading.fields import Field, only
from commands.reading.leading import leading
from commands.reading.slots import Around, Choices, Text, Unreadable, Value
from commands.reading.spanned import Reading, asked
from commands.reading.words import Piece, between, unquoted


@dataclass(frozen=True, slots=True)
class _Slots:
    """The fields of such a command: what leads, the question, the list, the options."""

    first: tuple[Field, ...]
    listed: tuple[Field, Choices]
    options: tuple[Field, ...]


def read_list(fields: tuple[Field, ...], piece: Piece, around: Around) -> dict[str, object]:
    """The values by field. Raises Unread."""
    slots = _slots(fields)
    apart = divided(piece)
    if apart is None:
        raise Unreadable("list.missing", piece)
    question, after = apart
    values, question = leading(slots.first, question, around)
    options, after = _options(slots, after, around)
    field, slot = slots.listed
    values |= options | {field.name: _items(slot, after, around)}
    return values | _question(fields, question)


def _slots(fields: tuple[Field, ...]) -> _Slots:
    first = tuple(field for field in fields if isinstance(field.slot, Value) and not field.reads)
    options = tuple(field for field in fields if field.reads and not isinstance(field.slot, Text))
    return _Slots(first, only(Choices, fields)[0], options)


def _options(slots: _Slots, piece: Piece, around: Around) -> tuple[dict[str, object], Piece]:
    """The options at the end of a list, and the list without them."""
    reading = Reading(slots.options, piece, around)
    with asked(reading, piece, piece):
        values, start = reading.ending()
    return values, between(piece.source, piece.start, piece.start + start)


def _items(slot: Choices, piece: Piece, around: Around) -> tuple[object, ...]:
    pieces = parts(piece)
    if len(pieces) < slot.fewest:
        raise Unreadable("list.too-few", piece, fewest=slot.fewest)
    if len(pieces) > slot.most:
        raise Unreadable("list.too-many", piece, most=slot.most)
    values = tuple(slot.read(one, around) for one in pieces)
    for at, value in enumerate(values):
        if value in values[:at]:
            raise Unreadable("list.twice", pieces[at])
    return slot.settle(values, around)


def _question(fields: tuple[Field, ...], piece: Piece) -> dict[str, object]:
    for field, slot in only(Text, fields):
        text = unquoted(piece.text.rstrip(" :"))
        if len(text) > slot.limit:
            raise Unreadable("text.too-long", piece, length=len(text), limit=slot.limit)
        if not piece.says_something:
            raise Unreadable("text.missing")
        return {field.name: text}
    if piece.words:
        raise Unreadable("line.extra", piece, "")
    return {}
