"""What is refused here, one class a key (the sentences: `locales`)."""

from circle.ledger import ItemState
from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from commands.kernel.command import Right
from commands.kernel.sentence import ABSENT, Absent, Sentence


class CircleNameTaken(Sentence, key="circle.name-taken"):
    name: str


class ContributionBoth(Sentence, key="contribution.both"):
    amount: Money


class EntryAlreadyCancelled(Sentence, key="entry.already-cancelled"):
    id: Ref


class EntryAlreadySettled(Sentence, key="entry.already-settled"):
    id: Ref
    state: ItemState
    number: str | None


class EntryNotRegulated(Sentence, key="entry.not-regulated"):
    id: Ref
    state: ItemState


class IdUnknown(Sentence, key="id.unknown"):
    id: Ref


class MeetingAlreadyCancelled(Sentence, key="meeting.already-cancelled"):
    id: Ref


class MeetingNone(Sentence, key="meeting.none"): ...


class NameMixed(Sentence, key="name.mixed"):
    name: str


class OutsideFew(Sentence, key="outside.few"):
    fewest: int
    circle: str


class OutsideMonths(Sentence, key="outside.months"): ...


class OwnAnother(Sentence, key="own.another"):
    """`member`: the person without account for whom who asks declared it."""

    id: Ref
    member: Person | None


class OwnInTheRoom(Sentence, key="own.in-the-room"):
    circle: str
    id: Ref
    member: Person | None


class OwnNobodyThere(Sentence, key="own.nobody-there"):
    meeting: Ref
    id: Ref
    member: Person | None


class RefusedDecided(Sentence, key="refused.decided"):
    id: Ref
    state: ItemState | Absent = ABSENT


class RefusedInTheRoom(Sentence, key="refused.in-the-room"):
    command: str
    circle: str


class RefusedNoCircle(Sentence, key="refused.no-circle"):
    """`lines`: the one that was typed, with each circle that it may be meant for."""

    command: str
    direct: bool
    lines: tuple[str, ...] = ()


class RefusedNotAllowed(Sentence, key="refused.not-allowed"):
    command: str | Absent = ABSENT
    who: Right | str


class RefusedNotHere(Sentence, key="refused.not-here"):
    command: str


class RefusedNotMember(Sentence, key="refused.not-member"):
    circle: str


class RegulationOverBudget(Sentence, key="regulation.over-budget"):
    id: Ref
    amount: Money | None
    available: Money | None
    room: Money | None


class RegulationZero(Sentence, key="regulation.zero"):
    id: Ref


class RefusedTogether(Sentence, key="refused.together"):
    """After the refusal of one thing of a line: the others, of which nothing was done either."""

    others: tuple[Ref, ...]


class EntryNothingDue(Sentence, key="entry.nothing-due"):
    member: Person
