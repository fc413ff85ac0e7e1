"""The money that a vote holds back once it is closed, where it is there."""

import re
from collections.abc import Collection, Iterator

from circle.circles import CircleId
from circle.figures import Commitment
from circle.ports import UnitOfWork
from circle.tally import Outcome, Result
from circle.votes import Vote
from commands.shared.common import figures

_ENDINGS = {Outcome.ADOPTED, Outcome.DECIDED}
_ACTION = re.compile(r"A([0-9]+)")


def amounts_of(vote: Vote, ending: Outcome, result: Result) -> tuple[Commitment, ...]:
    """What was decided, in cents: the budget of what is adopted, the cost of each thing funded."""
    if vote.budget is None or ending not in _ENDINGS:
        return ()
    if result.allocation is not None:
        return tuple(_funded(vote, result.allocation.funded))
    return (Commitment(vote.number, vote.budget, vote.action),)


def _funded(vote: Vote, chosen: Collection[str]) -> Iterator[Commitment]:
    for option in vote.options:
        if option.id in chosen and option.cost:
            action = _ACTION.fullmatch(option.id)
            yield Commitment(vote.number, option.cost, int(action[1]) if action else None)


async def fits(uow: UnitOfWork, circle: CircleId, amounts: Collection[Commitment]) -> bool:
    """Whether they are within what is available now, all together."""
    total = sum(one.amount for one in amounts)
    return not total or total <= (await figures(uow, circle)).spendable
