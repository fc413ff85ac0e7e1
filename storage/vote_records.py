"""What closed votes left, kept as it was made."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy import bindparam, or_, select, update

from circle.circles import CircleId
from circle.people import PersonKey
from circle.votefile import parse_vote, write_vote
from circle.votes import Vote, VoteRecord
from storage.session import Session, per_dialect
from storage.settings import Settings
from storage.tables.votes import vote_records, votes
from storage.vote_rows import read_vote

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
        votes.c.electorate.contains(bindparam("elector")),
        votes.c.closed_at.is_not(None),
        votes.c.cancelled.is_(None),
        ~_RECORDED,
    )
    .order_by(votes.c.circle, votes.c.number)
)
_FILES: Final = select(vote_records.c.circle, vote_records.c.vote, vote_records.c.file)
_REWORD: Final = (
    update(vote_records)
    .where(
        vote_records.c.circle == bindparam("in_circle"), vote_records.c.vote == bindparam("which")
    )
    .values(file=bindparam("words"))
)


class VoteRecords:
    """The records of votes within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

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


async def reword(
    session: Session, reworded: Callable[[str], str], spellings: Iterable[str]
) -> None:
    """Change the words that people wrote in vote files, where one of these stands; nothing else.

    A file in which nothing changes stays the same to the byte.
    """
    named = or_(*(vote_records.c.file.contains(one, autoescape=True) for one in sorted(spellings)))
    for row in await session.all(_FILES.where(named)):
        file = reworded_file(row.file, reworded)
        if file != row.file:
            place = {"in_circle": row.circle, "which": row.vote}
            await session.run(_REWORD, place | {"words": file})


def reworded_file(file: str, reworded: Callable[[str], str]) -> str:
    """A vote file with the words of its question and of its options changed."""
    election = parse_vote(file)
    options = tuple(replace(one, text=reworded(one.text)) for one in election.options)
    told = replace(election, question=reworded(election.question), options=options)
    return file if told == election else write_vote(told)
