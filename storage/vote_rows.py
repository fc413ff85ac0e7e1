"""Rows of votes and ballots, and what they say."""

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Row

from circle.circles import CircleId
from circle.people import PersonKey
from circle.votes import LOST_OPTIONS, Ballot, Option, Outcome, Rule, Vote
from storage.times import LocalTime, micros_or_none, to_micros


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
        "amended_at": micros_or_none(vote.amended_at),
        "unfunded": vote.unfunded,
        "cancelled": vote.cancelled,
    }


def read_vote(row: Row[Any], times: LocalTime) -> Vote:
    """A vote from its row."""
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
        amended_at=times.at_or_none(row.amended_at),
        unfunded=row.unfunded,
        cancelled=row.cancelled,
    )


def read_ballot(row: Row[Any], times: LocalTime) -> Ballot:
    """A ballot from its row, with its reason."""
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


def read_options(value: str) -> tuple[Option, ...]:
    """The options of a vote; by their places where their fields lost their names.

    Where nothing of them can be read, `LOST_OPTIONS`: the vote closes as void.
    """
    try:
        return msgspec.json.decode(value, type=tuple[Option, ...])
    except msgspec.DecodeError:
        pass
    try:
        return tuple(Option(*one.values()) for one in msgspec.json.decode(value))
    except (msgspec.DecodeError, AttributeError, TypeError):
        return LOST_OPTIONS
