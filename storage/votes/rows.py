"""Rows of votes and ballots, and what they say."""

from typing import Any, Final

from sqlalchemy import Row

from circle.circles import CircleId
from circle.votes import Ballot, Vote
from storage.mapping import Mapper
from storage.tables.votes import ballots, votes
from storage.times import LocalTime

_VOTE: Final = Mapper(Vote, votes)
_BALLOT: Final = Mapper(Ballot, ballots, joined=("reason",))


def vote_row(circle: CircleId, vote: Vote) -> dict[str, Any]:
    """The columns of a vote."""
    return _VOTE.row(vote, circle=circle)


def read_vote(row: Row[Any], times: LocalTime) -> Vote:
    """A vote from its row."""
    return _VOTE.read(row, times)


def ballot_row(circle: CircleId, number: int, ballot: Ballot) -> dict[str, Any]:
    """The columns of a ballot, its reason left out."""
    return _BALLOT.row(ballot, circle=circle, vote=number)


def read_ballot(row: Row[Any], times: LocalTime) -> Ballot:
    """A ballot from its row, with its reason."""
    return _BALLOT.read(row, times)
