"""A line said directly by somebody of several circles: which one it is about is asked."""

from bot import events
from bot.pipeline.addressed import Hearing
from bot.pipeline.pointing import inside
from bot.pipeline.requests import OperatorSettings
from circle.circles import Circle
from commands import COMMANDS
from commands.kernel.command import Place, Request
from commands.kernel.reply import Refusal, Remedy
from commands.reading.inside import within
from commands.reading.line import Found, find
from commands.reading.words import clean
from commands.shared.refusals import RefusedNoCircle
from storage.uow import SqlUnitOfWork

_OF_A_CIRCLE = frozenset({Place.CIRCLE, Place.CIRCLES})


async def check_circle(
    uow: SqlUnitOfWork, found: Found, heard: Hearing, request: Request[None]
) -> None:
    """Raise the question, where the line may be about several circles and names none."""
    if not request.room.direct or request.circle or found.command.place not in _OF_A_CIRCLE:
        return
    if request.coordinator and found.command.place is Place.CIRCLES:
        return
    own = await uow.circles.of_person(request.person.key, request.at.date())
    if len(own) < 2:  # noqa: PLR2004
        return
    language = request.person.language or request.rules.language
    line = clean(heard.line)
    lines = tuple(f"{line} {within(circle.name, language)}" for circle in own)
    told = RefusedNoCircle(command=found.command.names[0], direct=True, lines=lines)
    rest = clean(found.rest)
    raise Refusal(told, Remedy(lines=lines, holds=bool(rest), bare=not rest))


async def located(
    uow: SqlUnitOfWork,
    event: events.AnyEvent,
    settings: OperatorSettings,
    line: str,
    request: Request[None],
) -> Request[None]:
    """The request in the circle that a line names, where it is of none by itself."""
    found = find(line, settings.prefix, COMMANDS)
    if request.circle or not isinstance(event, events.Message) or not isinstance(found, Found):
        return request
    return await inside(uow, event, settings, found, request, None)


async def home_of(uow: SqlUnitOfWork, request: Request[None]) -> Circle | None:
    """The circle with which a question is kept: its own, or any of those it asks about."""
    if request.circle is not None or not request.room.direct:
        return request.circle
    own = await uow.circles.of_person(request.person.key, request.at.date())
    return own[0] if own else None
