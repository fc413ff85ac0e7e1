"""Each morning, one message at most: actions near or past their date, terms that end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from circle.actions import Action, ActionState
from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.people import Role
from circle.ports import ActionFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.rhythm import after_quiet
from circle.time import DAY
from commands.kernel.command import Due
from commands.kernel.reply import Reply
from commands.reminders.replies import DatedAction, ReminderDates, Term
from commands.shared.vacancy import steward_left

NEAR = timedelta(days=2)
"""So long before its deadline an action is recalled; and once more the day after it."""
TERM = timedelta(days=14)
"""So long before its end a term is recalled; and once more on its last day."""
MOST = 200


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that are looked at: today, and those of an absence."""

    first: date
    last: date

    def hold(self, day: date) -> bool:
        return self.first <= day <= self.last


async def look_later(uow: UnitOfWork, circle: Circle, now: datetime) -> None:
    """Set the next look, at the hour of the summary, in the place of the one that was set."""
    await uow.jobs.cancel(circle.id, JobKind.DAILY_LOOK, None)
    rules = circle.rules
    due = datetime.combine(now.date(), rules.summary_time, tzinfo=now.tzinfo)
    due = after_quiet(due, rules.rhythm.quiet)
    if due <= now:
        due += DAY
    await uow.jobs.schedule(Job(kind=JobKind.DAILY_LOOK, circle=circle.id, due=due))


async def look_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """What a circle is told of its dates: those who hold an action or a role, nobody else."""
    then = due.job.due.astimezone(due.now.tzinfo)
    await look_later(uow, due.circle, max(due.now, then))
    await steward_left(uow, due.circle, due.now)
    if not due.circle.rules.reminders:
        return ()
    days = _Days(then.date(), max(due.now, then).date())
    near, past = await _actions(uow, due.circle, days)
    near, past = ([one for one in some if not _rest(one, days.last)] for some in (near, past))
    terms = await _terms(uow, due.circle, days)
    if not (near or past or terms):
        return ()
    dates = ReminderDates(
        near=tuple(map(_dated, near)), past=tuple(map(_dated, past)), terms=terms, late=due.late
    )
    held = {one.key: one for action in (*near, *past) for one in action.holders}
    people = held | {term.member.key: term.member for term in terms}
    return (Reply(dates, mentions=tuple(people.values())),)


async def _actions(
    uow: UnitOfWork, circle: Circle, days: _Days
) -> tuple[list[Action], list[Action]]:
    """The actions whose deadline comes, and those whose deadline has just passed."""
    found = await uow.actions.list(circle.id, ActionFilter(state=ActionState.OPEN), MOST)
    dated = sorted(
        (action for action in found if action.due), key=lambda one: (_day(one), one.number)
    )
    near = [one for one in dated if days.hold(_day(one) - NEAR) and _day(one) >= days.last]
    past = [one for one in dated if days.hold(_day(one) + DAY)]
    return near, past


def _rest(action: Action, day: date) -> bool:
    """Whether all who hold it are on pause: nobody is asked for news of it, stewards see it."""
    return bool(action.holders) and all(one.rests_on(day) for one in action.holders)


def _day(action: Action) -> date:
    due = action.due or date.max
    return due.date() if isinstance(due, datetime) else due


def _dated(action: Action) -> DatedAction:
    return DatedAction(
        id=Ref(Kind.ACTION, action.number),
        title=action.title,
        holders=action.holders,
        due=action.due,
    )


async def _terms(uow: UnitOfWork, circle: Circle, days: _Days) -> tuple[Term, ...]:
    """The roles that end soon or today; that of a participant ends nothing."""
    return tuple(
        Term(member=member.person, role=member.role, until=member.until)
        for member in await uow.people.members(circle.id)
        if member.joined
        and member.role is not Role.PARTICIPANT
        and member.until is not None
        and (days.hold(member.until - TERM) or days.hold(member.until))
    )
