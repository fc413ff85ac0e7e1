"""The week of the circle, for the room; and what needs care, for each steward alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from circle.actions import Action, ActionChange, ActionState
from circle.circles import Circle
from circle.jobs import JobKind
from circle.ports import ActionFilter, ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.summary import (
    WEEK,
    Period,
    by_week,
    latest_by_action,
    month_until,
    period,
    quarter_until,
    week_before,
    week_until,
)
from commands.circle.caring import late, to_stewards
from commands.circle.circles import next_summary
from commands.kernel.command import Command, Due, Picture, Refusal, Reply, Request
from commands.reading.readers import SINCE, Answer, Label, choice, shape
from commands.shared.common import figures, money
from commands.shared.planned import meeting_values, upcoming

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
    since = request.args.since
    told = FORMS[request.args.form](request.at)
    if since is not None:
        if since > request.at.date():
            raise Refusal("date.future", start=since)
        told = period(since, request.at.date(), request.at)
    return await week(uow, request.here, told, request.at)


async def week(uow: UnitOfWork, circle: Circle, told: Period, now: datetime) -> Reply:
    """What happened in these days, and what comes next."""
    values = {
        "circle": circle.name,
        "since": told.since,
        "until": told.until,
        **await _actions(uow, circle, told, now),
        **await _effort(uow, circle, told),
        **await _money(uow, circle, told),
        "votes": await _votes(uow, circle, told),
        "question": None,
        "meetings": tuple(
            meeting_values(meeting, now)
            for _, meeting in (await upcoming(uow, circle, now))[:NEXT_MEETINGS]
        ),
    }
    pictured = values | {"weeks": await _weeks(uow, circle, told)}
    return Reply(key="summary.week", values=values, attachments=(Picture("week", pictured),))


async def _actions(
    uow: UnitOfWork, circle: Circle, told: Period, now: datetime
) -> Mapping[str, object]:
    events = await uow.actions.logged(circle.id, told.start, told.end)
    done = latest_by_action(events, ActionChange.DONE)
    moved = latest_by_action(events, ActionChange.PROGRESSED)
    known = await uow.actions.many(circle.id, {*done, *moved})
    return {
        "done": tuple(
            _action(action)
            for number in sorted(done)
            if (action := known.get(number)) is not None and action.state is ActionState.DONE
        ),
        "progressed": tuple(
            _action(action) | {"text": moved[number].text}
            for number in sorted(moved)
            if (action := known.get(number)) is not None and action.state is ActionState.OPEN
        ),
        "late": tuple(_action(action) for action in await late(uow, circle, now)),
        "open": await uow.actions.count(circle.id, ActionFilter(state=ActionState.OPEN)),
    }


def _action(action: Action) -> dict[str, object]:
    return {
        "id": Ref(Kind.ACTION, action.number),
        "title": action.title,
        "holders": action.holders,
        "due": action.due,
    }


async def _effort(uow: UnitOfWork, circle: Circle, told: Period) -> Mapping[str, object]:
    effort = await uow.ledger.effort(circle.id, told.since, told.until)
    before = await uow.ledger.effort(circle.id, *told.before())
    people = await uow.people.many(effort.first_timers)
    return {
        "minutes": effort.minutes,
        "minutes_before": before.minutes,
        "contributors": len(effort.contributors),
        "new_contributors": len(effort.first_timers),
        "newcomers": tuple(sorted(people.values(), key=lambda one: (one.name, one.key))),
    }


async def _weeks(uow: UnitOfWork, circle: Circle, told: Period) -> tuple[int, ...]:
    since = told.until - WEEK * WEEKS_SHOWN
    minutes = await uow.ledger.minutes_by_day(circle.id, since, told.until)
    return by_week(minutes, told.until, WEEKS_SHOWN)


async def _money(uow: UnitOfWork, circle: Circle, told: Period) -> Mapping[str, object]:
    items = await uow.ledger.items(circle.id, ItemFilter(since=told.since, until=told.until))
    decided = await uow.ledger.totals_between(circle.id, told.start, told.end)
    budget = await figures(uow, circle.id)
    return {
        "asked": money(sum(item.asked or 0 for item in items), circle),
        "regulated": money(decided.regulated, circle),
        "available": money(budget.available, circle),
        "granted": money(budget.granted, circle),
    }


async def _votes(uow: UnitOfWork, circle: Circle, told: Period) -> tuple[Mapping[str, object], ...]:
    closed = await uow.votes.closed_between(circle.id, told.start, told.end)
    opened = await uow.votes.open(circle.id)
    return tuple(
        {
            "id": Ref(Kind.VOTE, vote.number),
            "question": vote.question,
            "closes": vote.closes,
            "outcome": vote.outcome,
            "unfunded": vote.unfunded,
            "cancelled": vote.cancelled is not None,
        }
        for vote in (*closed, *opened)
    )


async def post_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """The weekly summary, in the room and to each steward; the next one is set."""
    following = next_summary(due.circle.rules, max(due.now, due.job.due))
    await uow.jobs.schedule(replace(due.job, id=None, due=following))
    if due.stale:
        values = {"kind": JobKind.WEEKLY_SUMMARY, "due": due.job.due}
        return (Reply(key="job.missed", values=values),)
    local = due.job.due.astimezone(due.now.tzinfo)
    before = await uow.jobs.last_done(due.circle.id, due.job.kind, due.job.due)
    if before is not None and before.date() == local.date():
        return ()  # its hour was changed after it had been posted
    told = await week(uow, due.circle, week_before(local), local)
    told = replace(told, values={**told.values, "belated": due.late})
    return (*_in_room(told, local, before), *await to_stewards(due, uow, local))


def _in_room(told: Reply, now: datetime, before: datetime | None) -> tuple[Reply, ...]:
    """The week with a question to the circle; of an empty one nothing, but once a month a nudge.

    `before`: when the summary before this one was posted, whatever its day was then.
    """
    if not _is_empty(told.values):
        values = {**told.values, "question": now.isocalendar().week}
        return (replace(told, values=values),)
    nudged = before is not None and (before.year, before.month) == (now.year, now.month)
    if now.day > WEEK.days or nudged:
        return ()
    return (Reply(key="summary.quiet", values={"circle": told.values["circle"]}),)


def _is_empty(values: Mapping[str, object]) -> bool:
    """A week with nothing in it is not posted."""
    told = ("done", "progressed", "late", "votes", "minutes")
    return not any(values[name] for name in told)


COMMANDS = (
    Command(
        key="summary.week",
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
