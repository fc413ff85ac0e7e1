"""What reactions mean on what the bot announced (LANGUAGE: speaking to the bot)."""

from circle.refs import Kind, Ref
from commands.doing import DoneArgs, OneArgs
from commands.kernel import Gesture
from commands.meetings import AttendArgs
from commands.reminders import FinishArgs, SnoozeArgs
from commands.votes import CastArgs


def _yes(ref: Ref) -> CastArgs:
    return CastArgs(ref, "yes")


def _no(ref: Ref) -> CastArgs:
    return CastArgs(ref, "no")


GESTURES = {
    (Kind.ACTION, "🙋"): Gesture("action.take", OneArgs),
    (Kind.ACTION, "✅"): Gesture("action.finish", DoneArgs),
    (Kind.VOTE, "👍"): Gesture("vote.cast", _yes),
    (Kind.VOTE, "👎"): Gesture("vote.cast", _no),
    (Kind.REMINDER, "✅"): Gesture("reminder.finish", FinishArgs),
    (Kind.REMINDER, "⏰"): Gesture("reminder.snooze", SnoozeArgs),
    (Kind.REMINDER, "💤"): Gesture("reminder.snooze", SnoozeArgs),
    (Kind.MEETING, "✅"): Gesture("meeting.present", AttendArgs),
    (Kind.MEETING, "❌"): Gesture("meeting.absent", AttendArgs),
}


def by_poll(answers: tuple[str, ...] | None) -> Gesture:
    """An answer to a vote's native poll; None when it could not be read (it spoils)."""
    return Gesture("vote.cast", lambda ref: CastArgs(ref, by_poll=True, chosen=answers))
