"""What is answered across circles, one class a key (the sentences: `locales`)."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from circle.alerts import AlertKind
from circle.circles import CircleKind, CircleState
from circle.money import Money
from circle.people import Person, Role
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values


class CirclesView(StrEnum):
    """What a list of circles is about, and in which order it stands."""

    CIRCLES = "circles"
    BUDGET = "budget"
    LATE = "late"
    HOURS = "hours"
    SILENCE = "silence"


class MoneyFacts(Values):
    """The figures of a budget as money."""

    granted: Money
    committed: Money
    asked: Money
    regulated: Money
    invoiced: Money
    paid: Money
    available: Money


class CircleLine(Values):
    """What every list tells of a circle (minutes)."""

    name: str
    kind: CircleKind
    state: CircleState
    open: int
    late: int
    done: int
    minutes: int
    contributors: int
    votes: int
    waiting: int
    last: date | None
    members: Mapping[Role, int]
    confirmed: bool
    money: Inline[MoneyFacts]


class TotalFacts(Values):
    """Several circles together; people are not added up, some are in several."""

    open: int
    late: int
    done: int
    minutes: int
    votes: int
    waiting: int
    money: Inline[MoneyFacts]


class FunderLine(Values):
    """The money of circles, by funder."""

    name: str | None
    granted: Money
    regulated: Money
    paid: Money
    available: Money


class StatusCircles(Sentence, key="status.circles"):
    items: tuple[CircleLine, ...]
    count: int
    more: int
    page: int
    view: CirclesView
    since: date
    until: date
    state: CircleState | None
    kind: CircleKind | None
    totals: TotalFacts | None
    funders: tuple[FunderLine, ...]


class AlertLine(Values):
    """Why a circle needs a look."""

    reason: AlertKind
    days: int
    percent: int | None
    number: int
    amount: Money | None
    until: date | None


class StatusCircle(Sentence, key="status.circle"):
    """`recent`: of the usual days."""

    circle: Inline[CircleLine]
    since: date
    until: date
    recent: bool
    places: tuple[str, ...]
    meeting: datetime | None
    funders: tuple[FunderLine, ...]
    alerts: tuple[AlertLine, ...]


class TroubledCircle(Values):
    """A circle and its alerts, the most pressing first."""

    name: str
    alerts: tuple[AlertLine, ...]


class StatusAlerts(Sentence, key="status.alerts"):
    items: tuple[TroubledCircle, ...]
    count: int
    circles: int
    more: int
    page: int


class DigestWeek(Sentence, key="digest.week"):
    since: date
    until: date
    circles: int
    active: int
    totals: TotalFacts
    items: tuple[TroubledCircle, ...]
    count: int
    more: int


class BroadcastPreview(Sentence, key="broadcast.preview"):
    id: Ref
    text: str
    count: int
    member: Person


class BroadcastSent(Sentence, key="broadcast.sent"):
    """`closed`: the circles that were left alone."""

    id: Ref
    count: int
    circles: tuple[str, ...]
    closed: tuple[str, ...]


class BroadcastMessage(Sentence, key="broadcast.message"):
    text: str
    member: Person


class BroadcastWithdrawn(Sentence, key="broadcast.withdrawn"):
    id: Ref


class BroadcastUnreached(Sentence, key="broadcast.unreached"):
    id: Ref
    circles: tuple[str, ...]
