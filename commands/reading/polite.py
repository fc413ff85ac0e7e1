"""A line without the kind words and the marks around it, for commands that hold no text."""

from commands.reading.words import Piece, between
from language import pleasantries
from language.line import line_of

_ENDS = ("?", "!", ".", "…")


def without_pleasantries(piece: Piece) -> Piece:
    """`!budget ?`, `!membres svp`: what is left to read."""
    line = line_of(piece.text)
    first, last = pleasantries.inside(line, whole=True)
    while last > first and line.word(last - 1) in _ENDS:
        last -= 1
    if (first, last) == (0, len(line)):
        return piece
    start = piece.start + (line.start(first) if first < last else 0)
    end = piece.start + (line.end(last - 1) if first < last else 0)
    return between(piece.source, start, end)
