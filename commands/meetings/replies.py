"""What is answered about meetings, one class a key (the sentences: `locales`)."""

from datetime import datetime

from circle.calendar import Note
from circle.meetings import Presence
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values
from commands.shared.replies import MeetingFacts


class MeetingScheduled(Sentence, key="meeting.scheduled"):
    meeting: Inline[MeetingFacts]
    notes: tuple[Note, ...]


class MeetingMoved(Sentence, key="meeting.moved"):
    """`series`: the one whose occurrence was moved, where only that was."""

    meeting: Inline[MeetingFacts]
    was: datetime
    series: Ref | None
    notes: tuple[Note, ...]


class MeetingCancelled(Sentence, key="meeting.cancelled"):
    """`once`: one occurrence of a series."""

    meeting: Inline[MeetingFacts]
    was: datetime
    reason: str
    once: bool


class MeetingLine(Values):
    """A line of a list of meetings; `present`: how many say they come."""

    meeting: Inline[MeetingFacts]
    present: int


class MeetingList(Sentence, key="meeting.list"):
    items: tuple[MeetingLine, ...]
    count: int
    more: int


class MeetingAttendance(Sentence, key="meeting.attendance"):
    """`carried`: those whose voice who speaks was to carry, now without it."""

    meeting: Inline[MeetingFacts]
    member: Person
    presence: Presence
    present: int
    excused: int
    represented: int
    carried: tuple[Person, ...]


class MeetingProxy(Sentence, key="meeting.proxy"):
    meeting: Inline[MeetingFacts]
    member: Person
    proxy: Person | None
    given: bool


class MeetingNear(Values):
    """A meeting that comes: who comes, who has not said, how many items wait for it."""

    meeting: Inline[MeetingFacts]
    present: int
    silent: tuple[Person, ...]
    waiting: int
    late: bool


class MeetingReminder(Sentence, key="meeting.reminder"):
    near: Inline[MeetingNear]


class MeetingReminders(Sentence, key="meeting.reminders"):
    items: tuple[MeetingNear, ...]
