"""What a circle and its stewards are told by themselves, one class a key."""

from datetime import date, datetime

from circle.money import Money
from circle.people import Person, Role
from circle.refs import Ref
from circle.votes import Outcome
from commands.kernel.sentence import ABSENT, Absent, Inline, Sentence, Values
from commands.shared.replies import MeetingFacts


class ActionBrief(Values):
    """An action, in a summary."""

    id: Ref
    title: str
    holders: tuple[Person, ...]
    due: date | datetime | None


class ActionProgressed(Values):
    """An action that moved, and what was last said of it."""

    action: Inline[ActionBrief]
    text: str


class WeekActions(Values):
    """What became of the actions; `open`: how many are."""

    done: tuple[ActionBrief, ...]
    progressed: tuple[ActionProgressed, ...]
    late: tuple[ActionBrief, ...]
    open: int


class WeekEffort(Values):
    """What was contributed, in minutes, and by how many; before: in as many days."""

    minutes: int
    minutes_before: int
    contributors: int
    new_contributors: int
    newcomers: tuple[Person, ...]


class WeekMoney(Values):
    """What was asked and decided in these days, what votes hold back and what is left now."""

    asked: Money | None
    regulated: Money | None
    committed: Money
    available: Money
    granted: Money


class WeekVote(Values):
    """A vote that is open, or was closed in these days."""

    id: Ref
    question: str
    closes: datetime
    outcome: Outcome | None
    unfunded: bool
    cancelled: bool


class SummaryWeek(Sentence, key="summary.week"):
    """`question`: the number of the week, where one is asked; `belated`: posted after its hour."""

    circle: str
    since: date
    until: date
    actions: Inline[WeekActions]
    effort: Inline[WeekEffort]
    money: Inline[WeekMoney]
    votes: tuple[WeekVote, ...]
    question: int | None
    meetings: tuple[MeetingFacts, ...]
    belated: bool | Absent = ABSENT


class SummaryQuiet(Sentence, key="summary.quiet"):
    circle: str


class ActionTitle(Values):
    """An action as pictures count it."""

    title: str


class WeekPicture(Sentence, key="picture.week"):
    """`weeks`: minutes of each of the last ones, from the circle's first on.

    Where an older program wrote them there are two of them, and `committed` is not told.
    """

    circle: str
    since: date
    until: date
    done: tuple[ActionTitle, ...]
    late: tuple[ActionTitle, ...]
    open: int
    minutes: int
    minutes_before: int
    available: Money
    granted: Money
    weeks: tuple[int, ...] = ()
    committed: Money | None = None


# To stewards


class ActionForgotten(Values):
    """An action, and for how many days it is late or silent."""

    action: Inline[ActionBrief]
    days: int


class VoteMissing(Values):
    """A vote that closes soon, and how many answers it still misses."""

    id: Ref
    question: str
    closes: datetime
    missing: int


class TermEnding(Values):
    """A role that ends soon."""

    member: Person
    role: Role
    until: date | None


class Resting(Values):
    """Somebody on pause; `until` the end of that day, None until they are back."""

    member: Person
    until: date | None


class SummarySteward(Sentence, key="summary.steward"):
    """What needs a steward, in order of need (minutes)."""

    circle: str
    late: tuple[ActionForgotten, ...]
    overrun: Money | None
    votes: tuple[VoteMissing, ...]
    waiting: int
    waiting_amount: Money | None
    regulation: datetime | None
    terms: tuple[TermEnding, ...]
    silent: tuple[ActionForgotten, ...]
    unclaimed_people: int
    unclaimed_minutes: int
    resting: tuple[Resting, ...]
