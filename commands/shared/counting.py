"""From a vote and its ballots to what is counted, published and told.

The file of a closed vote is made once. Whatever becomes of its voters later, the same file is
attached and counted: two files of one vote that differ in one pseudonym would tell whose it was.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256

from circle import tally
from circle.circles import Circle, CircleId
from circle.malformed import MalformedError
from circle.money import Money
from circle.people import PersonKey
from circle.ports import UnitOfWork
from circle.votefile import parse_vote, write_vote
from circle.votes import Ballot, Choice, Rule, Vote, VoteRecord, standing
from commands.shared.replies import Allocated, CountFacts

PSEUDONYM_DIGITS = 10


def pseudonym(circle: CircleId, vote: Vote, voter: PersonKey) -> str:
    """The name under which a voter stands in the vote file.

    Only who knows the person's opaque key can compute it: it is told to its owner on request.
    """
    seed = f"{circle}:{vote.number}:{vote.opened_at.timestamp()}:{voter}"
    return f"v{sha256(seed.encode()).hexdigest()[:PSEUDONYM_DIGITS]}"


def election_of(circle: CircleId, vote: Vote, ballots: Iterable[Ballot]) -> tally.Election:
    """The vote as it is counted: the last ballot kept of each voter, under pseudonyms.

    Ballots cast after the closing instant do not count. Reasons are left out: people's words can
    be forgotten, what is counted stays. Ballots come in the order of the pseudonyms, which tells
    nothing of the order in which they were cast.
    """
    in_time = [ballot for ballot in ballots if ballot.at <= vote.closes]
    answers = [
        tally.CountedBallot(pseudonym(circle, vote, voter), counted(vote.rule, ballot.choice))
        for voter, ballot in standing(vote, in_time).items()
    ]
    return tally.Election(
        rule=vote.rule,
        electorate=len(vote.electorate),
        question=vote.question,
        quorum=vote.quorum,
        threshold=vote.threshold,
        minimum=vote.minimum,
        budget=vote.budget,
        completion=vote.completion or tally.Completion.ADD1U,
        options=vote.options,
        ballots=tuple(sorted(answers, key=lambda ballot: ballot.voter)),
    )


def counted(rule: Rule, choice: Choice) -> Choice:
    """A choice as the count takes it: who proposes no amount has answered a blank ballot."""
    return None if rule is Rule.MEDIAN and choice == "abstain" else choice


def count(circle: Circle, election: tally.Election) -> CountFacts:
    """What the count gives, as answers tell it."""
    result = tally.tally(election)
    counts = result.counts
    facts = CountFacts(
        adopted=result.adopted,
        winners=result.winners,
        tie=result.tie,
        cast=result.cast,
        quorum_met=result.quorum_met,
        counts=tuple(map(_money(circle), counts)) if isinstance(counts, tuple) else counts,
    )
    if result.rule is Rule.MEDIAN:
        facts = replace(
            facts, amount=None if result.amount is None else Money(result.amount, circle.currency)
        )
    if result.allocation is None or result.greedy is None:
        return facts
    found, greedy = (_allocated(circle, one) for one in (result.allocation, result.greedy))
    return replace(facts, funded=found.funded, spent=found.spent, greedy=greedy)


def _money(circle: Circle) -> Callable[[int], Money]:
    return lambda cents: Money(cents, circle.currency)


def _allocated(circle: Circle, allocation: tally.Allocation) -> Allocated:
    spent = Money(allocation.spent, circle.currency)
    return Allocated(funded=allocation.funded, spent=spent)


async def record_of(uow: UnitOfWork, circle: CircleId, vote: Vote) -> VoteRecord:
    """What a closed vote left; made now where the program that closed it kept nothing."""
    kept = await uow.votes.record(circle, vote.number)
    return kept or await keep_record(uow, circle, vote)


async def keep_record(
    uow: UnitOfWork, circle: CircleId, vote: Vote, available: int | None = None
) -> VoteRecord:
    """Make what a vote leaves as it closes; `available` after it, in cents, where that is told."""
    ballots = await uow.votes.ballots(circle, vote.number)
    record = VoteRecord(write_vote(election_of(circle, vote, ballots)), available)
    await uow.votes.keep_record(circle, vote.number, record)
    return record


async def keep_records_of(uow: UnitOfWork, elector: PersonKey) -> None:
    """Make what is missing of the votes of somebody who is about to be forgotten."""
    for circle, vote in await uow.votes.unrecorded(elector):
        await keep_record(uow, circle, vote)


async def closed_election(uow: UnitOfWork, circle: CircleId, vote: Vote) -> tally.Election:
    """A closed vote as it was counted, for ever."""
    return parse_vote((await record_of(uow, circle, vote)).file)


async def is_unreadable(uow: UnitOfWork, circle: CircleId, vote: Vote) -> bool:
    """Whether its options are lost, or answers are on none of them.

    What a vote left when it closed stays readable.
    """
    if await uow.votes.record(circle, vote.number) is not None:
        return False
    return vote.lost or not _fits(circle, vote, await uow.votes.ballots(circle, vote.number))


def _fits(circle: CircleId, vote: Vote, ballots: Iterable[Ballot]) -> bool:
    """Whether the file that the vote would leave now can be read back."""
    try:
        parse_vote(write_vote(election_of(circle, vote, ballots)))
    except MalformedError:
        return False
    return True
