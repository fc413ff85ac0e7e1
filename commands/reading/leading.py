"""Values that stand first, and a value that stands last."""

from typing import Any

from commands.reading.fields import Field
from commands.reading.slots import Around, Unreadable, Value, spelled
from commands.reading.words import Piece

_MARKS = ",;:"
_NARROW = 8
FARTHEST = 40
"""Words: nothing that could be moved or left over is looked for farther than that."""


def first(value: Value[Any], piece: Piece, around: Around) -> tuple[object, Piece] | None:
    """The longest readable beginning of a piece, and what stands after it."""
    if value.first is not None:
        return value.first(piece, around)
    for width in range(min(value.width, len(piece)), 0, -1):
        found = read_whole(value, piece[:width], around)
        if found is not None:
            return found, piece[width:]
    return None


def last(value: Value[Any], piece: Piece, around: Around) -> tuple[object, Piece] | None:
    """The longest readable end of a piece, and what stands before it."""
    if value.last is not None:
        return value.last(piece, around)
    for width in range(min(value.width, len(piece)), 0, -1):
        tail = piece[len(piece) - width :]
        found = None if tail.quoted else read_whole(value, tail, around)
        if found is not None:
            return found, piece[: len(piece) - width]
    return None


def read_whole(value: Value[Any], piece: Piece, around: Around) -> object | None:
    """What all of these words are, with or without the mark that ends them."""
    found: object | None = value.read(piece, around)
    trimmed = piece.trimmed(_MARKS)
    return value.read(trimmed, around) if found is None and trimmed != piece else found


def leading(
    fields: tuple[Field, ...], piece: Piece, around: Around
) -> tuple[dict[str, object], Piece]:
    """The leading values by field, and the rest. Raises Unread where one must be and is not.

    A value that a reply's subject can stand for is taken from it where it is not said.
    """
    values: dict[str, object] = {}
    for at, field in enumerate(fields):
        value: Any = field.slot
        found = first(value, piece, around)
        if found is not None:
            values[field.name], piece = found
        elif (meant := value.default(around)) is not None:
            values[field.name] = meant
        elif field.required:
            _refuse(value, piece, fields[at + 1 :], around)
    return values, piece


def _refuse(value: Value[Any], piece: Piece, after: tuple[Field, ...], around: Around) -> None:
    """Say what was no such value; where one stands further on, a line with it in its place."""
    if not piece.words:
        raise Unreadable(value.missing)
    said = piece[: _until(value, piece, after, around)]
    value.refuse(piece[:1])
    moved = _moved(value, piece, after, around) if value.first is None else None
    if moved is not None:
        near = value.near(piece[:1], around)
        raise Unreadable(value.wrong, piece, moved, text=piece[:1].shown(), choices=near)
    near = value.near(said, around)
    raise Unreadable(value.wrong, said, *map(spelled, near), choices=near)


def _moved(value: Value[Any], piece: Piece, after: tuple[Field, ...], around: Around) -> str | None:
    """The words with the value that stands among them put first: `affiches 2h`.

    It would stand before a text, or before what the following values may hold.
    """
    following: list[Any] = [field.slot for field in after]
    reach = FARTHEST if around.has_text else 1 + sum(one.width for one in following)
    for at in range(1, min(len(piece), reach, FARTHEST)):
        try:
            found = first(value, piece[at:], around)
        except Unreadable:
            return None
        if found is not None:
            rest = found[1]
            said = piece.source[piece[at:].start : rest.start if rest.words else piece.end]
            return " ".join(f"{said.strip()} {piece[:at].text} {rest.text}".split())
    return None


def _until(value: Value[Any], piece: Piece, after: tuple[Field, ...], around: Around) -> int:
    """How many words were meant for a value: those before what the next one reads."""
    following: Any = after[0].slot if after else None
    if value.width == 1 or (following is None and value.width <= _NARROW):
        return 1
    if following is None:
        return len(piece)
    for at in range(1, min(len(piece), value.width)):
        try:
            if first(following, piece[at:], around) is not None:
                return at
        except Unreadable:
            return at
    return len(piece)
