"""Options, peeled from a text's right end, the longest first (docs/words.md: Reading a line)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from circle.text import squash
from commands.reading.fields import Field
from commands.reading.slots import Around, Option, Shape, Unreadable
from commands.reading.words import Piece

MOST_INTRODUCING = 3


@dataclass(frozen=True, slots=True)
class _Peeled:
    field: Field
    value: object
    width: int


def peel(
    piece: Piece, fields: tuple[Field, ...], around: Around, *, firm: bool
) -> tuple[Piece, dict[str, object]]:
    """What remains of a text once its options are taken off, and their values by field.

    Peeling stops at the first words that are no whole option. `firm`: the command has no text, so
    a value may be quoted after its introducing word. Raises Unread for an option said twice and
    for what a reader refuses.
    """
    options = tuple(field for field in fields if isinstance(field.slot, Option | Shape))
    values: dict[str, object] = {}
    while piece.words and options:
        peeled = _last(piece, options, around, firm=firm)
        if peeled is None:
            break
        if peeled.field.name in values:
            raise Unreadable("option.twice", piece[len(piece) - peeled.width :])
        values[peeled.field.name] = peeled.value
        piece = piece[: len(piece) - peeled.width]
    return piece, values


def introduced(option: Option[Any], piece: Piece) -> Piece | None:
    """What stands after the introducing word that begins a piece, None where it is no such word."""
    for count in range(min(MOST_INTRODUCING, len(piece)), 0, -1):
        head = piece[:count]
        if not head.quoted and squash(head.text.rstrip(":")) in option.words:
            return piece[count:]
    return None


def _last(
    piece: Piece, options: tuple[Field, ...], around: Around, *, firm: bool
) -> _Peeled | None:
    """The longest run of words at the end that is a whole option."""
    widest = max(_value(field).width for field in options) + MOST_INTRODUCING
    for width in range(min(widest, len(piece)), 0, -1):
        tail = piece[len(piece) - width :]
        if tail.quoted and not firm:
            continue
        for field in options:
            value = _read(field, tail, options, around)
            if value is not None:
                return _Peeled(field, value, width)
    return None


def _read(field: Field, tail: Piece, options: tuple[Field, ...], around: Around) -> object | None:
    slot, value = field.slot, _value(field)
    if isinstance(slot, Option) and slot.bare is not None and not tail.quoted:
        found = _tried(slot.bare, tail, around)
        if found is not None:
            return found
    said = introduced(slot, tail) if isinstance(slot, Option) else tail
    if not said or len(said) > value.width or (isinstance(slot, Shape) and tail.quoted):
        return None
    if value.free and _swallows(field, said, options):
        return None
    return _tried(value.read, said, around)


def _tried(
    read: Callable[[Piece, Around], object | None], piece: Piece, around: Around
) -> object | None:
    """A reading of the words as they stand, else without the mark that ends them."""
    found = read(piece, around)
    trimmed = piece.trimmed()
    return read(trimmed, around) if found is None and trimmed != piece else found


def _swallows(field: Field, said: Piece, options: tuple[Field, ...]) -> bool:
    """Whether any words would do, and among them stands what introduces another option."""
    others = [one.slot for one in options if one is not field and isinstance(one.slot, Option)]
    return any(
        introduced(other, said[at:]) is not None for at in range(1, len(said)) for other in others
    )


def _value(field: Field) -> Any:
    if isinstance(field.slot, Option | Shape):
        return field.slot.value
    raise TypeError(field.name)
