"""Closing a vote before its time: who may, and once how many have answered."""

from collections.abc import Collection
from datetime import datetime

from circle.tally.consent import usual
from circle.time import DAY
from circle.votes import Ballot, Vote, standing
from commands.kernel.command import Request
from commands.kernel.reply import Refusal
from commands.shared.common import only_author
from commands.votes.common import ref_of
from commands.votes.refusals import VoteTooEarly
from commands.votes.telling import needed


def check_early(request: Request[object], vote: Vote, ballots: Collection[Ballot]) -> None:
    """Raise unless who asks may close the vote now, before its time.

    Once everybody has answered, its author or a steward may. Before that, only a steward, once
    enough people have: never a secret vote, whose counts would tell who said what; nor a text
    amended within the last day, which those who had answered may not have read.
    """
    only_author(request, vote.opened_by)
    answered = len(standing(vote, ballots))
    missing = len(vote.electorate) - answered
    if not missing:
        return
    fewest = fewest_to_close(vote, request.at)
    if fewest is None or not request.may_manage() or answered < fewest:
        raise Refusal(
            VoteTooEarly(
                id=ref_of(vote),
                closes=vote.closes,
                missing=missing,
                secret=vote.secret,
                amended=is_fresh(vote, request.at),
                fewest=fewest,
                lacking=None if fewest is None else max(0, fewest - answered),
            )
        )


def fewest_to_close(vote: Vote, now: datetime) -> int | None:
    """With how many answers a steward may close early; None where everybody must answer.

    The quorum, the minimum asked, and what a consent needs by default, whatever the rule: what a
    few decide quickly holds the money and the word of all.
    """
    people = len(vote.electorate)
    fewest = max(needed(vote) or 0, usual(people))
    return None if vote.secret or is_fresh(vote, now) or fewest >= people else fewest


def is_fresh(vote: Vote, now: datetime) -> bool:
    """Whether its text was amended within the last day."""
    return vote.amended_at is not None and now < vote.amended_at + DAY


def closing_instant(request: Request[object], vote: Vote, ballots: Collection[Ballot]) -> datetime:
    """When a vote closed early closes: now, or its last ballot where that bears a later instant.

    Every ballot admitted before counts.
    """
    last = max((ballot.at for ballot in ballots), default=request.at)
    return min(vote.closes, max(request.at, last))
