"""What reactions mean on what the bot announced (LANGUAGE: speaking to the bot)."""

from circle.refs import Kind, Ref
from commands.actions import DoneArgs, OneArgs
from commands.kernel import Gesture
from commands.meetings import AttendArgs
from commands.votes import CastArgs


def _yes(ref: Ref) -> CastArgs:
    return CastArgs(ref.number, "yes")


def _no(ref: Ref) -> CastArgs:
    return CastArgs(ref.number, "no")


def _attend(ref: Ref) -> AttendArgs:
    return AttendArgs(ref.number)


GESTURES = {
    (Kind.ACTION, "🙋"): Gesture("action.take", lambda ref: OneArgs(ref.number)),
    (Kind.ACTION, "✅"): Gesture("action.finish", lambda ref: DoneArgs(ref.number)),
    (Kind.VOTE, "👍"): Gesture("vote.cast", _yes),
    (Kind.VOTE, "👎"): Gesture("vote.cast", _no),
    (Kind.MEETING, "✅"): Gesture("meeting.present", _attend),
    (Kind.MEETING, "❌"): Gesture("meeting.absent", _attend),
}


def by_poll(answers: tuple[str, ...] | None) -> Gesture:
    """An answer to a vote's native poll; None when it could not be read (it spoils)."""
    return Gesture("vote.cast", lambda ref: CastArgs(ref.number, by_poll=True, chosen=answers))
