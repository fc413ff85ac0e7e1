"""What closed votes left, kept as it was made."""

from typing import Final

from sqlalchemy import bindparam, select

from circle.circles import CircleId
from circle.people import PersonKey
from circle.votes import Vote, VoteRecord
from storage.session import per_dialect
from storage.settings import UnitPart
from storage.tables.kinds import stored
from storage.tables.votes import vote_records, votes
from storage.votes.rows import read_vote

_RECORD: Final = select(vote_records.c.file, vote_records.c.available).where(
    vote_records.c.circle == bindparam("circle"), vote_records.c.vote == bindparam("number")
)
_KEEP_RECORD: Final = per_dialect(lambda insert: insert(vote_records).on_conflict_do_nothing())
_RECORDED: Final = (
    select(vote_records.c.vote)
    .where(vote_records.c.circle == votes.c.circle, vote_records.c.vote == votes.c.number)
    .exists()
)
_UNRECORDED: Final = (
    select(votes)
    .where(
        stored(votes.c.electorate).contains(bindparam("elector")),
        votes.c.closed_at.is_not(None),
        votes.c.cancelled.is_(None),
        ~_RECORDED,
    )
    .order_by(votes.c.circle, votes.c.number)
)


class VoteRecords(UnitPart):
    """The records of votes within one transaction."""

    async def record(self, circle: CircleId, number: int) -> VoteRecord | None:
        """What that vote left when it closed; None where nothing was kept."""
        row = await self._session.first(_RECORD, {"circle": circle, "number": number})
        return VoteRecord(row.file, row.available) if row else None

    async def keep_record(self, circle: CircleId, number: int, record: VoteRecord) -> None:
        """Keep what a vote left, for ever: what was kept before stays."""
        values = {"circle": circle, "vote": number}
        kept = {"file": record.file, "available": record.available}
        await self._session.run(_KEEP_RECORD, values | kept)

    async def unrecorded(self, elector: PersonKey) -> tuple[tuple[CircleId, Vote], ...]:
        """The closed votes of that elector, in any circle, of which nothing was kept."""
        rows = await self._session.all(_UNRECORDED, {"elector": elector})
        times = await self._settings.times_of(CircleId(row.circle) for row in rows)
        return tuple((CircleId(row.circle), read_vote(row, times[row.circle])) for row in rows)
