"""A plain question to the bot is said anew as the command that answers it."""

from dataclasses import replace
from typing import Final

from bot.pipeline.addressed import Hearing
from bot.pipeline.refusals import PlainMeant
from circle.actions import Action
from circle.circles import Circle
from circle.meetings import next_start
from circle.ports import ActionFilter
from circle.text import fold
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Remedy
from commands.reading.questions import PlainLine, asked
from storage.uow import SqlUnitOfWork

_LONGEST: Final = 200


async def reworded(uow: SqlUnitOfWork, heard: Hearing, request: Request[None]) -> Hearing:
    """What was heard, or the command that a plain question means.

    Raises the proposal of a line that would have an effect: nothing is done of a plain sentence.
    """
    if heard.bare is None or len(heard.bare) > _LONGEST:
        return heard
    meant = asked(heard.bare)
    line = await _line(uow, meant, request) if meant else None
    if meant is None or line is None:
        return heard
    whole = f"{request.prefix}{line}"
    if meant.acts:
        raise Refusal(PlainMeant(line=line), Remedy(lines=(whole,)))
    return replace(heard, line=whole)


async def _line(uow: SqlUnitOfWork, meant: PlainLine, request: Request[None]) -> str | None:
    """The line with the thing that it is about; None where there is none such."""
    circle = request.circle
    if meant.action:
        found = await _action(uow, circle, meant.action) if circle else None
        return f"{meant.line} A{found.number}" if found else None
    if meant.meeting:
        number = await _meeting(uow, circle, request) if circle else None
        return meant.line.replace(" M ", f" M{number} ", 1) if number else None
    return meant.line


async def _action(uow: SqlUnitOfWork, circle: Circle, words: str) -> Action | None:
    """The only open or done action whose title holds these words, or that is called so."""
    actions = await uow.actions.list(circle.id, ActionFilter())
    said = fold(words)
    found = [one for one in actions if said in {f"a{one.number}", fold(one.title)}]
    found = found or [one for one in actions if said in fold(one.title)]
    return found[0] if len(found) == 1 else None


async def _meeting(uow: SqlUnitOfWork, circle: Circle, request: Request[None]) -> int | None:
    """The number of the meeting that comes first."""
    planned = await uow.meetings.current(circle.id, request.at)
    starts = [(start, one.number) for one in planned if (start := next_start(one, request.at))]
    return min(starts)[1] if starts else None
