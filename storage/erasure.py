"""Somebody is forgotten: everything about them goes but what the accounts must keep.

What is regulated or paid stays as it was written, under their key alone: nothing ties it to a name
any more. The texts of a circle's common life (titles, questions) stay, without the name.
"""

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
    insert,
    or_,
    select,
    tuple_,
    update,
)

from circle.actions import ActionState
from circle.jobs import JobKind
from circle.people import Person
from circle.personal import GONE
from storage.people import ADD_PERSON, new_person
from storage.scrubbing import Names, holding, scrub
from storage.session import Session
from storage.tables.actions import action_holders, action_log, action_log_texts, actions
from storage.tables.circles import memberships, workstreams
from storage.tables.coordination import answers, broadcasts
from storage.tables.keeping import erasures
from storage.tables.ledger import entries, entry_texts, items
from storage.tables.mail import direct_rooms, inbox, mentions, origins, outbox, room_members
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
_CALLED: Final = select(room_members.c.name).where(room_members.c.user_id == _USER)
_VOTES: Final = select(votes.c.circle, votes.c.number, votes.c.electorate).where(
    votes.c.electorate.contains(_WHO)
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
    update(broadcasts).where(broadcasts.c.by == _WHO).values(text=GONE),
    delete(memberships).where(memberships.c.person == _WHO),
    delete(profiles).where(profiles.c.person == _WHO),
)
_LETTERS: Final[tuple[Update | Delete, ...]] = (
    delete(outbox).where(outbox.c.to_user == _USER, outbox.c.finished.is_(False)),
    update(outbox).where(outbox.c.to_user == _USER).values(to_user=None),
    update(outbox).where(outbox.c.lane == _USER).values(lane=""),
    delete(direct_rooms).where(direct_rooms.c.user_id == _USER),
    delete(room_members).where(room_members.c.user_id == _USER),
    delete(mentions).where(mentions.c.user_id == _USER),
    delete(origins).where(origins.c.sender == _USER),
)
_FINISH: Final = insert(erasures)


class SqlErasure:
    """Forgets people, within one transaction. `erased`: the accounts that it forgot."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.erased: set[str] = set()

    async def erase(self, person: Person, at: datetime, event: str) -> None:
        """Everything of that person goes; `event`: their message that asked for it.

        What files are left to delete, and that the database is to be made compact, is written
        down: it is done once this is committed.
        """
        user = person.matrix_id or ""
        names = Names([person.name, user, localpart(user), *await self._called(user)])
        hashes = await self._session.all(_FILES, {"who": person.key})
        for step in _STEPS:
            await self._session.run(step, _asked(step, who=person.key, today=_day(at)))
        await self._unlink(person)
        for step in _LETTERS if user else ():
            await self._session.run(step, {"user": user})
        await self._forget_messages(names, event)
        await scrub(self._session, names, person.key[:6])
        await self._leave_work(at, {row.sha256 for row in hashes})
        self.erased.add(user)

    async def _called(self, user: str) -> list[str]:
        return [row.name for row in await self._session.all(_CALLED, {"user": user})]

    async def _unlink(self, person: Person) -> None:
        """In each vote, somebody of whom nothing else is known voted in their place."""
        for row in await self._session.all(_VOTES, {"who": person.key}):
            nobody = new_person()
            added = {"key": nobody, "structure": False, "named_in": None}
            await self._session.run(ADD_PERSON, added)
            place = {"of_circle": row.circle, "of_vote": row.number}
            voters = [nobody if key == person.key else key for key in _keys(row.electorate)]
            told = {"people": msgspec.json.encode(voters).decode()}
            await self._session.run(_ELECTORATE, place | told)
            cast = {"who": person.key, "nobody": nobody}
            await self._session.run(_UNLINK_BALLOTS, place | cast)

    async def _forget_messages(self, names: Names, event: str) -> None:
        """Messages that they sent, or that name them; of what is not handled yet only theirs."""
        named = holding(self._session.dialect, names.spellings())
        old = and_(inbox.c.finished.is_(True), named)
        forgotten = update(inbox).where(or_(inbox.c.event_id == event, old)).values(payload=None)
        await self._session.run(forgotten)

    async def _leave_work(self, at: datetime, hashes: set[str]) -> None:
        """The files that prove nothing else are to be deleted."""
        proving = await self._session.all(_STILL_PROVING, {"hashes": sorted(hashes)})
        files = sorted(hashes - {row.sha256 for row in proving})
        values = {"at": to_micros(at), "files": msgspec.json.encode(files).decode()}
        await self._session.run(_FINISH, values | {"finished_at": None})


def localpart(user: str) -> str:
    """`bob` of `@bob:example.org`."""
    return user.removeprefix("@").partition(":")[0]


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _keys(electorate: str) -> list[str]:
    return msgspec.json.decode(electorate, type=list[str])


def _asked(step: Update | Delete, **values: str) -> dict[str, str]:
    """Of these values, those that the statement asks for."""
    asked = step.compile().params
    return {name: value for name, value in values.items() if name in asked}
