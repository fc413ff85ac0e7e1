"""Actions of a circle's programme, and what happens to them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from circle.people import Person, PersonKey


class ActionState(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ActionChange(StrEnum):
    """What can happen to an action; each is one line of its log."""

    ADDED = "added"
    TAKEN = "taken"
    LEFT = "left"
    PROGRESSED = "progressed"
    DONE = "done"
    DROPPED = "dropped"
    REOPENED = "reopened"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Action:
    """An action. `due` is a day (complete: its local end) or a zone-aware instant.

    `budget` is in cents; `moved_at` is the instant of its last sign of life.
    """

    number: int
    title: str
    added_by: PersonKey
    added_at: datetime
    workstream: int | None = None
    holders: tuple[Person, ...] = ()
    due: date | datetime | None = None
    budget: int | None = None
    state: ActionState = ActionState.OPEN
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActionEvent:
    """A line of an action's log, appended only. `source` is the event that caused it."""

    action: int
    change: ActionChange
    by: PersonKey
    at: datetime
    text: str = ""
    source: str | None = None
