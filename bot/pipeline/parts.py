"""A message with several commands is several events, and so is its edit, and its deletion.

Each part is an event of the inbox behind the whole, with a mark of its own: `event~2`. They are
kept before any is handled, so whoever goes on after a kill finds the same ones, and their marks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from bot import events
from bot.events import part_id
from bot.pipeline.addressed import Hearing, hear
from bot.pipeline.edits import first_of, is_theirs, message_of, origin_of
from bot.pipeline.refusals import RefusedEditLines
from bot.pipeline.requests import OperatorSettings
from bot.pipeline.several import MOST, commands_in
from commands.kernel.reply import Refusal
from storage.mail import Admission
from storage.uow import SqlUnitOfWork, Store


class EventParts:
    """Takes events apart, and ends them."""

    def __init__(self, store: Store, settings: OperatorSettings) -> None:
        self._store = store
        self._settings = settings

    async def of(self, event: events.AnyEvent) -> tuple[Admission, ...] | None:
        """The parts of an event, each to be handled alone, in this order; None where it is one."""
        if not self._may_be_several(event):
            return None
        async with self._store.transaction() as uow:
            return await parts_of(uow, event.id) or await self._kept(uow, event)

    async def end(self, event_id: str) -> None:
        """All parts of an event are finished: so is it."""
        async with self._store.transaction() as uow:
            await uow.inbox.finish_split(event_id)

    def _may_be_several(self, event: events.AnyEvent) -> bool:
        if events.whole_id(event.id) != event.id:
            return False
        match event:
            case events.Message(edits=None, attachment=None, described=None):
                heard = hear(event, self._settings, direct=True)
                return heard is not None and len(commands_in(heard, self._settings)) > 1
            case events.Message(edits=str(), notice=False) | events.Redaction():
                return True
        return False

    async def _kept(
        self, uow: SqlUnitOfWork, event: events.AnyEvent
    ) -> tuple[Admission, ...] | None:
        made = await self._made(uow, event)
        if made is None:
            return None
        parts = tuple(map(_admission, made))
        await uow.inbox.split(parts)
        return parts

    async def _made(
        self, uow: SqlUnitOfWork, event: events.AnyEvent
    ) -> Sequence[events.Event] | None:
        match event:
            case events.Message(edits=None):
                lines = await self._lines(uow, event)
                return list(_parts(event, lines)) if 1 < len(lines) <= MOST else None
            case events.Message():
                return await self._edited(uow, event)
            case events.Redaction():
                return await _deleted(uow, event)
        return None

    async def _lines(self, uow: SqlUnitOfWork, event: events.Message) -> Sequence[str]:
        heard = await self._hear(uow, event)
        return commands_in(heard, self._settings) if heard else ()

    async def _hear(self, uow: SqlUnitOfWork, event: events.Message) -> Hearing | None:
        facts = await uow.rooms.get(event.room)
        return hear(event, self._settings, direct=facts is not None and facts.direct)

    async def _edited(
        self, uow: SqlUnitOfWork, event: events.Message
    ) -> Sequence[events.Event] | None:
        """The lines that an edit changes; None where it is to be refused, or answered, whole."""
        lines = await self._lines(uow, event)
        before = await parts_of(uow, event.edits or "")
        if not before and 1 < len(lines) <= MOST:
            before = await _taken_apart(uow, event, lines)
            return list(_corrections(event, lines)) if before else None
        if not before or len(lines) != len(before):
            return None
        return [
            part
            for part, old in zip(_corrections(event, lines), before, strict=True)
            if await _says_anew(uow, part, old)
        ]


async def parts_of(uow: SqlUnitOfWork, event_id: str) -> tuple[Admission, ...]:
    """The parts of an event that was taken apart, in their order."""
    return await uow.inbox.these([part_id(event_id, place) for place in range(1, MOST + 1)])


async def refuse_count(
    uow: SqlUnitOfWork, event: events.Message, before: Sequence[Admission], now: int
) -> None:
    """Raise the refusal of an edit to another count of lines, where the message was theirs."""
    for part in before:
        origin = await uow.origins.of(part.event_id)
        if origin is not None and is_theirs(origin, event):
            raise Refusal(RefusedEditLines(before=len(before), now=now))


async def _taken_apart(
    uow: SqlUnitOfWork, event: events.Message, lines: Sequence[str]
) -> tuple[Admission, ...]:
    """A message that was refused whole counts as these lines, each refused, from its edit on."""
    origin, first = await origin_of(uow, event), await first_of(uow, event)
    refused = origin is not None and origin.outcome == "refused" and is_theirs(origin, event)
    if origin is None or first is None or first.attachment or not refused:
        return ()
    await uow.prompts.drop(origin.event_id)
    parts = tuple(map(_admission, _parts(first, lines)))
    await uow.inbox.split(parts, done=True)
    for part in parts:
        await uow.origins.record(replace(origin, event_id=part.event_id))
    return parts


async def _says_anew(uow: SqlUnitOfWork, part: events.Message, old: Admission) -> bool:
    """Whether an edit changes that line of theirs; it is then what the next edit is compared to."""
    if not old.payload:
        return True
    said = await message_of(uow, old.event_id, part.sender)
    if said is None or said.room != part.room or said.body == part.body:
        return False
    now = structs.replace(said, body=part.body, html=part.html, mentions=part.mentions)
    await uow.inbox.say_anew(old.event_id, events.encode(now))
    return True


async def _deleted(uow: SqlUnitOfWork, event: events.Redaction) -> Sequence[events.Event] | None:
    """What was done last is undone first: it may rest on what was done before it."""
    before = await parts_of(uow, event.target)
    return [
        structs.replace(event, id=part_id(event.id, place), target=part.event_id)
        for place, part in enumerate(reversed(before), start=1)
    ] or None


def _parts(event: events.Message, lines: Sequence[str]) -> Iterator[events.Message]:
    for place, line in enumerate(lines, start=1):
        yield structs.replace(event, id=part_id(event.id, place), body=line, described=None)


def _corrections(event: events.Message, lines: Sequence[str]) -> Iterator[events.Message]:
    for place, part in enumerate(_parts(event, lines), start=1):
        yield structs.replace(part, edits=part_id(event.edits or "", place))


def _admission(event: events.Event) -> Admission:
    return Admission(
        event_id=event.id, room_id=event.room, at_ms=event.at, payload=events.encode(event)
    )
