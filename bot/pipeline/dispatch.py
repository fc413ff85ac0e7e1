"""One event, one transaction, one answer: from what was admitted to what will be sent."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import perf_counter

import msgspec
import structlog

from bot import events
from bot.letters.compose import Composer
from bot.letters.counting_first import counting_first
from bot.letters.envelopes import Envelope
from bot.pipeline.alike import told_apart
from bot.pipeline.announcing import announced, weighs
from bot.pipeline.answered import Answered
from bot.pipeline.edits import EDIT, completed
from bot.pipeline.giving_up import GivingUp
from bot.pipeline.mentions import bounded
from bot.pipeline.messages import Lines
from bot.pipeline.outcome import NOTHING, Done
from bot.pipeline.presence import Directory, Presence, Present
from bot.pipeline.reactions import Signs
from bot.pipeline.replies import RefusedFailed, Undecryptable, Welcome, WelcomeBack
from bot.pipeline.requests import Settings, instant_of, request_for
from circle.circles import CircleId
from circle.refs import Ref
from commands.kernel.reply import PollClosed, Refusal, Reply, ToCoordination, Unheard
from commands.shared.vacancy import steward_came, steward_left
from storage.errors import StoreUnavailableError
from storage.mail import Admission, Posted
from storage.origins import Origin
from storage.uow import SqlUnitOfWork, Store

log = structlog.get_logger(__name__)

_ANSWERABLE = (events.Message, events.Reaction, events.PollResponse, events.Undecryptable)

VOTE_OPENED = "org.matrix.msc3381.poll.start"


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
        on_arrived: Callable[[events.MemberChanged], None] = lambda _joined: None,
        on_erased: Callable[[str], None] = lambda _user: None,
        on_answered: Callable[[Answered], None] = lambda _answered: None,
        on_written: Callable[[Sequence[Posted]], None] = lambda _letters: None,
    ) -> None:
        self._store = store
        self._composer = composer
        self._directory = directory
        self._settings = settings
        self._on_scheduled = on_scheduled
        self._on_arrived = on_arrived
        self._on_erased = on_erased
        self._on_answered = on_answered
        self._on_written = on_written
        self._lines = Lines(settings)
        self._presence = Presence(store, directory, self._lines, settings.user_id)
        self._signs = Signs(settings)
        self._giving_up = GivingUp(store, composer, settings)

    async def handle(self, admission: Admission) -> None:
        """Handle one admitted event; it is finished when this returns.

        Raises StoreUnavailableError when the store cannot be reached: nothing has changed then.
        """
        begun, reference = perf_counter(), secrets.token_hex(3)
        try:
            event = events.decode(admission.payload)
        except msgspec.MsgspecError:
            log.exception("event.unreadable", event_id=admission.event_id, reference=reference)
            await self._give_up(admission, reference, begun)
            return
        try:
            await counting_first(partial(self._handle, event, begun), self._store.gather)
        except StoreUnavailableError:
            raise
        except Exception:
            log.exception("event.failed", event_id=event.id, reference=reference)
            await self._fail(event, admission, reference, begun)

    async def _handle(self, event: events.AnyEvent, begun: float) -> None:
        """Do it and answer, or answer the refusal: a fault in either is ours to tell."""
        try:
            await self._settle_target(event)
            uow, done = await self._do_as_met(event)
        except Refusal as refusal:
            await self._refuse(event, Reply(refusal.sentence))
            self._tell("", refusal.key, begun)
            return
        self._wrote(uow)
        if done.reply is not None:
            self._tell(done.command, "done", begun)
        if uow.jobs.earliest is not None:
            self._on_scheduled(uow.jobs.earliest)
        for user in uow.personal.erased:
            self._on_erased(user)

    async def _do_as_met(self, event: events.AnyEvent) -> tuple[SqlUnitOfWork, Done]:
        """What the event did; tried again, once, where the network knows better who is here."""
        try:
            return await self._attempt(event, await self._presence.asked_by(event))
        except Refusal as refusal:
            present = await self._presence.after(refusal, event)
            if present is None:
                raise
        return await self._attempt(event, present)

    async def _attempt(
        self, event: events.AnyEvent, present: Present | None
    ) -> tuple[SqlUnitOfWork, Done]:
        """What the event did, in a transaction, where `present` are in the room and no others."""
        async with self._store.transaction() as uow:
            if not await uow.inbox.finish(event.id):
                return uow, NOTHING  # another process has done it
            if present:
                await uow.rooms.only(*present, at=event.instant)
            whole = await completed(uow, event)
            done = await self._do(uow, whole)
            await self._answer(uow, whole, done)
        return uow, done

    def _tell(self, command: str, result: str, begun: float) -> None:
        self._on_answered(Answered(command, result, perf_counter() - begun))

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
                case events.MemberChanged() if event.user == self._settings.user_id:
                    if event.joined:
                        self._on_arrived(event)
                    else:
                        await uow.rooms.left(event.room)
                case events.Undecryptable():
                    return await self._undecryptable(uow, event)
                case _:
                    await note_room(uow, event)
                    await self._watch_stewards(uow, event)
        except Unheard:
            pass
        return NOTHING

    async def _watch_stewards(self, uow: SqlUnitOfWork, event: events.AnyEvent) -> None:
        """Somebody came into a circle's room or left it: it may have got or lost its steward."""
        if not isinstance(event, events.MemberChanged):
            return
        rules = self._settings.rules
        at = instant_of(event, rules)
        circle = await uow.circles.in_room(event.room, at.date())
        if circle is not None:
            await (steward_came if event.joined else steward_left)(uow, circle, at)

    async def greet(self, event: events.MemberChanged) -> None:
        """Introduce the bot in a room that it has joined, where people are several.

        Who left while it was away is of the circle no more.
        """
        present = await self._presence.of(event.room)
        async with self._store.transaction() as uow:
            facts = await uow.rooms.get(event.room)
            if facts is None or facts.direct or event.room == self._settings.coordination_room:
                return
            if present:
                await uow.rooms.only(*present, at=event.instant)
            request = await request_for(uow, event, self._settings)
            reply = Reply(Welcome())
            if request.circle is not None:
                reply = Reply(WelcomeBack(circle=request.circle.name))
            envelope = await self._envelope(uow, event, Done(reply, request))
            await uow.outbox.add(self._composer.letters(reply, envelope))
        self._wrote(uow)

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
        reply = Reply(Undecryptable(member=request.person))
        return Done(reply, request)

    async def _settle_target(self, event: events.AnyEvent) -> None:
        """People may answer a letter before we know which event it became.

        A kill, or an answer of the homeserver that was lost, comes between its put and its mark.
        """
        for target in events.pointed_at(event):
            await self._directory.told_apart(target, (event.room, event.sender))

    async def _fail(
        self, event: events.AnyEvent, admission: Admission, reference: str, begun: float
    ) -> None:
        """A fault of ours: told under a reference; the event never blocks its room."""
        try:
            await self._refuse(event, Reply(RefusedFailed(reference=reference)))
        except StoreUnavailableError:
            raise
        except Exception:
            log.exception("event.unanswerable", event_id=event.id, reference=reference)
            await self._give_up(admission, reference, begun)
        else:
            self._tell("", "failed", begun)

    async def _give_up(self, admission: Admission, reference: str, begun: float) -> None:
        written = await self._giving_up.end(admission, reference)
        if written:
            self._on_written(written)
        self._tell("", "given-up", begun)

    async def _refuse(self, event: events.AnyEvent, reply: Reply) -> None:
        async with self._store.transaction() as uow:
            if not await uow.inbox.finish(event.id):
                return
            whole = await completed(uow, event)
            request = await request_for(uow, whole, self._settings)
            await self._answer(uow, whole, Done(reply, request), outcome="refused")
        self._wrote(uow)

    def _wrote(self, uow: SqlUnitOfWork) -> None:
        """Once committed, what it wrote may leave."""
        if uow.outbox.written:
            self._on_written(uow.outbox.written)

    async def _answer(
        self, uow: SqlUnitOfWork, event: events.AnyEvent, done: Done, outcome: str = "done"
    ) -> None:
        reply = await self._reply(uow, done)
        if reply is not None and done.request is not None:
            envelope = await self._envelope(uow, event, done)
            letters = self._composer.letters(reply, envelope)
            await uow.outbox.add(await bounded(uow, letters, envelope.now.date()))
            await self._remember(uow, event, done, outcome)

    async def _reply(self, uow: SqlUnitOfWork, done: Done) -> Reply | None:
        """The answer, told in the circle's room where it must, people told apart."""
        reply = announced(done)
        circle = done.request.circle if done.request else None
        if reply is None or circle is None or not weighs(done.command):
            return reply
        return await told_apart(uow, circle.id, reply)

    async def _remember(
        self, uow: SqlUnitOfWork, event: events.AnyEvent, done: Done, outcome: str
    ) -> None:
        if event.sender in uow.personal.erased:
            return
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
        if not isinstance(event, events.Message) or event.edits is None:
            await uow.origins.record(origin)
            return
        await uow.origins.record(replace(origin, outcome=EDIT))
        if outcome == "done":
            await uow.origins.mend(event.edits, origin)

    async def _envelope(self, uow: SqlUnitOfWork, event: events.AnyEvent, done: Done) -> Envelope:
        request = done.request
        if request is None:
            raise LookupError("an answer needs the request it answers")
        answers = event.id if isinstance(event, _ANSWERABLE) else None
        if isinstance(event, events.Undecryptable):
            answers = event.unread
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
            coordination=await coordination_of(uow, self._settings, done.reply),
        )


async def note_room(uow: SqlUnitOfWork, event: events.AnyEvent) -> None:
    """Keep what the store knows of rooms in step with them."""
    match event:
        case events.RoomChanged():
            await uow.rooms.save(
                event.room,
                name=event.name,
                direct=event.direct and not await uow.rooms.is_circle(event.room),
                encrypted=event.encrypted,
                powers=event.powers,
                default_power=event.default_power,
                state_power=event.state_power,
            )
        case events.MemberChanged(joined=True):
            await uow.rooms.join(event.room, event.user, event.name, at=event.instant)
        case events.MemberChanged():
            await uow.rooms.leave(event.room, event.user)
        case events.RoomMoved():
            await uow.rooms.move(event.room, event.replacement)
        case _:
            pass


async def coordination_of(
    uow: SqlUnitOfWork, settings: Settings, reply: Reply | None
) -> tuple[str, str] | None:
    """The coordinators' room and its language, where this reply has something for it.

    None where there is no such room, or we are not in it.
    """
    room = settings.coordination_room
    parts = (reply, *reply.also) if reply else ()
    if room is None or not any(part.where == ToCoordination() for part in parts):
        return None
    if await uow.rooms.get(room) is None:
        return None
    return room, settings.rules.language


async def polls_of(
    uow: SqlUnitOfWork, circle: CircleId | None, reply: Reply | None
) -> Mapping[Ref, str]:
    """The poll that announced each vote this reply ends."""
    if circle is None or reply is None or reply.subject is None or not _ends_poll(reply):
        return {}
    poll = await uow.outbox.event_of_subject(circle, reply.subject, VOTE_OPENED)
    return {reply.subject: poll} if poll else {}


def _ends_poll(reply: Reply) -> bool:
    attached = (one for part in (reply, *reply.also) for one in part.attachments)
    return any(isinstance(one, PollClosed) for one in attached)
