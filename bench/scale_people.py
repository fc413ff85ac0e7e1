"""Circles, the people in them, their rooms, and their clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bench.scale_size import (
    BOT,
    COORDINATOR,
    NOW,
    START,
    Circle,
    World,
    account_of,
    day_of,
    event_id,
    instant,
)
from circle.jobs import JobKind
from circle.meetings import MeetingKind, Presence
from circle.people import Role

Row = dict[str, Any]
MEETINGS_A_YEAR = 4
HELD = 20
SERIES = HELD + 1
"""The number of the monthly series of regulation meetings."""


def circles(world: World) -> Iterator[Row]:
    for one in world.circles:
        kind = "territorial" if one.id % 3 else "thematic"
        yield {
            "id": one.id,
            "name": f"Cercle {one.id}",
            "folded": f"cercle {one.id}",
            "kind": kind,
            "state": "active",
            "room_id": one.room,
            "created_at": START,
            "aliases": (),
            "currency": "EUR",
            "settings_key": f"settings {one.id}",
        }


def people(keys: list[str]) -> Iterator[Row]:
    for key in keys:
        yield {"key": key, "structure": False, "named_in": None}


def profiles(keys: list[str]) -> Iterator[Row]:
    for place, key in enumerate(keys):
        named = {"person": key, "name": f"Personne {place}", "matrix_id": account_of(key)}
        yield named | {"language": None}


def coordinator() -> Row:
    return {"person": "coordinator", "name": "Coordination", "matrix_id": COORDINATOR}


def memberships(world: World) -> Iterator[Row]:
    for one in world.circles:
        stewards, contributors = set(one.stewards), set(one.contributors)
        for key in dict.fromkeys(one.people):
            role = Role.CONTRIBUTOR if key in contributors else Role.PARTICIPANT
            yield {
                "circle": one.id,
                "person": key,
                "role": (Role.STEWARD if key in stewards else role).value,
                "since": START.date(),
                "until": None,
            }


def rooms(world: World) -> Iterator[Row]:
    for one in world.circles:
        yield {
            "room_id": one.room,
            "name": f"Cercle {one.id}",
            "direct": False,
            "encrypted": True,
            "powers": {BOT: 50},
            "default_power": 0,
            "state_power": 50,
        }


def room_members(world: World) -> Iterator[Row]:
    for one in world.circles:
        for key in dict.fromkeys(one.people):
            yield {"room_id": one.room, "user_id": account_of(key), "name": f"Personne {key[:5]}"}


def settings(world: World) -> Iterator[Row]:
    for one in world.circles:
        for name, value in (("minutes_per_day", "420"), ("language", '"fr"')):
            made = {"circle": one.id, "name": name, "value": value}
            yield made | {
                "since": START.date(),
                "by": one.people[0],
                "at": START,
            }


def workstreams(world: World) -> Iterator[Row]:
    for one in world.circles:
        for number, name in enumerate(("Compagnonnage", "Animation", "Lieux"), start=1):
            named = {"circle": one.id, "id": number, "name": name, "folded": name.lower()}
            yield named | {"steward": one.people[0]}


def held_on(number: int) -> float:
    """The day of a past meeting, counted from the start."""
    return number * 365 / MEETINGS_A_YEAR - 30.0


def meetings(world: World) -> Iterator[Row]:
    for one in world.circles:
        for number in range(1, HELD + 1):
            yield _meeting(one, number, instant(held_on(number)), None)
        first = NOW.replace(year=NOW.year - 1, hour=18)
        yield _meeting(one, SERIES, first, "FREQ=MONTHLY;BYDAY=1TU")


def _meeting(circle: Circle, number: int, start: datetime, rrule: str | None) -> Row:
    return {
        "circle": circle.id,
        "number": number,
        "kind": MeetingKind.REGULATION.value,
        "title": "Régulation",
        "start": start,
        "end": start + timedelta(hours=2),
        "place": "Café du coin",
        "uid": f"m{number}-{circle.id}@bench",
        "by": circle.people[0],
        "rrule": rrule,
        "exdates": (),
        "sequence": 0,
        "cancelled": False,
    }


def session_id(circle: int, meeting: int) -> int:
    """The session of a past meeting."""
    return (circle - 1) * HELD + meeting


def sessions(world: World) -> Iterator[Row]:
    for one in world.circles:
        for number in range(1, HELD + 1):
            yield {
                "id": session_id(one.id, number),
                "circle": one.id,
                "meeting": number,
                "occurrence": day_of(held_on(number)),
                "opened_at": instant(held_on(number)),
                "opened_by": one.people[0],
                "closed_at": instant(held_on(number) + 0.1),
                "closed_by": one.people[0],
            }


def attendances(world: World) -> Iterator[Row]:
    for one in world.circles:
        for number in range(1, HELD + 1):
            for key in one.people[:8]:
                yield {
                    "circle": one.id,
                    "meeting": number,
                    "occurrence": day_of(held_on(number)),
                    "person": key,
                    "presence": Presence.PRESENT.value,
                    "at": instant(held_on(number) - 1),
                    "source": event_id(f"present {one.id} {number}", int(key[:6], 16)),
                    "withdrawn": False,
                }


def jobs(world: World) -> Iterator[Row]:
    """The summaries of five years are done; the next one and the next look are to come."""
    monday = NOW.replace(hour=9)
    week = timedelta(days=7)
    for one in world.circles:
        yield _job(one, JobKind.WEEKLY_SUMMARY, monday, done=False)
        yield _job(one, JobKind.DAILY_LOOK, monday + timedelta(hours=1), done=False)
        past = monday - week
        while past > START:
            yield _job(one, JobKind.WEEKLY_SUMMARY, past, done=True)
            past -= week


def _job(circle: Circle, kind: JobKind, due: datetime, *, done: bool) -> Row:
    about = {"circle": circle.id, "kind": kind.value, "subject": 0}
    return about | {"due": due, "done": done}
