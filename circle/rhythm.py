"""How long before people are reminded, and when never (docs/domain.md: Meetings and time)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from circle.time import WEEK


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `start` to `end`, local time, usually across midnight: nothing is posted by itself."""

    start: time
    end: time

    def covers(self, hour: time) -> bool:
        """Whether that local time is a quiet one; `end` is not."""
        if self.start < self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


@dataclass(frozen=True, slots=True)
class Weekly:
    """A day (0 is Monday) and an hour of each week, in a time zone."""

    day: int = 0
    hour: time = time(9, 30)
    timezone: str = "Europe/Paris"

    def after(self, instant: datetime) -> datetime:
        """The first such instant after that one (zone-aware)."""
        zone = ZoneInfo(self.timezone)
        local = instant.astimezone(zone)
        day = local.date() + timedelta(days=(self.day - local.weekday()) % 7)
        due = datetime.combine(day, self.hour, tzinfo=zone)
        return due if due > local else datetime.combine(day + WEEK, self.hour, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long before a meeting or a closing vote people are reminded; `quiet`: when never.

    `digest`: when the coordination is told of all circles.
    """

    meetings: tuple[timedelta, ...] = (timedelta(days=7), timedelta(days=1), timedelta(hours=1))
    votes: tuple[timedelta, ...] = (timedelta(days=1),)
    quiet: Quiet | None = Quiet(time(21), time(8))
    digest: Weekly = Weekly()


def after_quiet(instant: datetime, quiet: Quiet | None) -> datetime:
    """That instant (zone-aware), or the end of the quiet hours that it falls in."""
    if quiet is None or not quiet.covers(instant.timetz().replace(tzinfo=None)):
        return instant
    end = datetime.combine(instant.date(), quiet.end, tzinfo=instant.tzinfo)
    return end if end > instant else end + timedelta(days=1)
