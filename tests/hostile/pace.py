"""How long a line keeps the processor; a slow one is read again, twice, on the same state."""

from contextlib import suppress
from time import process_time
from typing import Final

from bot import events
from bot.pipeline.addressed import hear
from bot.pipeline.edits import completed
from bot.pipeline.pointing import inside
from bot.pipeline.requests import known_names, request_for
from commands import COMMANDS
from commands.kernel.reply import Refusal
from commands.reading.line import Found, find
from commands.reading.parse import needs, parse
from tests.fuzz.yardstick import usual
from tests.hostile.world import Happened, World

LIMIT: Final = 0.1
"""Seconds of processor that any line may take to be read, on a machine left alone."""


async def slow(world: World, happened: Happened) -> list[str]:
    """The line that held everybody up, if it does so each time it is read."""
    event = happened.event
    if happened.seconds <= LIMIT or not isinstance(event, events.Message):
        return []
    least = min([await _read(world, event) for _ in range(2)])
    if least <= LIMIT:
        return []
    return [f"{least * 1000:.0f} ms for {len(event.body)} characters: {event.body[:80]!r}"]


async def _read(world: World, event: events.Message) -> float:
    """Seconds of processor that finding its command and reading its arguments take."""
    store, settings = world.console._dispatcher._store, world.settings
    async with store.reading() as uow:
        event = await completed(uow, event)
        facts = await uow.rooms.get(event.room)
        direct = facts is not None and facts.direct
        began = process_time()
        heard = hear(event, settings, direct=direct)
        found = find(heard.line, settings.prefix, COMMANDS) if heard else None
        seconds = process_time() - began
        if heard is None or not isinstance(found, Found):
            return seconds
        request = await request_for(uow, event, settings)
        request = await inside(uow, event, settings, found, request, None)
        known = await known_names(uow, request, needs(found.command) | {"circles"})
    elsewhere = request.room.direct or request.coordination
    began = process_time()
    with suppress(Refusal):
        parse(
            found.command,
            found.rest,
            known=known,
            now=request.said_at,
            rules=request.rules,
            about=None,
            pills=heard.pills,
            direct=elsewhere,
            manages=request.may_manage(),
            prefix=settings.prefix,
            said=found.said,
        )
    return usual(seconds + process_time() - began)
