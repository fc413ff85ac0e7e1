"""What is asked, and what a command is (what comes back: `commands.kernel.reply`)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Generic, TypeVar

from circle.circles import Circle, Rules, Workstream
from circle.jobs import Job
from circle.people import Member, Person, Role
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.reply import Reply
from commands.kernel.reserved import Reserve, Where
from commands.kernel.sentence import Sentence
from commands.kernel.topics import Topic

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)


class Right(StrEnum):
    """Who may run a command. Rules about authors are checked by the command itself."""

    ANYONE = "anyone"
    MEMBER = "member"
    STEWARD = "steward"
    COORDINATOR = "coordinator"


class Place(Enum):
    """What a command needs around it."""

    ANYWHERE = "anywhere"
    CIRCLE = "circle"
    COORDINATION = "coordination"
    CIRCLES = "circles"  # a circle; for coordinators all of them, in their room or directly


@dataclass(frozen=True, slots=True)
class Room:
    """Where something was said; `power` is that of who said it."""

    id: str
    direct: bool = False
    name: str | None = None
    power: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class KnownNames:
    """The names a line may speak of, read before it: people, workstreams, funders, circles.

    Itself alone: what is worked out of it is worked out once a line.
    `lasts`: the last number of each kind of thing, so that an id that exists is told from a size.
    `meetings`: when each meeting to come next begins.
    """

    members: tuple[Member, ...] = ()
    others: tuple[Person, ...] = ()
    workstreams: tuple[Workstream, ...] = ()
    funders: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()
    lasts: Mapping[Kind, int] = field(default_factory=dict)
    meetings: Mapping[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Generic[A_co]):
    """One thing asked, with everything about it that is not in the store.

    `at` is the instant of the event in the circle's zone, `first_said` that of the message that an
    edit replaces (relative dates count from it, see `said_at`); `member` is None outside
    a circle or for somebody who is not of it; `about` is the thing that the message
    replied to (or reacted on) announced. `gesture`: born of a reaction or a poll, so that
    nothing needs reading in the answer. `coordination`: said in the coordinators' room;
    `coordinated`: there are coordinators.
    `event` names the message (or reaction) that caused it, `edited` what its edit corrects.
    `prefix` begins the lines to type. `known`: the names that its line was read with. `page`: of a
    list, from 1.
    """

    person: Person
    room: Room
    at: datetime
    event: str
    args: A_co
    rules: Rules
    circle: Circle | None = None
    member: Member | None = None
    coordinator: bool = False
    coordination: bool = False
    coordinated: bool = False
    steward: bool = False
    about: Ref | None = None
    gesture: bool = False
    edited: Ref | None = None
    first_said: datetime | None = None
    prefix: str = "!"
    known: KnownNames = field(default_factory=KnownNames)
    page: int = 1

    @property
    def said_at(self) -> datetime:
        """What relative days count from: when the message was said, before any edit of it."""
        return self.first_said or self.at

    @property
    def here(self) -> Circle:
        """The circle; only for commands whose place is a circle."""
        if self.circle is None:
            raise LookupError("this command needs a circle")
        return self.circle

    @property
    def aloud(self) -> bool:
        """Whether it was said in the circle's room, where everybody of it hears."""
        return self.circle is not None and self.room.id == self.circle.room_id

    @property
    def outside(self) -> bool:
        """Whether who asks of a circle is not of it and not in its room: a coordinator."""
        return not self.aloud and not (self.member is not None and self.member.joined)

    @property
    def role(self) -> Role:
        """The role of who asks on that day; a participant when not a member."""
        return self.member.role_on(self.at.date()) if self.member else Role.PARTICIPANT

    def may_manage(self) -> bool:
        """Whether who asks has the rights of a steward here."""
        return self.steward or self.coordinator


@dataclass(frozen=True, slots=True)
class NoArgs:
    """A command that takes nothing but its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[A]):
    """A command, described once: parser, help, rights, docs and MSC4391 all read this value.

    `topic`: where the help shows it. `names`: the French name first, then the other ones;
    `english` is the one to show in English, the last of them unless said. `examples` are lines
    without the prefix, by language; the first one is shown in a refusal. `args` is a frozen
    dataclass whose fields name their readers. `run` does it and answers. `undo`, where there is
    one, takes back what the event `request.event` did to `request.about` (a deleted message, a
    reaction taken back). `editable`: `run` also corrects, when `request.edited` is set.
    `fresh_members`: the room's members are asked anew before the transaction. `paged`: it answers
    by a list of which `request.page` is shown; its sentence says how many are left (`more`).

    Who, where, and who is told: `right` says who may at all, `reserve` who may on what. `where` is
    the circle's room only for what nobody does unheard. `told` holds the answers that change money,
    rights or settings: said elsewhere, they are told in the circle's room in the same transaction.
    `personal`: it tells what one person asked or was paid, which never leaves the circle
    (docs/privacy.md): a coordinator who is not in its room cannot run it from outside.
    """

    key: str
    topic: Topic
    names: tuple[str, ...]
    args: type[A]
    run: Callable[[Request[A], UnitOfWork], Awaitable[Reply]]
    examples: Mapping[str, tuple[str, ...]]
    right: Right = Right.MEMBER
    place: Place = Place.CIRCLE
    reserve: Reserve | None = None
    where: Where = Where.ANYWHERE
    told: frozenset[type[Sentence]] = frozenset()
    personal: bool = False
    undo: Callable[[Request[None], UnitOfWork], Awaitable[Reply | None]] | None = None
    editable: bool = False
    fresh_members: bool = False
    paged: bool = False
    english: str = ""

    def name_in(self, language: str) -> str:
        """The name to show in this language."""
        if language == "fr":
            return self.names[0]
        return self.english or self.names[-1]


@dataclass(frozen=True, slots=True)
class Gesture:
    """What a reaction means on an announced thing: a command with its arguments."""

    command: str
    args: Callable[[Ref], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A scheduled thing that happens: `now` is when it is handled, in the circle's zone.

    `late`: it is said to be late; `stale`: its grace is over, it is only told (job.missed).
    """

    job: Job
    circle: Circle
    now: datetime
    late: bool = False
    stale: bool = False


Handler = Callable[[Due, UnitOfWork], Awaitable[tuple[Reply, ...]]]
