"""The week of a circle: which days it covers, and what needs a steward's care."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from circle.actions import ActionChange, ActionEvent
from circle.ledger import WAITING, Item, Nature
from circle.people import PersonKey
from circle.time import DAY, WEEK, Days


@dataclass(frozen=True, slots=True)
class Period:
    """Whole local days, both ends included, with the instants that bound them."""

    since: date
    until: date
    start: datetime
    end: datetime

    def before(self) -> tuple[date, date]:
        """The days of the period of the same length just before."""
        length = self.until - self.since + DAY
        return self.since - length, self.since - DAY


def period(since: date, until: date, now: datetime) -> Period:
    """The period of these local days, in the zone of `now`."""
    return Period(since, until, *Days(since, until).bounds(now.tzinfo))


def week_until(now: datetime) -> Period:
    """The seven local days that end with today."""
    return period(now.date() - WEEK + DAY, now.date(), now)


def week_before(now: datetime) -> Period:
    """The seven whole local days that end yesterday: what a weekly summary tells."""
    return period(now.date() - WEEK, now.date() - DAY, now)


def month_until(now: datetime) -> Period:
    """The calendar month until today; in its first days, the whole month before."""
    until = _told_until(now)
    return period(until.replace(day=1), until, now)


def quarter_until(now: datetime) -> Period:
    """The calendar quarter until today; in its first days, the whole quarter before."""
    until = _told_until(now)
    first = until.month - (until.month - 1) % 3
    return period(until.replace(month=first, day=1), until, now)


def _told_until(now: datetime) -> date:
    """Today; in a month's first days its eve: people still look back at the month before."""
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
