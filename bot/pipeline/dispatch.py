"""One event, one transaction, one answer: from what was admitted to what will be sent."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import Final

import msgspec
import structlog

from bot import events
from bot.letters.compose import Composer
from bot.letters.counting_first import counting_first
from bot.pipeline.answering import Answering
from bot.pipeline.asking import Asking
from bot.pipeline.edits import completed
from bot.pipeline.giving_up import GivingUp
from bot.pipeline.handled import Answered, Handled, together
from bot.pipeline.messages import Lines
from bot.pipeline.outcome import NOTHING, Done
from bot.pipeline.parts import EventParts
from bot.pipeline.presence import Directory, Present, WhoIsHere
from bot.pipeline.reactions import Signs
from bot.pipeline.replies import NotDecrypted, RefusedFailed, Welcome, WelcomeBack
from bot.pipeline.requests import OperatorSettings, request_for
from bot.pipeline.room_facts import note_room, watch_stewards
from commands.kernel.reply import Refusal, Reply, Unheard
from storage.errors import StoreUnavailableError
from storage.mail import Admission
from storage.origins import Origin
from storage.uow import SqlUnitOfWork, Store

log = structlog.get_logger(__name__)

GREETS_AFTER_MS: Final = 3000


class _UnmetError(Exception):
    """A line that an answer put right asks who is in the room, which the answer alone did not."""

    def __init__(self, said: events.Message) -> None:
        super().__init__()
        self.said = said


class Dispatcher:
    """Handles admitted events and owns their transactions.

    A refusal undoes what was begun and answers; a fault of the program is logged under a short
    reference that the room is given; a fault of the store is raised, so that the event is tried
    again when the store is back.
    """

    def __init__(
        self, store: Store, composer: Composer, directory: Directory, settings: OperatorSettings
    ) -> None:
        self._store = store
        self._composer = composer
        self._directory = directory
        self._settings = settings
        self._lines = Lines(settings)
        self._parts = EventParts(store, settings)
        self._presence = WhoIsHere(store, directory, self._lines, settings.user_id)
        self._signs = Signs(settings, self._lines)
        self._asking = Asking(settings)
        self._answering = Answering(composer, settings)
        self._giving_up = GivingUp(store, composer, settings)

    async def handle(self, admission: Admission) -> Handled:
        """Handle one admitted event; it is finished when this returns what came of it.

        Raises StoreUnavailableError when the store cannot be reached: nothing has changed then.
        """
        begun, reference = perf_counter(), secrets.token_hex(3)
        try:
            event = events.decode(admission.payload)
        except msgspec.MsgspecError:
            log.exception("event.unreadable", event_id=admission.event_id, reference=reference)
            return await self._give_up(admission, reference, begun)
        try:
            parts = await self._parts.of(event)
            if parts is not None:
                return await self._one_by_one(event, parts)
            handled = await counting_first(partial(self._handle, event, begun), self._store.gather)
        except StoreUnavailableError:
            raise
        except Exception:
            log.exception("event.failed", event_id=event.id, reference=reference)
            handled = await self._fail(event, admission, reference, begun)
        return replace(
            handled,
            room_changed=isinstance(event, events.RoomChanged),
            files_changed=_touches_files(event),
        )

    async def _one_by_one(self, event: events.AnyEvent, parts: Sequence[Admission]) -> Handled:
        """Each part alone, in order; those that are finished stay so. Then the whole is."""
        handled = [await self.handle(part) for part in parts]
        await self._parts.end(event.id)
        return together(handled)

    async def _handle(self, event: events.AnyEvent, begun: float) -> Handled:
        """Do it and answer, or answer the refusal: a fault in either is ours to tell."""
        try:
            await self._settle_target(event)
            return await self._do_as_met(event, begun)
        except Refusal as refusal:
            handled = await self._refuse(event, refusal)
            return replace(handled, answered=(_answered("", refusal.key, begun),))

    async def _do_as_met(self, event: events.AnyEvent, begun: float) -> Handled:
        """What came of it; tried again, once, where the network knows better who is here."""
        try:
            return await self._attempt(event, await self._present(event), begun)
        except _UnmetError as unmet:
            present = await self._presence.asked_by(unmet.said)
        except Refusal as refusal:
            present = await self._presence.after(refusal, event)
            if present is None:
                raise
        return await self._attempt(event, present, begun, met=True)

    async def _present(self, event: events.AnyEvent) -> Present | None:
        """Who is here, where that must be known: for a vote, and where we have just come in."""
        if self._is_arrival(event):
            return await self._presence.of(event.room)
        return await self._presence.asked_by(event)

    async def _attempt(
        self, event: events.AnyEvent, present: Present | None, begun: float, *, met: bool = False
    ) -> Handled:
        """What came of it, in a transaction, where `present` are in the room and no others.

        `met`: the network was asked for them already.
        """
        async with self._store.transaction() as uow:
            if not await uow.inbox.finish(event.id):
                return Handled()  # another process has done it
            if present:
                await uow.rooms.only(*present, at=event.instant)
            whole = await completed(uow, event)
            done = await self._do(uow, whole)
            if done.said is not None and not met and self._lines.may_elect(done.said):
                raise _UnmetError(done.said)
            await self._answering.answer(uow, done.said or whole, done)
        return Handled(
            written=tuple(uow.outbox.written),
            answered=(_answered(done.command, "done", begun),) if done.reply is not None else (),
            wake_at=uow.jobs.earliest,
            erased=bool(uow.personal.erased),
        )

    async def _do(self, uow: SqlUnitOfWork, event: events.AnyEvent) -> Done:
        try:
            match event:
                case events.Message():
                    return await self._lines.handle(uow, event)
                case events.Reaction():
                    return await self._signs.reaction(uow, event)
                case events.PollResponse():
                    return await self._signs.poll_response(uow, event)
                case events.Redaction():
                    return await self._signs.redaction(uow, event)
                # a circle is made of people: the bot neither votes nor counts in it
                case events.MemberChanged() if self._is_arrival(event):
                    await self._greet(uow, event)
                case events.MemberChanged() if event.user == self._settings.user_id:
                    await uow.rooms.left(event.room)
                case events.Undecryptable():
                    return await self._undecryptable(uow, event)
                case _:
                    await note_room(uow, event)
                    await watch_stewards(uow, event, self._settings)
        except Unheard:
            pass
        return NOTHING

    def _is_arrival(self, event: events.AnyEvent) -> bool:
        """Whether it is our own coming into a room."""
        match event:
            case events.MemberChanged(joined=True):
                return event.user == self._settings.user_id
            case _:
                return False

    async def _greet(self, uow: SqlUnitOfWork, event: events.AnyEvent) -> None:
        """Introduce the bot in a room where people are several.

        A little later: by then, strict clients know our device.
        """
        facts = await uow.rooms.get(event.room)
        if facts is None or facts.direct or event.room == self._settings.coordination_room:
            return
        request = await request_for(uow, event, self._settings)
        reply = Reply(Welcome())
        if request.circle is not None:
            reply = Reply(WelcomeBack(circle=request.circle.name))
        await self._answering.post(uow, event, Done(reply, request), GREETS_AFTER_MS)

    async def _undecryptable(self, uow: SqlUnitOfWork, event: events.Undecryptable) -> Done:
        mark = f"{event.room}~{event.session}"
        if await uow.origins.of(mark) is not None:
            return NOTHING
        await uow.origins.record(
            Origin(
                event_id=mark,
                room_id=event.room,
                circle=None,
                command="undecryptable",
                ref=None,
                outcome="done",
                sender=event.sender,
            )
        )
        request = await request_for(uow, event, self._settings)
        reply = Reply(NotDecrypted(member=request.person))
        return Done(reply, request)

    async def _settle_target(self, event: events.AnyEvent) -> None:
        """People may answer a letter before we know which event it became.

        A kill, or an answer of the homeserver that was lost, comes between its put and its mark.
        """
        for target in events.pointed_at(event):
            await self._directory.told_apart(target, (event.room, event.sender))

    async def _fail(
        self, event: events.AnyEvent, admission: Admission, reference: str, begun: float
    ) -> Handled:
        """A fault of ours: told under a reference; the event never blocks its room."""
        try:
            handled = await self._refuse(event, Refusal(RefusedFailed(reference=reference)))
        except StoreUnavailableError:
            raise
        except Exception:
            log.exception("event.unanswerable", event_id=event.id, reference=reference)
            return await self._give_up(admission, reference, begun)
        return replace(handled, answered=(_answered("", "failed", begun),))

    async def _give_up(self, admission: Admission, reference: str, begun: float) -> Handled:
        written = await self._giving_up.end(admission, reference)
        return Handled(written=written, answered=(_answered("", "given-up", begun),))

    async def _refuse(self, event: events.AnyEvent, refusal: Refusal) -> Handled:
        """Answer that nothing was done, perhaps by a question; gives what may leave."""
        async with self._store.transaction() as uow:
            if not await uow.inbox.finish(event.id):
                return Handled()
            whole = await completed(uow, event)
            answer = (
                await self._lines.answer_of(uow, whole)
                if not isinstance(refusal.sentence, RefusedFailed)
                else None
            )
            done = await self._asking.done(uow, whole, refusal, answer)
            await self._answering.answer(uow, done.said or whole, done, outcome="refused")
        return Handled(written=tuple(uow.outbox.written), wake_at=uow.jobs.earliest)


def _answered(command: str, result: str, begun: float) -> Answered:
    return Answered(command, result, perf_counter() - begun)


def _touches_files(event: events.AnyEvent) -> bool:
    """Whether it brings a file, or may take one back."""
    if isinstance(event, events.Message):
        return event.attachment is not None
    return isinstance(event, events.Redaction)
