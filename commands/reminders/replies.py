"""What is answered about reminders, one class a key (the sentences: `locales`)."""

from datetime import date, datetime

from circle.jobs import JobKind
from circle.people import Person, Role
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values
from commands.shared.replies import ReminderFacts, ReminderRinging


class ReminderTold(Sentence):
    """A family: a reminder, and nothing else."""

    reminder: Inline[ReminderFacts]


class ReminderSet(ReminderTold, key="reminder.set"): ...


class ReminderSnoozed(ReminderTold, key="reminder.snoozed"): ...


class ReminderDone(ReminderTold, key="reminder.done"): ...


class ReminderCancelled(ReminderTold, key="reminder.cancelled"): ...


class ReminderList(Sentence, key="reminder.list"):
    """What is to ring, soonest first, and how many more."""

    items: tuple[ReminderFacts, ...]
    more: int


class ReminderRing(Sentence, key="reminder.ring"):
    ringing: Inline[ReminderRinging]
    kind: JobKind
    due: datetime


class DatedAction(Values):
    """An action whose deadline comes or has passed."""

    id: Ref
    title: str
    holders: tuple[Person, ...]
    due: date | datetime | None


class Term(Values):
    """The role of somebody, that ends after the day `until`."""

    member: Person
    role: Role
    until: date | None


class ReminderDates(Sentence, key="reminder.dates"):
    near: tuple[DatedAction, ...]
    past: tuple[DatedAction, ...]
    terms: tuple[Term, ...]
    late: bool


class PromptRecall(Sentence, key="prompt.recall"):
    """A question left open, that nothing was noted of; until when it may be answered."""

    question: int
    line: str
    lapses: datetime


class PromptOver(Sentence, key="prompt.over"):
    question: int
    line: str
