"""One event, one transaction, one answer: from what was admitted to what will be sent."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot import events
from bot.compose import Composer, Envelope
from bot.hearing import Hearing, emoji, hear
from bot.requests import Settings, check, known_names, request_for
from circle.circles import CircleId
from circle.refs import Kind, Ref
from commands import COMMANDS, GESTURES, by_poll
from commands.kernel import Command, Refusal, Reply, Request, Unheard
from commands.reading.inside import without_circle
from commands.reading.line import Found, Unknown, find
from commands.reading.parse import needs, parse
from storage.errors import StoreUnavailableError
from storage.mail import Admission
from storage.origins import Origin
from storage.uow import SqlUnitOfWork, Store

log = structlog.get_logger(__name__)

BY_KEY: Mapping[str, Command[Any]] = {command.key: command for command in COMMANDS}
VOTE_OPENED = "org.matrix.msc3381.poll.start"


class Directory(Protocol):
    """What the network knows that the store may not: who is in a room right now."""

    async def joined_members(self, room_id: str) -> Mapping[str, str | None]: ...


@dataclass(frozen=True, slots=True)
class Done:
    """What an event did: its answer, who asked, and what to remember of it."""

    reply: Reply | None = None
    request: Request[Any] | None = None
    command: str = ""
    ref: Ref | None = None
    target: str | None = None


NOTHING = Done()


class Dispatcher:
    """Handles admitted events and owns their transactions.

    A refusal undoes what was begun and answers; a fault of the program is logged under a short
    reference that the room is given; a fault of the store is raised, so that the event is tried
    again when the store is back.
    """

    def __init__(
        self,
        store: Store,
        composer: Composer,
        directory: Directory,
        settings: Settings,
        on_scheduled: Callable[[datetime], None] = lambda _due: None,
    ) -> None:
        self._store = store
        self._composer = composer
        self._directory = directory
        self._settings = settings
        self._on_scheduled = on_scheduled

    async def handle(self, admission: Admission) -> None:
        """Handle one admitted event; it is finished when this returns.

        Raises StoreUnavailableError when the store cannot be reached: nothing has changed then.
        """
        event = events.decode(admission.payload)
        fresh = await self._fresh_members(event)
        try:
            async with self._store.transaction() as uow:
                for user, name in (fresh or {}).items():
                    await uow.rooms.join(event.room, user, name)
                await self._finish(uow, event, await self._do(uow, event))
            if uow.jobs.earliest is not None:
                self._on_scheduled(uow.jobs.earliest)
        except Refusal as refusal:
            await self._refuse(event, Reply(key=refusal.key, values=refusal.values))
        except StoreUnavailableError:
            raise
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("event.failed", event_id=event.id, reference=reference)
            await self._refuse(event, Reply(key="refused.failed", values={"reference": reference}))

    async def _do(self, uow: SqlUnitOfWork, event: events.AnyEvent) -> Done:
        try:
            match event:
                case events.Message():
                    return await self._message(uow, event)
                case events.Reaction():
                    return await self._reaction(uow, event)
                case events.PollResponse():
                    return await self._poll_response(uow, event)
                case events.Redaction():
                    return await self._redaction(uow, event)
                case events.Undecryptable():
                    return await self._undecryptable(uow, event)
                case _:
                    await note_room(uow, event)
        except Unheard:
            pass
        return NOTHING

    # What people type

    async def _message(self, uow: SqlUnitOfWork, event: events.Message) -> Done:
        heard = await self._hear(uow, event)
        if heard is None:
            return NOTHING
        if event.edits is not None:
            return await self._edit(uow, event, heard)
        return await self._line(uow, event, heard)

    async def _hear(self, uow: SqlUnitOfWork, event: events.Message) -> Hearing | None:
        facts = await uow.rooms.get(event.room)
        return hear(event, self._settings, direct=facts is not None and facts.direct)

    async def _line(
        self, uow: SqlUnitOfWork, event: events.Message, heard: Hearing, edited: Ref | None = None
    ) -> Done:
        found = find(heard.line, self._settings.prefix, COMMANDS)
        if found is None:
            return NOTHING
        request = await request_for(uow, event, self._settings)
        if event.sender in request.rules.robots:
            return NOTHING
        if isinstance(found, Unknown):
            raise Refusal("refused.unknown-command", word=found.word, line=found.line)
        return await self._run(uow, event, heard, found, replace(request, edited=edited))

    async def _run(
        self,
        uow: SqlUnitOfWork,
        event: events.Message,
        heard: Hearing,
        found: Found,
        request: Request[None],
    ) -> Done:
        command = found.command
        about = await self._about(uow, event.room, event.reply_to)
        elsewhere = request.room.direct or request.coordination
        if elsewhere:
            request = await self._inside(uow, event, found, request)
        request = replace(request, about=about)
        check(command, request)
        wanted = needs(command) | {"circles"} if elsewhere else needs(command)
        args = parse(
            command,
            found.rest,
            known=await known_names(uow, request, wanted),
            now=request.at,
            rules=request.rules,
            about=about,
            pills=heard.pills,
            direct=elsewhere,
            manages=request.may_manage(),
            prefix=self._settings.prefix,
            said=found.said,
        )
        asked = replace(request, args=args)
        reply = await command.run(asked, uow)
        return Done(reply, asked, command.key, reply.subject)

    async def _inside(
        self, uow: SqlUnitOfWork, event: events.Message, found: Found, request: Request[None]
    ) -> Request[None]:
        """The request in the circle that the line names (`dans CERCLE`), if it names one."""
        known = await known_names(uow, request, frozenset({"circles"}))
        name, _ = without_circle(found.command, found.rest, known.circles)
        if name is None:
            return request
        named = await request_for(uow, event, self._settings, inside=name)
        return replace(named, edited=request.edited)

    async def _edit(self, uow: SqlUnitOfWork, event: events.Message, heard: Hearing) -> Done:
        found = find(heard.line, self._settings.prefix, COMMANDS)
        origin = await uow.origins.of(event.edits or "")
        if origin is not None and (origin.sender, origin.room_id) != (event.sender, event.room):
            return NOTHING
        if origin is None:
            if isinstance(found, Found):
                raise Refusal("refused.edit-unread", line=heard.line)
            return NOTHING
        if origin.outcome == "refused":
            return await self._line(uow, event, heard)
        command = BY_KEY[origin.command]
        if not command.editable or origin.ref is None:
            raise Refusal("refused.edit", command=command.names[0], id=origin.ref)
        if not isinstance(found, Found) or found.command.key != origin.command:
            raise Refusal("refused.edit-changed", command=command.names[0], id=origin.ref)
        return await self._line(uow, event, heard, edited=origin.ref)

    # Gestures

    async def _reaction(self, uow: SqlUnitOfWork, event: events.Reaction) -> Done:
        ref = await self._about(uow, event.room, event.target)
        gesture = GESTURES.get((ref.kind, emoji(event.key))) if ref else None
        if ref is None or gesture is None:
            return NOTHING
        return await self._gesture(
            uow, event, BY_KEY[gesture.command], ref, gesture.args(ref), event.target
        )

    async def _poll_response(self, uow: SqlUnitOfWork, event: events.PollResponse) -> Done:
        ref = await self._about(uow, event.room, event.poll)
        if ref is None or ref.kind is not Kind.VOTE:
            return NOTHING
        gesture = by_poll(event.answers)
        return await self._gesture(
            uow, event, BY_KEY[gesture.command], ref, gesture.args(ref), event.poll
        )

    async def _gesture(
        self,
        uow: SqlUnitOfWork,
        event: events.Event,
        command: Command[Any],
        ref: Ref,
        args: object,
        target: str,
    ) -> Done:
        request = await request_for(uow, event, self._settings)
        if event.sender in request.rules.robots:
            return NOTHING
        check(command, request)
        asked: Request[Any] = replace(request, about=ref, gesture=True)
        asked = replace(asked, args=args)
        reply = await command.run(asked, uow)
        return Done(reply, asked, command.key, ref, target)

    async def _redaction(self, uow: SqlUnitOfWork, event: events.Redaction) -> Done:
        origin = await uow.origins.of(event.target)
        if origin is None or origin.outcome != "done" or origin.ref is None:
            return NOTHING
        request = await request_for(uow, event, self._settings)
        author = origin.sender == event.sender
        if origin.room_id != event.room or not (author or request.may_manage()):
            return NOTHING
        command = BY_KEY[origin.command]
        if command.undo is None:
            raise Refusal("refused.deletion", command=command.names[0], id=origin.ref)
        asked = replace(request, event=event.target, about=origin.ref, gesture=True)
        reply = await command.undo(asked, uow)
        await uow.origins.record(replace(origin, outcome="undone"))
        return Done(reply, asked, f"{command.key}.undo", origin.ref)

    async def _about(self, uow: SqlUnitOfWork, room_id: str, event_id: str | None) -> Ref | None:
        """What the message with this id announced, or what came of it."""
        if event_id is None:
            return None
        subject = await uow.outbox.subject_of(room_id, event_id)
        if subject is not None:
            return subject[1]
        origin = await uow.origins.of(event_id)
        return origin.ref if origin and origin.room_id == room_id else None

    # Around

    async def _undecryptable(self, uow: SqlUnitOfWork, event: events.Undecryptable) -> Done:
        told = f"{event.room}~{event.session}"
        if await uow.origins.of(told) is not None:
            return NOTHING
        await uow.origins.record(
            Origin(
                event_id=told,
                room_id=event.room,
                circle=None,
                command="undecryptable",
                ref=None,
                outcome="done",
                sender=event.sender,
            )
        )
        request = await request_for(uow, event, self._settings)
        reply = Reply(key="undecryptable", values={"member": request.person})
        return Done(reply, request)

    async def _fresh_members(self, event: events.AnyEvent) -> Mapping[str, str | None] | None:
        """Who is in the room right now, where a command must know it (a vote's electorate)."""
        if not isinstance(event, events.Message):
            return None
        heard = hear(event, self._settings, direct=False)
        found = find(heard.line, self._settings.prefix, COMMANDS) if heard else None
        if not isinstance(found, Found) or not found.command.fresh_members:
            return None
        return await self._directory.joined_members(event.room)

    async def _refuse(self, event: events.AnyEvent, reply: Reply) -> None:
        async with self._store.transaction() as uow:
            request = await request_for(uow, event, self._settings)
            await self._finish(uow, event, Done(reply, request), outcome="refused")

    async def _finish(
        self, uow: SqlUnitOfWork, event: events.AnyEvent, done: Done, outcome: str = "done"
    ) -> None:
        if done.reply is not None and done.request is not None:
            envelope = await self._envelope(uow, event, done)
            await uow.outbox.add(self._composer.letters(done.reply, envelope))
            await self._remember(uow, event, done, outcome)
        await uow.inbox.finish(event.id)

    async def _remember(
        self, uow: SqlUnitOfWork, event: events.AnyEvent, done: Done, outcome: str
    ) -> None:
        circle = done.request.circle.id if done.request and done.request.circle else None
        origin = Origin(
            event_id=event.id,
            room_id=event.room,
            circle=circle,
            command=done.command,
            ref=done.ref,
            outcome=outcome,
            sender=event.sender,
        )
        await uow.origins.record(origin)
        if isinstance(event, events.Message) and event.edits:
            await uow.origins.record(replace(origin, event_id=event.edits))

    async def _envelope(self, uow: SqlUnitOfWork, event: events.AnyEvent, done: Done) -> Envelope:
        request = done.request
        if request is None:
            raise LookupError("an answer needs the request it answers")
        answers = None if isinstance(event, events.Redaction) else event.id
        thread = event.thread if isinstance(event, events.Message) else None
        language = request.rules.language
        if request.room.direct and request.person.language:
            language = request.person.language
        circle = request.circle.id if request.circle else None
        return Envelope(
            cause=event.id,
            room_id=event.room,
            sender=event.sender,
            language=language,
            now=request.at,
            circle=circle,
            answers=answers,
            thread=thread,
            gesture_target=done.target,
            polls=await polls_of(uow, circle, done.reply),
        )


async def note_room(uow: SqlUnitOfWork, event: events.AnyEvent) -> None:
    """Keep what the store knows of rooms in step with them."""
    match event:
        case events.RoomChanged():
            await uow.rooms.save(
                event.room,
                name=event.name,
                direct=event.direct,
                encrypted=event.encrypted,
                powers=event.powers,
                default_power=event.default_power,
                state_power=event.state_power,
            )
        case events.MemberChanged(joined=True):
            await uow.rooms.join(event.room, event.user, event.name)
        case events.MemberChanged():
            await uow.rooms.leave(event.room, event.user)
        case events.RoomMoved():
            await uow.rooms.move(event.room, event.replacement)
        case _:
            pass


async def polls_of(
    uow: SqlUnitOfWork, circle: CircleId | None, reply: Reply | None
) -> Mapping[Ref, str]:
    """The poll that announced each vote this reply ends."""
    if circle is None or reply is None or reply.subject is None:
        return {}
    poll = await uow.outbox.event_of_subject(circle, reply.subject, VOTE_OPENED)
    return {reply.subject: poll} if poll else {}
