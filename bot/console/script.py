"""The console's lines: who says or does what, when, and what the bot is expected to answer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

DEFAULT_ROOM = "circle"

_ROOM = r"(?:\[(?P<room>[^\]]+)\]\s*)?"
_NAME = r"(?P<name>[^\s\[\]>#@+]+)"
_SAYS = re.compile(
    rf"{_ROOM}{_NAME}(?P<dm>\s+\(dm\))?(?:\s+re\s+#?(?P<re>-\d+|\w+))?"
    r"(?:\s+edit\s+-(?P<edit>\d+))?>\s?(?P<text>.*)",
    re.DOTALL,
)
_REACTS = re.compile(
    rf"{_ROOM}{_NAME}(?P<dm>\s+\(dm\))?\s+(?P<sign>[+-])\s+(?P<emoji>\S+)"
    r"\s+#?(?P<re>-\d+|\w+)\s*"
)
_DELETES = re.compile(rf"{_ROOM}{_NAME}(?P<dm>\s+\(dm\))?\s+delete\s+-(?P<back>\d+)\s*")
_MOVES = re.compile(rf"{_ROOM}{_NAME}\s+(?P<what>joins|leaves)\s*")
_CLOCK = re.compile(
    r"@\s*(?P<at>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?)?)\s*"
)
BOT_NAMES = frozenset({"souci", "bot"})


class ScriptError(Exception):
    """A line that cannot be read; its text names the line and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptStep:
    """A line of a script. `line` is its number, `source` its text."""

    line: int
    source: str
    room: str = DEFAULT_ROOM
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Says(ScriptStep):
    """Somebody types; `re` names what the message replied to announced; `edit` counts back.

    `re` may count back as well: the bot's messages that are seen there, from the last (-1).
    """

    text: str
    direct: bool = False
    re: str | None = None
    edit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacts(ScriptStep):
    """A reaction put on what announced `re`, or taken back; `re` counts back as in `Says`."""

    emoji: str
    re: str
    back: bool
    direct: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletes(ScriptStep):
    """Somebody deletes their message, counted back from the last (1)."""

    back: int
    direct: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComesOrGoes(ScriptStep):
    """Somebody joins or leaves a room."""

    joins: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesClock(ScriptStep):
    """The clock moves there; a text without offset is in the console's zone."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Expects(ScriptStep):
    """The next message of the bot."""

    text: str


def read(lines: Iterable[str]) -> Iterator[ScriptStep]:
    """The steps of a script, comments and empty lines left out. Raises ScriptError."""
    for number, text in _joined(lines):
        yield read_line(number, text)


def read_line(number: int, text: str) -> ScriptStep:
    """One step. Raises ScriptError."""
    if match := _CLOCK.fullmatch(text):
        return _clock(number, text, match["at"])
    if match := _SAYS.fullmatch(text):
        return _says(number, text, match)
    if match := _REACTS.fullmatch(text):
        return Reacts(
            **_who(number, text, match),
            emoji=match["emoji"],
            re=match["re"],
            back=match["sign"] == "-",
            direct=bool(match["dm"]),
        )
    if match := _DELETES.fullmatch(text):
        return Deletes(
            **_who(number, text, match), back=int(match["back"]), direct=bool(match["dm"])
        )
    if match := _MOVES.fullmatch(text):
        return ComesOrGoes(**_who(number, text, match), joins=match["what"] == "joins")
    raise ScriptError(
        f"line {number}: expected a line such as “alice> !aide”, “bob + 🙋 A1” or "
        f"“@ 2026-11-30T09:00”, found “{text[:60]}”"
    )


def _joined(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; an indented line continues the one before."""
    held: tuple[int, str] | None = None
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r\n").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        if not line.strip() or line.startswith("# ") or line == "#":
            continue
        if line[0] in " \t" and held is not None:
            held = (held[0], f"{held[1]}\n{line.strip()}")
            continue
        if held is not None:
            yield held
        held = (number, line)
    if held is not None:
        yield held


def _who(number: int, text: str, match: re.Match[str]) -> dict[str, Any]:
    return {
        "line": number,
        "source": text,
        "room": match["room"] or DEFAULT_ROOM,
        "name": match["name"],
    }


def _says(number: int, text: str, match: re.Match[str]) -> ScriptStep:
    if match["name"] in BOT_NAMES:
        return Expects(line=number, source=text, text=match["text"])
    return Says(
        **_who(number, text, match),
        text=match["text"],
        direct=bool(match["dm"]),
        re=match["re"],
        edit=int(match["edit"]) if match["edit"] else None,
    )


def _clock(number: int, text: str, at: str) -> MovesClock:
    try:
        return MovesClock(line=number, source=text, at=datetime.fromisoformat(at))
    except ValueError:
        raise ScriptError(f"line {number}: “{at}” is no instant") from None
