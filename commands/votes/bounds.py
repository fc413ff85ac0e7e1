"""What a vote may not be at its opening: too long, too short, decided by too few."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from circle.quorum import Quorum, parse_quorum
from circle.tally.consent import usual
from circle.time import DAY
from circle.votes import Rule, Vote
from commands.kernel.command import Request
from commands.kernel.reply import Refusal
from commands.votes.common import ref_of
from commands.votes.refusals import VoteTooLong, VoteTooOld, VoteTooShort

_LONGEST = 3  # months
_LAST = time(23, 59, 59)


def latest(opened: datetime) -> datetime:
    """The last instant at which a vote opened then may close: the end of a day, in three months.

    As long as somebody may vote, nothing of them can be forgotten.
    """
    years, month = divmod(opened.month - 1 + _LONGEST, 12)
    year = opened.year + years
    day = min(opened.day, monthrange(year, month + 1)[1])
    return datetime.combine(date(year, month + 1, day), _LAST, opened.tzinfo)


def check_length(opened: datetime, closes: datetime) -> None:
    """Raise for a vote that would stay open beyond three months."""
    if closes > latest(opened):
        raise Refusal(VoteTooLong(closes=closes, latest=latest(opened)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What bounds a vote: its rule, the money in question (cents), when it closes, of how many."""

    rule: Rule
    budget: int | None
    closes: datetime
    people: int


def check_time_to_answer(request: Request[Any], stakes: Stakes) -> None:
    """Raise where a proposal, or money, would be decided within a day by who is no steward.

    A time that soon is an early closing said beforehand: it has the same bounds.
    """
    decides = stakes.rule is Rule.CONSENT or stakes.budget is not None
    if decides and is_short(request, stakes) and not request.may_manage():
        raise Refusal(VoteTooShort(closes=stakes.closes, earliest=request.at + DAY))


def is_short(request: Request[Any], stakes: Stakes) -> bool:
    """Whether it closes within a day."""
    return stakes.closes < request.at + DAY


def least_quorum(request: Request[Any], stakes: Stakes) -> Quorum | None:
    """The lowest quorum this vote may have: the circle's, and answers enough for a short one."""
    least: list[Quorum | None] = []
    if stakes.rule is Rule.MAJORITY and request.rules.quorum:
        least.append(parse_quorum(request.rules.quorum))
    if stakes.rule is not Rule.CONSENT and stakes.budget and is_short(request, stakes):
        least.append(Quorum(people=usual(stakes.people)))
    return highest(least, stakes.people)


def least_minimum(asked: int | None, people: int) -> int | None:
    """The minimum of answers of a proposal: never below what it needs where nothing is said."""
    return None if asked is None else max(asked, usual(people))


def highest(quorums: list[Quorum | None], people: int) -> Quorum | None:
    """Of these quorums, the one that needs most of so many people; None where there is none."""
    said = [one for one in quorums if one]
    return max(said, key=lambda one: one.needed(people), default=None)


def raised(vote: Vote, quorum: Quorum | None, minimum: int | None = None) -> str | int | None:
    """The quorum or minimum that was asked, where it was too low to hold; None otherwise."""
    people = len(vote.electorate)
    if minimum is not None and vote.minimum is not None and minimum < vote.minimum:
        return minimum
    if quorum is None or vote.quorum is None:
        return None
    too_low = quorum.needed(people) < vote.quorum.needed(people)
    return str(quorum) if too_low else None


def check_amendable(vote: Vote, closes: datetime) -> None:
    """Raise where a text could not be looked at for a day any more."""
    if closes > latest(vote.opened_at):
        raise Refusal(VoteTooOld(id=ref_of(vote), latest=latest(vote.opened_at)))
