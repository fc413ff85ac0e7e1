"""Instants as the database keeps them, and back in the zone a circle had at that instant."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


def to_micros(at: datetime) -> int:
    """A zone-aware instant in microseconds since 1970 UTC; TypeError if it has no zone."""
    return (at - EPOCH) // MICROSECOND


def from_micros(micros: int, zone: tzinfo) -> datetime:
    """The instant in that zone."""
    return (EPOCH + micros * MICROSECOND).astimezone(zone)


class LocalTime:
    """The zone of a circle through time: `changes` are (first day, name of the zone)."""

    __slots__ = ("_since", "_zones")

    def __init__(self, default: str, changes: Iterable[tuple[date, str]] = ()) -> None:
        self._since: list[datetime] = []
        self._zones = [ZoneInfo(default)]
        for day, name in sorted(changes, key=lambda change: change[0]):
            zone = ZoneInfo(name)
            self._since.append(datetime.combine(day, time(), tzinfo=zone).astimezone(UTC))
            self._zones.append(zone)

    def zone(self, at: datetime) -> ZoneInfo:
        """The zone that held at that instant."""
        return self._zones[bisect_right(self._since, at)] if self._since else self._zones[0]

    def at(self, at: datetime) -> datetime:
        """The instant as it is told in the circle."""
        return at.astimezone(self.zone(at))

    def at_or_none(self, at: datetime | None) -> datetime | None:
        """The same, for an instant that may be missing."""
        return None if at is None else self.at(at)
