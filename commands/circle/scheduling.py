"""When a circle is told its week, and looked at for its dates."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from circle.circles import (
    Circle,
    Rules,
)
from circle.jobs import Job, JobKind
from circle.ports import UnitOfWork
from commands.reminders.looking import look_later


async def schedule_summary(uow: UnitOfWork, circle: Circle, now: datetime) -> None:
    """Set the next weekly summary of a circle and its next look at dates."""
    await look_later(uow, circle, now.astimezone(ZoneInfo(circle.rules.timezone)))
    await uow.jobs.cancel(circle.id, JobKind.WEEKLY_SUMMARY, None)
    due = next_summary(circle.rules, now)
    await uow.jobs.schedule(Job(kind=JobKind.WEEKLY_SUMMARY, circle=circle.id, due=due))


def next_summary(rules: Rules, now: datetime) -> datetime:
    """The next instant, after `now`, of the weekly summary in the circle's zone."""
    local = now.astimezone(ZoneInfo(rules.timezone))
    days = (rules.summary_day - local.weekday()) % 7
    due = datetime.combine(
        local.date() + timedelta(days=days), rules.summary_time, tzinfo=local.tzinfo
    )
    if due > local:
        return due
    return datetime.combine(due.date() + timedelta(days=7), rules.summary_time, tzinfo=local.tzinfo)
