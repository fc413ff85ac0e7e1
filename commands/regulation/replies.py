"""What is answered about regulation, one class a key (the sentences: `locales`)."""

from datetime import datetime

from circle.circles import RegulationMode
from circle.ledger import ItemState
from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from circle.votes import Outcome
from commands.kernel.sentence import Inline, Sentence, Values
from commands.shared.replies import HeldParts, ItemFacts, MeetingFacts, TakenFacts


class PointLine(Values):
    """A point of an agenda, and who added it."""

    text: str
    member: Person


class MeetingAgenda(Sentence, key="meeting.agenda"):
    meeting: Inline[MeetingFacts]
    points: tuple[PointLine, ...]
    items: tuple[ItemFacts, ...]
    waiting: int
    amount: Money | None
    available: Money | None
    added: str
    more: int


class AgendaCarried(Sentence, key="agenda.carried"):
    meeting: Inline[MeetingFacts]
    text: str
    was: Ref


class Represented(Values):
    """Somebody who does not come, and who carries their voice."""

    member: Person
    proxy: Person


class AttendanceFacts(Values):
    """Who said to be there, excused, absent or represented, in the order in which they said so."""

    present: tuple[Person, ...]
    excused: tuple[Person, ...]
    absent: tuple[Person, ...]
    represented: tuple[Represented, ...]


class QuestionLine(Values):
    """What somebody asks about an item."""

    member: Person
    text: str


class ItemPoint(Values):
    """An item as the session comes to it; `line`: an amount as one can type it."""

    item: Inline[ItemFacts]
    questions: tuple[QuestionLine, ...]
    estimate: Ref | None
    closes: datetime | None
    median: Money | None
    line: str | None


class NextItem(Values):
    """The item to speak of now, and how many are left with it."""

    item: ItemPoint | None
    left: int
    mode: RegulationMode


class WaitingFacts(Values):
    """What waits for a decision: in all, standing as asked (`free`), said to be pro bono."""

    waiting: int
    free: int
    free_amount: Money | None
    pro_bono: int
    amount: Money | None
    available: Money | None
    exceeds: bool


class SessionState(Sentence):
    """A family: where a session stands."""

    meeting: Inline[MeetingFacts]
    attendance: Inline[AttendanceFacts]
    facts: Inline[WaitingFacts]
    following: Inline[NextItem]
    today: bool
    points: tuple[PointLine, ...]
    asker_counted: bool


class SessionOpened(SessionState, key="session.opened"): ...


class SessionStatus(SessionState, key="session.status"): ...


class RegulationDecided(Sentence, key="regulation.decided"):
    id: Ref
    amount: Money | None
    outcome: ItemState
    member: Person
    what: str
    asked: Money | None
    reason: str
    available: Money | None
    held: Inline[HeldParts]
    taken: tuple[TakenFacts, ...]
    cap: Money | None
    by_asker: bool
    alone: bool
    following: Inline[NextItem]


class DecidedLine(Values):
    """What was decided of an item of a line that names several."""

    id: Ref
    amount: Money | None
    outcome: ItemState
    member: Person
    what: str
    unattributed: Money | None


class RegulationAlsoDecided(Sentence, key="regulation.also-decided"):
    """Before the last decision of a line: the first ones."""

    decided: tuple[DecidedLine, ...]


class ShareLine(Values):
    """What an item could get; `line`: as one can type it."""

    id: Ref
    member: Person
    what: str
    asked: Money | None
    given: Money | None
    line: str | None


class RegulationProrata(Sentence, key="regulation.prorata"):
    items: tuple[ShareLine, ...]
    count: int
    more: int
    asked: Money | None
    given: Money | None
    available: Money | None
    exceeds: bool
    cap: Money | None


class DecisionLine(Values):
    """What a meeting decided of an item."""

    item: Inline[ItemFacts]
    outcome: ItemState
    amount: Money | None
    reason: str
    alone: bool


class MinutesVote(Values):
    """A vote that closed while a meeting was held."""

    id: Ref
    question: str
    outcome: Outcome | None
    unfunded: bool
    cancelled: bool
    amount: Money | None
    cast: int
    electorate: int


class Minutes(Values):
    """What a meeting leaves behind; `opened` is None where nobody held it in a session."""

    meeting: Inline[MeetingFacts]
    attendance: Inline[AttendanceFacts]
    circle: str
    opened: datetime | None
    closed: datetime | None
    points: tuple[PointLine, ...]
    decisions: tuple[DecisionLine, ...]
    regulated: Money
    votes: tuple[MinutesVote, ...]
    available: Money | None


class MeetingMinutes(Sentence, key="meeting.minutes"):
    minutes: Inline[Minutes]


class SessionClosed(Sentence, key="session.closed"):
    minutes: Inline[Minutes]
    left: tuple[Ref, ...]
