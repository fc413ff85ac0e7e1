"""A circle is data: its name and state change (docs/domain.md: Circles and people)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, NewType

from circle.people import PersonKey
from circle.personal import Retention
from circle.reporting import Reporting
from circle.rhythm import Rhythm

CircleId = NewType("CircleId", int)


class CircleKind(StrEnum):
    """What gathers a circle."""

    TERRITORIAL = "territorial"
    THEMATIC = "thematic"


class CircleState(StrEnum):
    """Where a circle stands in its life."""

    PLANNED = "planned"
    EMERGING = "emerging"
    ACTIVE = "active"
    DORMANT = "dormant"
    CLOSED = "closed"


class RegulationMode(StrEnum):
    """How a circle decides amounts (docs/domain.md: Regulation)."""

    SELF_SET = "self-set"
    ITEM_BY_ITEM = "item-by-item"
    PERCEIVED_VALUE = "perceived-value"


class OwnShare(StrEnum):
    """Whether somebody may decide, invoice or pay an item of their own with nobody else."""

    ANOTHER = "another"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of a circle as they hold on one day. `quorum`: "1/2", "7" or None.

    `person_cap`: the most one person should be given at one regulation, in cents.
    `meeting_minutes`: how long a meeting lasts in calendars where nobody said when it ends.
    `hidden_results`: of all votes, of none, or (None) of those that set or share amounts.
    `rhythm`, `retention` and `reporting` are the operator's: no circle sets them.
    """

    language: str = "fr"
    timezone: str = "Europe/Paris"
    summary_day: int = 0
    summary_time: time = time(9, 0)
    reminders: bool = True
    quorum: str | None = None
    regulation_mode: RegulationMode = RegulationMode.ITEM_BY_ITEM
    hidden_results: bool | None = None
    minutes_per_day: int = 7 * 60
    meeting_minutes: int = 60
    robots: tuple[str, ...] = ()
    asker_counted: bool = False
    person_cap: int | None = None
    participants_vote: bool = True
    own_share: OwnShare = OwnShare.ANOTHER
    rhythm: Rhythm = field(default_factory=Rhythm)
    retention: Retention = field(default_factory=Retention)
    reporting: Reporting = field(default_factory=Reporting)


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of a circle's rules: `name` is a field of `Rules`, `value` its value, from a day."""

    name: str
    value: object
    since: date
    by: PersonKey
    at: datetime


def rules_on(day: date, settings: Iterable[Setting], default: Rules) -> Rules:
    """The rules of a circle on that day: the latest setting of each name that holds by then."""
    held = sorted((s for s in settings if s.since <= day), key=lambda s: (s.since, s.at))
    changes: dict[str, Any] = {one.name: one.value for one in held}
    return replace(default, **changes)


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle bound to a room; `rules` as of the day it was read, `places` its third places.

    `founder`: who made it. `vacant_since`: it had stewards, and has had none since. `confirmed`:
    the coordination, where there is one, knows it as a circle of the network.
    """

    id: CircleId
    name: str
    kind: CircleKind
    state: CircleState
    room_id: str
    created_at: datetime
    aliases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    currency: str = "EUR"
    rules: Rules = field(default_factory=Rules)
    founder: PersonKey | None = None
    vacant_since: datetime | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Workstream:
    """A workstream (chantier) of a circle's programme, carried by a steward."""

    id: int
    name: str
    steward: PersonKey | None = None
