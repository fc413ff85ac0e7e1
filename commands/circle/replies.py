"""What is answered about a circle, one class a key (the sentences: `locales`)."""

from collections.abc import Mapping
from datetime import date, time

from circle.circles import CircleKind, CircleState, OwnShare, RegulationMode
from circle.money import Money
from circle.people import Person, Role
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values
from commands.shared.replies import MeetingFacts


class CircleToConfirm(Sentence, key="circle.to-confirm"):
    id: Ref
    name: str
    kind: CircleKind
    member: Person


class CircleConfirmed(Sentence, key="circle.confirmed"):
    name: str
    member: Person


class CirclePlaces(Sentence, key="circle.places"):
    name: str
    removed: bool
    places: tuple[str, ...]


class CircleAliases(Sentence, key="circle.aliases"):
    name: str
    removed: bool
    circle: str
    aliases: tuple[str, ...]


class CircleStateSet(Sentence, key="circle.state"):
    name: str
    state: CircleState
    was: CircleState


class CircleCreated(Sentence, key="circle.created"):
    name: str
    kind: CircleKind
    state: CircleState
    member: Person
    confirmed: bool


class CircleCard(Sentence, key="circle.card"):
    name: str
    kind: CircleKind
    state: CircleState
    stewards: tuple[Person, ...]
    members: Mapping[Role, int]
    workstreams: tuple[str, ...]
    meeting: MeetingFacts | None
    available: Money | None
    granted: Money | None


class WorkstreamAdded(Sentence, key="workstream.added"):
    id: int
    name: str
    steward: Person | None
    envelope: Money | None


class WorkstreamLine(Values):
    """A workstream: who carries it, its actions by state, what was decided on them, in all."""

    id: int
    name: str
    steward: Person | None
    ongoing: int
    done: int
    regulated: Money


class WorkstreamList(Sentence, key="workstream.list"):
    items: tuple[WorkstreamLine, ...]


class LanguageSet(Sentence, key="language.set"):
    """`own`: for this person only; `was`: that of the circle before."""

    language: str
    own: bool
    was: str | None


SettingValue = str | int | bool | time | Money | RegulationMode | OwnShare | tuple[str, ...] | None


class SettingInForce(Values):
    """A setting and its value."""

    name: str
    value: SettingValue


class SettingList(Sentence, key="setting.list"):
    items: tuple[SettingInForce, ...]


class SettingChanged(Values):
    """A setting, its value and what it was."""

    name: str
    value: SettingValue
    was: SettingValue


class SettingSet(Sentence, key="setting.set"):
    """`since`: from which day it holds; `now`: it holds already."""

    last: Inline[SettingChanged]
    items: tuple[SettingChanged, ...]
    since: date
    now: bool


class RoleSet(Sentence, key="role.set"):
    member: Person
    role: Role
    was: Role
    until: date | None


class MemberLine(Values):
    """A line of the list of members."""

    member: Person
    role: Role
    until: date | None


class MemberList(Sentence, key="member.list"):
    items: tuple[MemberLine, ...]
    count: int
    more: int


# The sheet of governance


class Holder(Values):
    """Who has a role, and until when."""

    member: Person
    until: date | None


class WorkstreamCarried(Values):
    """A workstream and who carries it."""

    name: str
    steward: Person | None


class RuleInForce(Values):
    """A rule and since when; None where the circle has set nothing."""

    name: str
    value: SettingValue
    since: date | None


class CircleSheet(Sentence, key="sheet"):
    name: str
    kind: CircleKind
    state: CircleState
    since: date
    aliases: tuple[str, ...]
    places: tuple[str, ...]
    stewards: tuple[Holder, ...]
    contributors: tuple[Holder, ...]
    participants: int
    workstreams: tuple[WorkstreamCarried, ...]
    rules: tuple[RuleInForce, ...]
    today: date


class PicturedHolder(Values):
    """Who has a role, by name: a picture waits as text, where people are accounts."""

    member: str | None
    until: date | None


class PicturedWorkstream(Values):
    """A workstream and the name of who carries it."""

    name: str
    steward: str | None


class PicturedRule(Values):
    """A rule, as it waits in the outbox."""

    name: str
    value: Money | bool | int | str | None
    since: date | None


class SheetPicture(Sentence, key="picture.sheet"):
    name: str
    kind: CircleKind
    state: CircleState
    places: tuple[str, ...]
    stewards: tuple[PicturedHolder, ...]
    contributors: tuple[PicturedHolder, ...]
    participants: int
    workstreams: tuple[PicturedWorkstream, ...]
    rules: tuple[PicturedRule, ...]
    today: date
