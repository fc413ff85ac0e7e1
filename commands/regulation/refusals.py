"""What is refused here, one class a key (the sentences: `locales`)."""

from datetime import datetime

from circle.ledger import ItemState
from circle.money import Money
from circle.refs import Ref
from commands.kernel.sentence import Sentence


class AgendaNoPoint(Sentence, key="agenda.no-point"):
    id: Ref
    place: int
    count: int


class AgendaNowhere(Sentence, key="agenda.nowhere"):
    id: Ref


class AgendaTwoThings(Sentence, key="agenda.two-things"):
    text: str
    place: int


class MeetingNotBegun(Sentence, key="meeting.not-begun"):
    id: Ref
    start: datetime


class MeetingOver(Sentence, key="meeting.over"):
    id: Ref
    start: datetime


class RegulationAlreadyDecided(Sentence, key="regulation.already-decided"):
    id: Ref
    state: ItemState
    amount: Money | None


class RegulationNoMedian(Sentence, key="regulation.no-median"):
    id: Ref
    vote: Ref | None
    closes: datetime | None


class RegulationNothingAsked(Sentence, key="regulation.nothing-asked"):
    id: Ref


class SessionAlreadyOpen(Sentence, key="session.already-open"):
    id: Ref


class SessionNever(Sentence, key="session.never"): ...


class SessionNone(Sentence, key="session.none"): ...


class SessionNotRegulation(Sentence, key="session.not-regulation"):
    id: Ref


class SessionOther(Sentence, key="session.other"):
    id: Ref
    open: Ref


class SessionOverBudget(Sentence, key="session.over-budget"):
    count: int
    asked: Money | None
    available: Money | None


class RegulationEach(Sentence, key="regulation.each"):
    """An amount for several items: for each, or in all."""

    amount: Money
    items: tuple[Ref, ...]


class RegulationNothingLeft(Sentence, key="regulation.nothing-left"):
    """All that is left is to be decided, and nothing is."""
