"""From a vote and its ballots to what is counted, published and told."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from hashlib import sha256

from circle import tally
from circle.circles import Circle
from circle.money import Money
from circle.people import PersonKey
from circle.votes import Ballot, Outcome, Rule, Vote, standing

PSEUDONYM_DIGITS = 10


def pseudonym(circle: Circle, vote: Vote, voter: PersonKey) -> str:
    """The name under which a voter stands in the vote file.

    Only who knows the person's opaque key can compute it: it is told to its owner on request.
    """
    seed = f"{circle.id}:{vote.number}:{vote.opened_at.timestamp()}:{voter}"
    return f"v{sha256(seed.encode()).hexdigest()[:PSEUDONYM_DIGITS]}"


def election_of(circle: Circle, vote: Vote, ballots: Iterable[Ballot]) -> tally.Election:
    """The vote as it is counted: the last ballot kept of each voter, under pseudonyms.

    Ballots cast after the closing instant do not count.
    """
    in_time = [ballot for ballot in ballots if ballot.at <= vote.closes]
    counted = [
        tally.Ballot(
            pseudonym(circle, vote, voter), as_choice(vote.rule, ballot.choice), ballot.reason
        )
        for voter, ballot in standing(vote, in_time).items()
    ]
    return tally.Election(
        rule=vote.rule,
        electorate=len(vote.electorate),
        question=vote.question,
        quorum=tally.parse_quorum(vote.quorum) if vote.quorum else None,
        threshold=Fraction(vote.threshold) if vote.threshold else None,
        minimum=vote.minimum,
        budget=vote.budget,
        completion=tally.Completion(vote.completion or tally.Completion.ADD1U),
        options=vote.options,
        ballots=tuple(sorted(counted, key=lambda ballot: ballot.voter)),
    )


def as_choice(rule: Rule, choice: object) -> tally.Choice:
    """A stored choice as the count takes it: lists come back from the store as lists.

    Who proposes no amount has answered all the same: a blank ballot.
    """
    if rule is Rule.MEDIAN and choice == "abstain":
        return None
    if isinstance(choice, list | tuple):
        return tuple(str(one) for one in choice)
    if choice is None or isinstance(choice, str | int | Mapping):
        return choice
    raise TypeError(f"no ballot: {choice!r}")


def count(circle: Circle, election: tally.Election) -> tuple[dict[str, object], Outcome]:
    """What the count gives, as the values of an answer, and how the vote ends with it."""
    result = tally.tally(election)
    values = tally.as_values(result, lambda cents: Money(cents, circle.currency))
    return values, tally.outcome(election, result)
