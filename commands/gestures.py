"""What reactions mean on what the bot announced (docs/words.md: Speaking to the bot)."""

from circle.refs import Kind, Ref
from commands.across.broadcast import GESTURES as ACROSS_CIRCLES
from commands.circle.confirming import GESTURES as NEW_CIRCLES
from commands.facilitation import GESTURES as IN_A_MEETING
from commands.facilitation import by_any_reaction
from commands.kernel.command import Gesture
from commands.meetings.attending import AttendArgs
from commands.programme.doing import DoneArgs, SomeArgs
from commands.reminders.reminders import FinishArgs, SnoozeArgs
from commands.votes import CastArgs


def _yes(ref: Ref) -> CastArgs:
    return CastArgs(ref, "yes")


def _no(ref: Ref) -> CastArgs:
    return CastArgs(ref, "no")


GESTURES = {
    (Kind.ACTION, "🙋"): Gesture("action.take", lambda ref: SomeArgs((ref,))),
    (Kind.ACTION, "✅"): Gesture("action.finish", lambda ref: DoneArgs((ref,))),
    (Kind.VOTE, "👍"): Gesture("vote.cast", _yes),
    (Kind.VOTE, "👎"): Gesture("vote.cast", _no),
    (Kind.REMINDER, "✅"): Gesture("reminder.finish", FinishArgs),
    (Kind.REMINDER, "⏰"): Gesture("reminder.snooze", SnoozeArgs),
    (Kind.REMINDER, "💤"): Gesture("reminder.snooze", SnoozeArgs),
    (Kind.MEETING, "✅"): Gesture("meeting.present", AttendArgs),
    (Kind.MEETING, "❌"): Gesture("meeting.absent", AttendArgs),
    **IN_A_MEETING,
    **ACROSS_CIRCLES,
    **NEW_CIRCLES,
}
SPOKEN = {Kind.CHECKIN: "checkin"}
"""What words mean in answer to a message of ours, without prefix: the command that reads them."""


def by_reaction(ref: Ref, key: str, shown: str) -> Gesture | None:
    """What a reaction means on what announced this: its bare emoji, and how it was put."""
    return GESTURES.get((ref.kind, key)) or by_any_reaction(ref.kind, shown)


def by_poll(answers: tuple[str, ...] | None) -> Gesture:
    """An answer to a vote's native poll; None when it could not be read (it spoils)."""
    return Gesture("vote.cast", lambda ref: CastArgs(ref, by_poll=True, chosen=answers))
