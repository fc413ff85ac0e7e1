"""The result of a vote as people read it, beside what the count gives."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from circle.circles import Circle
from circle.money import Money
from circle.people import Person, PersonKey
from circle.ports import UnitOfWork
from circle.tally import Election, judgment, shares
from circle.tally.approval import IF_NEEDED, YES, points
from circle.tally.equal import Purchase
from circle.votes import Ballot, Rule, Vote, standing
from commands.kernel.reply import Picture
from commands.kernel.sentence import ABSENT, Absent
from commands.shared.counting import count
from commands.votes.common import FEW
from commands.votes.facts import VoteOption
from commands.votes.result_replies import (
    AnswersPicture,
    ConsentTold,
    DateScore,
    DatesPicture,
    DatesTold,
    FinancingTold,
    GradesTold,
    JudgmentPicture,
    Objection,
    OfRule,
    OptionGrade,
    OptionText,
    PicturedDate,
    PricedOption,
    SharedOption,
    SharesPicture,
    VoteCounted,
)
from commands.votes.telling import told_option, vote_facts
from commands.votes.words import CONCERN, OBJECTION


async def counted(uow: UnitOfWork, circle: Circle, vote: Vote, election: Election) -> VoteCounted:
    """A vote with what was counted of it, of the people who could answer then."""
    facts = replace(vote_facts(circle, vote), electorate=election.electorate)
    of_rule = await _of_rule(uow, circle, vote, election)
    return VoteCounted(vote=facts, count=count(circle, election), of_rule=of_rule)


async def _of_rule(
    uow: UnitOfWork, circle: Circle, vote: Vote, election: Election
) -> OfRule | Absent:
    """What the rule of the vote has to tell beside its counts."""
    match vote.rule:
        case Rule.CONSENT:
            return await _reasons(uow, vote, await uow.votes.ballots(circle.id, vote.number))
        case Rule.APPROVAL if vote.of_dates:
            return DatesTold(scores=_scores(election))
        case Rule.JUDGMENT:
            return GradesTold(grades=_grades(election))
        case Rule.SHARES:
            return _financing(circle, vote, election)
        case _:
            return ABSENT


def is_sealed(vote: Vote, election: Election) -> bool:
    """Whether only how the vote ended is told: of so few secret ballots, counts name people."""
    return vote.secret and election.cast < FEW


def without_detail(told: VoteCounted) -> VoteCounted:
    """A result without what the ballots were: how it ended, what won, how many answered.

    What is funded is what was decided: all of it stays.
    """
    shares = told.vote.rule is Rule.SHARES
    winners = told.count.winners if shares else told.count.winners[:1]
    count = replace(told.count, winners=winners, counts=ABSENT, greedy=ABSENT)
    return replace(told, count=count, of_rule=_sealed(told.of_rule))


def _sealed(told: OfRule | Absent) -> OfRule | Absent:
    match told:
        case DatesTold():
            return DatesTold(scores=ABSENT)
        case GradesTold():
            return GradesTold(grades=ABSENT)
        case FinancingTold(financed=financed):
            named = tuple(PricedOption(option=one.option) for one in financed)
            return FinancingTold(financed=named, left_out=ABSENT, otherwise=ABSENT)
    return told


def picture(circle: Circle, vote: Vote, told: VoteCounted) -> tuple[Picture, ...]:
    """The picture of a result that somebody answered; of amounts there is none."""
    if not told.count.cast:
        return ()
    if vote.rule in (Rule.MAJORITY, Rule.CONSENT):
        return (Picture(_answers(vote, told)),)
    match told.of_rule:
        case DatesTold(scores=tuple() as scores):
            return (Picture(_dates(circle, told, scores)),)
        case GradesTold(grades=tuple() as grades):
            return (Picture(_judgment(told, grades)),)
        case FinancingTold() as financing:
            return (Picture(_shares(told, financing)),)
    return ()


def _answers(vote: Vote, told: VoteCounted) -> AnswersPicture:
    facts, counts = told.vote, told.count.counts
    given = counts if isinstance(counts, Mapping) else {}
    return AnswersPicture(
        question=facts.question,
        rule=vote.rule,
        outcome=vote.outcome,
        counts={answer: count for answer, count in given.items() if isinstance(count, int)},
        cast=told.count.cast,
        electorate=facts.electorate,
        needed=facts.needed,
        threshold=facts.threshold,
    )


def _dates(circle: Circle, told: VoteCounted, scores: tuple[DateScore, ...]) -> DatesPicture:
    options = {one.id: one for one in told.vote.options if isinstance(one, VoteOption)}
    of = {one.id: one for one in scores}
    ranking = [one for place in told.count.winners for one in together(place)]
    return DatesPicture(
        question=told.vote.question,
        dates=tuple(_pictured(options[one], of[one]) for one in ranking),
        cast=told.count.cast,
        timezone=circle.rules.timezone,
    )


def _pictured(option: VoteOption, score: DateScore) -> PicturedDate:
    start, end = option.start or None, option.end or None
    instant = start if isinstance(start, datetime) else None
    return PicturedDate(
        text=option.text,
        day=None if instant else start,
        start=instant,
        end=end,
        says_more=bool(option.says_more),
        yes=score.yes,
        if_needed=score.if_needed,
    )


def together(place: str | tuple[str, ...]) -> tuple[str, ...]:
    """The options of one place of a ranking."""
    return (place,) if isinstance(place, str) else place


def _judgment(told: VoteCounted, grades: tuple[OptionGrade, ...]) -> JudgmentPicture:
    counts = told.count.counts
    given = counts if isinstance(counts, Mapping) else {}
    options = (one for one in told.vote.options if isinstance(one, VoteOption))
    return JudgmentPicture(
        question=told.vote.question,
        options=tuple(OptionText(id=one.id, text=one.text) for one in options),
        winners=told.count.winners,
        counts={id_: one for id_, one in given.items() if isinstance(one, tuple)},
        grades=grades,
    )


def _shares(told: VoteCounted, financing: FinancingTold) -> SharesPicture:
    count, budget = told.count, told.vote.budget
    if budget is None or not count.spent or not count.greedy:
        raise TypeError("shares are counted of a budget")
    return SharesPicture(
        budget=budget,
        spent=count.spent,
        cast=count.cast,
        financed=_drawn(financing.financed),
        left_out=_drawn(financing.left_out or ()),
        greedy=count.greedy,
    )


def _drawn(options: Iterable[PricedOption]) -> tuple[SharedOption, ...]:
    return tuple(
        SharedOption(
            id=one.option.id,
            text=one.option.text,
            cost=one.option.cost,
            votes=one.votes,
            payers=one.payers or 0,
        )
        for one in options
        if one.option.cost and one.votes is not ABSENT
    )


async def _reasons(uow: UnitOfWork, vote: Vote, ballots: Iterable[Ballot]) -> ConsentTold:
    """Objections that stand, with who said them aloud; concerns, without names."""
    answers = standing(vote, ballots)
    objecting = [ballot for ballot in answers.values() if ballot.choice == OBJECTION]
    people: Mapping[PersonKey, Person] = await uow.people.many({one.voter for one in objecting})
    concerns = (ballot.reason for ballot in answers.values() if ballot.choice == CONCERN)
    return ConsentTold(
        objections=tuple(
            Objection(member=people[one.voter], reason=one.reason) for one in objecting
        ),
        concerns=tuple(sorted(filter(None, concerns))),
    )


def _scores(election: Election) -> tuple[DateScore, ...]:
    """For each date, how many can come, and how many could if needed."""
    given = [ballot.choice for ballot in election.ballots if isinstance(ballot.choice, Mapping)]
    return tuple(
        DateScore(
            id=option.id,
            yes=sum(choice.get(option.id) == YES for choice in given),
            if_needed=sum(choice.get(option.id) == IF_NEEDED for choice in given),
        )
        for option in election.options
    )


def _grades(election: Election) -> tuple[OptionGrade, ...]:
    """The majority grade of each option; its sign where several have the same."""
    gauges = judgment.gauges(election)
    shared = Counter(gauge.grade for gauge in gauges.values())
    return tuple(
        OptionGrade(id=option, grade=gauge.grade, sign=_sign(gauge, shared[gauge.grade]))
        for option, gauge in gauges.items()
    )


def _sign(gauge: judgment.Gauge, sharing: int) -> str:
    """More judges above the grade than below, or not."""
    if sharing == 1:
        return ""
    return "+" if gauge.rising else "\N{MINUS SIGN}"


def _financing(circle: Circle, vote: Vote, election: Election) -> FinancingTold:
    """Who finances what: shares paid by supporters, then what was left; and what is not.

    `otherwise`: what would have been funded by votes alone, where that differs.
    """
    story = shares.allocate(election)
    votes = points(election)
    options = {
        option.id: PricedOption(option=told_option(circle, option), votes=votes[option.id])
        for option in vote.options
    }
    bought = {purchase.id: purchase for purchase in story.purchases}
    funded, greedy = story.allocation.funded, story.greedy.funded
    return FinancingTold(
        financed=tuple(_paid(circle, options[one], bought.get(one)) for one in funded),
        left_out=tuple(option for one, option in options.items() if one not in funded),
        otherwise=tuple(options[one] for one in greedy) if {*greedy} != {*funded} else (),
    )


def _paid(circle: Circle, option: PricedOption, purchase: Purchase | None) -> PricedOption:
    """How many pay, and the price for each, to the nearest cent; nobody for what was left."""
    if purchase is None:
        return replace(option, payers=0, limited=False, price=None)
    price = Money(int(purchase.price + Fraction(1, 2)), circle.currency)
    payers = purchase.payers + purchase.limited
    return replace(option, payers=payers, limited=purchase.limited > 0, price=price)
