"""What needs a steward's care, each week, in order of need, with what to type."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from circle.actions import Action, ActionState
from circle.circles import Circle
from circle.people import UNTIL_BACK, Role
from circle.ports import ActionFilter, ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.summary import unclaimed, waiting
from circle.time import WEEK
from circle.votes import standing
from commands.circle.summary_replies import (
    ActionBrief,
    ActionForgotten,
    Resting,
    SummarySteward,
    TermEnding,
    VoteMissing,
)
from commands.kernel.command import Due
from commands.kernel.reply import Privately, Reply
from commands.shared.common import end_of, figures, money, next_regulation

MOST = 200
SILENT = timedelta(days=21)
"""Without a sign of life for so long, an action that somebody holds may need help."""
TERM = timedelta(days=30)


async def late(uow: UnitOfWork, circle: Circle, now: datetime) -> tuple[Action, ...]:
    """The open actions past their deadline, oldest deadline first."""
    which = ActionFilter(state=ActionState.OPEN, due_before=now)
    actions = await uow.actions.list(circle.id, which, MOST)
    return tuple(sorted(actions, key=lambda a: (end_of(a.due or now, now.tzinfo), a.number)))


async def to_stewards(due: Due, uow: UnitOfWork, now: datetime) -> tuple[Reply, ...]:
    """A direct message to each steward, where anything needs them."""
    members = await uow.people.members(due.circle.id)
    return tuple(
        Reply(told, where=Privately(member.person))
        for told in await needed_care(uow, due.circle, now)
        for member in members
        if member.joined and member.person.matrix_id and member.role_on(now.date()) is Role.STEWARD
    )


async def needed_care(uow: UnitOfWork, circle: Circle, now: datetime) -> tuple[SummarySteward, ...]:
    """What needs a steward, where anything does."""
    told = await care(uow, circle, now)
    return (told,) if _needed(told) else ()


def _needed(told: SummarySteward) -> bool:
    behind = told.late or told.silent or told.terms or told.votes
    return bool(behind or told.overrun or told.waiting or told.unclaimed_people)


async def care(uow: UnitOfWork, circle: Circle, now: datetime) -> SummarySteward:
    """What needs a steward, in order of need."""
    items = await uow.ledger.items(circle.id, ItemFilter(waiting=True))
    count, amount = waiting(items)
    nothing_asked = unclaimed(items)
    behind = await late(uow, circle, now)
    silent = await _silent(uow, circle, now, {one.number for one in behind})
    beyond = -(await figures(uow, circle.id)).available
    return SummarySteward(
        circle=circle.name,
        late=tuple(
            ActionForgotten(action=action_brief(one), days=(now.date() - _day(one, now)).days)
            for one in behind
        ),
        overrun=money(beyond, circle) if beyond > 0 else None,
        votes=await _closing(uow, circle, now),
        waiting=count,
        waiting_amount=money(amount, circle),
        regulation=await next_regulation(uow, circle.id, now),
        terms=await _terms(uow, circle, now.date()),
        silent=silent,
        unclaimed_people=nothing_asked.people,
        unclaimed_minutes=nothing_asked.minutes,
        resting=_resting((*behind, *(one.action for one in silent)), now.date()),
    )


def _resting(actions: Iterable[Action | ActionBrief], day: date) -> tuple[Resting, ...]:
    """Who holds some of these actions and is on pause: they are not to be asked for news."""
    held = {one.key: one for action in actions for one in action.holders if one.rests_on(day)}
    return tuple(
        Resting(member=one, until=None if one.pause == UNTIL_BACK else one.pause)
        for one in held.values()
    )


def action_brief(action: Action) -> ActionBrief:
    return ActionBrief(
        id=Ref(Kind.ACTION, action.number),
        title=action.title,
        holders=action.holders,
        due=action.due,
    )


def _day(action: Action, now: datetime) -> date:
    due = action.due or now
    return due.date() if isinstance(due, datetime) else due


async def _closing(uow: UnitOfWork, circle: Circle, now: datetime) -> tuple[VoteMissing, ...]:
    """The votes that close within a week and still miss answers."""
    closing: list[VoteMissing] = []
    votes = await uow.votes.open(circle.id)
    cast = await uow.votes.ballots_of(circle.id, [vote.number for vote in votes])
    for vote in votes:
        answered = standing(vote, cast[vote.number])
        left = len(vote.electorate) - len(answered)
        if vote.closes - now <= WEEK and left:
            ref = Ref(Kind.VOTE, vote.number)
            closing.append(
                VoteMissing(id=ref, question=vote.question, closes=vote.closes, missing=left)
            )
    return tuple(closing)


async def _terms(uow: UnitOfWork, circle: Circle, today: date) -> tuple[TermEnding, ...]:
    """The roles that end within a month."""
    return tuple(
        TermEnding(member=member.person, role=member.role, until=member.until)
        for member in await uow.people.members(circle.id)
        if member.joined and member.until is not None and today <= member.until <= today + TERM
    )


async def _silent(
    uow: UnitOfWork, circle: Circle, now: datetime, told: set[int]
) -> tuple[ActionForgotten, ...]:
    """The actions that somebody holds, not late, of which nothing was heard for weeks."""
    found = await uow.actions.list(circle.id, ActionFilter(state=ActionState.OPEN), MOST)
    return tuple(
        ActionForgotten(action=action_brief(one), days=(now - (one.moved_at or one.added_at)).days)
        for one in found
        if one.holders and one.number not in told and now - (one.moved_at or one.added_at) >= SILENT
    )
