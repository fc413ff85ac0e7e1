"""A meeting while it is held, the points of its agenda (docs/domain.md: Regulation)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from circle.people import Person, PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A meeting being held: `occurrence` is the local day on which that one was to start.

    `id` is given by the store. While `closed_at` is None the session is open. `last_entry`: the id
    of the ledger's last entry when it opened, so that what was told later is known as such.
    """

    meeting: int
    occurrence: date
    opened_at: datetime
    opened_by: PersonKey
    closed_at: datetime | None = None
    closed_by: PersonKey | None = None
    last_entry: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something that somebody put on the agenda of one occurrence; `id` is given by the store."""

    meeting: int
    occurrence: date
    by: Person
    at: datetime
    text: str
    source: str | None = None
    id: int | None = field(default=None, compare=False)
