"""What a message points at: the thing and the circle that it names, answers, or edits."""

from dataclasses import replace

from bot import events
from bot.pipeline.edits import check_same_circle
from bot.pipeline.outcome import about, announced
from bot.pipeline.requests import OperatorSettings, circle_named, known_names, request_for
from circle.circles import Circle, CircleId
from circle.refs import Kind, Ref
from commands.kernel.command import Request
from commands.reading.inside import without_circle
from commands.reading.line import Found
from storage.origins import Origin
from storage.uow import SqlUnitOfWork


async def subject(
    uow: SqlUnitOfWork, event: events.Message, circle: Circle | None = None
) -> Ref | None:
    """What the message that is replied to announced, or the one that the thread began with.

    A question announces nothing.
    """
    for answered in (event.reply_to, event.thread):
        found = await about(uow, event.room, answered, circle)
        if found is not None and found.kind is not Kind.PROMPT:
            return found
    return None


async def gathering(uow: SqlUnitOfWork, event: events.Message) -> Ref | None:
    """What a letter of ours announced that the message answers, or in whose thread it is."""
    for answered in (event.reply_to, event.thread):
        if answered and (said := await uow.outbox.subject_of(event.room, answered)):
            return said[1]
    return None


async def inside(
    uow: SqlUnitOfWork,
    event: events.Message,
    settings: OperatorSettings,
    found: Found,
    request: Request[None],
    origin: Origin | None,
) -> Request[None]:
    """The request in the circle that the line names (`dans CERCLE`), or that it edits or answers.

    Raises the refusal of an edit that names another circle than the one of what it corrects.
    """
    meant = await _named(uow, found, request)
    if origin is not None and request.edited is not None:
        check_same_circle(origin, meant)
        meant = origin.circle
    if meant is None:
        meant = await _answered(uow, event, request) or (origin.circle if origin else None)
    return await _within(uow, event, settings, request, meant)


async def beside(
    uow: SqlUnitOfWork, event: events.Message, settings: OperatorSettings
) -> Request[None]:
    """The request of a message without line, in the circle of what it answers."""
    request = await request_for(uow, event, settings)
    return await _within(uow, event, settings, request, await _answered(uow, event, request))


async def _named(uow: SqlUnitOfWork, found: Found, request: Request[None]) -> CircleId | None:
    if not (request.room.direct or request.coordination):
        return None
    known = await known_names(uow, request, frozenset({"circles"}))
    name, _ = without_circle(found.command, found.rest, known.circles)
    return await circle_named(uow, request, name) if name else None


async def _answered(
    uow: SqlUnitOfWork, event: events.Message, request: Request[None]
) -> CircleId | None:
    """In a direct message: the circle of what it answers, or of what its thread began with."""
    for answered in (event.reply_to, event.thread) if request.room.direct else ():
        found = await announced(uow, event.room, answered) if answered else None
        if found is not None and found[1].kind is not Kind.PROMPT:
            return found[0]
    return None


async def _within(
    uow: SqlUnitOfWork,
    event: events.Message,
    settings: OperatorSettings,
    request: Request[None],
    circle: CircleId | None,
) -> Request[None]:
    """The same request in that circle, where another one was taken."""
    if circle is None or (request.circle is not None and request.circle.id == circle):
        return request
    there = await request_for(uow, event, settings, inside=circle)
    return replace(there, edited=request.edited, gesture=request.gesture)
