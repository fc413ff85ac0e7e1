"""What people show: reactions, answers to polls, and messages or reactions taken back."""

from dataclasses import replace
from typing import Any

from bot import events
from bot.pipeline.addressed import emoji
from bot.pipeline.edits import EDIT, edited_by
from bot.pipeline.messages import Lines
from bot.pipeline.outcome import BY_KEY, NOTHING, UNDONE, Done, announced
from bot.pipeline.receipts import SENT, take_back
from bot.pipeline.refusals import RefusedDeletion, RefusedEditKept
from bot.pipeline.requests import OperatorSettings, belongs, check, request_for
from circle.circles import CircleId
from circle.prompts import Prompt
from circle.refs import Kind, Ref
from commands import by_poll, by_reaction
from commands.kernel.command import Command, Gesture, Request
from commands.kernel.reply import Refusal, Reply
from commands.shared.refusals import RefusedNotMember
from storage.origins import Origin
from storage.uow import SqlUnitOfWork


class Signs:
    """Runs what reactions, polls and deletions mean."""

    def __init__(self, settings: OperatorSettings, lines: Lines) -> None:
        self._settings = settings
        self._lines = lines

    async def reaction(self, uow: SqlUnitOfWork, event: events.Reaction) -> Done:
        """What a reaction did, if it means anything on what it is put on."""
        found = await announced(uow, event.room, event.target)
        if found is not None and found[1].kind is Kind.PROMPT:
            answer = await self._lines.signed(uow, event, found[1])
            return await self._lines.take(uow, event, answer) if answer else NOTHING
        gesture = by_reaction(found[1], emoji(event.key), event.key) if found else None
        if found is None or gesture is None:
            return NOTHING
        return await self._gesture(uow, event, found, gesture, event.target)

    async def poll_response(self, uow: SqlUnitOfWork, event: events.PollResponse) -> Done:
        """An answer to a native poll is a ballot."""
        found = await announced(uow, event.room, event.poll)
        if found is None or found[1].kind is not Kind.VOTE:
            return NOTHING
        return await self._gesture(uow, event, found, by_poll(event.answers), event.poll)

    async def _gesture(
        self,
        uow: SqlUnitOfWork,
        event: events.Event,
        found: tuple[CircleId | None, Ref],
        gesture: Gesture,
        target: str,
    ) -> Done:
        """In a direct message, in the circle that the letter was about."""
        circle, ref = found
        command: Command[Any] = BY_KEY[gesture.command]
        request = await request_for(uow, event, self._settings)
        if request.room.direct:
            request = await self._in(uow, event, circle)
        elsewhere = request.circle is not None and request.circle.id != circle
        if event.sender in request.rules.robots or elsewhere:
            return NOTHING
        check(command, request)
        asked: Request[Any] = replace(request, about=ref, gesture=True)
        asked = replace(asked, args=gesture.args(ref))
        reply = await command.run(asked, uow)
        return Done(reply, asked, command.key, ref, target)

    async def redaction(self, uow: SqlUnitOfWork, event: events.Redaction) -> Done:
        """What was deleted or taken back is undone, where its command knows how."""
        origin = await uow.origins.of(event.target)
        if origin is None or origin.outcome == "undone" or origin.room_id != event.room:
            return NOTHING
        request = await self._in(uow, event, origin.circle)
        author = origin.sender == event.sender
        if not (author or request.may_manage()):
            return NOTHING
        if origin.outcome == EDIT:
            return await self._unedited(uow, origin, request)
        await uow.prompts.drop(origin.event_id)
        undone = await self._undone(uow, origin, request)
        await uow.origins.record(replace(origin, outcome="undone"))
        return undone

    async def _undone(self, uow: SqlUnitOfWork, origin: Origin, request: Request[None]) -> Done:
        known = origin.command == SENT or origin.command in BY_KEY
        if origin.outcome != "done" or origin.ref is None or not known:
            return NOTHING
        if request.circle is not None and not belongs(request):
            raise Refusal(RefusedNotMember(circle=request.circle.name))
        asked = replace(request, event=origin.event_id, about=origin.ref, gesture=True)
        reply = await self._taken_back(uow, origin, asked)
        return Done(reply, asked, origin.command + UNDONE, origin.ref)

    async def _taken_back(
        self, uow: SqlUnitOfWork, origin: Origin, asked: Request[None]
    ) -> Reply | None:
        """What taking a message back does; the receipt that it carried goes with it."""
        if origin.command == SENT:
            return await take_back(uow, origin, asked)
        command = BY_KEY[origin.command]
        if command.undo is None:
            raise Refusal(RefusedDeletion(command=command.names[0], id=origin.ref))
        reply = await command.undo(asked, uow)
        await take_back(uow, origin, asked)
        return reply

    async def _unedited(self, uow: SqlUnitOfWork, edit: Origin, request: Request[None]) -> Done:
        """The message shows what it said before: what its edit did stays, and that is told.

        An answer taken back takes back what it made of the line that was asked about.
        """
        prompt = await uow.prompts.answered_by(edit.event_id)
        if prompt is not None:
            return await self._unanswered(uow, prompt, request)
        first = await edited_by(uow, edit.event_id)
        origin = await uow.origins.of(first) if first else None
        if edit.ref is None or (origin is not None and origin.outcome == "undone"):
            return NOTHING
        raise Refusal(RefusedEditKept(id=edit.ref))

    async def _unanswered(self, uow: SqlUnitOfWork, prompt: Prompt, request: Request[None]) -> Done:
        origin = await uow.origins.of(prompt.origin)
        if origin is None or origin.outcome != "done":
            return NOTHING
        undone = await self._undone(uow, origin, request)
        await uow.origins.record(replace(origin, outcome="undone"))
        return undone

    async def _in(
        self, uow: SqlUnitOfWork, event: events.Event, circle: CircleId | None
    ) -> Request[None]:
        """The request in that circle, whichever the person is of by now, or in none."""
        request = await request_for(uow, event, self._settings, inside=circle)
        return request if circle is not None else replace(request, circle=None, member=None)
