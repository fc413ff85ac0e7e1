"""The week of the circle, for the room; and what needs care, for each steward alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from circle.actions import Action, ActionChange, ActionState
from circle.circles import Circle
from circle.jobs import JobKind
from circle.people import Role
from circle.ports import ActionFilter, ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.summary import (
    WEEK,
    Period,
    by_week,
    latest_by_action,
    period,
    unclaimed,
    waiting,
    week_before,
    week_until,
)
from circle.votes import standing
from commands.circles import next_summary
from commands.common import end_of, figures, money
from commands.kernel import Command, Due, Picture, Refusal, Reply, Request
from commands.planned import meeting_values, upcoming
from commands.reading.readers import SINCE

MOST = 200
NEXT_MEETINGS = 2
WEEKS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class SummaryArgs:
    """Since when; without it, the last seven days."""

    since: Annotated[date | None, SINCE] = None


async def show(request: Request[SummaryArgs], uow: UnitOfWork) -> Reply:
    """The week (or more) of the circle, on demand."""
    since = request.args.since
    told = week_until(request.at)
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
    known = {number: await uow.actions.get(circle.id, number) for number in {*done, *moved}}
    return {
        "done": tuple(
            _action(action)
            for number in sorted(done)
            if (action := known[number]) is not None and action.state is ActionState.DONE
        ),
        "progressed": tuple(
            _action(action) | {"text": moved[number].text}
            for number in sorted(moved)
            if (action := known[number]) is not None and action.state is ActionState.OPEN
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


async def late(uow: UnitOfWork, circle: Circle, now: datetime) -> tuple[Action, ...]:
    """The open actions past their deadline, oldest deadline first."""
    which = ActionFilter(state=ActionState.OPEN, due_before=now)
    actions = await uow.actions.list(circle.id, which, MOST)
    return tuple(sorted(actions, key=lambda a: (end_of(a.due or now, now.tzinfo), a.number)))


async def _effort(uow: UnitOfWork, circle: Circle, told: Period) -> Mapping[str, object]:
    effort = await uow.ledger.effort(circle.id, told.since, told.until)
    before = await uow.ledger.effort(circle.id, *told.before())
    people = await uow.people.many(effort.first_timers)
    return {
        "minutes": effort.minutes,
        "minutes_before": before.minutes,
        "contributors": len(effort.contributors),
        "new_contributors": len(effort.first_timers),
        "newcomers": tuple(people[key] for key in sorted(effort.first_timers)),
    }


async def _weeks(uow: UnitOfWork, circle: Circle, told: Period) -> tuple[int, ...]:
    since = told.until - WEEK * WEEKS_SHOWN
    minutes = await uow.ledger.minutes_by_day(circle.id, since, told.until)
    return by_week(minutes, told.until, WEEKS_SHOWN)


async def _money(uow: UnitOfWork, circle: Circle, told: Period) -> Mapping[str, object]:
    items = await uow.ledger.items(circle.id, ItemFilter(since=told.since, until=told.until), MOST)
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
        }
        for vote in (*closed, *opened)
    )


async def care(uow: UnitOfWork, circle: Circle, now: datetime) -> Mapping[str, object]:
    """What needs a steward, in order of need."""
    items = await uow.ledger.items(circle.id, ItemFilter(waiting=True), MOST)
    count, amount = waiting(items)
    silent = unclaimed(items)
    return {
        "circle": circle.name,
        "late": tuple(
            _action(action) | {"days": (now.date() - _day(action, now)).days}
            for action in await late(uow, circle, now)
        ),
        "votes": await _closing(uow, circle, now),
        "waiting": count,
        "waiting_amount": money(amount, circle),
        "unclaimed_people": silent.people,
        "unclaimed_minutes": silent.minutes,
    }


def _day(action: Action, now: datetime) -> date:
    due = action.due or now
    return due.date() if isinstance(due, datetime) else due


async def _closing(
    uow: UnitOfWork, circle: Circle, now: datetime
) -> tuple[Mapping[str, object], ...]:
    closing: list[Mapping[str, object]] = []
    for vote in await uow.votes.open(circle.id):
        answered = standing(vote, await uow.votes.ballots(circle.id, vote.number))
        left = len(vote.electorate) - len(answered)
        if vote.closes - now <= WEEK and left:
            ref = Ref(Kind.VOTE, vote.number)
            closing.append(
                {"id": ref, "question": vote.question, "closes": vote.closes} | {"missing": left}
            )
    return tuple(closing)


async def post_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """The weekly summary, in the room and to each steward; the next one is set."""
    following = next_summary(due.circle.rules, max(due.now, due.job.due))
    await uow.jobs.schedule(replace(due.job, id=None, due=following))
    if due.stale:
        values = {"kind": JobKind.WEEKLY_SUMMARY, "due": due.job.due}
        return (Reply(key="job.missed", values=values),)
    local = due.job.due.astimezone(due.now.tzinfo)
    told = await week(uow, due.circle, week_before(local), local)
    rooms = () if _is_empty(told.values) else (told,)
    return (*rooms, *await _to_stewards(due, uow, local))


def _is_empty(values: Mapping[str, object]) -> bool:
    """A week with nothing in it is not posted."""
    told = ("done", "progressed", "late", "votes", "minutes")
    return not any(values[name] for name in told)


async def _to_stewards(due: Due, uow: UnitOfWork, now: datetime) -> tuple[Reply, ...]:
    values = await care(uow, due.circle, now)
    if not any(values[name] for name in ("late", "votes", "waiting", "unclaimed_people")):
        return ()
    members = await uow.people.members(due.circle.id)
    return tuple(
        Reply(key="summary.steward", values=values, to=member.person)
        for member in members
        if member.joined and member.person.matrix_id and member.role_on(now.date()) is Role.STEWARD
    )


COMMANDS = (
    Command(
        key="summary.week",
        names=("bilan", "summary"),
        args=SummaryArgs,
        run=show,
        examples={
            "fr": ("bilan", "bilan depuis le 1er novembre"),
            "en": ("summary", "summary since 1 November"),
        },
    ),
)
