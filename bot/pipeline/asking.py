"""A refusal that can be answered is a question: kept with its answer, one person's, for a day."""

from collections.abc import Mapping
from dataclasses import replace

from bot import events
from bot.pipeline.addressed import hear
from bot.pipeline.answers import PromptAnswer, answers_to
from bot.pipeline.edits import is_theirs, origin_of
from bot.pipeline.outcome import NOTHING, Done
from bot.pipeline.prompt_words import is_secret, meant
from bot.pipeline.replies import AskedChoose, AskedComplete, AskedConfirm, HowToAnswer
from bot.pipeline.requests import OperatorSettings, request_for
from bot.pipeline.which_circle import home_of, located
from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.prompts import (
    MOST_CHOICES,
    MOST_TURNS,
    Prompt,
    PromptKind,
    PromptState,
    lapse_of,
    recall_of,
)
from circle.refs import Kind, Ref
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Remedy, Reply
from storage.uow import SqlUnitOfWork

_FORMS: Mapping[PromptKind, type[HowToAnswer]] = {
    PromptKind.CHOOSE: AskedChoose,
    PromptKind.CONFIRM: AskedConfirm,
    PromptKind.COMPLETE: AskedComplete,
}
_COMPLETED = frozenset(
    {*("money", "effort", "date", "text", "id", "who"), *("funder", "workstream", "structure")}
)
"""Kinds of values that a few words say."""


class Asking:
    """Keeps questions, within the transaction of the answer that asks."""

    def __init__(self, settings: OperatorSettings) -> None:
        self._settings = settings

    async def done(
        self,
        uow: SqlUnitOfWork,
        event: events.AnyEvent,
        refusal: Refusal,
        answer: PromptAnswer | None,
    ) -> Done:
        """What is answered to an event that was refused; to what it answers, where it does."""
        if answer is None or answer.said is None:
            await _replaced(uow, event)
            request = await self._request(uow, event)
            return Done(await self._reply(uow, event, request, refusal, None), request)
        if not await uow.prompts.close(answer.prompt.id, PromptState.ANSWERED, event.id):
            return NOTHING
        request = await self._request(uow, answer.said)
        reply = await self._reply(uow, answer.said, request, refusal, answer.prompt)
        answers = answers_to(event, answer)
        return Done(reply, request, target=answer.sign, said=answer.said, answers=answers)

    async def _request(self, uow: SqlUnitOfWork, event: events.AnyEvent) -> Request[None]:
        """The request of what was refused, in the circle that its line names."""
        request = await request_for(uow, event, self._settings)
        if not isinstance(event, events.Message):
            return request
        heard = hear(event, self._settings, direct=request.room.direct)
        return await located(uow, event, self._settings, heard.line, request) if heard else request

    async def _reply(
        self,
        uow: SqlUnitOfWork,
        event: events.AnyEvent,
        request: Request[None],
        refusal: Refusal,
        before: Prompt | None,
    ) -> Reply:
        """The answer to what was refused, with the question that it asks, if any.

        `before`: the question that the event answered, about the same line.
        """
        reply = Reply(refusal.sentence, after=refusal.after)
        home = await home_of(uow, request)
        prompt = self._prompt(event, request, refusal, before, home) if home else None
        if home is None or prompt is None:
            return reply
        number = await uow.prompts.ask(prompt)
        if refusal.remedy and refusal.remedy.holds:
            await _schedule(uow, home, prompt, number)
        asks = self._asks(prompt, number, refusal.remedy or Remedy())
        return replace(reply, asks=asks, subject=Ref(Kind.PROMPT, number))

    def _prompt(
        self,
        event: events.AnyEvent,
        request: Request[None],
        refusal: Refusal,
        before: Prompt | None,
        home: Circle,
    ) -> Prompt | None:
        if not isinstance(event, events.Message):
            return None
        heard = hear(event, self._settings, direct=request.room.direct)
        remedy, kind = refusal.remedy, _kind(refusal.remedy, before)
        turn = before.turn + 1 if before else 1
        if heard is None or remedy is None or kind is None or turn > MOST_TURNS[kind]:
            return None
        return Prompt(
            circle=home.id,
            room_id=event.room,
            thread=event.thread,
            person=request.person.key,
            origin=request.event,
            cause=before.cause if before else event.id,
            kind=kind,
            key=refusal.key,
            command=meant(heard.line, remedy, self._settings.prefix),
            line=heard.line,
            choices=remedy.lines[:MOST_CHOICES],
            blanks=remedy.blanks,
            turn=turn,
            said_at=request.said_at,
            asked_at=request.at,
            lapses_at=lapse_of(request.at, holds_value=remedy.holds),
        )

    def _asks(self, prompt: Prompt, number: int, remedy: Remedy) -> HowToAnswer:
        """How to answer, as short as can be."""
        by_sign = not is_secret(prompt)
        more = prompt.turn == 1 and remedy.bare
        return _FORMS[_form(prompt)](
            question=number,
            choices=prompt.choices,
            asks=_form(prompt),
            wanted=remedy.wanted,
            by_sign=by_sign,
            more=more,
        )


def _form(prompt: Prompt) -> PromptKind:
    """What is expected right now, also on the way of a guided entry."""
    if not prompt.choices:
        return PromptKind.COMPLETE
    return PromptKind.CONFIRM if len(prompt.choices) == 1 else PromptKind.CHOOSE


def _kind(remedy: Remedy | None, before: Prompt | None) -> PromptKind | None:
    if remedy is None or not (remedy.lines or remedy.wanted in _COMPLETED):
        return None
    if remedy.bare or (before is not None and before.kind is PromptKind.GUIDE):
        return PromptKind.GUIDE
    if remedy.lines:
        return PromptKind.CONFIRM if len(remedy.lines) == 1 else PromptKind.CHOOSE
    return PromptKind.COMPLETE


async def _replaced(uow: SqlUnitOfWork, event: events.AnyEvent) -> None:
    """An edit takes the place of what was asked about the first words."""
    if isinstance(event, events.Message) and event.edits is not None:
        origin = await origin_of(uow, event)
        if origin is not None and is_theirs(origin, event):
            await uow.prompts.drop(event.edits)


async def _schedule(uow: SqlUnitOfWork, circle: Circle, prompt: Prompt, number: int) -> None:
    """What it holds is recalled once, then told to be dropped."""
    for kind, due in (
        (JobKind.PROMPT_RECALL, recall_of(prompt.asked_at)),
        (JobKind.PROMPT_LAPSE, prompt.lapses_at),
    ):
        await uow.jobs.schedule(Job(kind=kind, circle=circle.id, due=due, subject=number))
