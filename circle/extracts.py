"""All that a circle's files tell, read at once: what every export is written from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from circle.actions import Action
from circle.circles import Circle, Workstream
from circle.entries import Entry
from circle.envelopes import Use
from circle.figures import Figures
from circle.ledger import Item, ItemState, Nature, Postings
from circle.meetings import Attendance, Meeting
from circle.people import Member, Person, PersonKey
from circle.receipts import Kept
from circle.time import Days
from circle.votes import Vote

_LEFT_OUT = frozenset({ItemState.CANCELLED, ItemState.REFUSED})


class Format(StrEnum):
    """What can be made of an extract."""

    CSV = "csv"
    ODS = "ods"
    JSON = "json"
    MOVILAB = "movilab"
    FEDER = "feder"
    FLOWS = "flows"
    RECEIPTS = "receipts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A circle and what it holds of some days; `span` None: everything since its beginning.

    `entries` are those written in these days, `items` those whose work is of these days. Actions,
    votes and meetings that lived in them. `envelopes` are all, with what they hold now, and
    `paid_by` names those that hold anything of each item. `figures` and `at` are of now.
    `cast`: how many ballots stand in each vote.
    """

    circle: Circle
    at: datetime
    span: Days | None
    figures: Figures
    entries: tuple[Entry, ...] = ()
    items: tuple[Item, ...] = ()
    actions: tuple[Action, ...] = ()
    workstreams: tuple[Workstream, ...] = ()
    votes: tuple[Vote, ...] = ()
    cast: Mapping[int, int]
    meetings: tuple[Meeting, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    envelopes: tuple[Use, ...] = ()
    paid_by: Mapping[int, tuple[int, ...]]
    receipts: tuple[Kept, ...] = ()
    members: tuple[Member, ...] = ()
    people: Mapping[PersonKey, Person]

    @property
    def moved(self) -> Postings:
        """By how much these days moved each figure, in cents."""
        return sum((entry.postings for entry in self.entries), Postings())

    @property
    def work(self) -> tuple[Item, ...]:
        """The contributions of these days that took time, cancelled and refused ones left out."""
        return tuple(
            item
            for item in self.items
            if item.nature is Nature.CONTRIBUTION and item.minutes and item.state not in _LEFT_OUT
        )

    @property
    def expenses(self) -> tuple[Item, ...]:
        """The expenses of these days of which an amount was decided."""
        return tuple(
            item
            for item in self.items
            if item.nature is Nature.EXPENSE and item.regulated is not None
        )

    @property
    def declared_expenses(self) -> tuple[Item, ...]:
        """The expenses of these days, cancelled and refused ones left out."""
        return tuple(
            item
            for item in self.items
            if item.nature is Nature.EXPENSE and item.state not in _LEFT_OUT
        )

    def person(self, key: PersonKey | None) -> Person | None:
        """Somebody whom an entry names."""
        return self.people.get(key) if key is not None else None

    def action(self, number: int | None) -> Action | None:
        """The action A{number}, of whatever days."""
        return next((one for one in self.actions if one.number == number), None)

    def workstream(self, number: int | None) -> Workstream | None:
        """A workstream, by its number."""
        return next((one for one in self.workstreams if one.id == number), None)


def by_month(items: Iterable[Item]) -> Iterator[tuple[PersonKey, date, tuple[Item, ...]]]:
    """The items of each person and month (its first day), by person, then by month and day."""
    sheets: dict[tuple[PersonKey, date], list[Item]] = {}
    for item in items:
        sheets.setdefault((item.person, item.day.replace(day=1)), []).append(item)
    for (person, month), mine in sorted(sheets.items()):
        yield person, month, tuple(sorted(mine, key=lambda item: (item.day, item.number)))
