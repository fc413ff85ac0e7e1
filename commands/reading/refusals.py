"""From words that were not read to the sentence that says so, with a line that works."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from circle.prompts import HOLE
from commands.kernel.command import Command
from commands.kernel.reply import Refusal, Remedy
from commands.kernel.sentence import sentence_of
from commands.reading import misread, misread_dates  # noqa: F401 - found by their keys
from commands.reading.slots import Unreadable
from commands.reading.words import Piece

_TRIED = 3
"""Ways to put a line right: where those are not read, the others are not either."""
_LONGEST = 500
"""Characters of a line that is worth proposing: nobody types a longer one again."""
_WANTS = ("missing", "not-understood")
"""Ends the keys of what asks for a value: lines that are shown with one only show how."""
_HALF_SAID = frozenset({"hour-missing", "day-missing"})
_ALL_OF_IT = frozenset({"several", "twice", "too-long", "too-much"})
"""About words that hold others: no answer stands in their place."""
_NAMED = re.compile(r"#?([ACEMRV])(\d{1,6})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """How the line began: the prefix and the command's name as typed; and what would work.

    `within`: the circle that it named, with its word.
    """

    prefix: str
    said: str
    examples: tuple[str, ...]
    within: str = ""

    def line(self, rest: str) -> str:
        """A whole line to type."""
        return " ".join(filter(None, (f"{self.prefix}{self.said}", rest.strip(), self.within)))

    def example(self, rest: str) -> str:
        """The command's own first example, about what the rest of the line names first."""
        example = self.prefix + (self.examples[0] if self.examples else self.said)
        named = _NAMED.match(rest)
        return _about(named, example) if named else example


def _about(named: re.Match[str], example: str) -> str:
    kind = named[1].upper()
    return re.sub(rf"\b{kind}\d+\b", kind + named[2], example, count=1)


def typed(command: Command[Any], prefix: str, said: str | None, language: str) -> Typed:
    """How a line of this command is written out for somebody of that language."""
    examples = command.examples.get(language) or next(iter(command.examples.values()), ())
    return Typed(prefix, said or command.names[0], examples)


def refusal(
    unread: Unreadable, line: str, how: Typed, tried: Callable[[str], Unreadable | None]
) -> Refusal:
    """The answer to a line that was not read, with a line that works.

    `tried`: what is still asked about a line, or wrong with it. A line that only makes something
    else be asked is proposed as well: one answer at a time.
    """
    rests = unread.rests or tuple(_rewritten(line, unread.piece, unread.instead))
    ends = {rest: tried(rest) for rest in rests[:_TRIED] if len(rest) <= _LONGEST}
    working = next((rest for rest, end in ends.items() if end is None), None)
    wrong = {rest for rest, end in ends.items() if end and not (end.rests or end.instead)}
    lines = tuple(how.line(rest) for rest in rests if rest not in wrong)
    values: dict[str, object] = {
        "text": unread.piece.shown() if unread.piece else "",
        "example": how.example(line) if working is None else how.line(working),
        "lines": lines,
        "command": how.said,
        "choices": (),
    }
    return Refusal(
        sentence_of(unread.key, values | unread.values), _remedy(unread, line, how, lines)
    )


def _remedy(unread: Unreadable, line: str, how: Typed, lines: tuple[str, ...]) -> Remedy | None:
    """How an answer puts the line right; None for one that is too long to be kept for that."""
    if len(line) > _LONGEST:
        return None
    wants = unread.key.endswith(_WANTS)
    return Remedy(
        lines=() if wants else lines,
        blanks=tuple(how.line(" ".join(blank.split())) for blank in _blanks(unread, line)),
        wanted=unread.key.partition(".")[0] if wants else "",
        holds=bool(line),
        bare=not line,
    )


def _blanks(unread: Unreadable, line: str) -> Iterator[str]:
    """The line with the hole where an answer to this probably goes, likeliest first."""
    name = unread.key.partition(".")[2]
    if name in _ALL_OF_IT or HOLE in line:
        return
    inside = tuple(_rewritten(line, unread.piece, (HOLE,)))
    beside = tuple(
        _rewritten(line, unread.piece, (f"{unread.piece.text} {HOLE}",)) if unread.piece else ()
    )
    around = (f"{line} {HOLE}", f"{HOLE} {line}")
    if unread.key == "text.missing":
        yield from reversed(around)
    elif name in _HALF_SAID:
        yield from (*beside, *inside, *around)
    elif unread.key.endswith(_WANTS):
        yield from (*around, *beside, *inside)
    else:
        yield from inside


def _rewritten(line: str, piece: Piece | None, instead: Iterable[str]) -> Iterator[str]:
    if piece is None:
        return
    for words in instead:
        yield f"{line[: piece.start]}{words}{line[piece.end :]}"
