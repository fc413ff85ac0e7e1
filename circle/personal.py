"""What is held about one person, and how it is forgotten (docs/domain.md: Personal data)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from circle.people import Person, PersonKey
from circle.refs import Ref

Rows = tuple[Mapping[str, object], ...]

# What stands where somebody's words were.
GONE = "…"


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept, as the operator declares it, and who answers for it.

    `messages`: days of the messages received; `ledger`: years of what was decided and paid (the
    accounting duty); `backups`: days until the last backup that holds something is rotated.
    """

    messages: int = 30
    ledger: int = 10
    backups: int = 30
    controller: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A receipt: the name it was sent under; `sha256` is None while it is not fetched."""

    item: str
    circle: str
    name: str
    at: datetime
    size: int
    sha256: str | None


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class PersonalData:
    """Everything held about a person: rows by section (plain values), and their receipts.

    It is itself and no other: what is made of it is made once.
    """

    person: Person
    sections: Mapping[str, Rows]
    files: tuple[KeptFile, ...] = ()


class GatherFirstError(Exception):
    """What is held about somebody is to be gathered before what needs it is begun again."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.key)
        self.person = person


_gathered: Final[ContextVar[Mapping[PersonKey, PersonalData]]] = ContextVar("gathered")


@contextmanager
def knowing(gathered: Mapping[PersonKey, PersonalData]) -> Iterator[None]:
    """Within it, `already_gathered` answers from these."""
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)


def already_gathered(person: Person) -> PersonalData:
    """What was gathered about that person. Raises GatherFirstError where it was not.

    All that is kept of somebody is read through: nobody waits for that in a transaction.
    """
    held = _gathered.get({}).get(person.key)
    if held is None:
        raise GatherFirstError(person)
    return held


@dataclass(frozen=True, slots=True)
class Spared:
    """A name that stands in what others wrote and stays there: it may be any word.

    `where`: the things whose texts hold it; `count`: in how many texts of the circle.
    """

    name: str
    circle: str
    where: tuple[Ref, ...]
    count: int


class Personal(Protocol):
    """What is held about people: told whole, or forgotten."""

    async def held(self, person: Person) -> PersonalData: ...
    async def circles(self, person: Person) -> frozenset[int]: ...
    async def leaving(self, person: Person, room_id: str) -> bool: ...
    async def count_files(self, person: Person) -> int: ...
    async def spared(self, person: Person, at: datetime) -> tuple[Spared, ...]: ...
    async def erase(self, person: Person, at: datetime, event: str) -> tuple[Spared, ...]: ...
