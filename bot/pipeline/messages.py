"""What people type: a line to its command, in its circle; an edit to what it corrects."""

from dataclasses import replace
from typing import Any

from bot import events
from bot.pipeline.addressed import Hearing, hear
from bot.pipeline.answers import Answers, PromptAnswer, Tried, answers_to
from bot.pipeline.edits import EDIT, check_edit, completed, concerns, first_of, is_theirs, origin_of
from bot.pipeline.outcome import BY_KEY, NOTHING, Done
from bot.pipeline.pages import said_again, with_next
from bot.pipeline.parts import parts_of, refuse_count
from bot.pipeline.plainly import reworded
from bot.pipeline.pointing import beside, gathering, inside, subject
from bot.pipeline.receipts import note
from bot.pipeline.refusals import RefusedUnknownCommand
from bot.pipeline.replies import Greeted, PromptClosed, PromptDropped
from bot.pipeline.requests import OperatorSettings, belongs, check, known_names, request_for
from bot.pipeline.several import check_alone, commands_in
from bot.pipeline.which_circle import check_circle
from circle.prompts import Prompt, PromptKind, PromptState
from circle.refs import Kind, Ref
from commands import COMMANDS, SPOKEN
from commands.help.more import MORE
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Remedy, Reply
from commands.reading.line import Found, Unknown, find
from commands.reading.parse import needs, parse
from commands.shared.refusals import RefusedNoCircle, RefusedNotMember
from language.pleasantries import only_kind
from storage.origins import Origin
from storage.uow import SqlUnitOfWork


class Lines:
    """Runs the lines that are meant for us."""

    def __init__(self, settings: OperatorSettings) -> None:
        self._settings = settings
        self._answers = Answers(self.tried)

    async def handle(self, uow: SqlUnitOfWork, event: events.Message) -> Done:
        """What a message did. Raises the refusal to answer with."""
        heard = await self._hear(uow, event)
        if event.notice or event.sender == self._settings.user_id:
            return NOTHING
        if event.edits is not None:
            return await self._edit(uow, event, heard)
        ref = await self._pointed(uow, event, heard)
        answer = await self._answers.by_words(uow, event, heard, ref)
        if answer is not None:
            return await self.take(uow, event, answer)
        return await self._first(uow, event, heard, ref=ref)

    async def answer_of(self, uow: SqlUnitOfWork, event: events.AnyEvent) -> PromptAnswer | None:
        """The question that an event answers, if it is one of ours and theirs."""
        match event:
            case events.Message(edits=None, notice=False):
                heard = await self._hear(uow, event)
                ref = await self._pointed(uow, event, heard)
                return await self._answers.by_words(uow, event, heard, ref)
            case events.Reaction():
                found = await uow.outbox.subject_of(event.room, event.target)
                return await self.signed(uow, event, found[1] if found else None)
        return None

    async def signed(
        self, uow: SqlUnitOfWork, event: events.Reaction, ref: Ref | None
    ) -> PromptAnswer | None:
        """The question that a reaction answers, on a message of ours about that."""
        if ref is None or ref.kind is not Kind.PROMPT:
            return None
        return await self._answers.by_reaction(uow, event, ref)

    async def _pointed(
        self, uow: SqlUnitOfWork, event: events.Message, heard: Hearing | None
    ) -> Ref | None:
        """What words without prefix answer."""
        return await gathering(uow, event) if heard is None or heard.bare else None

    async def take(self, uow: SqlUnitOfWork, event: events.Event, answer: PromptAnswer) -> Done:
        """What the line that was asked about does, now that it is answered; once."""
        prompt = answer.prompt
        if prompt.kind is PromptKind.MORE:
            done = await self._next_page(uow, event, prompt)
            return replace(done, answers=answers_to(event, answer))
        if answer.said is None:
            return await self._closed(uow, event, answer)
        if not await uow.prompts.close(prompt.id, PromptState.ANSWERED, event.id):
            return NOTHING
        done = await self.handle(uow, answer.said)
        return replace(
            done, said=answer.said, target=answer.sign, answers=answers_to(event, answer)
        )

    async def _closed(self, uow: SqlUnitOfWork, event: events.Event, answer: PromptAnswer) -> Done:
        """Nothing is run: it is left at that, or it is too late."""
        request = await request_for(uow, event, self._settings)
        prompt, answers = answer.prompt, answers_to(event, answer)
        if answer.late:
            return Done(
                Reply(PromptClosed(line=answer.line or prompt.line)), request, answers=answers
            )
        await uow.prompts.close(prompt.id, PromptState.LAPSED)
        reply = Reply(PromptDropped(), quiet=True, sign="👌")
        return Done(reply, request, target=answer.sign)

    async def tried(self, uow: SqlUnitOfWork, event: events.Message) -> Tried:
        """The command that a message would be, or why it is not read; nothing is done."""
        heard, origin = await self._hear(uow, event), await origin_of(uow, event)
        if heard is None:
            return None
        request = await request_for(uow, event, self._settings)
        try:
            heard = await reworded(uow, heard, request)
            found = self._found(heard)
            if not isinstance(found, Found):
                return None
            await self._read(uow, event, heard, found, request, origin)
        except Refusal as refusal:
            return refusal
        return found

    async def _first(
        self,
        uow: SqlUnitOfWork,
        event: events.Message,
        heard: Hearing | None,
        origin: Origin | None = None,
        ref: Ref | None = None,
    ) -> Done:
        """A message that did nothing yet; with the origin of the refused one that it replaces.

        `ref`: what it answers.
        """
        if event.attachment is not None:
            return await self._file(uow, event, heard, origin)
        if heard:
            return await self._line(uow, event, heard, origin)
        return await self._spoken(uow, event, ref) if ref else NOTHING

    async def _file(
        self,
        uow: SqlUnitOfWork,
        event: events.Message,
        heard: Hearing | None,
        origin: Origin | None,
    ) -> Done:
        """A file: a receipt of the entry it answers, or of the one that its caption declares."""
        line = heard if heard and isinstance(self._found(heard), Found) else None
        if line is not None:
            return await self._captioned(uow, event, line, origin)
        if await subject(uow, event) is None:
            return NOTHING
        request = await beside(uow, event, self._settings)
        if event.sender in request.rules.robots:
            return NOTHING
        ref = await subject(uow, event, request.circle)
        if ref and request.circle and not belongs(request):
            raise Refusal(RefusedNotMember(circle=request.circle.name))
        await note(uow, event, request, ref, self._settings)
        return NOTHING

    async def _captioned(
        self, uow: SqlUnitOfWork, event: events.Message, heard: Hearing, origin: Origin | None
    ) -> Done:
        """What the caption declares stands, also where its file may not be kept: that is told."""
        done = await self._line(uow, event, heard, origin)
        if done.request is None or done.reply is None:
            return done
        try:
            await note(uow, event, done.request, done.ref, self._settings)
        except Refusal as refusal:
            told = Reply(refusal.sentence, subject=done.ref)
            return replace(done, reply=replace(done.reply, also=(*done.reply.also, told)))
        return done

    def may_elect(self, event: events.Message) -> bool:
        """Whether a message may be a command that asks who is in the room right now."""
        return _elects(self._found(hear(event, self._settings, direct=True)))

    async def electing(self, uow: SqlUnitOfWork, event: events.Message) -> str | None:
        """The room of the circle that such a command is about, if it is meant for us."""
        heard = await self._hear(uow, event)
        found = self._found(heard)
        if not isinstance(found, Found) or not _elects(found):
            return None
        whole, origin = await completed(uow, event), await origin_of(uow, event)
        request = await request_for(uow, whole, self._settings)
        request = await inside(uow, whole, self._settings, found, request, origin)
        return request.circle.room_id if request.circle else None

    def _found(self, heard: Hearing | None) -> Found | Unknown | None:
        return find(heard.line, self._settings.prefix, COMMANDS) if heard else None

    async def _hear(self, uow: SqlUnitOfWork, event: events.Message) -> Hearing | None:
        facts = await uow.rooms.get(event.room)
        return hear(event, self._settings, direct=facts is not None and facts.direct)

    async def _line(
        self,
        uow: SqlUnitOfWork,
        event: events.Message,
        heard: Hearing,
        origin: Origin | None = None,
    ) -> Done:
        found = find(heard.line, self._settings.prefix, COMMANDS)
        if found is None:
            return NOTHING
        request = await request_for(uow, event, self._settings)
        if event.sender in request.rules.robots:
            return NOTHING
        check_alone(event, heard, self._settings, origin)
        heard = await reworded(uow, heard, request)
        found = find(heard.line, self._settings.prefix, COMMANDS) or found
        if isinstance(found, Unknown):
            if heard.bare is not None and only_kind(heard.bare):
                return Done(Reply(Greeted(), quiet=True, sign="🌼"), request)
            line = await self._proposed(uow, event, heard, found, request)
            remedy = Remedy(lines=(line,)) if line else None
            raise Refusal(RefusedUnknownCommand(word=found.word, line=line), remedy)
        if origin is not None and origin.outcome == "done":
            request = replace(request, edited=origin.ref)
        if found.command.key == MORE:
            listed = await uow.prompts.listed(request.person.key, event.room)
            if listed is not None:
                return await self._next_page(uow, event, listed)
        done = await self._run(uow, event, heard, found, request, origin)
        if event.edits is None:
            whole = events.whole_id(event.id)
            await uow.prompts.supersede(request.person.key, event.room, found.command.key, whole)
        return await with_next(uow, event, heard.line, done)

    async def _next_page(self, uow: SqlUnitOfWork, event: events.Event, listed: Prompt) -> Done:
        """What comes after a list that was answered: its line again, a page further."""
        said, line = said_again(event, listed), Hearing(listed.line)
        found = self._found(line)
        if not isinstance(found, Found):
            return NOTHING
        request = await request_for(uow, said, self._settings, inside=listed.circle)
        request = replace(request, page=listed.turn + 1)
        done = await self._run(uow, said, line, found, request)
        return replace(await with_next(uow, said, listed.line, done), said=said)

    async def _proposed(
        self,
        uow: SqlUnitOfWork,
        event: events.Message,
        heard: Hearing,
        unknown: Unknown,
        request: Request[None],
    ) -> str | None:
        """The line that was probably meant, if this person may type it and it reads.

        Raises the question in which of their circles they meant it.
        """
        found = find(unknown.line or "", self._settings.prefix, COMMANDS)
        if unknown.line is None or not isinstance(found, Found):
            return None
        try:
            meant = replace(heard, line=unknown.line)
            await self._read(uow, event, meant, found, request, None)
        except Refusal as refusal:
            if isinstance(refusal.sentence, RefusedNoCircle) and refusal.remedy:
                raise
            return None
        return unknown.line

    async def _run(
        self,
        uow: SqlUnitOfWork,
        event: events.Message,
        heard: Hearing,
        found: Found,
        request: Request[None],
        origin: Origin | None = None,
    ) -> Done:
        asked = await self._read(uow, event, heard, found, request, origin)
        reply = await found.command.run(asked, uow)
        return Done(reply, asked, found.command.key, reply.subject)

    async def _read(
        self,
        uow: SqlUnitOfWork,
        event: events.Message,
        heard: Hearing,
        found: Found,
        request: Request[None],
        origin: Origin | None,
    ) -> Request[Any]:
        """The request with its arguments. Raises the refusal of a line that is not read."""
        command = found.command
        elsewhere = request.room.direct or request.coordination
        request = await inside(uow, event, self._settings, found, request, origin)
        answered = await subject(uow, event, request.circle)
        request = replace(request, about=answered)
        await check_circle(uow, found, heard, request)
        check(command, request)
        wanted = needs(command) | {"circles"} if elsewhere else needs(command)
        known = await known_names(uow, request, wanted)
        args = parse(
            command,
            found.rest,
            known=known,
            now=request.said_at,
            rules=request.rules,
            about=answered,
            pills=heard.pills,
            direct=elsewhere,
            manages=request.may_manage(),
            prefix=self._settings.prefix,
            said=found.said,
            speaker=request.person,
        )
        return replace(request, args=args, known=known)

    async def _spoken(self, uow: SqlUnitOfWork, event: events.Message, ref: Ref) -> Done:
        """Words without prefix, in answer to a message of ours that gathers them."""
        request = await request_for(uow, event, self._settings)
        if ref.kind not in SPOKEN or event.sender in request.rules.robots:
            return NOTHING
        command = BY_KEY[SPOKEN[ref.kind]]
        found = Found(command, event.body, command.name_in(request.rules.language))
        return await self._run(
            uow, event, Hearing(event.body), found, replace(request, gesture=True)
        )

    async def _edit(self, uow: SqlUnitOfWork, event: events.Message, heard: Hearing | None) -> Done:
        """An edit runs what was refused, corrects what was done, or is answered."""
        origin, found = await origin_of(uow, event), self._found(heard)
        if origin is not None and (not is_theirs(origin, event) or origin.outcome == EDIT):
            return NOTHING  # an edit of an edit is shown nowhere
        if origin is not None and origin.outcome == "refused":
            await uow.prompts.drop(origin.event_id)
            ref = await self._pointed(uow, event, heard)
            return await self._first(uow, event, heard, origin, ref)
        if origin is None and (before := await parts_of(uow, event.edits or "")):
            now = len(commands_in(heard, self._settings)) if heard else 0
            await refuse_count(uow, event, before, now)
            return NOTHING
        if not concerns(origin, found) or await self._is_robot(uow, event):
            return NOTHING
        if origin and origin.ref and heard is None and await self._was_spoken(uow, event, origin):
            return await self._spoken(uow, event, origin.ref)
        check_edit(origin, found, heard.line if heard else event.body)
        return await self._line(uow, event, heard, origin) if heard else NOTHING

    async def _is_robot(self, uow: SqlUnitOfWork, event: events.Message) -> bool:
        request = await request_for(uow, event, self._settings)
        return event.sender in request.rules.robots

    async def _was_spoken(self, uow: SqlUnitOfWork, event: events.Message, origin: Origin) -> bool:
        """Whether the message that is edited was words without prefix."""
        first = await first_of(uow, event)
        if origin.outcome != "done" or origin.ref is None or first is None:
            return False
        return origin.ref.kind in SPOKEN and await self._hear(uow, first) is None


def _elects(found: Found | Unknown | None) -> bool:
    return isinstance(found, Found) and found.command.fresh_members
