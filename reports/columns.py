"""How a table is read from an extract: its columns, the words of the catalogue, plain cells."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from circle.extracts import Extract
from circle.people import Person
from circle.refs import Kind as RefKind
from circle.refs import Ref
from reports.sheets import Cell, CellKind, Column, Sheet

YES: Final = "form.yes"
NO: Final = "form.no"


class Words(Protocol):
    """What the catalogue says: sentences by key, and the word of an enum's member."""

    def say(self, key: str, **values: object) -> str: ...
    def word(self, value: StrEnum) -> str: ...
    def money(self, cents: int, currency: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What a column is read with: the extract and the words."""

    extract: Extract
    words: Words

    def name(self, person: Person | None) -> str | None:
        return person.name if person else None

    def yes(self, fact: bool) -> str:
        return self.words.say(YES if fact else NO)

    def title(self, number: int | None) -> str | None:
        """The title of an action."""
        action = self.extract.action(number)
        return action.title if action else None

    def stream(self, number: int | None) -> str | None:
        """The name of a workstream."""
        workstream = self.extract.workstream(number)
        return workstream.name if workstream else None

    def stream_of(self, action: int | None) -> str | None:
        """The name of an action's workstream."""
        found = self.extract.action(action)
        return self.stream(found.workstream) if found else None

    def person(self, key: Any) -> Person | None:
        return self.extract.person(key)


Read = Callable[[Any, Asked], Cell]
Described = tuple[str, CellKind, Read]


def table(key: str, columns: Sequence[Described], rows: Iterable[Any], asked: Asked) -> Sheet:
    """A table read row by row."""
    return Sheet(
        key=key,
        title=asked.words.say(f"sheet.{key}"),
        columns=tuple(
            Column(name, asked.words.say(f"column.{name}"), kind) for name, kind, _ in columns
        ),
        rows=tuple(tuple(read(row, asked) for _, _, read in columns) for row in rows),
        currency=asked.extract.circle.currency,
    )


def ref(kind: RefKind, number: int | None) -> str | None:
    """What people call a thing: A12."""
    return None if number is None else str(Ref(kind, number))


def day(when: date | datetime | None) -> str | None:
    """A day in ISO 8601."""
    if isinstance(when, datetime):
        return when.date().isoformat()
    return when.isoformat() if when else None


def instant(when: datetime | None) -> str | None:
    """An instant in ISO 8601, to the minute, in the circle's zone."""
    return when.strftime("%Y-%m-%dT%H:%M") if when else None
