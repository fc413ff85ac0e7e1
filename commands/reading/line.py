"""A line to the command it names, never by guess (docs/words.md: Speaking to the bot)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from circle.text import plain, squash
from commands.kernel.command import Command
from commands.reading.fields import fields_of, only
from commands.reading.likeness import alike
from commands.reading.slots import Choices
from commands.reading.synonyms import instead
from commands.reading.words import Piece, between, clean
from language.pleasantries import without_unseen

_BULLET = re.compile(r"^(?:[-–—*•]|\d{1,2}[.)])\s+")
_MARKS = ":,;.?!…"
_MOST_WORDS = 3
_OF_OTHERS = frozenset({"reminder.snooze", "thing.card"})
"""Commands whose word means another one of other things: `reporter R1`, and `reporter M1`."""
_NEAR = 70
_FEWEST_LETTERS = 3
_SHOWN = 40
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Found:
    """A command, what follows its name, and its name as typed."""

    command: Command[Any]
    rest: str
    said: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that names no command, and the whole line to type instead where one is near."""

    word: str
    line: str | None


def find(line: str, prefix: str, commands: Sequence[Command[Any]]) -> Found | Unknown | None:
    """What a line names; None where it has no prefix or no word after it (`!!!`, `! tiens`)."""
    spoken = after_prefix(line, prefix)
    if spoken is None:
        return None
    text = clean(spoken)
    piece, found = _begun(text, commands)
    if found is not None and only(Choices, fields_of(found[0].args)):
        piece = _beginning(clean(listed_on_lines(spoken)))
    longer = _longer(piece, commands) if found else None
    if longer:
        return Unknown(piece[:2].text[:_SHOWN], f"{prefix}{longer}")
    if found is not None:
        command, width = found
        return Found(command, _after(piece, width), piece[:width].text.rstrip(_MARKS))
    near = nearest(text, commands)
    return Unknown(piece[:1].text[:_SHOWN], f"{prefix}{near}" if near else None)


def is_named(line: str, prefix: str, commands: Sequence[Command[Any]]) -> bool:
    """Whether a line begins with the name of a command: `find` without what is near."""
    spoken = after_prefix(line, prefix)
    if spoken is None:
        return False
    piece, found = _begun(clean(spoken), commands)
    return found is not None and _longer(piece, commands) is None


def _begun(
    text: str, commands: Sequence[Command[Any]]
) -> tuple[Piece, tuple[Command[Any], int] | None]:
    """The first words of a line, or of the one that is meant by it, and the command they name."""
    piece = _beginning(text)
    found = _named(piece, _names(commands).exact)
    meant = instead(piece) if found is None or found[0].key in _OF_OTHERS else None
    if meant is None:
        return piece, found
    piece = _beginning(meant)
    return piece, _named(piece, _names(commands).exact)


def _beginning(text: str) -> Piece:
    """The first words of a line, where its name stands: a long line is not read for that."""
    words = text.split(" ", _MOST_WORDS + 1)[: _MOST_WORDS + 1]
    return between(text, 0, len(" ".join(words)))


def _after(piece: Piece, width: int) -> str:
    """What follows so many of the first words, to the line's end."""
    return piece.source[piece.words[width].start :] if width < len(piece) else ""


def _spelled(piece: Piece) -> str:
    """Some first words as names are compared; no name is as long as a line can be."""
    return squash(piece.text[:_LONGEST_NAME].rstrip(_MARKS))


def after_prefix(line: str, prefix: str) -> str | None:
    """What follows the prefix, spaces or none between (`! vote`); None where no word does."""
    text = without_unseen(line)
    if not text.casefold().startswith(prefix.casefold()):
        return None
    text = without_unseen(text[len(prefix) :])
    return text if text[:1].isalnum() else None


def listed_on_lines(text: str) -> str:
    """A list with one thing a line, as one line with bars: what phones have is a new line."""
    first, *others = (one.strip() for one in text.splitlines() if one.strip())
    if not others or "|" in text:
        return text
    head = first if first.endswith((":", "?")) or ":" in first else f"{first} :"
    things = " | ".join(_BULLET.sub("", one) for one in others)
    return f"{head} {things}" if head.endswith((":", "?")) else f"{head} | {things}"


def nearest(text: str, commands: Sequence[Command[Any]]) -> str | None:
    """The line, without prefix, that was probably meant by one whose first word names nothing."""
    piece = _beginning(clean(text))
    said = [_spelled(piece[:width]) for width in range(_MOST_WORDS + 1)]
    scored = [
        (_likeness(said[width], folded), -width, name)
        for name, folded in _names(commands).folded
        for width in (1, min(len(name.split()), _MOST_WORDS))
    ]
    score, width, name = max(scored, default=(0.0, 0, ""))
    return f"{name} {_after(piece, -width)}".strip() if score >= _NEAR else None


def _longer(piece: Piece, commands: Sequence[Command[Any]]) -> str | None:
    """The line meant by a name of two words whose second is misspelt: `cercle crer Littoral`."""
    seconds = _names(commands).longer.get(_spelled(piece[:1]), ())
    said = _spelled(piece[1:2]) if seconds else ""
    for name, second in seconds:
        if said != second and len(said) >= _FEWEST_LETTERS and alike(said, second) >= _NEAR:
            return f"{name} {_after(piece, 2)}".strip()
    return None


def same_name(one: str, other: str) -> bool:
    """Whether two spellings say the same name."""
    return bool(squash(one)) and squash(one) == squash(other)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of some commands, ready to be compared.

    `exact`: by folded name, with the most words it may be written in. `longer`: by first word,
    the names of several words and their folded ends.
    """

    exact: Mapping[str, tuple[Command[Any], int]]
    folded: Sequence[tuple[str, str]]
    longer: Mapping[str, Sequence[tuple[str, str]]]


_READY: dict[int, tuple[Sequence[Command[Any]], _Names]] = {}


def _names(commands: Sequence[Command[Any]]) -> _Names:
    """Their names; those of a tuple, which cannot change, are worked out once."""
    known, names = _READY.get(id(commands), (None, None))
    if names is not None and known is commands:
        return names
    made = _made(commands)
    if isinstance(commands, tuple):
        _READY[id(commands)] = (commands, made)
    return made


def _made(commands: Sequence[Command[Any]]) -> _Names:
    spoken = [(command, name) for command in commands for name in command.names]
    exact = {squash(name): (command, _width(name)) for command, name in spoken}
    longer: dict[str, list[tuple[str, str]]] = {}
    for _, name in spoken:
        first, _, second = name.partition(" ")
        if second:
            longer.setdefault(squash(first), []).append((name, squash(second)))
    return _Names(exact, [(name, squash(name)) for _, name in spoken], longer)


def _width(name: str) -> int:
    return len(plain(name).replace("-", " ").split())


def _named(
    piece: Piece, names: Mapping[str, tuple[Command[Any], int]]
) -> tuple[Command[Any], int] | None:
    for width in range(min(_MOST_WORDS, len(piece)), 0, -1):
        found = names.get(_spelled(piece[:width]))
        if found is not None and width <= found[1]:
            return found[0], width
    return None


def _likeness(said: str, name: str) -> float:
    begun = len(said) >= _FEWEST_LETTERS and name.startswith(said)
    return max(alike(said[:_SHOWN], name), float(_NEAR) if begun else 0.0)
