"""Majority: yes, no, abstain; simple or qualified, with or without a quorum."""

from collections import Counter
from fractions import Fraction

from circle.tally.election import Election
from circle.tally.result import Result

ANSWERS = ("yes", "no", "abstain")
_SIMPLE = Fraction(1, 2)


def tally(election: Election) -> Result:
    """Adopted if the quorum is met and yes wins; abstentions count for the quorum only."""
    answers = Counter(ballot.choice for ballot in election.ballots)
    counts = {answer: answers[answer] for answer in ANSWERS}
    wins = _wins(counts["yes"], counts["no"], election.threshold or _SIMPLE)
    return Result(
        rule=election.rule,
        adopted=election.quorum_met and wins,
        tie=counts["yes"] == counts["no"] and election.cast > 0,
        cast=election.cast,
        electorate=election.electorate,
        quorum_met=election.quorum_met,
        counts=counts,
    )


def _wins(yes: int, no: int, threshold: Fraction) -> bool:
    # Half is the simple majority, where a tie does not win; any other share wins when reached.
    if threshold == _SIMPLE:
        return yes > no
    return yes + no > 0 and Fraction(yes, yes + no) >= threshold
