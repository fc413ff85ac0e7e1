"""What is answered while people meet, one class a key (the sentences: `locales`)."""

from datetime import datetime

from circle.codev import Step
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values
from commands.shared.replies import TimerRinging


class TimerSet(Sentence, key="timer.set"):
    id: Ref
    minutes: int
    at: datetime
    text: str


class TimerOver(Sentence, key="timer.over"):
    ringing: Inline[TimerRinging]
    member: Person
    late: bool


class TurnsFacts(Values):
    """Who speaks, who waits, who has spoken; `minutes` for each, `until` for who speaks."""

    id: Ref
    minutes: int | None
    speaking: Person | None
    waiting: tuple[Person, ...]
    spoken: tuple[Person, ...]
    until: datetime | None


class TurnsTold(Sentence):
    """A family: where a round stands, and the place of who asks (0: they speak)."""

    turns: Inline[TurnsFacts]
    member: Person
    place: int | None


class TurnsOpened(TurnsTold, key="turns.opened"): ...


class TurnsStatus(TurnsTold, key="turns.status"): ...


class TurnsNext(TurnsTold, key="turns.next"): ...


class TurnsJoined(TurnsTold, key="turns.joined"): ...


class TurnsLeft(TurnsTold, key="turns.left"): ...


class TurnsClosed(TurnsTold, key="turns.closed"): ...


class TurnsOver(Sentence, key="turns.over"):
    turns: Inline[TurnsFacts]


class CodevTold(Sentence):
    """A family: a session of co-development. `place` of the step, 0 before the first."""

    id: Ref
    topic: str
    client: Person | None
    facilitator: Person
    consultants: tuple[Person, ...]
    step: Step | None
    place: int
    minutes: int
    until: datetime | None


class CodevOpened(CodevTold, key="codev.opened"): ...


class CodevStatus(CodevTold, key="codev.status"): ...


class CodevStep(CodevTold, key="codev.step"): ...


class CodevClosed(CodevTold, key="codev.closed"): ...


class CheckInFacts(Values):
    """A check-in and how many have spoken."""

    id: Ref
    question: str
    count: int
    until: datetime | None


class CheckInTold(Sentence):
    """A family: a check-in that goes on."""

    checkin: Inline[CheckInFacts]


class CheckInOpened(CheckInTold, key="checkin.opened"): ...


class CheckInStatus(CheckInTold, key="checkin.status"): ...


class CheckInWord(Values):
    """What somebody said."""

    member: Person
    text: str


class CheckInClosed(Sentence, key="checkin.closed"):
    checkin: Inline[CheckInFacts]
    words: tuple[CheckInWord, ...]


class CheckInSaid(Sentence, key="checkin.said"):
    id: Ref
    member: Person
    text: str
