"""What must happen at an instant, as rows: the clock only wakes us for the next one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from circle.circles import CircleId


class JobKind(StrEnum):
    """The kinds of scheduled things."""

    CLOSE_VOTE = "close-vote"
    VOTE_REMINDER = "vote-reminder"
    VOTE_REVIEW = "vote-review"
    MEETING_REMINDER = "meeting-reminder"
    REMINDER = "reminder"
    WEEKLY_SUMMARY = "weekly-summary"
    DAILY_LOOK = "daily-look"
    TIMER = "timer"
    TURN = "turn"
    CHECK_IN = "check-in"
    CODEV_STEP = "codev-step"
    DIGEST = "digest"
    BROADCAST_REPORT = "broadcast-report"
    VACANCY = "vacancy"
    PROMPT_RECALL = "prompt-recall"
    PROMPT_LAPSE = "prompt-lapse"


# After an absence: within its grace a job happens once, marked late; older, it is told instead.
GRACE = {
    JobKind.CLOSE_VOTE: None,
    JobKind.VOTE_REMINDER: timedelta(hours=6),
    JobKind.VOTE_REVIEW: None,
    JobKind.MEETING_REMINDER: None,  # told until the meeting begins
    JobKind.REMINDER: timedelta(hours=12),
    JobKind.WEEKLY_SUMMARY: timedelta(days=2),
    JobKind.TIMER: timedelta(minutes=30),
    JobKind.TURN: timedelta(minutes=30),
    JobKind.CODEV_STEP: timedelta(minutes=30),
    JobKind.CHECK_IN: None,  # what people said is gathered, however late
    JobKind.DIGEST: None,  # of now and of the week before it, however late
    JobKind.BROADCAST_REPORT: None,
    JobKind.VACANCY: None,
    JobKind.PROMPT_RECALL: None,  # lapsed by then, it says nothing
    JobKind.PROMPT_LAPSE: None,
    JobKind.DAILY_LOOK: None,  # looks back at the days it missed
}


# What may wait for the end of the quiet hours; the others chose their hour, or must keep it.
MAY_WAIT = frozenset({JobKind.VOTE_REMINDER, JobKind.VOTE_REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A scheduled thing of a circle; `subject` is the number of the vote, meeting or reminder."""

    kind: JobKind
    circle: CircleId
    due: datetime
    subject: int | None = None
    id: int | None = None


def is_stale(job: Job, now: datetime) -> bool:
    """Whether it is too late to do it: the grace of its kind is over (None: never)."""
    grace = GRACE[job.kind]
    return grace is not None and now - job.due > grace
