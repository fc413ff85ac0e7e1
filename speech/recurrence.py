"""An RRULE taken apart, for the catalogue to tell it in words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_A_MONDAY: Final = date(2024, 1, 1)
_EVERY_MONTH: Final = frozenset(range(1, 13))


@dataclass(frozen=True, slots=True)
class WeekdayRank:
    """A weekday (told by one of its dates); `rank` within the month, 0 every one, -1 the last."""

    rank: int
    weekday: date


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How something repeats. `without`: months in which it does not happen (a date of each)."""

    often: str
    interval: int
    spots: tuple[WeekdayRank, ...]
    month_days: tuple[int, ...]
    without: tuple[date, ...]
    until: date | None
    count: int | None
    start: date


def read(rule: str, start: datetime) -> Recurrence:
    """The parts of an RRULE (RFC 5545, without `RRULE:`) whose first instant is `start`."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    often = parts["FREQ"].lower()
    months = frozenset(map(int, _list(parts.get("BYMONTH")))) or _EVERY_MONTH
    return Recurrence(
        often=often,
        interval=int(parts.get("INTERVAL", 1)),
        spots=_spots(parts, often, start),
        month_days=tuple(map(int, _list(parts.get("BYMONTHDAY")))),
        without=tuple(date(start.year, month, 1) for month in sorted(_EVERY_MONTH - months)),
        until=_until(parts.get("UNTIL"), start),
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        start=start.date(),
    )


def _list(text: str | None) -> list[str]:
    return text.split(",") if text else []


def _spots(parts: dict[str, str], often: str, start: datetime) -> tuple[WeekdayRank, ...]:
    days = _list(parts.get("BYDAY"))
    if not days and often == "weekly":
        days = [_WEEKDAYS[start.weekday()]]
    position = int(parts.get("BYSETPOS", 0)) if len(days) == 1 else 0
    return tuple(
        WeekdayRank(
            rank=int(day[:-2] or position),
            weekday=_A_MONDAY + timedelta(days=_WEEKDAYS.index(day[-2:])),
        )
        for day in days
    )


def _until(text: str | None, start: datetime) -> date | None:
    """The local day of UNTIL: a day, a local time, or an instant in UTC."""
    if not text:
        return None
    if not text.endswith("Z"):
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    instant = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return instant.astimezone(start.tzinfo).date()
