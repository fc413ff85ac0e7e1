"""Low median: an amount that somebody proposed."""

from circle.tally.election import Election
from circle.tally.result import Result


def low_median(amounts: list[int]) -> int | None:
    """The element of rank ⌊(n-1)/2⌋ of the sorted amounts; None when there is none."""
    return sorted(amounts)[(len(amounts) - 1) // 2] if amounts else None


def tally(election: Election) -> Result:
    """The low median of the amounts on the ballots; a blank one proposes none."""
    amounts = [ballot.choice for ballot in election.ballots if isinstance(ballot.choice, int)]
    return Result(
        rule=election.rule,
        cast=election.cast,
        electorate=election.electorate,
        quorum_met=election.quorum_met,
        counts=tuple(sorted(amounts)),
        amount=low_median(amounts),
    )
