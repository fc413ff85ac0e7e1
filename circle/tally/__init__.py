"""Counting votes, exactly: integers and fractions only (docs/domain.md: Deciding)."""

from collections.abc import Callable

from circle.quorum import Quorum, parse_quorum, parse_share
from circle.tally import approval, consent, judgment, majority, median, shares
from circle.tally.election import CountedBallot, Election
from circle.tally.result import Allocation, Result, as_values, outcome
from circle.votes import Choice, Completion, Option, Outcome, Rule

__all__ = [
    "Allocation",
    "Choice",
    "Completion",
    "CountedBallot",
    "Election",
    "Option",
    "Outcome",
    "Quorum",
    "Result",
    "Rule",
    "as_values",
    "outcome",
    "parse_quorum",
    "parse_share",
    "tally",
]

_RULES: dict[Rule, Callable[[Election], Result]] = {
    Rule.MAJORITY: majority.tally,
    Rule.CONSENT: consent.tally,
    Rule.MEDIAN: median.tally,
    Rule.APPROVAL: approval.tally,
    Rule.JUDGMENT: judgment.tally,
    Rule.SHARES: shares.tally,
}


def tally(election: Election) -> Result:
    """The result of `election` by its rule. Every ballot speaks of its options only."""
    return _RULES[election.rule](election)
