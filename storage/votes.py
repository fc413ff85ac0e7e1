"""Votes and the log of their ballots."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Row, bindparam, insert, select, update

from circle.circles import CircleId
from circle.people import PersonKey
from circle.personal import GONE
from circle.ports import Votes
from circle.votes import Ballot, Option, Outcome, Rule, Vote
from storage.session import Session
from storage.settings import Settings
from storage.tables.votes import ballot_reasons, ballots, votes
from storage.times import LocalTime, micros_or_none, to_micros

# The electorate and the opening never change.
_CHANGING: Final = tuple(
    name
    for name in votes.c.keys()  # noqa: SIM118 - a collection of columns, not a mapping
    if name not in {"circle", "number", "electorate", "opened_by", "opened_at"}
)
LOST_OPTIONS: Final = (Option(GONE, GONE),)
"""In the place of options that cannot be read."""

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
    .where(_HERE, votes.c.closed_at >= bindparam("since"), votes.c.closed_at < bindparam("until"))
    .order_by(votes.c.closed_at, votes.c.number)
)
_BALLOTS: Final = (
    select(ballots, ballot_reasons.c.reason)
    .outerjoin(ballot_reasons, ballot_reasons.c.ballot == ballots.c.id)
    .where(ballots.c.circle == bindparam("circle"), ballots.c.vote == bindparam("number"))
    .order_by(ballots.c.id)
)
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


class SqlVotes(Votes):
    """Votes and ballots within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

    async def get(self, circle: CircleId, number: int) -> Vote | None:
        """That vote of the circle."""
        rows = await self._session.all(_GET, {"circle": circle, "number": number})
        found = await self._read(circle, rows)
        return found[0] if found else None

    async def _read(self, circle: CircleId, rows: Sequence[Row[Any]]) -> tuple[Vote, ...]:
        times = await self._settings.times(circle)
        return tuple(_vote(row, times) for row in rows)

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
        self, circle: CircleId, since: datetime, until: datetime
    ) -> tuple[Vote, ...]:
        """The votes closed from `since` on, before `until`."""
        values = {"circle": circle, "since": to_micros(since), "until": to_micros(until)}
        return await self._read(circle, await self._session.all(_CLOSED, values))

    async def ballots(self, circle: CircleId, number: int) -> tuple[Ballot, ...]:
        """Every ballot of a vote, withdrawn ones too, in the order of admission."""
        rows = await self._session.all(_BALLOTS, {"circle": circle, "number": number})
        times = await self._settings.times(circle)
        return tuple(_ballot(row, times) for row in rows)

    async def cast(self, circle: CircleId, number: int, ballot: Ballot) -> None:
        """Append a ballot; its `id` is given here."""
        rows = await self._session.all(_CAST, ballot_row(circle, number, ballot))
        if ballot.reason:
            await self._session.run(_REASON, {"ballot": rows[0].id, "reason": ballot.reason})

    async def withdraw(self, circle: CircleId, source: str) -> bool:
        """Take back the ballot that event cast; whether it did: not once the vote is closed."""
        values = {"in_circle": circle, "because": source}
        return await self._session.run(_WITHDRAW, values) > 0


def ballot_row(circle: CircleId, number: int, ballot: Ballot) -> dict[str, object]:
    """The columns of a ballot, its reason left out."""
    choice = None if ballot.choice is None else msgspec.json.encode(ballot.choice).decode()
    return {
        "circle": circle,
        "vote": number,
        "voter": ballot.voter,
        "at": to_micros(ballot.at),
        "choice": choice,
        "version": ballot.version,
        "source": ballot.source,
        "withdrawn": ballot.withdrawn,
    }


def vote_row(circle: CircleId, vote: Vote) -> dict[str, object]:
    """The columns of a vote."""
    return {
        "circle": circle,
        "number": vote.number,
        "rule": vote.rule.value,
        "question": vote.question,
        "opened_by": vote.opened_by,
        "opened_at": to_micros(vote.opened_at),
        "closes": to_micros(vote.closes),
        "electorate": msgspec.json.encode(vote.electorate).decode(),
        "options": msgspec.json.encode(vote.options).decode(),
        "budget": vote.budget,
        "action": vote.action,
        "item": vote.item,
        "quorum": vote.quorum,
        "threshold": vote.threshold,
        "minimum": vote.minimum,
        "completion": vote.completion,
        "secret": vote.secret,
        "hidden": vote.hidden,
        "version": vote.version,
        "closed_at": micros_or_none(vote.closed_at),
        "outcome": vote.outcome.value if vote.outcome else None,
        "released": vote.released,
        "review": vote.review.isoformat() if vote.review else None,
    }


def _vote(row: Row[Any], times: LocalTime) -> Vote:
    return Vote(
        number=row.number,
        rule=Rule(row.rule),
        question=row.question,
        opened_by=PersonKey(row.opened_by),
        opened_at=times.at(row.opened_at),
        closes=times.at(row.closes),
        electorate=msgspec.json.decode(row.electorate, type=tuple[PersonKey, ...]),
        options=read_options(row.options),
        budget=row.budget,
        action=row.action,
        item=row.item,
        quorum=row.quorum,
        threshold=row.threshold,
        minimum=row.minimum,
        completion=row.completion,
        secret=row.secret,
        hidden=row.hidden,
        version=row.version,
        closed_at=times.at_or_none(row.closed_at),
        outcome=Outcome(row.outcome) if row.outcome else None,
        released=row.released,
        review=date.fromisoformat(row.review) if row.review else None,
    )


def read_options(value: str) -> tuple[Option, ...]:
    """The options of a vote; by their places where their fields lost their names.

    Where nothing of them can be read, an option without words: the vote can still be closed.
    """
    try:
        return msgspec.json.decode(value, type=tuple[Option, ...])
    except msgspec.DecodeError:
        pass
    try:
        return tuple(Option(*one.values()) for one in msgspec.json.decode(value))
    except (msgspec.DecodeError, AttributeError, TypeError):
        return LOST_OPTIONS


def _ballot(row: Row[Any], times: LocalTime) -> Ballot:
    return Ballot(
        voter=PersonKey(row.voter),
        at=times.at(row.at),
        choice=None if row.choice is None else msgspec.json.decode(row.choice),
        reason=row.reason or "",
        version=row.version,
        source=row.source,
        withdrawn=row.withdrawn,
        id=row.id,
    )
