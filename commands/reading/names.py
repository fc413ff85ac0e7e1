"""Names that a circle knows: workstreams, funders, structures, circles."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from circle.circles import Workstream
from circle.people import Person
from circle.text import plain, squash
from commands.kernel.command import KnownNames
from commands.reading.likeness import alike
from commands.reading.slots import Around, Unreadable
from commands.reading.words import Piece, unquoted

T = TypeVar("T")

_ARTICLE = re.compile(r"(?:les?|la|the) |l'")
_NEAR = 70
_MOST_CHARS = 80


class Named(Generic[T]):
    """Known things by their names, ready to be asked for at every place of a line."""

    def __init__(self, known: Iterable[T], spell: Callable[[T], str]) -> None:
        self._exact: dict[str, tuple[T, ...]] = {}
        self._short: dict[str, tuple[T, ...]] = {}
        for one in known:
            name = spell(one)
            for names, said in ((self._exact, squash(name)), (self._short, _short(name))):
                names[said] = (*names.get(said, ()), one)

    def of(self, name: str) -> tuple[T, ...]:
        """Those of that name; failing that, those whose name differs by an article."""
        asked, short = squash(name), _short(name)
        exact = self._exact.get(asked, ()) if asked else ()
        return exact or (self._short.get(short, ()) if short else ())


def near(name: str, known: Iterable[T], spell: Callable[[T], str]) -> tuple[T, ...]:
    """The known things whose names look like it, the nearest first."""
    asked = squash(name[:_MOST_CHARS])
    scored = [(alike(asked, squash(spell(one))), one) for one in known]
    scored.sort(key=lambda pair: -pair[0])
    return tuple(one for score, one in scored if score >= _NEAR)[:3]


def _short(name: str) -> str:
    """A folded name without its article."""
    folded = plain(name)
    found = _ARTICLE.match(folded)
    return squash(folded[found.end() :] if found else folded)


def _stream_name(one: Workstream) -> str:
    return one.name


@lru_cache(maxsize=8)
def _workstreams(known: KnownNames) -> Named[Workstream]:
    return Named(known.workstreams, _stream_name)


@lru_cache(maxsize=8)
def _funders(known: KnownNames) -> Named[str]:
    return Named(known.funders, str)


@lru_cache(maxsize=8)
def _circles(known: KnownNames) -> Named[str]:
    return Named(known.circles, str)


def workstream(piece: Piece, around: Around) -> Workstream | None:
    """A workstream of the circle."""
    return next(iter(_workstreams(around.known).of(unquoted(piece.text))), None)


def near_workstreams(piece: Piece, around: Around) -> tuple[str, ...]:
    """Names of workstreams like these words."""
    return tuple(one.name for one in near(piece.text, around.known.workstreams, _stream_name))


def funder(piece: Piece, around: Around) -> str | None:
    """A known funder, spelled as known; otherwise a new one, as typed."""
    name = unquoted(piece.text)
    if len(name) > _MOST_CHARS:
        raise Unreadable("text.too-long", piece, length=len(name), limit=_MOST_CHARS)
    return next(iter(_funders(around.known).of(name)), name) if squash(name) else None


def circle(piece: Piece, around: Around) -> str | None:
    """A circle, by its name as known."""
    return next(iter(_circles(around.known).of(unquoted(piece.text))), None)


def near_circles(piece: Piece, around: Around) -> tuple[str, ...]:
    """Names of circles like these words."""
    return near(piece.text, around.known.circles, str)


def _person_name(one: Person) -> str:
    return one.name


def _structures(known: KnownNames) -> tuple[Person, ...]:
    return tuple(one for one in known.others if one.structure)


@lru_cache(maxsize=8)
def _named_structures(known: KnownNames) -> Named[Person]:
    return Named(_structures(known), _person_name)


def structure(piece: Piece, around: Around) -> Person | None:
    """A structure that can be paid."""
    return next(iter(_named_structures(around.known).of(unquoted(piece.text))), None)


def near_structures(piece: Piece, around: Around) -> tuple[str, ...]:
    """Names of structures like these words."""
    return tuple(one.name for one in near(piece.text, _structures(around.known), _person_name))
