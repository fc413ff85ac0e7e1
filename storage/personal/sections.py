"""The statements that gather what is held about one person: by their key, and by their account."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import BindParameter, Select, and_, bindparam, or_, select, tuple_

from storage.personal.steps import THEIR_ITEMS
from storage.tables.actions import action_holders, action_log, action_log_texts, actions
from storage.tables.circles import circles, memberships, settings, workstreams
from storage.tables.coordination import answers, questions
from storage.tables.kinds import stored
from storage.tables.ledger import entries, entry_texts, items
from storage.tables.meetings import attendances, meetings, reminders
from storage.tables.prompts import prompts
from storage.tables.sessions import agenda_points, sessions
from storage.tables.votes import ballot_reasons, ballots, votes

_WHO: Final[BindParameter[str]] = bindparam("who")
_USER: Final[BindParameter[str]] = bindparam("user")
_CIRCLE: Final = circles.c.name.label("circle")


def in_circles(table: Any, *columns: Any) -> Select[Any]:
    """These columns after the circle, by its number and name."""
    return select(circles.c.id.label("in_circle"), circles.c.currency, _CIRCLE, *columns).join_from(
        table, circles, circles.c.id == table.c.circle
    )


_ITEMS: Final = (
    in_circles(items, *(c for c in items.c if c.name not in {"circle", "told_by", "last_entry"}))
    .add_columns(entry_texts.c.what)
    .outerjoin(entry_texts, entry_texts.c.entry == items.c.told_by)
    .where(or_(items.c.person == _WHO, items.c.declared_by == _WHO, items.c.payee == _WHO))
    .order_by(items.c.circle, items.c.number)
)
_ENTRIES: Final = (
    in_circles(
        entries,
        *(entries.c[name] for name in ("id", "kind", "at", "item", "day", "minutes", "amount")),
        *(entries.c[name] for name in ("funder", "period", "number", "corrects")),
        entry_texts.c.what,
    )
    .outerjoin(entry_texts, entry_texts.c.entry == entries.c.id)
    .where(
        or_(
            entries.c.by == _WHO,
            entries.c.person == _WHO,
            entries.c.payee == _WHO,
            tuple_(entries.c.circle, entries.c.item).in_(THEIR_ITEMS),
        )
    )
    .order_by(entries.c.id)
)
_ACTIONS: Final = (
    in_circles(
        actions, actions.c.number, actions.c.title, actions.c.state, actions.c.due_day,
        actions.c.due_at, actions.c.budget, actions.c.added_at,
        (actions.c.added_by == _WHO).label("added"),
        action_holders.c.person.is_not(None).label("held"),
    )
    .outerjoin(
        action_holders,
        and_(
            action_holders.c.circle == actions.c.circle,
            action_holders.c.action == actions.c.number,
            action_holders.c.person == _WHO,
        ),
    )
    .where(or_(actions.c.added_by == _WHO, action_holders.c.person == _WHO))
    .order_by(actions.c.circle, actions.c.number)
)  # fmt: skip
_PROGRESS: Final = (
    in_circles(action_log, action_log.c.action, action_log.c.change, action_log.c.at)
    .add_columns(action_log_texts.c.text)
    .outerjoin(action_log_texts, action_log_texts.c.line == action_log.c.id)
    .where(action_log.c.by == _WHO)
    .order_by(action_log.c.id)
)
_BALLOTS: Final = (
    in_circles(ballots, ballots.c.vote, votes.c.question, ballots.c.at, ballots.c.choice)
    .add_columns(ballot_reasons.c.reason, ballots.c.withdrawn)
    .join(votes, and_(votes.c.circle == ballots.c.circle, votes.c.number == ballots.c.vote))
    .outerjoin(ballot_reasons, ballot_reasons.c.ballot == ballots.c.id)
    .where(ballots.c.voter == _WHO)
    .order_by(ballots.c.id)
)
# Those they opened, and those that count on them.
_VOTES: Final = (
    in_circles(votes, votes.c.number, votes.c.rule, votes.c.question, votes.c.opened_at)
    .add_columns((votes.c.opened_by == _WHO).label("added"))
    .where(or_(votes.c.opened_by == _WHO, stored(votes.c.electorate).contains(_WHO)))
    .order_by(votes.c.circle, votes.c.number)
)
_MEETINGS: Final = (
    in_circles(meetings, meetings.c.number, meetings.c.title, meetings.c.place, meetings.c.start)
    .where(meetings.c.by == _WHO)
    .order_by(meetings.c.circle, meetings.c.number)
)
_SESSIONS: Final = (
    in_circles(sessions, sessions.c.meeting, sessions.c.occurrence)
    .add_columns(sessions.c.opened_at, sessions.c.closed_at)
    .where(or_(sessions.c.opened_by == _WHO, sessions.c.closed_by == _WHO))
    .order_by(sessions.c.id)
)
_WORKSTREAMS: Final = (
    in_circles(workstreams, workstreams.c.name)
    .where(workstreams.c.steward == _WHO)
    .order_by(workstreams.c.circle, workstreams.c.id)
)
_QUESTIONS: Final = (
    in_circles(questions, questions.c.at, questions.c.text)
    .where(questions.c.by == _WHO)
    .order_by(questions.c.id)
)
_ATTENDANCE: Final = (
    in_circles(attendances, attendances.c.meeting, meetings.c.title, attendances.c.occurrence)
    .add_columns(attendances.c.presence, attendances.c.at, attendances.c.withdrawn)
    .join(
        meetings,
        and_(meetings.c.circle == attendances.c.circle, meetings.c.number == attendances.c.meeting),
    )
    .where(or_(attendances.c.person == _WHO, attendances.c.proxy == _WHO))
    .order_by(attendances.c.id)
)
_AGENDA: Final = (
    in_circles(agenda_points, agenda_points.c.meeting, agenda_points.c.occurrence)
    .add_columns(agenda_points.c.at, agenda_points.c.text)
    .where(agenda_points.c.by == _WHO)
    .order_by(agenda_points.c.id)
)
_REMINDERS: Final = (
    in_circles(reminders, reminders.c.number, reminders.c.at, reminders.c.text)
    .add_columns(reminders.c.rrule, reminders.c.cancelled)
    .where(reminders.c.by == _WHO)
    .order_by(reminders.c.circle, reminders.c.number)
)
_ANSWERS: Final = (
    in_circles(questions, questions.c.text.label("question"), answers.c.at, answers.c.text)
    .join(answers, answers.c.question == questions.c.id)
    .where(answers.c.person == _WHO)
    .order_by(answers.c.question)
)
_PROMPTS: Final = (
    in_circles(prompts, prompts.c.asked_at, prompts.c.line, prompts.c.state)
    .where(prompts.c.person == _WHO)
    .order_by(prompts.c.id)
)
_SETTINGS: Final = (
    in_circles(settings, settings.c.name, settings.c.value, settings.c.since, settings.c.at)
    .where(settings.c.by == _WHO)
    .order_by(settings.c.id)
)
_MEMBERSHIPS: Final = (
    in_circles(memberships, memberships.c.role, memberships.c.since, memberships.c.until)
    .where(memberships.c.person == _WHO)
    .order_by(memberships.c.circle)
)
OF_CIRCLES: Final[Mapping[str, Select[Any]]] = {
    "memberships": _MEMBERSHIPS,
    "declarations": _ITEMS,
    "entries": _ENTRIES,
    "actions": _ACTIONS,
    "progress": _PROGRESS,
    "ballots": _BALLOTS,
    "votes": _VOTES,
    "attendance": _ATTENDANCE,
    "agenda": _AGENDA,
    "reminders": _REMINDERS,
    "answers": _ANSWERS,
    "settings": _SETTINGS,
    "meetings": _MEETINGS,
    "sessions": _SESSIONS,
    "workstreams": _WORKSTREAMS,
    "questions": _QUESTIONS,
    "prompts": _PROMPTS,
}
