"""Approval: any number of options; for dates, yes is 2 and *si besoin* is 1."""

from collections import Counter
from collections.abc import Mapping

from circle.tally.election import CountedBallot, Election
from circle.tally.ranking import ranked, shared_first
from circle.tally.result import Result

IF_NEEDED = 1
YES = 2


def tally(election: Election) -> Result:
    """Points by option, and the options from most to fewest."""
    counts = points(election)
    winners = ranked(counts)
    return Result(
        rule=election.rule,
        winners=winners,
        tie=shared_first(winners) and election.cast > 0,
        cast=election.cast,
        electorate=election.electorate,
        quorum_met=election.quorum_met,
        counts=counts,
    )


def points(election: Election) -> dict[str, int]:
    """The points of each option, in declared order.

    A plain list says yes: worth 1, or 2 as soon as one ballot of the vote says yes and if needed.
    """
    yes = YES if any(_weighs(ballot) for ballot in election.ballots) else 1
    total: Counter[str] = Counter()
    for ballot in election.ballots:
        if isinstance(ballot.choice, tuple):
            total.update(dict.fromkeys(ballot.choice, yes))
        elif isinstance(ballot.choice, Mapping):
            total.update(ballot.choice)
    return {option.id: total[option.id] for option in election.options}


def _weighs(ballot: CountedBallot) -> bool:
    return isinstance(ballot.choice, Mapping) and bool(ballot.choice)
