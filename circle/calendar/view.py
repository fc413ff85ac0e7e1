"""From where a day is looked for: the now of whoever speaks, and the way they look."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from circle.calendar.values import Looking, Note, Reason, Refused, refused

_FARTHEST_YEARS = 50


@dataclass(frozen=True, slots=True)
class View:
    """A zone-aware now and the way to look from it."""

    now: datetime
    looking: Looking

    @property
    def today(self) -> date:
        """Return the local day."""
        return self.now.date()

    @property
    def step(self) -> int:
        """Return 1 forward, -1 back."""
        return 1 if self.looking is Looking.FORWARD else -1

    def allows(self, day: date, minutes: int | None) -> bool:
        """Tell whether a day, at so many minutes after its midnight, lies in the way looked."""
        if minutes is None:
            return (day - self.today).days * self.step >= 0
        here = self.now.replace(tzinfo=None)
        there = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return there > here if self.looking is Looking.FORWARD else there <= here

    def wrong_way(self, day: date) -> Refused | None:
        """Return the refusal of a day that lies the other way, or out of any calendar."""
        if abs(day.year - self.today.year) > _FARTHEST_YEARS:
            return refused(Reason.TOO_FAR, date=day)
        if self.allows(day, None):
            return None
        forward = self.looking is Looking.FORWARD
        return refused(Reason.PAST if forward else Reason.FUTURE, date=day)

    def wrong_way_at(self, start: datetime) -> Refused | None:
        """Return the refusal of an instant that lies the other way; the minute of now is now."""
        if self.looking is Looking.BACK:
            return refused(Reason.FUTURE, start=start) if start > self.now else None
        minute = self.now.replace(second=0, microsecond=0)
        return refused(Reason.PAST, start=start) if start < minute else None

    def local(
        self, day: date, minutes: int, fold: int | None = None
    ) -> tuple[datetime, tuple[Note, ...]]:
        """Return an instant of this zone, and what the clocks do to it (see `in_zone`)."""
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return in_zone(wall, self.now, fold)


def in_zone(
    wall: datetime, like: datetime, fold: int | None = None
) -> tuple[datetime, tuple[Note, ...]]:
    """Return a wall time in the zone of another instant, and what the clocks do to it.

    A time the clocks skip moves on by what they skip; of one they go through twice, the
    first is taken unless `fold` says which.
    """
    said = wall.replace(tzinfo=like.tzinfo, fold=0)
    real = said.astimezone(UTC).astimezone(like.tzinfo)
    if real.replace(tzinfo=None) != wall:
        return real, (Note.NONEXISTENT,)
    second = said.replace(fold=1)
    if said.utcoffset() == second.utcoffset():
        return said, ()
    return (second if fold else said), (Note.TWICE,) if fold is None else ()
