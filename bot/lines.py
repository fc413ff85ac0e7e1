"""What people type: a line to its command, in its circle; an edit to what it corrects."""

from dataclasses import replace

from msgspec import structs

from bot import events
from bot.done import BY_KEY, NOTHING, Done, about
from bot.hearing import Hearing, hear
from bot.receipts import note
from bot.requests import Settings, check, known_names, request_for
from circle.circles import Circle
from circle.refs import Ref
from commands import COMMANDS, SPOKEN
from commands.kernel import Refusal, Request
from commands.reading.inside import without_circle
from commands.reading.line import Found, Unknown, check_alone, find
from commands.reading.parse import needs, parse
from storage.uow import SqlUnitOfWork


class Lines:
    """Runs the lines that are meant for us."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def handle(self, uow: SqlUnitOfWork, event: events.Message) -> Done:
        """What a message did. Raises the refusal to answer with."""
        heard = await self._hear(uow, event)
        if event.edits is not None:
            edit = self._edit(uow, event, heard) if heard else self._spoken(uow, event)
            return await edit
        if event.attachment is not None:
            return await self._file(uow, event, heard)
        return await self._line(uow, event, heard) if heard else await self._spoken(uow, event)

    async def _file(self, uow: SqlUnitOfWork, event: events.Message, heard: Hearing | None) -> Done:
        """A file: a receipt of the entry it answers, or of the one that its caption declares."""
        limit = self._settings.largest_receipt
        done = await self._line(uow, event, heard) if heard and self._is_command(heard) else NOTHING
        if done.request is not None:
            await note(uow, event, done.request, done.ref, limit)
            return done
        ref = await _subject(uow, event)
        if ref is None or event.notice or event.sender == self._settings.user_id:
            return NOTHING
        request = await request_for(uow, event, self._settings)
        ref = await _subject(uow, event, request.circle)
        return await note(uow, event, request, ref, limit)

    def may_elect(self, event: events.Message) -> bool:
        """Whether a message may be a command that asks who is in the room right now."""
        return _elects(self._found(hear(event, self._settings, direct=True)))

    async def electing(self, uow: SqlUnitOfWork, event: events.Message) -> str | None:
        """The room of the circle that such a command is about, if it is meant for us."""
        heard = await self._hear(uow, event)
        found = self._found(heard)
        if not isinstance(found, Found) or not _elects(found):
            return None
        request = await request_for(uow, event, self._settings)
        if request.room.direct or request.coordination:
            request = await self._inside(uow, event, found, request)
        return request.circle.room_id if request.circle else None

    def _found(self, heard: Hearing | None) -> Found | Unknown | None:
        return find(heard.line, self._settings.prefix, COMMANDS) if heard else None

    def _is_command(self, heard: Hearing) -> bool:
        return isinstance(self._found(heard), Found)

    async def _hear(self, uow: SqlUnitOfWork, event: events.Message) -> Hearing | None:
        facts = await uow.rooms.get(event.room)
        return hear(event, self._settings, direct=facts is not None and facts.direct)

    async def _line(
        self, uow: SqlUnitOfWork, event: events.Message, heard: Hearing, edited: Ref | None = None
    ) -> Done:
        found = find(heard.line, self._settings.prefix, COMMANDS)
        if found is None:
            return NOTHING
        check_alone(heard.line, self._settings.prefix)
        request = await request_for(uow, event, self._settings)
        if event.sender in request.rules.robots:
            return NOTHING
        if isinstance(found, Unknown):
            line = await self._proposed(uow, found, request)
            raise Refusal("refused.unknown-command", word=found.word, line=line)
        return await self._run(uow, event, heard, found, replace(request, edited=edited))

    async def _proposed(
        self, uow: SqlUnitOfWork, unknown: Unknown, request: Request[None]
    ) -> str | None:
        """The line that was probably meant, if this person may type it and it reads."""
        found = find(unknown.line or "", self._settings.prefix, COMMANDS)
        if not isinstance(found, Found):
            return None
        known = await known_names(uow, request, needs(found.command))
        at, rules, speaker = request.at, request.rules, request.person
        try:
            check(found.command, request)
            parse(found.command, found.rest, known=known, now=at, rules=rules, speaker=speaker)
        except Refusal:
            return None
        return unknown.line

    async def _run(
        self,
        uow: SqlUnitOfWork,
        event: events.Message,
        heard: Hearing,
        found: Found,
        request: Request[None],
    ) -> Done:
        command = found.command
        elsewhere = request.room.direct or request.coordination
        if elsewhere:
            request = await self._inside(uow, event, found, request)
        subject = await _subject(uow, event, request.circle)
        request = replace(request, about=subject)
        check(command, request)
        wanted = needs(command) | {"circles"} if elsewhere else needs(command)
        args = parse(
            command,
            found.rest,
            known=await known_names(uow, request, wanted),
            now=request.at,
            rules=request.rules,
            about=subject,
            pills=heard.pills,
            direct=elsewhere,
            manages=request.may_manage(),
            prefix=self._settings.prefix,
            said=found.said,
            speaker=request.person,
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

    async def _spoken(self, uow: SqlUnitOfWork, event: events.Message) -> Done:
        """Words without prefix, in answer to a message of ours that gathers them."""
        own = event.notice or event.sender == self._settings.user_id
        ref = None if own else await self._gathering(uow, event)
        command = BY_KEY[SPOKEN[ref.kind]] if ref and ref.kind in SPOKEN else None
        if command is None:
            return NOTHING
        request = await request_for(uow, event, self._settings)
        if event.sender in request.rules.robots:
            return NOTHING
        answers = structs.replace(event, reply_to=event.edits or event.reply_to)
        found = Found(command, event.body, command.name_in(request.rules.language))
        spoken = replace(request, gesture=True)
        return await self._run(uow, answers, Hearing(event.body), found, spoken)

    async def _gathering(self, uow: SqlUnitOfWork, event: events.Message) -> Ref | None:
        """What the message of ours announced that this one answers, or did before its edit."""
        if event.edits is None:
            for answered in (event.reply_to, event.thread):
                if said := await uow.outbox.subject_of(event.room, answered or ""):
                    return said[1]
            return None
        origin = await uow.origins.of(event.edits)
        mine = origin is not None and origin.sender == event.sender and origin.outcome == "done"
        return origin.ref if origin and mine else None

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


def _elects(found: Found | Unknown | None) -> bool:
    return isinstance(found, Found) and found.command.fresh_members


async def _subject(
    uow: SqlUnitOfWork, event: events.Message, circle: Circle | None = None
) -> Ref | None:
    """What the message that is replied to announced, or the one that the thread began with."""
    replied = await about(uow, event.room, event.reply_to, circle)
    return replied or await about(uow, event.room, event.thread, circle)
