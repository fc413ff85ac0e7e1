"""A question that holds a value, left open: recalled once, then told to be dropped."""

from circle.people import Person
from circle.ports import UnitOfWork
from circle.prompts import Prompt, PromptState
from circle.refs import Kind, Ref
from commands.kernel.command import Due
from commands.kernel.reply import Privately, Reply
from commands.reminders.replies import PromptOver, PromptRecall


async def recall_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """The next morning, to whom it was asked; the answer to this counts as one to the question."""
    prompt = await uow.prompts.get(due.job.subject or 0)
    if prompt is None or not prompt.open_at(due.now):
        return ()
    to = await _asked(prompt, due, uow)
    if to is None:
        return ()
    told = PromptRecall(question=prompt.id, line=prompt.line, lapses=prompt.lapses_at)
    subject = Ref(Kind.PROMPT, prompt.id)
    return (Reply(told, where=Privately(to), subject=subject),)


async def lapse_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """That evening: nothing was noted, and that is told."""
    prompt = await uow.prompts.get(due.job.subject or 0)
    if prompt is None or not await uow.prompts.close(prompt.id, PromptState.LAPSED):
        return ()
    to = await _asked(prompt, due, uow)
    if to is None:
        return ()
    over = PromptOver(question=prompt.id, line=prompt.line)
    return (Reply(over, where=Privately(to), concerns=(to,)),)


async def _asked(prompt: Prompt, due: Due, uow: UnitOfWork) -> Person | None:
    """Who was asked, as long as they are of the circle and have an account."""
    member = await uow.people.member(due.circle.id, prompt.person)
    if member is None or not member.joined or member.person.matrix_id is None:
        return None
    return member.person
