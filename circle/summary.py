"""The week of a circle: which days it covers, and what needs a steward's care."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from circle.actions import ActionChange, ActionEvent
from circle.ledger import WAITING, Item, Nature
from circle.people import PersonKey
from circle.time import DAY, WEEK, Days


@dataclass(frozen=True, slots=True)
class Compared:
    """The days that are told, and those they are compared with."""

    days: Days
    before: Days


def since_day(first: date, now: datetime) -> Compared:
    """The days from that one to today, beside as many just before."""
    days = Days(first, now.date())
    return Compared(days, days.before())


def week_until(now: datetime) -> Compared:
    """The seven local days that end with today, beside the seven before."""
    return since_day(now.date() - WEEK + DAY, now)


def week_before(now: datetime) -> Compared:
    """The seven whole local days that end yesterday: what a weekly summary tells."""
    return week_until(now - DAY)


def month_until(now: datetime) -> Compared:
    """The calendar month until today, beside the same days of the month before.

    In a month's first days, the whole month before it: people still look back at that.
    """
    until = _told_until(now)
    return _compared(until.replace(day=1), until, months=1)


def quarter_until(now: datetime) -> Compared:
    """The calendar quarter until today, likewise."""
    until = _told_until(now)
    first = until.month - (until.month - 1) % 3
    return _compared(until.replace(month=first, day=1), until, months=3)


def _compared(since: date, until: date, *, months: int) -> Compared:
    days = Days(since, until)
    return Compared(days, days.months_before(months))


def _told_until(now: datetime) -> date:
    today = now.date()
    return today if today.day > WEEK.days else today.replace(day=1) - DAY


def by_week(minutes: Mapping[date, int], until: date, weeks: int) -> tuple[int, ...]:
    """The minutes of each of the weeks that end with `until`, oldest first."""
    firsts = [until - WEEK * place + DAY for place in range(weeks, 0, -1)]
    return tuple(sum(minutes.get(first + DAY * day, 0) for day in range(7)) for first in firsts)


def latest_by_action(events: Iterable[ActionEvent], change: ActionChange) -> dict[int, ActionEvent]:
    """For each action, its last event of this kind."""
    return {event.action: event for event in events if event.change is change}


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Work given without asking anything nor saying it is pro bono. Minutes."""

    people: int
    minutes: int


def unclaimed(items: Collection[Item]) -> Unclaimed:
    """Work for which nobody asked: for stewards (docs/domain.md: Life of a declared item)."""
    silent = [
        item
        for item in items
        if item.nature is Nature.CONTRIBUTION
        and item.state in WAITING
        and item.asked is None
        and not item.pro_bono
    ]
    people: set[PersonKey] = {item.person for item in silent}
    return Unclaimed(len(people), sum(item.minutes or 0 for item in silent))


def waiting(items: Iterable[Item]) -> tuple[int, int]:
    """How many items wait for a regulation with an amount asked, and how much (cents)."""
    amounts = [item.asked for item in items if item.state in WAITING and item.asked is not None]
    return len(amounts), sum(amounts)
