"""A line to the command it names: whole words, never prefixes, never a guess (LANGUAGE)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from commands.kernel import Command
from commands.reading.fold import plain, squash
from commands.reading.words import Piece, clean, split

_MARKS = ":,;.?!…"
_MOST_WORDS = 3
_NEAR = 70
_FEWEST_LETTERS = 3
_SHOWN = 40


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
    text = clean(line)
    if not text.casefold().startswith(prefix.casefold()):
        return None
    text = text[len(prefix) :]
    if not text[:1].isalnum():
        return None
    piece = split(text)
    found = _named(piece, _names(commands))
    longer = _longer(piece, commands) if found else None
    if longer:
        return Unknown(piece[:2].text[:_SHOWN], f"{prefix}{longer}")
    if found is not None:
        command, width = found
        return Found(command, piece[width:].text, piece[:width].text.rstrip(_MARKS))
    near = nearest(text, commands)
    return Unknown(piece[:1].text[:_SHOWN], f"{prefix}{near}" if near else None)


def nearest(text: str, commands: Sequence[Command[Any]]) -> str | None:
    """The line, without prefix, that was probably meant by one whose first word names nothing."""
    piece = split(clean(text))
    scored = [
        (_likeness(squash(piece[:width].text.rstrip(_MARKS)), _spelling(name)[0]), -width, name)
        for name in _spoken(commands)
        for width in (1, len(name.split()))
    ]
    score, width, name = max(scored, default=(0.0, 0, ""))
    return f"{name} {piece[-width:].text}".strip() if score >= _NEAR else None


def _longer(piece: Piece, commands: Sequence[Command[Any]]) -> str | None:
    """The line meant by a name of two words whose second is misspelt: `cercle crer Littoral`."""
    said = squash(piece[1:2].text)
    for name in _spoken(commands):
        first, _, second = name.partition(" ")
        if second and squash(first) == squash(piece[:1].text) and said != squash(second):
            near = len(said) >= _FEWEST_LETTERS and fuzz.ratio(said, squash(second)) >= _NEAR
            if near:
                return f"{name} {piece[2:].text}".strip()
    return None


def same_name(one: str, other: str) -> bool:
    """Whether two spellings say the same name."""
    return bool(squash(one)) and squash(one) == squash(other)


def _spoken(commands: Iterable[Command[Any]]) -> Iterable[str]:
    return (name for command in commands for name in command.names)


def _names(commands: Iterable[Command[Any]]) -> Mapping[str, tuple[Command[Any], int]]:
    """Commands by their folded names, with the most words each name may be written in."""
    return {
        _spelling(name)[0]: (command, _spelling(name)[1])
        for command in commands
        for name in command.names
    }


@lru_cache(maxsize=1024)
def _spelling(name: str) -> tuple[str, int]:
    """A command's name, folded, and the most words it may be written in."""
    return squash(name), len(plain(name).replace("-", " ").split())


def _named(
    piece: Piece, names: Mapping[str, tuple[Command[Any], int]]
) -> tuple[Command[Any], int] | None:
    for width in range(min(_MOST_WORDS, len(piece)), 0, -1):
        found = names.get(squash(piece[:width].text.rstrip(_MARKS)))
        if found is not None and width <= found[1]:
            return found[0], width
    return None


def _likeness(said: str, name: str) -> float:
    begun = len(said) >= _FEWEST_LETTERS and name.startswith(said)
    return max(fuzz.ratio(said[:_SHOWN], name), float(_NEAR) if begun else 0.0)
