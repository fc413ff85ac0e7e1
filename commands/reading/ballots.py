"""Ballots in plain words: `A, C`, `A bien, B passable`, `A oui, B si besoin`, `réserve TEXTE`.

An option is named by its id, its text, the first words of its text where no other begins so, or
its place in the list; marks between words are free.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from circle.text import fold
from circle.votes import Option

T = TypeVar("T")
Tokens = tuple[str, ...]

_MARKS = re.compile(r"[\s,;|:=()\[\]+&·•.!]+|->|→")
_BETWEEN = {"et", "and", "puis", "pour", "for", "option", "options"}
_AFTER_WORD = " \t,;:.!–—-"


class Stray(Exception):
    """Words of a ballot that say nothing; `option` where what is missing is said of it."""

    def __init__(self, words: str, option: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.option = option


class BallotWords(Generic[T]):
    """What may be said, in one word or several, and what each means."""

    def __init__(self, meanings: Iterable[tuple[str, T]]) -> None:
        self._known: dict[Tokens, T] = {}
        for said, meaning in meanings:
            self._known.setdefault(tokens(said), meaning)
        self._longest = max(map(len, self._known), default=0)

    def at(self, said: Tokens, start: int) -> tuple[T, int] | None:
        """The longest thing said from there, and where it ends."""
        for end in range(min(start + self._longest, len(said)), start, -1):
            if said[start:end] in self._known:
                return self._known[said[start:end]], end
        return None

    def whole(self, text: str) -> T | None:
        """What the whole text means, if it is one thing."""
        return self._known.get(tokens(text))


def tokens(text: str) -> Tokens:
    """The words of a text as they are compared."""
    return tuple(token for token, _ in _typed(text))


def _typed(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text as they are compared, each with what was typed."""
    for typed in filter(None, _MARKS.split(text)):
        yield from ((token, typed) for token in fold(typed).split())


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word, and the free text after it."""

    word: str
    text: str


def word_and_text(text: str, words: Mapping[str, Iterable[str]]) -> SaidWord | None:
    """One of these words, the longest that begins the text, and what follows it."""
    known = [(fold(form), word) for word, forms in words.items() for form in forms]
    for form, word in sorted(known, key=lambda one: -len(one[0])):
        rest = _after(text, form)
        if rest is not None:
            return SaidWord(word, rest)
    return None


def _after(text: str, form: str) -> str | None:
    """What follows a folded form in a text as typed; None where it does not begin with it."""
    pieces = text.split()
    for count in range(1, min(len(pieces), len(form.split()) + 2) + 1):
        head, rest = " ".join(pieces[:count]), " ".join(pieces[count:])
        if fold(head.rstrip(_AFTER_WORD)) == form:
            return rest.lstrip(_AFTER_WORD)
    return None


def chosen(text: str, options: tuple[Option, ...]) -> tuple[str, ...]:
    """The ids of the options that a text names, in their own order. Raises Stray."""
    named = {option for option, _ in _read(text, options, BallotWords[int](()))}
    return tuple(option.id for option in options if option.id in named)


def graded(
    text: str, options: tuple[Option, ...], words: BallotWords[int], default: int | None
) -> dict[str, int]:
    """What a text says of each option it names; `default` where it says nothing of it.

    Raises Stray, also for an option of which two things are said.
    """
    given: dict[str, int] = {}
    for option, said in _read(text, options, words):
        value = default if said is None else said
        if value is None or given.setdefault(option, value) != value:
            raise Stray(option, option)
    return {option.id: given[option.id] for option in options if option.id in given}


def _read(
    text: str, options: tuple[Option, ...], words: BallotWords[int]
) -> Iterator[tuple[str, int | None]]:
    names, said, at = _names(options, words), tokens(text), 0
    typed = [word for _, word in _typed(text)]
    while at < len(said):
        option = names.at(said, at)
        if option is None and said[at] in _BETWEEN:
            at += 1
            continue
        if option is None:
            raise Stray(" ".join(dict.fromkeys(typed[at : _next(names, said, at)])))
        name, at = option
        word = words.at(said, at)
        value, at = word or (None, at)
        yield name, value


def _next(names: BallotWords[str], said: Tokens, start: int) -> int:
    """Where the next option is named after that place, or the end."""
    following = range(start + 1, len(said))
    return next((at for at in following if names.at(said, at) is not None), len(said))


def _names(options: tuple[Option, ...], words: BallotWords[int]) -> BallotWords[str]:
    ids = [(option.id, option.id) for option in options]
    texts = [(option.text, option.id) for option in options]
    places = [(str(place), option.id) for place, option in enumerate(options, start=1)]
    return BallotWords([*ids, *texts, *places, *_beginnings(options, words)])


def _beginnings(options: tuple[Option, ...], words: BallotWords[int]) -> Iterator[tuple[str, str]]:
    """The first words of each option that begin no other one, and say nothing else."""
    begun = [
        (" ".join(said[:count]), option.id)
        for option in options
        for said in (tokens(option.text),)
        for count in range(1, len(said))
    ]
    times = Counter(text for text, _ in begun)
    for text, option in begun:
        if times[text] == 1 and text not in _BETWEEN and words.whole(text) is None:
            yield text, option
