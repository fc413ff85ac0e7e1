"""Several commands in one message: where each of them begins (docs/decisions/0038)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.events import Message, whole_id
from bot.pipeline.addressed import Hearing, line_of_command
from bot.pipeline.refusals import RefusedEditLines, RefusedManyLines
from bot.pipeline.requests import OperatorSettings
from commands import COMMANDS
from commands.kernel.reply import Refusal
from commands.reading.fields import fields_of, only
from commands.reading.line import Found, after_prefix, find, is_named
from commands.reading.misread import ReadingSeveralLines
from commands.reading.slots import Choices
from commands.reading.words import clean
from language.pleasantries import only_kind
from storage.origins import Origin

MOST: Final = 10
"""So many commands a message."""

_MOST_LINES: Final = 200
"""Lines in which commands are looked for; the rest goes on with the last one."""


def commands_in(heard: Hearing, settings: OperatorSettings) -> tuple[str, ...]:
    """The commands of what was heard, each with its prefix and the lines that go on with it.

    Mostly it is one, whole, however many lines it has. A line is a command of its own where it
    begins as one. Where no prefix is needed, that is so if all lines are named like commands: one
    that is not goes on with the text of the first.
    """
    lines = heard.line.splitlines()
    if len(lines) < 2 or after_prefix(lines[0], settings.prefix) is None:  # noqa: PLR2004
        return (heard.line,)
    begun = {0: lines[0]}
    for place, line in enumerate(lines[1:_MOST_LINES], start=1):
        command = line_of_command(line, heard.pills, settings)
        if command is not None:
            begun[place] = command
    if heard.bare is not None and not _named(lines[0], settings):
        return (heard.line,)
    if len(begun) > 1:
        return tuple(_joined(lines, begun))
    bare = _all_named(lines, settings) if heard.direct or heard.bare is not None else ()
    return bare if len(bare) > 1 else (heard.line,)


def _joined(lines: Sequence[str], begun: dict[int, str]) -> list[str]:
    """Each command with the lines that follow it, up to the next one."""
    ends = pairwise((*begun, len(lines)))
    return ["\n".join((begun[first], *lines[first + 1 : end])).strip() for first, end in ends]


def _all_named(lines: Sequence[str], settings: OperatorSettings) -> tuple[str, ...]:
    """The lines that say something, where every one is named like a command; else none.

    A choice has its options on lines.
    """
    first = find(lines[0], settings.prefix, COMMANDS)
    if isinstance(first, Found) and only(Choices, fields_of(first.command.args)):
        return ()
    others = (one for one in lines[1:_MOST_LINES] if one.strip() and not only_kind(one))
    said = [lines[0], *(settings.prefix + line.strip() for line in others)]
    return tuple(said) if all(_named(line, settings) for line in said[1:]) else ()


def _named(line: str, settings: OperatorSettings) -> bool:
    return is_named(line, settings.prefix, COMMANDS)


def check_alone(
    event: Message, heard: Hearing, settings: OperatorSettings, origin: Origin | None
) -> None:
    """Raise where what is to be run as one command is several: none is the text of another.

    So it is of too many, of those that come with a file, and where one is corrected (`origin`).
    """
    lines = commands_in(heard, settings)
    if len(lines) == 1 or whole_id(event.id) != event.id:
        return
    if origin is not None and origin.outcome == "done":
        raise Refusal(RefusedEditLines(before=1, now=len(lines)))
    if len(lines) > MOST and event.attachment is None:
        raise Refusal(RefusedManyLines(count=len(lines), most=MOST))
    shown = tuple(clean(line) for line in lines[:MOST])
    raise Refusal(
        ReadingSeveralLines(lines=shown, text="", example=shown[0], command="", count=len(lines))
    )
