"""What a reaction or a few words answer: the line that was asked about, put right."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from msgspec import structs

from bot import events
from bot.pipeline.addressed import Hearing
from bot.pipeline.edits import message_of
from bot.pipeline.pages import continues
from bot.pipeline.prompt_words import chosen, drops, filled, is_secret, takes
from circle.prompts import Prompt, PromptKind, PromptState
from circle.refs import Kind, Ref
from circle.time import to_ms
from commands.kernel.reply import Refusal
from commands.reading.line import Found
from commands.shared.refusals import RefusedNoCircle
from storage.uow import SqlUnitOfWork

Tried = Found | Refusal | None
"""What a message would be: a command, or why it is not read; None where it names none."""


@dataclass(frozen=True, slots=True)
class PromptAnswer:
    """An event that answers a question.

    `said`: the first message, said anew with the line that was meant, as an edit of it would; None
    where nothing is to be run. `late`: the question may not be answered any more; `line` is then
    what its answer would have run. `sign`: the message that the reaction is on, for an answer by
    reaction.
    """

    prompt: Prompt
    said: events.Message | None = None
    late: bool = False
    line: str | None = None
    sign: str | None = None


class Answers:
    """Finds the question that an event answers, and what it makes of its line."""

    def __init__(self, tried: Callable[[SqlUnitOfWork, events.Message], Awaitable[Tried]]) -> None:
        self._tried = tried

    async def by_reaction(
        self, uow: SqlUnitOfWork, event: events.Reaction, ref: Ref
    ) -> PromptAnswer | None:
        """What a reaction on a question of ours answers."""
        prompt = await self._theirs(uow, event, ref)
        if prompt is None or is_secret(prompt):
            return None
        if prompt.kind is PromptKind.MORE:
            return PromptAnswer(prompt, sign=event.target) if continues(event.key) else None
        line, drop = chosen(prompt, event.key), drops(event.key)
        if not prompt.open_at(event.instant):
            said_so = line is not None or drop or takes(event.key)
            late = PromptAnswer(prompt, late=True, line=line, sign=event.target)
            return late if said_so else None
        if line is None:
            return PromptAnswer(prompt, sign=event.target) if drop else None
        return PromptAnswer(prompt, await _anew(uow, event, prompt, line), sign=event.target)

    async def by_words(
        self, uow: SqlUnitOfWork, event: events.Message, heard: Hearing | None, ref: Ref | None
    ) -> PromptAnswer | None:
        """What words answer, in reply to a question (`ref`), in its thread, or directly."""
        said = heard.bare if heard else event.body
        if said is None or event.attachment is not None:
            return None
        prompt = await self._asked(uow, event, heard, ref)
        return await self._worded(uow, event, prompt, said.strip()) if prompt else None

    async def _asked(
        self, uow: SqlUnitOfWork, event: events.Message, heard: Hearing | None, ref: Ref | None
    ) -> Prompt | None:
        if ref is not None and ref.kind is Kind.PROMPT:
            return await self._theirs(uow, event, ref)
        if ref is None and event.thread:
            return await uow.prompts.latest(event.room, event.sender, event.thread)
        if ref is None and heard is not None and heard.direct:
            prompt = await uow.prompts.latest(event.room, event.sender)
            return None if prompt and await self._is_command(uow, event) else prompt
        return None

    async def _is_command(self, uow: SqlUnitOfWork, event: events.Message) -> bool:
        """Whether words said directly are a command rather than an answer: `budget`."""
        end = await self._tried(uow, event)
        if isinstance(end, Refusal) and end.remedy and isinstance(end.sentence, RefusedNoCircle):
            end = await self._tried(uow, structs.replace(event, body=end.remedy.lines[0]))
        bare = isinstance(end, Refusal) and end.remedy is not None and end.remedy.bare
        return bare or isinstance(end, Found)

    async def _worded(
        self, uow: SqlUnitOfWork, event: events.Message, prompt: Prompt, said: str
    ) -> PromptAnswer | None:
        if prompt.kind is PromptKind.MORE:
            return PromptAnswer(prompt) if continues(said) else None
        taken = chosen(prompt, said)
        if not prompt.open_at(event.instant):
            late = event.reply_to is not None and (taken is not None or not prompt.choices)
            return await self._too_late(uow, event, prompt, said) if late else None
        if drops(said):
            return PromptAnswer(prompt)
        line = taken or await self._completed(uow, event, prompt, said)
        return PromptAnswer(prompt, await _anew(uow, event, prompt, line)) if line else None

    async def _too_late(
        self, uow: SqlUnitOfWork, event: events.Message, prompt: Prompt, said: str
    ) -> PromptAnswer:
        line = chosen(prompt, said) or await self._completed(uow, event, prompt, said)
        return PromptAnswer(prompt, late=True, line=line)

    async def _completed(
        self, uow: SqlUnitOfWork, event: events.Message, prompt: Prompt, said: str
    ) -> str | None:
        """The line with the words where they read; as it was where they do not answer at all."""
        nearer = None
        for line in filled(prompt, said):
            end = await self._tried(uow, await _anew(uow, event, prompt, line))
            if isinstance(end, Found):
                return line
            if isinstance(end, Refusal) and end.key != prompt.key:
                nearer = nearer or line
        if prompt.choices and prompt.kind is not PromptKind.GUIDE:
            return None
        return nearer or prompt.line

    async def _theirs(self, uow: SqlUnitOfWork, event: events.Event, ref: Ref) -> Prompt | None:
        prompt = await uow.prompts.get(ref.number)
        if prompt is None or prompt.state is PromptState.ANSWERED:
            return None
        person = await uow.people.with_account(event.sender)
        return prompt if person is not None and person.key == prompt.person else None


async def _anew(
    uow: SqlUnitOfWork, event: events.Event, prompt: Prompt, line: str
) -> events.Message:
    """The message that was asked about, said anew with this line, in the place where it was."""
    first = await message_of(uow, prompt.cause, event.sender)
    if first is None:
        first = events.Message(
            id=prompt.cause, room=prompt.room_id, sender=event.sender, at=event.at,
            body=line, thread=prompt.thread,
        )  # fmt: skip
    return structs.replace(
        first,
        id=event.id,
        room=prompt.room_id,
        sender=event.sender,
        at=event.at,
        body=line,
        described=None,
        edits=prompt.origin,
        first_at=to_ms(prompt.said_at),
    )


def answers_to(event: events.Event, answer: PromptAnswer) -> str | None:
    """What is replied to: the words, or the message that was asked about, where a sign answered."""
    here = answer.sign is None and event.room == answer.prompt.room_id
    return event.id if here else answer.prompt.origin
