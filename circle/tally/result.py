"""What a count gives (docs/words.md: The vote file)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from circle.tally.decimals import decimals
from circle.tally.election import Election
from circle.tally.ranking import Place
from circle.votes import Outcome, Rule

Counts = Mapping[str, int] | Mapping[str, tuple[int, ...]] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Allocation:
    """Options funded, in order, and what they cost together, in cents."""

    funded: tuple[str, ...] = ()
    spent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The result of a vote. `amount` in cents; what the rule does not speak of is None.

    `counts` are ballots by answer or points by option; for judgment the number of each grade,
    worst first; for median the amounts in cents, lowest first.
    """

    rule: Rule
    adopted: bool | None = None
    winners: tuple[Place, ...] = ()
    tie: bool = False
    cast: int
    electorate: int
    quorum_met: bool
    counts: Counts
    amount: int | None = None
    allocation: Allocation | None = None
    greedy: Allocation | None = None


def outcome(election: Election, result: Result) -> Outcome:
    """How a vote that closes with this result ends."""
    if result.adopted:
        return Outcome.ADOPTED
    if not result.quorum_met:
        return Outcome.NO_QUORUM
    if election.rule in {Rule.MAJORITY, Rule.CONSENT}:
        return Outcome.TIE if result.tie else Outcome.REJECTED
    if not result.cast:
        return Outcome.VOID
    return Outcome.TIE if result.tie else Outcome.DECIDED


def as_values(result: Result, money: Callable[[int], object] = decimals) -> dict[str, object]:
    """The result as JSON values, keys in the order of the contract; `money` writes cents."""
    values: dict[str, object] = {
        "rule": result.rule.value,
        "adopted": result.adopted,
        "winners": [_place(place) for place in result.winners],
        "tie": result.tie,
        "cast": result.cast,
        "electorate": result.electorate,
        "quorum_met": result.quorum_met,
        "counts": _counts(result, money),
    }
    if result.rule is Rule.MEDIAN:
        values["amount"] = None if result.amount is None else money(result.amount)
    if result.allocation is not None and result.greedy is not None:
        values |= _allocation(result.allocation, money)
        values["greedy"] = _allocation(result.greedy, money)
    return values


def _place(place: Place) -> str | list[str]:
    return place if isinstance(place, str) else list(place)


def _counts(result: Result, money: Callable[[int], object]) -> object:
    if isinstance(result.counts, Mapping):
        return {
            option: list(count) if isinstance(count, tuple) else count
            for option, count in result.counts.items()
        }
    return [money(amount) for amount in result.counts]


def _allocation(allocation: Allocation, money: Callable[[int], object]) -> dict[str, object]:
    return {"funded": list(allocation.funded), "spent": money(allocation.spent)}
