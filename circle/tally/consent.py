"""Consent: nobody blocks, somebody consents, enough people answered."""

from collections import Counter

from circle.tally.election import Election
from circle.tally.result import Result

ANSWERS = ("consent", "concern", "objection", "abstain")
_FEWEST = 3
_QUARTER = 4


def tally(election: Election) -> Result:
    """Adopted if nobody objects, one person at least consents, and the minimum is reached.

    A concern is a consent that is recorded; an abstention is an explicit answer.
    """
    answers = Counter(ballot.choice for ballot in election.ballots)
    counts = {answer: answers[answer] for answer in ANSWERS}
    enough = election.quorum_met and election.cast >= minimum(election)
    consents = counts["consent"] + counts["concern"]
    return Result(
        rule=election.rule,
        adopted=enough and consents > 0 and not counts["objection"],
        cast=election.cast,
        electorate=election.electorate,
        quorum_met=enough,
        counts=counts,
    )


def minimum(election: Election) -> int:
    """How many explicit answers are needed; never more than there are people."""
    asked = election.minimum
    return usual(election.electorate) if asked is None else min(asked, election.electorate)


def usual(electorate: int) -> int:
    """How many answers a proposal needs where nothing is said, of so many people."""
    return min(max(_FEWEST, -(-electorate // _QUARTER)), electorate)
