"""What is answered about what waits for one person (the sentences: `locales`)."""

from datetime import date, datetime

from circle.ledger import ItemState
from circle.meetings import MeetingKind
from circle.money import Money
from circle.refs import Ref
from commands.kernel.sentence import Sentence, Values


class MyAction(Values):
    """An action that they hold."""

    id: Ref
    title: str
    due: date | datetime | None
    late: bool


class MyVote(Values):
    """A vote that they have not answered."""

    id: Ref
    question: str
    closes: datetime


class MyItems(Values):
    """What they declared and stands so: how many, and the amount that goes with it."""

    state: ItemState
    count: int
    amount: Money


class MyMeeting(Values):
    """A meeting of which they have not said whether they come."""

    id: Ref
    kind: MeetingKind
    title: str
    start: datetime


class MyCircle(Values):
    """What waits for them in a circle.

    `more`: actions that are not listed. `owed`: decided for them and not paid, since the day
    `since` for the oldest of it; `questioned`: their items on which somebody asked a question.
    """

    name: str
    actions: tuple[MyAction, ...]
    more: int
    votes: tuple[MyVote, ...]
    declared: tuple[MyItems, ...]
    questioned: tuple[Ref, ...]
    owed: Money
    since: date | None
    meetings: tuple[MyMeeting, ...]


class MeStatus(Sentence, key="me.status"):
    """`several`: they are in several circles; `weekly`: it is sent to them each Monday."""

    circles: tuple[MyCircle, ...]
    several: bool
    weekly: bool


class MeWeekly(Sentence, key="me.weekly"):
    """`at`: when it will be sent first; None where they are in no circle, or it is no more."""

    on: bool
    at: datetime | None


class PauseSet(Sentence, key="pause.set"):
    """`until`: the last day of it; None until they are back."""

    until: date | None


class PauseOver(Sentence, key="pause.over"): ...
