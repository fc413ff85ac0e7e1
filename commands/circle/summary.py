"""The week of the circle, for the room; and what needs care, for each steward alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from itertools import takewhile
from typing import Annotated

from circle.actions import ActionChange, ActionState
from circle.circles import Circle
from circle.jobs import JobKind
from circle.money import Money
from circle.ports import ActionFilter, ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.summary import (
    Compared,
    by_week,
    latest_by_action,
    month_until,
    quarter_until,
    since_day,
    week_before,
    week_until,
)
from circle.time import WEEK, Days
from commands.circle.caring import action_brief, late, to_stewards
from commands.circle.scheduling import next_summary
from commands.circle.summary_replies import (
    ActionProgressed,
    ActionTitle,
    SummaryQuiet,
    SummaryWeek,
    WeekActions,
    WeekEffort,
    WeekMoney,
    WeekPicture,
    WeekVote,
)
from commands.kernel.command import Command, Due, Request
from commands.kernel.reply import Picture, Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.misread_dates import DateFuture
from commands.reading.readers import SINCE, Answer, Label, choice, shape
from commands.shared.common import figures, money
from commands.shared.planned import meeting_facts, upcoming
from commands.shared.replies import JobMissed

NEXT_MEETINGS = 2
WEEKS_SHOWN = 8


FORM = choice(
    Answer("week", "semaine", "week", ("hebdomadaire", "weekly")),
    Answer("month", "mensuel", "monthly", ("mois", "month")),
    Answer("quarter", "trimestriel", "quarterly", ("trimestre", "quarter")),
    label=Label("mensuel|trimestriel", "monthly|quarterly"),
)
FORMS = {"week": week_until, "month": month_until, "quarter": quarter_until}


@dataclass(frozen=True, slots=True)
class SummaryArgs:
    """Since when, or which form; without them, the last seven days."""

    form: Annotated[str, shape(FORM)] = "week"
    since: Annotated[date | None, SINCE] = None


async def show(request: Request[SummaryArgs], uow: UnitOfWork) -> Reply:
    """The week (or more) of the circle, on demand."""
    summary, picture = await week(uow, request.here, _asked(request), request.at)
    return Reply(summary, attachments=(picture,))


def _asked(request: Request[SummaryArgs]) -> Compared:
    since = request.args.since
    if since is None:
        return FORMS[request.args.form](request.at)
    if since > request.at.date():
        raise Refusal(DateFuture(start=since))
    return since_day(since, request.at)


async def week(
    uow: UnitOfWork, circle: Circle, told: Compared, now: datetime
) -> tuple[SummaryWeek, Picture]:
    """What happened in these days, and what comes next."""
    days = told.days
    summary = SummaryWeek(
        circle=circle.name,
        since=days.since,
        until=days.until,
        actions=await _actions(uow, circle, days, now),
        effort=await _effort(uow, circle, told),
        money=await _money(uow, circle, days, now.tzinfo),
        votes=await _votes(uow, circle, days, now.tzinfo),
        question=None,
        meetings=tuple(
            meeting_facts(meeting, now)
            for _, meeting in (await upcoming(uow, circle, now))[:NEXT_MEETINGS]
        ),
    )
    return summary, Picture(_pictured(summary, await _weeks(uow, circle, days.until)))


def _pictured(summary: SummaryWeek, weeks: tuple[int, ...]) -> WeekPicture:
    return WeekPicture(
        circle=summary.circle,
        since=summary.since,
        until=summary.until,
        done=tuple(ActionTitle(title=one.title) for one in summary.actions.done),
        late=tuple(ActionTitle(title=one.title) for one in summary.actions.late),
        open=summary.actions.open,
        minutes=summary.effort.minutes,
        minutes_before=summary.effort.minutes_before,
        committed=summary.money.committed,
        available=summary.money.available,
        granted=summary.money.granted,
        weeks=weeks,
    )


async def _actions(uow: UnitOfWork, circle: Circle, days: Days, now: datetime) -> WeekActions:
    events = await uow.actions.logged(circle.id, *days.bounds(now.tzinfo))
    done = latest_by_action(events, ActionChange.DONE)
    moved = latest_by_action(events, ActionChange.PROGRESSED)
    known = await uow.actions.many(circle.id, {*done, *moved})
    return WeekActions(
        done=tuple(
            action_brief(action)
            for number in sorted(done)
            if (action := known.get(number)) is not None and action.state is ActionState.DONE
        ),
        progressed=tuple(
            ActionProgressed(action=action_brief(action), text=moved[number].text)
            for number in sorted(moved)
            if (action := known.get(number)) is not None and action.state is ActionState.OPEN
        ),
        late=tuple(action_brief(action) for action in await late(uow, circle, now)),
        open=await uow.actions.count(circle.id, ActionFilter(state=ActionState.OPEN)),
    )


async def _effort(uow: UnitOfWork, circle: Circle, told: Compared) -> WeekEffort:
    effort = await uow.ledger.effort(circle.id, told.days.since, told.days.until)
    before = await uow.ledger.effort(circle.id, told.before.since, told.before.until)
    people = await uow.people.many(effort.first_timers)
    return WeekEffort(
        minutes=effort.minutes,
        minutes_before=before.minutes,
        contributors=len(effort.contributors),
        new_contributors=len(effort.first_timers),
        newcomers=tuple(sorted(people.values(), key=lambda one: (one.name, one.key))),
    )


async def _weeks(uow: UnitOfWork, circle: Circle, until: date) -> tuple[int, ...]:
    """The minutes of the last weeks, from the one in which the circle began, or did, something."""
    minutes = await uow.ledger.minutes_by_day(circle.id, until - WEEK * WEEKS_SHOWN, until)
    weeks = by_week(minutes, until, WEEKS_SHOWN)
    before = sum(1 for _ in takewhile(lambda count: not count, weeks))
    lived = (until - circle.created_at.date()) // WEEK + 1
    return weeks[max(0, min(before, WEEKS_SHOWN - lived)) :]


async def _money(uow: UnitOfWork, circle: Circle, days: Days, zone: tzinfo | None) -> WeekMoney:
    items = await uow.ledger.items(circle.id, ItemFilter(since=days.since, until=days.until))
    decided = await uow.ledger.totals_between(circle.id, *days.bounds(zone))
    budget = await figures(uow, circle.id)
    return WeekMoney(
        asked=money(sum(item.asked or 0 for item in items), circle),
        regulated=money(decided.regulated, circle),
        committed=Money(budget.committed, circle.currency),
        available=Money(budget.available, circle.currency),
        granted=Money(budget.granted, circle.currency),
    )


async def _votes(
    uow: UnitOfWork, circle: Circle, days: Days, zone: tzinfo | None
) -> tuple[WeekVote, ...]:
    closed = await uow.votes.closed_between(circle.id, *days.bounds(zone))
    opened = await uow.votes.open(circle.id)
    return tuple(
        WeekVote(
            id=Ref(Kind.VOTE, vote.number),
            question=vote.question,
            closes=vote.closes,
            outcome=vote.outcome,
            unfunded=vote.unfunded,
            cancelled=vote.cancelled is not None,
        )
        for vote in (*closed, *opened)
    )


async def post_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """The weekly summary, in the room and to each steward; the next one is set."""
    following = next_summary(due.circle.rules, max(due.now, due.job.due))
    await uow.jobs.schedule(replace(due.job, id=None, due=following))
    if due.stale:
        missed = JobMissed(kind=JobKind.WEEKLY_SUMMARY, due=due.job.due)
        return (Reply(missed),)
    local = due.job.due.astimezone(due.now.tzinfo)
    before = await uow.jobs.last_done(due.circle.id, due.job.kind, due.job.due)
    if before is not None and before.date() == local.date():
        return ()  # its hour was changed after it had been posted
    summary, picture = await week(uow, due.circle, week_before(local), local)
    told = replace(summary, belated=due.late)
    return (*_in_room(told, picture, local, before), *await to_stewards(due, uow, local))


def _in_room(
    told: SummaryWeek, picture: Picture, now: datetime, before: datetime | None
) -> tuple[Reply, ...]:
    """The week with a question to the circle; of an empty one nothing, but once a month a nudge.

    `before`: when the summary before this one was posted, whatever its day was then.
    """
    if not _is_empty(told):
        asking = replace(told, question=now.isocalendar().week)
        return (Reply(asking, attachments=(picture,)),)
    nudged = before is not None and (before.year, before.month) == (now.year, now.month)
    if now.day > WEEK.days or nudged:
        return ()
    return (Reply(SummaryQuiet(circle=told.circle)),)


def _is_empty(told: SummaryWeek) -> bool:
    """A week with nothing in it is not posted."""
    actions = told.actions
    happened = actions.done or actions.progressed or actions.late or told.votes
    return not (happened or told.effort.minutes)


COMMANDS = (
    Command(
        key="summary.week",
        topic=Topic.REMEMBERING,
        names=("bilan", "summary"),
        args=SummaryArgs,
        run=show,
        personal=True,
        examples={
            "fr": ("bilan", "bilan mensuel", "bilan depuis le 1er novembre"),
            "en": ("summary", "summary monthly", "summary since 1 November"),
        },
    ),
)
