"""What changes money, rights or settings is told in the circle's room, wherever it was typed."""

from dataclasses import replace

from bot.pipeline.outcome import BY_KEY, UNDONE, Done
from bot.pipeline.replies import ToldBy, ToldInTheRoom
from circle.circles import Circle
from commands.kernel.command import Request
from commands.kernel.reply import HERE, InCircle, Reply
from commands.kernel.reserved import Where
from commands.kernel.sentence import Sentence


def announced(done: Done) -> Reply | None:
    """The answer, followed by the same one for the circle's room where that must hear of it.

    What the asker reads ends by saying so; what the room reads begins with who did it, and where.
    An answer that already goes to that room, or that is about the asker alone, stays as it is.
    """
    reply, request = done.reply, done.request
    if reply is None or request is None or request.circle is None or request.aloud:
        return reply
    if reply.where != HERE or type(reply.sentence) not in _told(done.command):
        return reply
    after = ToldInTheRoom(circle=request.circle.name)
    told = _in_the_room(reply, request, request.circle)
    return replace(reply, mentions=(), after=after, also=(*reply.also, told))


def weighs(command: str) -> bool:
    """Whether a command is about money, rights or settings: who it concerns must be plain."""
    described = BY_KEY.get(command.removesuffix(UNDONE))
    return described is not None and bool(described.told or described.where is Where.ROOM)


def _told(command: str) -> frozenset[type[Sentence]]:
    """The answers of a command, or of what takes it back, that the circle must hear."""
    described = BY_KEY.get(command.removesuffix(UNDONE))
    return described.told if described else frozenset()


def _in_the_room(reply: Reply, request: Request[object], circle: Circle) -> Reply:
    where = "direct" if request.room.direct else "elsewhere"
    where = "coordination" if request.coordination else where
    return replace(
        reply,
        before=ToldBy(by=request.person, where=where),
        where=InCircle(circle),
        attachments=(),
        also=(),
        quiet=False,
    )
