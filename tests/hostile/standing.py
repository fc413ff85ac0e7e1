"""Who is what in each circle, from rows alone, before a step is done."""

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from bot import events
from bot.console.console import user_id
from tests.hostile.people import COORDINATOR

_STANDS_IN: Final = 50
_HALF_A_DAY: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Place:
    """What who acts is to one circle: in its room, its steward on that day, of power there."""

    room: str
    joined: bool = False
    steward: bool = False
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Who acts, as the rows had them before. `here`: where the homeserver says they are."""

    user: str = ""
    key: str | None = None
    coordinator: bool = False
    room: str = ""
    here: frozenset[str] = frozenset()
    places: dict[int, Place] = field(default_factory=dict)

    def belongs(self, circle: int) -> bool:
        """Whether they may change anything of it."""
        place = self.places.get(circle)
        if self.coordinator or place is None:  # a circle that was made just now
            return True
        heard = self.key is None and place.room == self.room  # there for the first time
        return place.joined or heard or place.room in self.here

    def manages(self, circle: int) -> bool:
        """Whether they have the rights of a steward there."""
        place = self.places.get(circle)
        if self.coordinator or place is None:
            return True
        return (place.joined and place.steward) or (place.stands_in and place.room == self.room)


def standing(
    database: sqlite3.Connection, event: events.AnyEvent, here: frozenset[str]
) -> Standing:
    """What who sent the event is, at the event's own instant."""
    row = database.execute(
        "SELECT person FROM profiles WHERE matrix_id = ?", (event.sender,)
    ).fetchone()
    key = row[0] if row else None
    circles = database.execute("SELECT id, room_id FROM circles").fetchall()
    places = {circle: _place(database, circle, room, key, event) for circle, room in circles}
    coordinator = event.sender == user_id(COORDINATOR)
    return Standing(event.sender, key, coordinator, event.room, here, places)


def _place(
    database: sqlite3.Connection, circle: int, room: str, key: str | None, event: events.AnyEvent
) -> Place:
    present = {
        user
        for (user,) in database.execute(
            "SELECT user_id FROM room_members WHERE room_id = ?", (room,)
        )
    }
    stewards = database.execute(
        "SELECT person, matrix_id, until FROM memberships LEFT JOIN profiles USING (person)"
        " WHERE circle = ? AND role = 'steward'",
        (circle,),
    ).fetchall()
    held = [(p, user) for p, user, until in stewards if _held(until, event)]
    return Place(
        room=room,
        joined=event.sender in present,
        steward=key in {person for person, _ in held},
        stands_in=not any(user in present for _, user in held)
        and _power(database, room, event.sender) >= _STANDS_IN,
    )


def _held(until: str | None, event: events.AnyEvent) -> bool:
    """Whether a role holds; around midnight, in whichever zone."""
    day = datetime.fromtimestamp(event.at / 1000, UTC) - _HALF_A_DAY
    return until is None or day.date().isoformat() <= until


def _power(database: sqlite3.Connection, room: str, user: str) -> int:
    row = database.execute(
        "SELECT powers, default_power FROM rooms WHERE room_id = ?", (room,)
    ).fetchone()
    return int(json.loads(row[0]).get(user, row[1])) if row else 0
