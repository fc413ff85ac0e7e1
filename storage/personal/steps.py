"""The statements that forget somebody: theirs by their key, by their account, and of votes."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Delete,
    Update,
    and_,
    bindparam,
    delete,
    or_,
    select,
    tuple_,
    union,
    update,
)

from circle.actions import ActionState
from circle.jobs import JobKind
from circle.personal import GONE
from storage.tables import metadata
from storage.tables.actions import action_holders, action_log, action_log_texts, actions
from storage.tables.circles import memberships, workstreams
from storage.tables.coordination import answers, broadcasts
from storage.tables.keeping import erasures
from storage.tables.kinds import stored
from storage.tables.ledger import entries, entry_texts, items
from storage.tables.mail import (
    direct_rooms,
    inbox,
    mentions,
    names_borne,
    origins,
    outbox,
    room_members,
    rooms,
)
from storage.tables.meetings import attendances, jobs, reminders
from storage.tables.people import profiles
from storage.tables.prompts import prompts
from storage.tables.receipts import receipts
from storage.tables.sessions import agenda_points
from storage.tables.votes import ballot_reasons, ballots, votes

Touched = ColumnElement[bool]
"""Which rows of a table."""

_WHO: Final[BindParameter[str]] = bindparam("who")
_USER: Final[BindParameter[str]] = bindparam("user")

THEIR_ITEMS: Final = select(items.c.circle, items.c.number).where(items.c.person == _WHO)
# What they declared for somebody else tells of that person's work: it is not theirs.
_THEIR_ENTRIES: Final = select(entries.c.id).where(
    or_(
        entries.c.person == _WHO,
        and_(entries.c.by == _WHO, entries.c.person.is_(None)),
        tuple_(entries.c.circle, entries.c.item).in_(THEIR_ITEMS),
    )
)
THEIR_RECEIPTS: Final = tuple_(receipts.c.circle, receipts.c.item).in_(THEIR_ITEMS)
_OPEN_ACTION: Final = (
    select(actions.c.number)
    .where(
        actions.c.circle == action_holders.c.circle,
        actions.c.number == action_holders.c.action,
        actions.c.state == ActionState.OPEN,
    )
    .exists()
)
_RINGS: Final = (
    select(reminders.c.number)
    .where(
        reminders.c.circle == jobs.c.circle,
        reminders.c.number == jobs.c.subject,
        reminders.c.by == _WHO,
    )
    .exists()
)
_REMINDING: Final = jobs.c.kind.in_([JobKind.REMINDER, JobKind.TIMER])
_COMING: Final = attendances.c.occurrence >= bindparam("today")

# In this order: what refers to something goes before it.
STEPS: Final[tuple[Update | Delete, ...]] = (
    update(entry_texts).where(entry_texts.c.entry.in_(_THEIR_ENTRIES)).values(what=GONE),
    # What an amount is looked for goes by the words of the declaration.
    update(votes)
    .where(votes.c.item.is_not(None), tuple_(votes.c.circle, votes.c.item).in_(THEIR_ITEMS))
    .values(question=GONE),
    delete(action_log_texts).where(
        action_log_texts.c.line.in_(select(action_log.c.id).where(action_log.c.by == _WHO))
    ),
    update(action_log).where(action_log.c.by == _WHO).values(source=None),
    delete(action_holders).where(action_holders.c.person == _WHO, _OPEN_ACTION),
    update(workstreams).where(workstreams.c.steward == _WHO).values(steward=None),
    delete(ballot_reasons).where(
        ballot_reasons.c.ballot.in_(select(ballots.c.id).where(ballots.c.voter == _WHO))
    ),
    delete(jobs).where(_REMINDING, _RINGS),
    delete(reminders).where(reminders.c.by == _WHO),
    delete(agenda_points).where(agenda_points.c.by == _WHO),
    delete(attendances).where(attendances.c.person == _WHO, _COMING),
    update(attendances).where(attendances.c.person == _WHO).values(source=None),
    update(attendances).where(attendances.c.proxy == _WHO, _COMING).values(proxy=None),
    delete(receipts).where(THEIR_RECEIPTS),
    delete(answers).where(answers.c.person == _WHO),
    delete(prompts).where(prompts.c.person == _WHO),
    update(broadcasts)
    .where(broadcasts.c.by == _WHO, broadcasts.c.cause.is_(None))
    .values(text="", withdrawn=True),
    delete(memberships).where(memberships.c.person == _WHO),
    delete(profiles).where(profiles.c.person == _WHO),
)
_their_rooms: Final = union(
    select(direct_rooms.c.room_id).where(direct_rooms.c.user_id == _USER),
    select(room_members.c.room_id).where(room_members.c.user_id == _USER),
)
ACCOUNT: Final[tuple[Update | Delete, ...]] = (
    delete(outbox).where(outbox.c.to_user == _USER, outbox.c.finished.is_(False)),
    update(outbox).where(outbox.c.to_user == _USER).values(to_user=None),
    update(outbox).where(outbox.c.lane == _USER).values(lane=""),
    update(rooms).where(rooms.c.direct.is_(True), rooms.c.room_id.in_(_their_rooms))
    .values(name=None),
    delete(direct_rooms).where(direct_rooms.c.user_id == _USER),
    delete(names_borne).where(names_borne.c.user_id == _USER),
    delete(mentions).where(mentions.c.user_id == _USER),
    delete(room_members).where(room_members.c.user_id == _USER),
    delete(origins).where(origins.c.sender == _USER),
)  # fmt: skip

_IN_CIRCLES: Final = (
    *("actions", "action_log", "agenda_points", "attendances", "ballots", "meetings"),
    *("prompts", "questions", "receipts", "reminders", "rounds", "settings", "votes"),
)


def touched(circles: Collection[int], heard: Collection[int]) -> Mapping[str, Touched]:
    """The rows that may change by table: of their circles, of letters, and what was `heard`."""
    of_circles = {name: metadata.tables[name].c.circle.in_(sorted(circles)) for name in _IN_CIRCLES}
    return of_circles | {
        "broadcasts": broadcasts.c.cause.is_(None),
        "erasures": erasures.c.finished_at.is_(None),
        "inbox": inbox.c.seq.in_(sorted(heard)),
        "outbox": outbox.c.finished.is_(False),
        "rooms": stored(rooms.c.powers) != "{}",
    }
