"""`dans CERCLE`, where a direct message acts (docs/words.md: Direct messages)."""

from collections.abc import Sequence
from typing import Any

from circle.text import squash
from commands.kernel.command import Command
from commands.reading.fields import Field, fields_of, longest
from commands.reading.names import Named
from commands.reading.options import introduced
from commands.reading.slots import Option, Shape
from commands.reading.words import Piece, between, clean

_WORDS = ("dans", "in")
_MOST_WORDS = 12
_FARTHEST = 40
_FIGURES = tuple("#€0123456789")


def within(circle: str, language: str) -> str:
    """How a line says in which circle, at its end."""
    return f"{'dans' if language == 'fr' else 'in'} {circle}"


def without_circle(
    command: Command[Any], rest: str, circles: Sequence[str]
) -> tuple[str | None, str]:
    """The circle that a line names, as known, and the line without it.

    The name stands at the end, or before options: `avance A1 fini dans Littoral`.
    """
    fields = fields_of(command.args)
    line = clean(rest)
    piece = between(line, max(0, len(line) - longest(fields)), len(line))
    named = Named(circles, str)
    for at in range(len(piece) - 2, max(-1, len(piece) - _FARTHEST), -1):
        word = piece.words[at]
        if word.plain in _WORDS and not word.quoted:
            found = _named(piece[at + 1 :], named, fields)
            if found is not None:
                name, after = found
                return name, f"{piece.source[: word.start]}{after.text}".strip()
    return None, piece.source


def _named(
    piece: Piece, circles: Named[str], fields: tuple[Field, ...]
) -> tuple[str, Piece] | None:
    for width in range(min(_MOST_WORDS, len(piece)), 0, -1):
        after = piece[width:]
        found = circles.of(piece[:width].text) if _options(after, fields) else ()
        if found:
            return found[0], after
    return None


def _options(piece: Piece, fields: tuple[Field, ...]) -> bool:
    """Whether options, or nothing, begin there."""
    if not piece.words:
        return True
    if piece.text.startswith(_FIGURES):
        return True
    return any(_begins(field, piece) for field in fields)


def _begins(field: Field, piece: Piece) -> bool:
    if isinstance(field.slot, Option):
        return introduced(field.slot, piece) is not None
    if not isinstance(field.slot, Shape):
        return False
    words = f"{field.slot.value.label.fr}|{field.slot.value.label.en}".split("|")
    return squash(piece[:1].text) in {squash(word.split()[0]) for word in words if word}
