"""What several families answer, or tell in their answers (the sentences: `locales`)."""

from collections.abc import Mapping
from datetime import date, datetime

from circle.jobs import JobKind
from circle.ledger import ItemState, Nature
from circle.meetings import MeetingKind
from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import ABSENT, Absent, Inline, Sentence, Values


class MeetingFacts(Values):
    """What every answer about a meeting tells.

    `next`: its next start; `exdates`: the days to come on which a series does not happen.
    """

    id: Ref
    kind: MeetingKind
    title: str
    start: datetime
    end: datetime | None
    rrule: str | None
    exdates: tuple[date, ...]
    place: str | None
    next: datetime | None


class ItemFacts(Values):
    """What every answer about a declared item tells; efforts in minutes."""

    id: Ref
    nature: Nature
    member: Person
    payee: Person | None
    minutes: int | None
    what: str
    day: date
    action: Ref | None
    asked: Money | None
    pro_bono: bool
    state: ItemState
    regulated: Money | None
    invoice: str | None


class HeldFacts(Values):
    """What an envelope holds of an item."""

    id: Ref
    amount: Money


class HeldParts(Values):
    """What envelopes hold of an item; `unattributed`: of what was decided, what none holds.

    `fullest`: then, the envelope in which most is left, on which it may be placed.
    """

    envelopes: tuple[HeldFacts, ...]
    unattributed: Money | None
    fullest: Ref | None


class TakenFacts(Values):
    """An amount of an item, and the envelope that took it; less than nothing: that let it go."""

    id: Ref
    envelope: Ref
    amount: Money


class ReminderFacts(Values):
    """What every answer about a reminder tells."""

    id: Ref
    at: datetime
    rrule: str | None
    text: str
    direct: bool


class ReminderRinging(Values):
    """A reminder whose instant has come, of whom it is."""

    reminder: Inline[ReminderFacts]
    member: Person
    late: bool


class TimerRinging(Values):
    """A timer that is over."""

    id: Ref
    text: str
    at: datetime


class JobMissed(Sentence, key="job.missed"):
    """What was to happen then is too late to do: `id` of a meeting, or what was to ring."""

    ringing: Inline[ReminderRinging | TimerRinging | Absent] = ABSENT
    kind: JobKind
    due: datetime
    id: Ref | Absent = ABSENT


class CircleVacant(Sentence, key="circle.vacant"):
    """Nobody is steward since that day; whoever has power may stand in from `opens`."""

    circle: str
    since: date
    opens: datetime


class Allocated(Values):
    """Options that are funded, and what they cost together."""

    funded: tuple[str, ...]
    spent: Money


class CountFacts(Values):
    """What a count gives (docs/words.md: The vote file), as far as the rule speaks of it."""

    adopted: bool | None
    winners: tuple[str | tuple[str, ...], ...]
    tie: bool
    cast: int
    quorum_met: bool
    counts: Mapping[str, int] | Mapping[str, tuple[int, ...]] | tuple[Money, ...] | Absent
    amount: Money | Absent | None = ABSENT
    funded: tuple[str, ...] | Absent = ABSENT
    spent: Money | Absent = ABSENT
    greedy: Allocated | Absent = ABSENT


class PrivacySent(Sentence, key="privacy.sent"): ...
