"""What waits for a decision, and how it is told when a session comes to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from circle.circles import Circle, RegulationMode, Rules
from circle.entries import Questioned, QuestionTakenBack
from circle.ledger import Item, ItemState
from circle.money import Cents, Money
from circle.people import PersonKey
from circle.ports import ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.sessions import Session
from circle.votes import Rule, Vote
from commands.reading.money import typed
from commands.regulation.replies import ItemPoint, QuestionLine
from commands.shared.common import money
from commands.shared.counting import closed_election, count
from commands.shared.items import lines_of

_MOMENT = timedelta(seconds=1)


async def waiting(
    uow: UnitOfWork, circle: Circle, session: Session | None = None
) -> tuple[Item, ...]:
    """The items that wait, in order of declaration; without those a session has spoken of."""
    passed_over = session.id if session else None
    which = ItemFilter(waiting=True, passed_over=passed_over)
    return await uow.ledger.items(circle.id, which)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What waits: said to be pro bono, standing as asked, to be spoken of one by one."""

    pro_bono: tuple[Item, ...]
    free: tuple[Item, ...]
    to_decide: tuple[Item, ...]


def sort_out(
    items: Sequence[Item], rules: Rules, had: Mapping[PersonKey, int], shown: int | None
) -> Sorted:
    """Which items people must speak of (docs/domain.md: Regulation).

    Pro bono work is written down as it was said; so is a self-set amount, unless it takes
    somebody beyond the circle's cap (`had`: what each person was given in this session, cents).
    What somebody questions is always spoken of. An amount stands only as it was shown before the
    opening: not where an entry after `shown`, the last one then, declared or changed it.
    """
    pro_bono: list[Item] = []
    free: list[Item] = []
    total = dict(had)
    for item in items:
        if item.state is ItemState.QUESTIONED:
            continue
        if item.pro_bono or item.asked == 0:
            pro_bono.append(item)
        elif _stands(item, rules, shown) and item.asked is not None:
            with_it = total.get(item.person, 0) + item.asked
            if rules.person_cap is None or with_it <= rules.person_cap:
                total[item.person] = with_it
                free.append(item)
    by_itself = {item.number for item in (*pro_bono, *free)}
    left = tuple(item for item in items if item.number not in by_itself)
    return Sorted(tuple(pro_bono), tuple(free), left)


def _stands(item: Item, rules: Rules, shown: int | None) -> bool:
    late = shown is not None and (item.told_by or 0) > shown
    return rules.regulation_mode is RegulationMode.SELF_SET and not late


def asked_in_all(items: Sequence[Item]) -> int:
    """What these items ask for, in cents."""
    return sum(item.asked or 0 for item in items)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The latest vote on an item's amount; once closed, `amount` is its low median (cents)."""

    vote: Vote
    amount: Cents | None = None


async def estimate_of(
    uow: UnitOfWork, circle: Circle, item: Item, now: datetime
) -> Estimate | None:
    """What people proposed for an item, where they were asked to."""
    closed = await uow.votes.closed_between(circle.id, item.declared_at, now + _MOMENT)
    votes = (*closed, *await uow.votes.open(circle.id))
    own = [vote for vote in votes if _estimates(vote, item)]
    if not own:
        return None
    vote = max(own, key=lambda one: one.number)
    if vote.open:
        return Estimate(vote)
    amount = count(circle, await closed_election(uow, circle.id, vote)).amount
    return Estimate(vote, Cents(amount.cents) if isinstance(amount, Money) else None)


def _estimates(vote: Vote, item: Item) -> bool:
    return vote.rule is Rule.MEDIAN and vote.item == item.number and vote.cancelled is None


async def point_of(uow: UnitOfWork, circle: Circle, item: Item, now: datetime) -> ItemPoint:
    """An item as the session comes to it: what is asked, open questions, what people proposed."""
    [line] = await lines_of(uow, circle, (item,))
    estimate = await estimate_of(uow, circle, item, now)
    amount = item.asked if estimate is None or estimate.amount is None else estimate.amount
    return ItemPoint(
        item=line,
        questions=await _questions(uow, circle, item),
        estimate=Ref(Kind.VOTE, estimate.vote.number) if estimate else None,
        closes=estimate.vote.closes if estimate and estimate.vote.open else None,
        median=money(estimate.amount, circle) if estimate else None,
        line=None if amount is None else line_amount(amount, circle),
    )


def line_amount(cents: int, circle: Circle) -> str:
    """An amount as one can type it."""
    return typed(Money(cents, circle.currency), circle.rules.language)


async def _questions(uow: UnitOfWork, circle: Circle, item: Item) -> tuple[QuestionLine, ...]:
    history = await uow.ledger.history(circle.id, item.number)
    answered = {entry.corrects for entry in history if isinstance(entry.event, QuestionTakenBack)}
    standing = [
        entry
        for entry in history
        if isinstance(entry.event, Questioned) and entry.id not in answered
    ]
    people = await uow.people.many({entry.by for entry in standing})
    return tuple(QuestionLine(member=people[entry.by], text=entry.what) for entry in standing)
