"""What happens when the time of a turn or of a step is over."""

from circle.jobs import JobKind
from circle.ports import UnitOfWork
from circle.rounds import RoundKind
from commands.facilitation.codev import step_after
from commands.facilitation.replies import TurnsOver
from commands.facilitation.rounds import of_job
from commands.facilitation.turns import turns_facts
from commands.kernel.command import Due
from commands.kernel.reply import Reply
from commands.shared.replies import JobMissed

_KINDS = {JobKind.TURN: RoundKind.TURNS, JobKind.CODEV_STEP: RoundKind.CODEV}


async def ring_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A speaker is told that the time is over; a session goes on to its next step."""
    found = await of_job(due, uow, _KINDS[due.job.kind])
    if found is None:
        return ()
    if due.stale:
        return (Reply(JobMissed(kind=due.job.kind, due=due.job.due)),)
    if due.job.kind is JobKind.CODEV_STEP:
        return (await step_after(uow, due.circle, found, due.now),)
    return (Reply(TurnsOver(turns=await turns_facts(uow, found))),)
