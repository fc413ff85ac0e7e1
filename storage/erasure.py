"""Somebody is forgotten: everything about them goes but what the accounts must keep.

What is regulated or paid stays as it was written, under their key alone: nothing ties it to a name
any more. The texts of a circle's common life (titles, questions) stay, without the name.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import (
    BindParameter,
    Delete,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    tuple_,
    union,
    update,
)

from circle.actions import ActionState
from circle.circles import CircleId
from circle.jobs import JobKind
from circle.people import Person
from circle.personal import GONE, Spared
from storage.bearers import Known, elsewhere, known_in
from storage.borne import forget_names
from storage.correspondence import Correspondence
from storage.identities import forget_account
from storage.people import ADD_PERSON, new_person
from storage.scrubbing import scrub
from storage.session import Session
from storage.tables.actions import action_holders, action_log, action_log_texts, actions
from storage.tables.circles import memberships, workstreams
from storage.tables.coordination import answers, broadcasts
from storage.tables.keeping import erasures
from storage.tables.ledger import entries, entry_texts, items
from storage.tables.mail import direct_rooms, origins, outbox, room_members, rooms
from storage.tables.meetings import attendances, jobs, reminders
from storage.tables.people import profiles
from storage.tables.receipts import receipts
from storage.tables.sessions import agenda_points
from storage.tables.votes import ballot_reasons, ballots, votes
from storage.times import to_micros

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
_FILES: Final = select(receipts.c.sha256).where(THEIR_RECEIPTS, receipts.c.sha256.is_not(None))
_STILL_PROVING: Final = select(receipts.c.sha256).where(
    receipts.c.sha256.in_(bindparam("hashes", expanding=True))
)
_VOTES: Final = select(votes.c.circle, votes.c.number, votes.c.electorate).where(
    votes.c.circle == bindparam("of_circle"),
    or_(
        votes.c.electorate.contains(_WHO),
        exists().where(
            ballots.c.circle == votes.c.circle,
            ballots.c.vote == votes.c.number,
            ballots.c.voter == _WHO,
        ),
    ),
)
_UNLINK_BALLOTS: Final = (
    update(ballots)
    .where(
        ballots.c.circle == bindparam("of_circle"),
        ballots.c.vote == bindparam("of_vote"),
        ballots.c.voter == _WHO,
    )
    .values(voter=bindparam("nobody"), source=None)
)
_ELECTORATE: Final = (
    update(votes)
    .where(votes.c.circle == bindparam("of_circle"), votes.c.number == bindparam("of_vote"))
    .values(electorate=bindparam("people"))
)
_OPEN_ACTION: Final = (
    select(actions.c.number)
    .where(
        actions.c.circle == action_holders.c.circle,
        actions.c.number == action_holders.c.action,
        actions.c.state == ActionState.OPEN.value,
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
_REMINDING: Final = jobs.c.kind.in_([JobKind.REMINDER.value, JobKind.TIMER.value])
_COMING: Final = attendances.c.occurrence >= bindparam("today")

# In this order: what refers to something goes before it.
_STEPS: Final[tuple[Update | Delete, ...]] = (
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
_ACCOUNT: Final[tuple[Update | Delete, ...]] = (
    delete(outbox).where(outbox.c.to_user == _USER, outbox.c.finished.is_(False)),
    update(outbox).where(outbox.c.to_user == _USER).values(to_user=None),
    update(outbox).where(outbox.c.lane == _USER).values(lane=""),
    update(rooms).where(rooms.c.direct.is_(True), rooms.c.room_id.in_(_their_rooms))
    .values(name=None),
    delete(direct_rooms).where(direct_rooms.c.user_id == _USER),
    delete(room_members).where(room_members.c.user_id == _USER),
    delete(origins).where(origins.c.sender == _USER),
)  # fmt: skip
_FINISH: Final = insert(erasures)


class SqlErasure:
    """Forgets people, within one transaction. `erased`: the accounts that it forgot."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.erased: set[str] = set()

    async def erase(self, person: Person, at: datetime, event: str) -> tuple[Spared, ...]:
        """Everything of that person goes; `event`: their message that asked for it.

        The names that others wrote and that may be any word stay there, and are told. What files
        are left to delete, and that the database is to be made compact, is written down: it is
        done once this is committed.
        """
        user = person.matrix_id or ""
        known = await known_in(self._session, person)
        hashes = await self._session.all(_FILES, {"who": person.key})
        for step in _STEPS:
            await self._session.run(step, _asked(step, who=person.key, today=_day(at)))
        for one in known:
            await self._unlink(person, one.circle)
        spared = await self._scrub(person, known, event)
        for step in _ACCOUNT if user else ():
            await self._session.run(step, {"user": user})
        await forget_names(self._session, user)
        await forget_account(self._session, user)
        await self._leave_work(at, {row.sha256 for row in hashes})
        self.erased.add(user)
        return spared

    async def _scrub(
        self, person: Person, known: Sequence[Known], event: str
    ) -> tuple[Spared, ...]:
        """Their names go from what others wrote, as far as they surely mean them."""
        spared: list[Spared] = []
        messages = Correspondence(self._session, person.matrix_id or "")
        for one in known:
            spared += await scrub(self._session, one.circle, one.called, one.bearer)
            await messages.forget_in(one.room, one.bearer)
        await messages.forget_everywhere(elsewhere(person), event)
        return tuple(spared)

    async def _unlink(self, person: Person, circle: CircleId) -> None:
        """In each vote, somebody of whom nothing else is known votes in their place."""
        for row in await self._session.all(_VOTES, {"who": person.key, "of_circle": circle}):
            nobody = new_person()
            added = {"key": nobody, "structure": False, "named_in": None}
            await self._session.run(ADD_PERSON, added)
            place = {"of_circle": row.circle, "of_vote": row.number}
            voters = [nobody if key == person.key else key for key in _keys(row.electorate)]
            told = {"people": msgspec.json.encode(voters).decode()}
            await self._session.run(_ELECTORATE, place | told)
            cast = {"who": person.key, "nobody": nobody}
            await self._session.run(_UNLINK_BALLOTS, place | cast)

    async def _leave_work(self, at: datetime, hashes: set[str]) -> None:
        """The files that prove nothing else are to be deleted."""
        proving = await self._session.all(_STILL_PROVING, {"hashes": sorted(hashes)})
        files = sorted(hashes - {row.sha256 for row in proving})
        values = {"at": to_micros(at), "files": msgspec.json.encode(files).decode()}
        await self._session.run(_FINISH, values | {"finished_at": None})


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _keys(electorate: str) -> list[str]:
    return msgspec.json.decode(electorate, type=list[str])


def _asked(step: Update | Delete, **values: str) -> dict[str, str]:
    """Of these values, those that the statement asks for."""
    asked = step.compile().params
    return {name: value for name, value in values.items() if name in asked}
