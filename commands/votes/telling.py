"""What every answer about a vote tells."""

from dataclasses import replace
from datetime import datetime

from circle import tally
from circle.circles import Circle
from circle.quorum import share_text
from circle.refs import Kind, Ref
from circle.tally import consent
from circle.votes import Option, Rule, Vote
from commands.reading.candidates import says_more
from commands.shared.common import money
from commands.votes.answers import WORDS
from commands.votes.common import ref_of
from commands.votes.facts import VoteFacts, VoteOption


def vote_facts(circle: Circle, vote: Vote) -> VoteFacts:
    """A vote as people know it: what it asks, how, of how many, until when."""
    return VoteFacts(
        id=ref_of(vote),
        rule=vote.rule,
        question=vote.question,
        version=vote.version,
        options=told_options(circle, vote),
        dates=vote.of_dates,
        closes=vote.closes,
        electorate=len(vote.electorate),
        quorum=str(vote.quorum) if vote.quorum else None,
        needed=needed(vote),
        threshold=share_text(vote.threshold) if vote.threshold else None,
        budget=money(vote.budget, circle),
        action=Ref(Kind.ACTION, vote.action) if vote.action else None,
        item=Ref(Kind.ENTRY, vote.item) if vote.item else None,
        secret=vote.secret,
        hidden=vote.hidden,
        review=vote.review,
        unfunded=vote.unfunded,
        cancelled=vote.cancelled is not None,
    )


def needed(vote: Vote) -> int | None:
    """How many answers the vote needs: its quorum, and the minimum of a consent; None: any."""
    people = len(vote.electorate)
    quorum = vote.quorum.needed(people) if vote.quorum else None
    if vote.rule is not Rule.CONSENT:
        return quorum
    asked = tally.Election(rule=vote.rule, electorate=people, minimum=vote.minimum)
    return max(quorum or 0, consent.minimum(asked))


def told_options(circle: Circle, vote: Vote) -> tuple[str | VoteOption, ...]:
    """What one may answer: words, or options with what they cost or when they are."""
    if vote.rule in WORDS:
        return tuple(WORDS[vote.rule])
    return tuple(told_option(circle, option) for option in vote.options)


def told_option(circle: Circle, option: Option) -> VoteOption:
    """An option, with its cost or its days where it has any."""
    told = VoteOption(id=option.id, text=option.text)
    if option.cost is not None:
        told = replace(told, cost=money(option.cost, circle))
    if option.start is not None:
        whole_day = not isinstance(option.start, datetime)
        more = whole_day and says_more(option.text)
        told = replace(told, start=option.start, end=option.end, says_more=more)
    return told
