"""A list stops after a page: what comes next of it is kept, and asked for by ➕ or a word."""

from dataclasses import replace
from typing import Final

from bot import events
from bot.pipeline.addressed import emoji
from bot.pipeline.outcome import BY_KEY, Done
from bot.pipeline.replies import ListMore
from circle.circles import Circle
from circle.prompts import Prompt, PromptKind, lapse_of
from circle.refs import Kind, Ref
from circle.text import squash
from circle.time import to_ms
from commands.kernel.command import Request
from commands.kernel.reply import Reply
from storage.uow import SqlUnitOfWork

PLUS: Final = "➕"
_WORDS: Final = frozenset(map(squash, ("suite", "la suite", "more", "encore", "next")))


def continues(said: str) -> bool:
    """Whether a sign or a word asks for what comes next."""
    return emoji(said.strip()) == PLUS or squash(said) in _WORDS


def said_again(event: events.Event, prompt: Prompt) -> events.Message:
    """The line of a list, said anew by who asks for what comes next: days count as they did."""
    return events.Message(
        id=event.id,
        room=prompt.room_id,
        sender=event.sender,
        at=event.at,
        body=prompt.line,
        thread=prompt.thread,
        first_at=to_ms(prompt.said_at),
    )


async def with_next(uow: SqlUnitOfWork, event: events.Message, line: str, done: Done) -> Done:
    """The same answer; of a list that goes on, with how to ask for it, which is kept."""
    request, reply = done.request, done.reply
    if request is None or reply is None or request.circle is None or not _is_list(done):
        return done
    await uow.prompts.unlist(request.person.key, event.room)
    if not getattr(reply.sentence, "more", 0):
        return done
    number = await uow.prompts.ask(_next(request, request.circle, event, line, done))
    told: Reply = replace(reply, subject=Ref(Kind.PROMPT, number), after=ListMore())
    return replace(done, reply=told)


def _is_list(done: Done) -> bool:
    command = BY_KEY.get(done.command)
    return command is not None and command.paged


def _next(
    request: Request[object], circle: Circle, event: events.Message, line: str, done: Done
) -> Prompt:
    return Prompt(
        circle=circle.id,
        room_id=event.room,
        thread=event.thread,
        person=request.person.key,
        origin=event.id,
        cause=event.id,
        kind=PromptKind.MORE,
        key=done.reply.key if done.reply else "",
        command=done.command,
        line=line,
        choices=(),
        blanks=(),
        turn=request.page,
        said_at=request.said_at,
        asked_at=request.at,
        lapses_at=lapse_of(request.at, holds_value=False),
    )
