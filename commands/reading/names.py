"""Names that a circle knows: workstreams, funders, structures, circles."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from circle.circles import Workstream
from circle.people import Person
from commands.reading.fold import alike, plain, squash
from commands.reading.slots import Around, Unread
from commands.reading.words import Piece, unquoted

T = TypeVar("T")

_ARTICLE = re.compile(r"(?:les?|la|the) |l'")
_NEAR = 70
_MOST_CHARS = 80


def named(name: str, known: Iterable[T], spell: Callable[[T], str]) -> tuple[T, ...]:
    """The known things of that name; failing that, those whose name differs by an article."""
    things = tuple(known)
    asked = squash(name)
    exact = tuple(one for one in things if asked and squash(spell(one)) == asked)
    short = _without_article(name)
    return exact or tuple(one for one in things if short and _without_article(spell(one)) == short)


def near(name: str, known: Iterable[T], spell: Callable[[T], str]) -> tuple[T, ...]:
    """The known things whose names look like it, the nearest first."""
    asked = squash(name[:_MOST_CHARS])
    scored = [(alike(asked, squash(spell(one))), one) for one in known]
    scored.sort(key=lambda pair: -pair[0])
    return tuple(one for score, one in scored if score >= _NEAR)[:3]


def _without_article(name: str) -> str:
    folded = plain(name)
    found = _ARTICLE.match(folded)
    return squash(folded[found.end() :] if found else folded)


def _stream_name(one: Workstream) -> str:
    return one.name


def workstream(piece: Piece, around: Around) -> Workstream | None:
    """A workstream of the circle."""
    return next(iter(named(unquoted(piece.text), around.known.workstreams, _stream_name)), None)


def near_workstreams(piece: Piece, around: Around) -> tuple[str, ...]:
    """Names of workstreams like these words."""
    return tuple(one.name for one in near(piece.text, around.known.workstreams, _stream_name))


def funder(piece: Piece, around: Around) -> str | None:
    """A known funder, spelled as known; otherwise a new one, as typed."""
    name = unquoted(piece.text)
    if len(name) > _MOST_CHARS:
        raise Unread("text.too-long", piece, length=len(name), limit=_MOST_CHARS)
    return next(iter(named(name, around.known.funders, str)), name) if squash(name) else None


def known_funder(piece: Piece, around: Around) -> str | None:
    """A funder that already granted something."""
    return next(iter(named(unquoted(piece.text), around.known.funders, str)), None)


def near_funders(piece: Piece, around: Around) -> tuple[str, ...]:
    """Names of funders like these words."""
    return near(piece.text, around.known.funders, str)


def circle(piece: Piece, around: Around) -> str | None:
    """A circle, by its name as known."""
    return next(iter(named(unquoted(piece.text), around.known.circles, str)), None)


def near_circles(piece: Piece, around: Around) -> tuple[str, ...]:
    """Names of circles like these words."""
    return near(piece.text, around.known.circles, str)


def _person_name(one: Person) -> str:
    return one.name


def _structures(around: Around) -> tuple[Person, ...]:
    return tuple(one for one in around.known.others if one.structure)


def structure(piece: Piece, around: Around) -> Person | None:
    """A structure that can be paid."""
    return next(iter(named(unquoted(piece.text), _structures(around), _person_name)), None)


def near_structures(piece: Piece, around: Around) -> tuple[str, ...]:
    """Names of structures like these words."""
    return tuple(one.name for one in near(piece.text, _structures(around), _person_name))
