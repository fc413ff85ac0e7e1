"""An RRULE taken apart, for the catalogue to tell it in words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_A_MONDAY: Final = date(2024, 1, 1)
_EVERY_MONTH: Final = frozenset(range(1, 13))
_WORKDAYS: Final = ("MO", "TU", "WE", "TH", "FR")
_LEAP_YEAR: Final = 2024
_MOST_WITHOUT: Final = 6
"""Months: of more that are left out, those that remain are told."""
_IN_EVERY_MONTH: Final = 28


@dataclass(frozen=True, slots=True)
class WeekdayRank:
    """A weekday (told by one of its dates); `rank` within the month, 0 every one, -1 the last."""

    rank: int
    weekday: date


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How something repeats.

    `month`: of what happens once a year. `workdays`: from Monday to Friday. `or_last`: on that day
    of the month, or on the last one of a shorter month. `without`, `only`: months in which it does
    not happen, or alone does (a date of each). `rare`: on a day that not every month has.
    """

    often: str
    interval: int
    spots: tuple[WeekdayRank, ...]
    workdays: bool
    month_days: tuple[int, ...]
    or_last: int | None
    month: date | None
    without: tuple[date, ...]
    only: tuple[date, ...]
    until: date | None
    count: int | None
    start: date

    @property
    def rare(self) -> bool:
        return self.month is None and any(day > _IN_EVERY_MONTH for day in self.month_days)


def read(rule: str, start: datetime) -> Recurrence:
    """The parts of an RRULE (RFC 5545, without `RRULE:`) whose first instant is `start`."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    often = parts["FREQ"].lower()
    months = frozenset(map(int, _list(parts.get("BYMONTH")))) or _EVERY_MONTH
    month = next(iter(months)) if often == "yearly" and len(months) == 1 else None
    days = tuple(map(int, _list(parts.get("BYMONTHDAY"))))
    or_last = max(days) if days and "BYSETPOS" in parts else None
    return Recurrence(
        often=often,
        interval=int(parts.get("INTERVAL", 1)),
        spots=_spots(parts, often, start),
        workdays=tuple(_list(parts.get("BYDAY"))) == _WORKDAYS,
        month_days=() if or_last else days,
        or_last=or_last,
        month=_first(month) if month else None,
        **_months(frozenset() if month else months),
        until=_until(parts.get("UNTIL"), start),
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        start=start.date(),
    )


def _first(month: int) -> date:
    return date(_LEAP_YEAR, month, 1)


def _months(months: frozenset[int]) -> dict[str, tuple[date, ...]]:
    """Of some months, whichever are fewer to tell: those left out, or those that remain."""
    left = tuple(map(_first, sorted(_EVERY_MONTH - months))) if months else ()
    if len(left) <= _MOST_WITHOUT:
        return {"without": left, "only": ()}
    return {"without": (), "only": tuple(map(_first, sorted(months)))}


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
