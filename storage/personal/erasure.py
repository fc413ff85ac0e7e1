"""Somebody is forgotten: everything about them goes but what the accounts must keep.

What is regulated or paid stays as it was written, under their key alone: nothing ties it to a name
any more. The texts of a circle's common life (titles, questions) stay, without the name.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import BindParameter, Delete, Update, bindparam, exists, insert, or_, select, update

from circle.circles import CircleId
from circle.people import Person
from circle.personal import Spared
from storage.people import ADD_PERSON, new_person
from storage.personal.bearers import KnownBearer, elsewhere, known_in
from storage.personal.correspondence import Correspondence
from storage.personal.identities import forget_account, leave_rounds
from storage.personal.scrubbing import scrub
from storage.personal.steps import ACCOUNT, STEPS, THEIR_RECEIPTS, touched
from storage.session import Statements
from storage.soundness import Damage, UnsoundError, undecodable
from storage.tables.keeping import erasures
from storage.tables.kinds import stored
from storage.tables.receipts import receipts
from storage.tables.votes import ballots, votes

_WHO: Final[BindParameter[str]] = bindparam("who")
_FILES: Final = select(receipts.c.sha256).where(THEIR_RECEIPTS, receipts.c.sha256.is_not(None))
_STILL_PROVING: Final = select(receipts.c.sha256).where(
    receipts.c.sha256.in_(bindparam("hashes", expanding=True))
)
_VOTES: Final = select(votes.c.circle, votes.c.number, votes.c.electorate).where(
    votes.c.circle == bindparam("of_circle"),
    or_(
        stored(votes.c.electorate).contains(_WHO),
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
_FINISH: Final = insert(erasures)


class SqlErasure:
    """Forgets people, within one transaction. `erased`: the accounts that it forgot."""

    def __init__(self, session: Statements) -> None:
        self._session = session
        self.erased: set[str] = set()

    async def spared(self, person: Person, at: datetime) -> tuple[Spared, ...]:
        """The names that would stay, were that person erased; nothing is changed.

        Messages are not read for it: what is kept of them goes by itself.
        """
        run = self._session.connection.exec_driver_sql
        await run("SAVEPOINT trial")
        try:
            known = await known_in(self._session, person)
            await self._forget(person, at, known)
            return await self._scrub(known)
        finally:
            await run("ROLLBACK TO SAVEPOINT trial")
            await run("RELEASE SAVEPOINT trial")

    async def erase(self, person: Person, at: datetime, event: str) -> tuple[Spared, ...]:
        """Everything of that person goes; `event`: their message that asked for it.

        The names that others wrote and that may be any word stay there, and are told. What files
        are left to delete, and that the database is to be made compact, is written down: it is
        done once this is committed. Raises UnsoundError, nothing being kept, where it would leave
        a row that nobody can read back.
        """
        spared = await self._erase(person, at, event)
        self.erased.add(person.matrix_id or "")
        return spared

    async def _erase(self, person: Person, at: datetime, event: str) -> tuple[Spared, ...]:
        known = await known_in(self._session, person)
        before = await self._damages(known)
        hashes = await self._session.all(_FILES, {"who": person.key})
        await self._forget(person, at, known)
        messages = Correspondence(self._session, person.matrix_id or "")
        spared = await self._scrub(known)
        for one in known:
            await messages.forget_in(one.room, one.bearer)
        await messages.forget_everywhere(elsewhere(person), event)
        await self._forget_account(person.matrix_id or "")
        await self._leave_work(at, {row.sha256 for row in hashes})
        if harm := await self._damages(known, messages.changed) - before:
            raise UnsoundError(harm)
        return spared

    async def _forget(self, person: Person, at: datetime, known: Sequence[KnownBearer]) -> None:
        for step in STEPS:
            await self._session.run(step, _asked(step, who=person.key, today=at.date()))
        for one in known:
            await self._unlink(person, one.circle)
            await leave_rounds(self._session, one.circle, person.key)

    async def _forget_account(self, user: str) -> None:
        for step in ACCOUNT if user else ():
            await self._session.run(step, {"user": user})
        await forget_account(self._session, user)

    async def _damages(
        self, known: Sequence[KnownBearer], heard: Collection[int] = ()
    ) -> set[Damage]:
        """What cannot be read back in the rows that an erasure touches."""
        here = touched([one.circle for one in known], heard)
        return set(await undecodable(self._session, here, only=here))

    async def _scrub(self, known: Sequence[KnownBearer]) -> tuple[Spared, ...]:
        """Their names go from what others wrote, as far as they surely mean them."""
        spared: list[Spared] = []
        for one in known:
            spared += await scrub(self._session, one.circle, one.called, one.bearer)
        return tuple(spared)

    async def _unlink(self, person: Person, circle: CircleId) -> None:
        """In each vote, somebody of whom nothing else is known votes in their place."""
        for row in await self._session.all(_VOTES, {"who": person.key, "of_circle": circle}):
            nobody = new_person()
            added = {"key": nobody, "structure": False, "named_in": None}
            await self._session.run(ADD_PERSON, added)
            place = {"of_circle": row.circle, "of_vote": row.number}
            voters = tuple(nobody if key == person.key else key for key in row.electorate)
            told = {"people": voters}
            await self._session.run(_ELECTORATE, place | told)
            cast = {"who": person.key, "nobody": nobody}
            await self._session.run(_UNLINK_BALLOTS, place | cast)

    async def _leave_work(self, at: datetime, hashes: set[str]) -> None:
        """The files that prove nothing else are to be deleted."""
        proving = await self._session.all(_STILL_PROVING, {"hashes": sorted(hashes)})
        files = sorted(hashes - {row.sha256 for row in proving})
        values = {"at": at, "files": files}
        await self._session.run(_FINISH, values | {"finished_at": None})


def _asked(step: Update | Delete, **values: object) -> dict[str, object]:
    """Of these values, those that the statement asks for."""
    asked = step.compile().params
    return {name: value for name, value in values.items() if name in asked}
