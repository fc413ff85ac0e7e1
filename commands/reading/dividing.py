"""A list told apart from its question: by bars, by lines, by commas and `ou`, by ` / `."""

from collections.abc import Iterator
from itertools import pairwise

from commands.reading.lists import colon
from commands.reading.words import Piece, between
from language.line import Line, line_of


def divided(piece: Piece) -> tuple[Piece, Piece] | None:
    """The question, and the list after its colon or its last `?`; None where neither stands."""
    apart = colon(piece)
    if apart is not None:
        return apart
    line = line_of(piece.source)
    marks = [at for at in range(len(line)) if line.word(at) == "?" and not line.quoted[at]]
    if not marks or not line.raw(marks[-1] + 1, len(line)).strip():
        return None
    end = line.end(marks[-1])
    return between(piece.source, piece.start, end), between(piece.source, end, piece.end)


def parts(piece: Piece) -> tuple[Piece, ...]:
    """The items of a list: between bars, else commas and `ou`, else slashes apart from figures."""
    line = line_of(piece.source)
    for separates in (_bar, _comma_or, _slash):
        cuts = [at for at in range(len(line)) if not line.quoted[at] and separates(line, at)]
        inside = [at for at in cuts if piece.start <= line.start(at) < piece.end]
        found = tuple(one for one in _between(piece, line, inside) if one.words)
        if len(found) > 1:
            return found
    return (piece,) if piece.words else ()


def _between(piece: Piece, line: Line, cuts: list[int]) -> Iterator[Piece]:
    edges = [(piece.start, piece.start)]
    edges += [(line.start(at), line.end(at)) for at in cuts]
    edges += [(piece.end, piece.end)]
    for before, after in pairwise(edges):
        yield _bare(between(piece.source, before[1], after[0]))


def _bare(piece: Piece) -> Piece:
    """An item without the dash that begins it in a list on lines, nor the mark that ends it."""
    trimmed = piece.trimmed(",;")
    while trimmed.words and trimmed.words[0].text in ("-", "–", "•", "*", ",", ";"):
        trimmed = trimmed[1:]
    return trimmed


def _bar(line: Line, at: int) -> bool:
    return line.word(at) in ("|", "¦")


def _comma_or(line: Line, at: int) -> bool:
    if line.word(at) in ("ou", "or"):
        return True
    between_figures = line.is_number(at - 1) and line.is_number(at + 1) and line.glued(at + 1)
    return line.word(at) in (",", ";") and not between_figures


def _slash(line: Line, at: int) -> bool:
    return line.word(at) == "/" and not (line.is_number(at - 1) or line.is_number(at + 1))
