"""What people show: reactions, answers to polls, and messages or reactions taken back."""

from dataclasses import replace
from typing import Any

from bot import events
from bot.done import BY_KEY, NOTHING, UNDONE, Done, about
from bot.hearing import emoji
from bot.requests import Settings, check, request_for
from circle.refs import Kind, Ref
from commands import by_poll, by_reaction
from commands.kernel import Command, Refusal, Request
from storage.origins import Origin
from storage.uow import SqlUnitOfWork


class Signs:
    """Runs what reactions, polls and deletions mean."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def reaction(self, uow: SqlUnitOfWork, event: events.Reaction) -> Done:
        """What a reaction did, if it means anything on what it is put on."""
        ref = await about(uow, event.room, event.target)
        gesture = by_reaction(ref, emoji(event.key), event.key) if ref else None
        if ref is None or gesture is None:
            return NOTHING
        return await self._gesture(
            uow, event, BY_KEY[gesture.command], ref, gesture.args(ref), event.target
        )

    async def poll_response(self, uow: SqlUnitOfWork, event: events.PollResponse) -> Done:
        """An answer to a native poll is a ballot."""
        ref = await about(uow, event.room, event.poll)
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
        ours = await about(uow, event.room, target, request.circle) is not None
        if event.sender in request.rules.robots or not ours:
            return NOTHING
        check(command, request)
        asked: Request[Any] = replace(request, about=ref, gesture=True)
        asked = replace(asked, args=args)
        reply = await command.run(asked, uow)
        return Done(reply, asked, command.key, ref, target)

    async def redaction(self, uow: SqlUnitOfWork, event: events.Redaction) -> Done:
        """What was deleted or taken back is undone, where its command knows how."""
        origin = await uow.origins.of(event.target)
        if origin is None or origin.outcome != "done" or origin.ref is None:
            return NOTHING
        request = await self._within(uow, event, origin)
        author = origin.sender == event.sender
        if origin.room_id != event.room or not (author or request.may_manage()):
            return NOTHING
        command = BY_KEY[origin.command]
        if command.undo is None:
            raise Refusal("refused.deletion", command=command.names[0], id=origin.ref)
        asked = replace(request, event=event.target, about=origin.ref, gesture=True)
        reply = await command.undo(asked, uow)
        await uow.origins.record(replace(origin, outcome="undone"))
        return Done(reply, asked, command.key + UNDONE, origin.ref)

    async def _within(
        self, uow: SqlUnitOfWork, event: events.Redaction, origin: Origin
    ) -> Request[None]:
        """The request of who deletes, in the circle that the deleted message named."""
        request = await request_for(uow, event, self._settings)
        if request.circle is not None or origin.circle is None:
            return request
        mine = await uow.circles.of_person(request.person.key, request.at.date())
        named = next((circle.name for circle in mine if circle.id == origin.circle), None)
        return await request_for(uow, event, self._settings, inside=named)
