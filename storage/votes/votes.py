"""Votes and the log of their ballots."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update

from circle.circles import CircleId
from circle.figures import Commitment
from circle.people import PersonKey
from circle.ports import Votes
from circle.votes import Ballot, Vote
from storage.session import within
from storage.tables.votes import ballot_reasons, ballots, commitments, votes
from storage.votes.records import VoteRecords
from storage.votes.rows import ballot_row, read_ballot, read_vote, vote_row

# The electorate and the opening never change.
_CHANGING: Final = tuple(
    column.key
    for column in votes.c
    if column.key not in {"circle", "number", "electorate", "opened_by", "opened_at"}
)
_HERE: Final = votes.c.circle == bindparam("circle")
_GET: Final = select(votes).where(_HERE, votes.c.number == bindparam("number"))
_ADD: Final = insert(votes)
_SAVE: Final = (
    update(votes)
    .where(votes.c.circle == bindparam("in_circle"), votes.c.number == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_OPEN: Final = select(votes).where(_HERE, votes.c.closed_at.is_(None)).order_by(votes.c.number)
_CLOSED: Final = (
    select(votes)
    .where(_HERE, votes.c.closed_at.is_not(None))
    .order_by(votes.c.closed_at, votes.c.number)
)
_CAST_HERE: Final = (
    select(ballots, ballot_reasons.c.reason)
    .outerjoin(ballot_reasons, ballot_reasons.c.ballot == ballots.c.id)
    .where(ballots.c.circle == bindparam("circle"))
    .order_by(ballots.c.id)
)
_BALLOTS: Final = _CAST_HERE.where(ballots.c.vote == bindparam("number"))
_BALLOTS_OF_MANY: Final = _CAST_HERE.where(ballots.c.vote.in_(bindparam("numbers", expanding=True)))
_BALLOTS_OF: Final = _BALLOTS.where(ballots.c.voter == bindparam("voter"))
_COMMIT: Final = insert(commitments)
_CAST: Final = insert(ballots).returning(ballots.c.id)
_REASON: Final = insert(ballot_reasons)
_STILL_OPEN: Final = (
    select(votes.c.number)
    .where(
        votes.c.circle == ballots.c.circle,
        votes.c.number == ballots.c.vote,
        votes.c.closed_at.is_(None),
    )
    .exists()
)
_WITHDRAW: Final = (
    update(ballots)
    .where(
        ballots.c.circle == bindparam("in_circle"),
        ballots.c.source == bindparam("because"),
        ballots.c.withdrawn.is_(False),
        _STILL_OPEN,
    )
    .values(withdrawn=True)
)


class SqlVotes(VoteRecords, Votes):
    """Votes and ballots within one transaction."""

    async def get(self, circle: CircleId, number: int) -> Vote | None:
        """That vote of the circle."""
        rows = await self._session.all(_GET, {"circle": circle, "number": number})
        found = await self._read(circle, rows)
        return found[0] if found else None

    async def _read(self, circle: CircleId, rows: Sequence[Row[Any]]) -> tuple[Vote, ...]:
        times = await self._settings.times(circle)
        return tuple(read_vote(row, times) for row in rows)

    async def add(self, circle: CircleId, vote: Vote) -> None:
        """A new vote; IntegrityError if its number is taken."""
        await self._session.run(_ADD, vote_row(circle, vote))

    async def save(self, circle: CircleId, vote: Vote) -> None:
        """The vote as it now is; its electorate and its opening stay what they were."""
        row = vote_row(circle, vote)
        values = {f"new_{name}": row[name] for name in _CHANGING}
        await self._session.run(_SAVE, values | {"in_circle": circle, "which": vote.number})

    async def open(self, circle: CircleId) -> tuple[Vote, ...]:
        """The votes not closed yet, by number."""
        return await self._read(circle, await self._session.all(_OPEN, {"circle": circle}))

    async def closed_between(
        self, circle: CircleId, since: datetime | None, until: datetime | None
    ) -> tuple[Vote, ...]:
        """The votes closed from `since` on, before `until`."""
        found = _CLOSED.where(*within(votes.c.closed_at, since, until))
        return await self._read(circle, await self._session.all(found, {"circle": circle}))

    async def ballots(
        self, circle: CircleId, number: int, voter: PersonKey | None = None
    ) -> tuple[Ballot, ...]:
        """Every ballot, or one voter's, withdrawn ones too, in the order of admission."""
        place = {"circle": circle, "number": number}
        rows = await (
            self._session.all(_BALLOTS, place)
            if voter is None
            else self._session.all(_BALLOTS_OF, place | {"voter": voter})
        )
        times = await self._settings.times(circle)
        return tuple(read_ballot(row, times) for row in rows)

    async def ballots_of(
        self, circle: CircleId, numbers: Collection[int]
    ) -> Mapping[int, tuple[Ballot, ...]]:
        """Every ballot of each of these votes, withdrawn ones too, in the order of admission."""
        values = {"circle": circle, "numbers": sorted(numbers)}
        rows = await self._session.all(_BALLOTS_OF_MANY, values) if numbers else ()
        times = await self._settings.times(circle)
        found: dict[int, list[Ballot]] = {number: [] for number in numbers}
        for row in rows:
            found[row.vote].append(read_ballot(row, times))
        return {number: tuple(cast) for number, cast in found.items()}

    async def cast(self, circle: CircleId, number: int, ballot: Ballot) -> None:
        """Append a ballot; its `id` is given here."""
        rows = await self._session.all(_CAST, ballot_row(circle, number, ballot))
        if ballot.reason:
            await self._session.run(_REASON, {"ballot": rows[0].id, "reason": ballot.reason})

    async def withdraw(self, circle: CircleId, source: str) -> bool:
        """Take back the ballot that event cast; whether it did: not once the vote is closed."""
        values = {"in_circle": circle, "because": source}
        return await self._session.run(_WITHDRAW, values) > 0

    async def commit(self, circle: CircleId, amounts: Collection[Commitment]) -> None:
        """Hold back what votes decided, in this order, until they are released."""
        rows = [
            {"circle": circle, "vote": one.vote, "action": one.action, "amount": one.amount}
            for one in amounts
        ]
        await self._session.run(_COMMIT, rows)
