"""`annuler C12`, `annuler M3`, `annuler R1`, `annuler V3`: one word, whatever the kind of thing."""

from dataclasses import dataclass
from typing import Annotated

from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.correcting.refusals import CancelAction, CancelEnvelope
from commands.declarations import contributions
from commands.declarations.replies import EntryCancelled
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.meetings.moving import THIS_TIME, call_off
from commands.reading.readers import REASON, reference, shape
from commands.reminders import reminders
from commands.shared.refusals import IdUnknown
from commands.votes.calling_off import call_off as call_off_vote

ANY_ID = reference(Kind.ENTRY, Kind.MEETING, Kind.REMINDER, Kind.ACTION, Kind.VOTE, Kind.ENVELOPE)


@dataclass(frozen=True, slots=True)
class CancelArgs:
    """What is cancelled, for a meeting or a vote why; of a series, perhaps the next one only."""

    what: Annotated[Ref, ANY_ID]
    reason: Annotated[str, REASON] = ""
    once: Annotated[str | None, shape(THIS_TIME)] = None


async def cancel(request: Request[CancelArgs], uow: UnitOfWork) -> Reply:
    """Cancel an undecided entry, a meeting, a reminder, a vote; its author or a steward may."""
    ref, reason = request.args.what, request.args.reason
    once = request.args.once is not None
    match ref.kind:
        case Kind.ENTRY:
            return await contributions.cancel(request, uow, ref.number)
        case Kind.MEETING:
            return await call_off(request, uow, ref.number, reason, once=once)
        case Kind.REMINDER:
            return await reminders.cancel(request, uow, ref.number)
        case Kind.ACTION:
            raise Refusal(CancelAction(id=ref))
        case Kind.VOTE:
            return await call_off_vote(request, uow, ref.number, reason)
        case Kind.ENVELOPE:
            raise Refusal(CancelEnvelope(id=ref))
        case Kind.TURNS | Kind.CHECKIN | Kind.CODEV | Kind.BROADCAST | Kind.CIRCLE | Kind.PROMPT:
            raise Refusal(IdUnknown(id=ref))


COMMANDS = (
    Command(
        key="cancel",
        topic=Topic.CONTRIBUTING,
        names=("annuler", "cancel"),
        args=CancelArgs,
        run=cancel,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        told=frozenset({EntryCancelled}),
        personal=True,
        examples={
            "fr": (
                "annuler C12",
                "annuler M3 salle indisponible",
                "annuler M3 cette fois",
                "annuler R1",
                "annuler V3 la question est mal posée",
            ),
            "en": ("cancel C12", "cancel M3 no room free", "cancel V3 badly asked"),
        },
    ),
)
