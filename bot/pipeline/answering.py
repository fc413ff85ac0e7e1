"""The answer to an event: what is said, to whom, and what is remembered of it."""

from collections.abc import Mapping
from dataclasses import replace

from bot import events
from bot.letters.compose import Composer
from bot.letters.envelopes import Addressing
from bot.pipeline.alike import told_apart
from bot.pipeline.announcing import announced, weighs
from bot.pipeline.edits import EDIT
from bot.pipeline.mentions import heeded
from bot.pipeline.outcome import Done
from bot.pipeline.replies import AboutLine
from bot.pipeline.requests import OperatorSettings
from circle.circles import CircleId
from circle.refs import Ref
from commands.kernel.command import Request
from commands.kernel.reply import PollClosed, Reply, ToCoordination
from storage.origins import Origin
from storage.uow import SqlUnitOfWork

_ANSWERABLE = (events.Message, events.Reaction, events.PollResponse, events.Undecryptable)

_SHOWN = 80
"""Characters of a line, where it is only named."""

VOTE_OPENED = "org.matrix.msc3381.poll.start"


class Answering:
    """Writes the letters of an answer, within the transaction of what it answers."""

    def __init__(self, composer: Composer, settings: OperatorSettings) -> None:
        self._composer = composer
        self._settings = settings

    async def answer(
        self, uow: SqlUnitOfWork, event: events.AnyEvent, done: Done, outcome: str = "done"
    ) -> None:
        """Say what there is to say, and remember what it was about."""
        reply = await self._reply(uow, done)
        if reply is not None and done.request is not None:
            envelope = await self._envelope(uow, event, done, done.request)
            letters = self._composer.letters(_in_its_place(event, reply, outcome), envelope)
            await uow.outbox.add(await heeded(uow, reply, letters, envelope.now.date()))
            await self._remember(uow, event, done, outcome)

    async def post(
        self, uow: SqlUnitOfWork, event: events.AnyEvent, done: Done, pause_ms: int
    ) -> None:
        """Say it after a pause; nothing is remembered."""
        if done.reply is not None and done.request is not None:
            envelope = await self._envelope(uow, event, done, done.request)
            await uow.outbox.add(self._composer.letters(done.reply, envelope), pause_ms)

    async def _reply(self, uow: SqlUnitOfWork, done: Done) -> Reply | None:
        """The answer, told in the circle's room where it must, people told apart."""
        reply, request = announced(done), done.request
        if reply is None or request is None or not request.circle or not weighs(done.command):
            return reply
        return await told_apart(uow, request.circle.id, request.known, reply)

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

    async def _envelope(
        self, uow: SqlUnitOfWork, event: events.AnyEvent, done: Done, request: Request[object]
    ) -> Addressing:
        answers = done.answers or (event.id if isinstance(event, _ANSWERABLE) else None)
        if isinstance(event, events.Undecryptable):
            answers = event.unread
        answers = events.whole_id(answers) if answers else None
        thread = event.thread if isinstance(event, events.Message) else None
        language = request.rules.language
        if request.room.direct and request.person.language:
            language = request.person.language
        circle = request.circle.id if request.circle else None
        return Addressing(
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


def _in_its_place(event: events.AnyEvent, reply: Reply, outcome: str) -> Reply:
    """The answer to one line among others: said in words, and which line where it was not done."""
    if not isinstance(event, events.Message) or events.whole_id(event.id) == event.id:
        return reply
    if outcome != "refused":
        return replace(reply, quiet=False)
    line = event.body.splitlines()[0]
    shown = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    return replace(reply, before=AboutLine(of_line=shown))


async def coordination_of(
    uow: SqlUnitOfWork, settings: OperatorSettings, reply: Reply | None
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
    attachments = (each for part in (reply, *reply.also) for each in part.attachments)
    return any(isinstance(each, PollClosed) for each in attachments)
