"""What every answer about a vote tells."""

from circle.circles import Circle
from circle.refs import Kind, Ref
from circle.tally import parse_quorum
from circle.votes import Vote
from commands.common import money


def vote_values(circle: Circle, vote: Vote) -> dict[str, object]:
    """What every answer about a vote tells."""
    people = len(vote.electorate)
    return {
        "id": Ref(Kind.VOTE, vote.number),
        "rule": vote.rule,
        "question": vote.question,
        "closes": vote.closes,
        "electorate": people,
        "quorum": vote.quorum,
        "needed": parse_quorum(vote.quorum).needed(people) if vote.quorum else None,
        "threshold": vote.threshold,
        "budget": money(vote.budget, circle),
        "action": Ref(Kind.ACTION, vote.action) if vote.action else None,
        "secret": vote.secret,
        "hidden": vote.hidden,
    }
