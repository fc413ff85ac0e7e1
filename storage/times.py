"""Instants as the database keeps them, and back in the zone a circle had at that instant."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def to_micros(at: datetime) -> int:
    """A zone-aware instant in microseconds since 1970 UTC; TypeError if it has no zone."""
    return (at - _EPOCH) // _MICROSECOND


def from_micros(micros: int, zone: tzinfo) -> datetime:
    """The instant in that zone."""
    return (_EPOCH + timedelta(microseconds=micros)).astimezone(zone)


class LocalTime:
    """The zone of a circle through time: `changes` are (first day, name of the zone)."""

    __slots__ = ("_since", "_zones")

    def __init__(self, default: str, changes: Iterable[tuple[date, str]] = ()) -> None:
        self._since: list[int] = []
        self._zones = [ZoneInfo(default)]
        for day, name in sorted(changes, key=lambda change: change[0]):
            zone = ZoneInfo(name)
            self._since.append(to_micros(datetime.combine(day, time(), tzinfo=zone)))
            self._zones.append(zone)

    def zone(self, micros: int) -> ZoneInfo:
        """The zone that held at that instant."""
        return self._zones[bisect_right(self._since, micros)] if self._since else self._zones[0]

    def at(self, micros: int) -> datetime:
        """The instant as it is told in the circle."""
        return from_micros(micros, self.zone(micros))

    def at_or_none(self, micros: int | None) -> datetime | None:
        """The same, for an instant that may be missing."""
        return None if micros is None else self.at(micros)


def micros_or_none(at: datetime | None) -> int | None:
    """The microseconds of an instant that may be missing."""
    return None if at is None else to_micros(at)


def day_of(text: str) -> date:
    """A day read back."""
    return date.fromisoformat(text)


def day_or_none(text: str | None) -> date | None:
    """A day read back, if there is one."""
    return None if text is None else day_of(text)


def iso_or_none(day: date | None) -> str | None:
    """A day as text, if there is one."""
    return None if day is None else day.isoformat()
