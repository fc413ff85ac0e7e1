"""Days, and instants as others count them: the time kit of the whole program. No clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, NewType

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
HOUR: Final = 60
"""Minutes."""
Minutes = NewType("Minutes", int)
"""An effort, in minutes."""


@dataclass(frozen=True, slots=True)
class Days:
    """Whole local days, both included."""

    since: date
    until: date

    def hold(self, day: date) -> bool:
        """Whether that day is one of them."""
        return self.since <= day <= self.until

    def before(self) -> "Days":
        """As many days just before; whole months where these are whole months."""
        months = self._months()
        if months is None:
            length = self.until - self.since + DAY
            return Days(self.since - length, self.since - DAY)
        first = self.since.year * 12 + self.since.month - 1 - months
        return Days(date(first // 12, first % 12 + 1, 1), self.since - DAY)

    def months_before(self, months: int) -> "Days":
        """The same days that many months before; a month's last day stays the last of its month."""
        return Days(_months_before(self.since, months), _months_before(self.until, months))

    def _months(self) -> int | None:
        """How many whole months these days are, None where they are not."""
        after = self.until + DAY
        if self.since.day != 1 or after.day != 1:
            return None
        return (after.year - self.since.year) * 12 + after.month - self.since.month

    def bounds(self, zone: tzinfo | None) -> tuple[datetime, datetime]:
        """Their first instant in that zone, and the first one after them."""
        return midnight(self.since, zone), midnight(self.until + DAY, zone)


def _months_before(day: date, months: int) -> date:
    counted = day.year * 12 + day.month - 1 - months
    first = date(counted // 12, counted % 12 + 1, 1)
    last = (first + DAY * 31).replace(day=1) - DAY
    whole = (day + DAY).day == 1
    return last if whole else first.replace(day=min(day.day, last.day))


def midnight(day: date, zone: tzinfo | None) -> datetime:
    """When that local day begins."""
    return datetime.combine(day, time(0), tzinfo=zone)


def to_ms(instant: datetime) -> int:
    """Milliseconds since 1970, as Matrix counts them."""
    return int(instant.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    """The instant of so many milliseconds since 1970, in UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC)
