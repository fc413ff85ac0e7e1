"""What surrounds a line: its instant, its language, and the names that it may speak of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Generic, TypeVar

from circle.circles import Workstream
from circle.people import Person
from circle.refs import Kind
from language.calendar import words
from language.line import Line

T = TypeVar("T")

_ARTICLES = ("les", "le", "la", "the", "l")
_MOST_TOKENS = 14


@dataclass(frozen=True, slots=True)
class SceneNames(Generic[T]):
    """Things by their names, whatever the case, accents, spaces, hyphens and apostrophes."""

    known: Mapping[str, tuple[T, ...]] = field(default_factory=dict)
    longest: int = 0
    """Characters of the longest of them, as they are compared."""

    def at(self, line: Line, start: int) -> tuple[tuple[T, ...], int] | None:
        """The things whose name stands there, the longest one, and the place after it."""
        found, key = None, ""
        for end in range(start + 1, min(start + _MOST_TOKENS, len(line)) + 1):
            if line.quoted[start] != line.quoted[end - 1]:
                break
            kept = _kept(line.word(end - 1))
            key += kept
            if len(key) > self.longest:
                break
            if kept and key in self.known and not line.goes_on(end):
                found = self.known[key], end
        return found


def names(things: Iterable[T], spell: Callable[[T], str]) -> SceneNames[T]:
    """Things by their names; by the name without its article where no other has that one."""
    whole: dict[str, tuple[T, ...]] = {}
    short: dict[str, tuple[T, ...]] = {}
    for thing in things:
        key, without = _keys(spell(thing))
        if key:
            whole[key] = (*whole.get(key, ()), thing)
        if without:
            short[without] = (*short.get(without, ()), thing)
    return known_as(short | whole)


def known_as(known: Mapping[str, tuple[T, ...]]) -> SceneNames[T]:
    """Things by names that are ready to be compared."""
    return SceneNames(known, max(map(len, known), default=0))


@lru_cache(maxsize=32_768)  # a circle of thousands, each by name and by account in several ways
def _keys(name: str) -> tuple[str, str]:
    """A name as it is compared, and without the article that begins it."""
    tokens = [token.text for token in words.line_of(name).tokens]
    whole = "".join(map(_kept, tokens))
    short = "".join(map(_kept, tokens[1:])) if tokens[:1] and tokens[0] in _ARTICLES else ""
    return whole, short


def _kept(word: str) -> str:
    return word if word.isalnum() or word == "@" else ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a reader may know besides the words.

    `speaker` is who `moi` means. `pills`: mentions by the text that shows them. `lasts`: the last
    number of each kind of thing, where known. `meetings`: when each of them next begins.
    `manages`: who speaks may name somebody without account.
    """

    now: datetime
    language: str = "fr"
    minutes_per_day: int = 7 * 60
    speaker: Person | None = None
    people: SceneNames[Person] = field(default_factory=SceneNames)
    accounts: SceneNames[Person] = field(default_factory=SceneNames)
    pills: SceneNames[Person] = field(default_factory=SceneNames)
    structures: SceneNames[Person] = field(default_factory=SceneNames)
    workstreams: SceneNames[Workstream] = field(default_factory=SceneNames)
    funders: SceneNames[str] = field(default_factory=SceneNames)
    lasts: Mapping[Kind, int] = field(default_factory=dict)
    meetings: Mapping[int, datetime] = field(default_factory=dict)
    manages: bool = False
