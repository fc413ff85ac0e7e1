"""The result of a vote as people read it, beside what the count gives."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from circle.circles import Circle
from circle.money import Money
from circle.people import Person, PersonKey
from circle.ports import UnitOfWork
from circle.tally import Election, judgment, shares
from circle.tally.approval import IF_NEEDED, YES, points
from circle.tally.equal import Purchase
from circle.votes import Ballot, Option, Rule, Vote, standing
from commands.kernel.command import Picture
from commands.votes.common import FEW
from commands.votes.telling import told_option
from commands.votes.words import CONCERN, OBJECTION

Values = dict[str, object]
_DETAIL = {"counts", "greedy", "scores", "grades", "left_out", "otherwise"}


async def explained(uow: UnitOfWork, circle: Circle, vote: Vote, election: Election) -> Values:
    """What the rule of the vote has to tell beside its counts."""
    match vote.rule:
        case Rule.CONSENT:
            return await _reasons(uow, vote, await uow.votes.ballots(circle.id, vote.number))
        case Rule.APPROVAL if vote.of_dates:
            return {"scores": _scores(election)}
        case Rule.JUDGMENT:
            return {"grades": _grades(election)}
        case Rule.SHARES:
            return _financing(circle, vote, election)
        case _:
            return {}


def is_sealed(vote: Vote, election: Election) -> bool:
    """Whether only how the vote ended is told: of so few secret ballots, counts name people."""
    return vote.secret and election.cast < FEW


def without_detail(values: Mapping[str, object]) -> Values:
    """A result without what the ballots were: how it ended, what won, how many answered."""
    told = {name: value for name, value in values.items() if name not in _DETAIL}
    told["winners"] = tuple(_sequence(values["winners"])[:1])
    if values["rule"] is Rule.SHARES:
        told["winners"] = values["winners"]  # what is funded, which is what was decided
        told["financed"] = tuple(_named(one) for one in _sequence(values["financed"]))
    return told


def _named(option: Mapping[str, object]) -> Values:
    return {name: option[name] for name in ("id", "text", "cost")}


def _sequence(values: object) -> Sequence[Any]:
    return values if isinstance(values, Sequence) else ()


def picture(values: Mapping[str, object]) -> tuple[Picture, ...]:
    """The picture of a result, for the rules whose counts are hard to see in words."""
    if values["rule"] not in {Rule.JUDGMENT, Rule.SHARES} or not values["cast"]:
        return ()
    return (Picture(str(values["rule"]), values),)


async def _reasons(uow: UnitOfWork, vote: Vote, ballots: Iterable[Ballot]) -> Values:
    """Objections that stand, with who said them aloud; concerns, without names."""
    answers = standing(vote, ballots)
    objecting = [ballot for ballot in answers.values() if ballot.choice == OBJECTION]
    people: Mapping[PersonKey, Person] = await uow.people.many({one.voter for one in objecting})
    concerns = (ballot.reason for ballot in answers.values() if ballot.choice == CONCERN)
    return {
        "objections": tuple(
            {"member": people[one.voter], "reason": one.reason} for one in objecting
        ),
        "concerns": tuple(sorted(filter(None, concerns))),
    }


def _scores(election: Election) -> tuple[Values, ...]:
    """For each date, how many can come, and how many could if needed."""
    given = [ballot.choice for ballot in election.ballots if isinstance(ballot.choice, Mapping)]
    return tuple(
        {
            "id": option.id,
            "yes": sum(choice.get(option.id) == YES for choice in given),
            "if_needed": sum(choice.get(option.id) == IF_NEEDED for choice in given),
        }
        for option in election.options
    )


def _grades(election: Election) -> tuple[Values, ...]:
    """The majority grade of each option; its sign where several have the same."""
    gauges = judgment.gauges(election)
    shared = Counter(gauge.grade for gauge in gauges.values())
    return tuple(
        {"id": option, "grade": gauge.grade, "sign": _sign(gauge, shared[gauge.grade])}
        for option, gauge in gauges.items()
    )


def _sign(gauge: judgment.Gauge, sharing: int) -> str:
    """More judges above the grade than below, or not."""
    if sharing == 1:
        return ""
    return "+" if gauge.rising else "\N{MINUS SIGN}"


def _financing(circle: Circle, vote: Vote, election: Election) -> Values:
    """Who finances what: shares paid by supporters, then what was left; and what is not.

    `otherwise`: what would have been funded by votes alone, where that differs.
    """
    story = shares.allocate(election)
    options = {option.id: _priced(circle, option, election) for option in vote.options}
    bought = {purchase.id: purchase for purchase in story.purchases}
    funded, greedy = story.allocation.funded, story.greedy.funded
    return {
        "financed": tuple(options[one] | _paid(circle, bought.get(one)) for one in funded),
        "left_out": tuple(option for one, option in options.items() if one not in funded),
        "otherwise": tuple(options[one] for one in greedy) if {*greedy} != {*funded} else (),
    }


def _priced(circle: Circle, option: Option, election: Election) -> Values:
    return dict(told_option(circle, option)) | {"votes": points(election)[option.id]}


def _paid(circle: Circle, purchase: Purchase | None) -> Values:
    """How many pay, and the price for each, to the nearest cent; nobody for what was left."""
    if purchase is None:
        return {"payers": 0, "limited": False, "price": None}
    price = Money(int(purchase.price + Fraction(1, 2)), circle.currency)
    payers = purchase.payers + purchase.limited
    return {"payers": payers, "limited": purchase.limited > 0, "price": price}
