"""Amounts: `estimation` of one declared item, `partage` of an envelope among several actions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from circle.ledger import WAITING, Item
from circle.ports import UnitOfWork
from circle.quorum import Quorum
from circle.refs import Kind, Ref
from circle.tally import Completion
from circle.votes import Option, Rule
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading import vote_rows as rows
from commands.reading.readers import (
    AMOUNT,
    AS_HIDDEN,
    AS_SECRET,
    CLOSING,
    QUORUM,
    SHARES,
    Share,
    reference,
)
from commands.shared.common import figures, get_action, get_item, money
from commands.shared.refusals import RefusedDecided
from commands.votes.common import ref_of, resting_owner
from commands.votes.letters import lettered
from commands.votes.opening import Terms, open_vote, opened
from commands.votes.refusals import VoteAlreadyOpen, VoteCostMissing, VoteNothingToShare
from commands.votes.replies import EstimateTold, ShareTold

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class EstimateArgs:
    """A contribution or an expense whose amount is to be found together."""

    item: Annotated[Ref, reference(Kind.ENTRY)]
    until: Annotated[date | datetime | None, CLOSING, rows.LIST_CLOSING] = None
    quorum: Annotated[Quorum | None, QUORUM, rows.LIST_QUORUM] = None
    secret: Annotated[bool, AS_SECRET, rows.LIST_SECRET] = False
    hidden: Annotated[bool | None, AS_HIDDEN, rows.LIST_HIDDEN] = None


@dataclass(frozen=True, slots=True)
class ShareArgs:
    """An amount in cents, and what to share it among, each with its cost."""

    amount: Annotated[int, AMOUNT]
    shares: Annotated[tuple[Share, ...], SHARES]
    until: Annotated[date | datetime | None, CLOSING, rows.LIST_CLOSING] = None
    quorum: Annotated[Quorum | None, QUORUM, rows.LIST_QUORUM] = None
    secret: Annotated[bool, AS_SECRET, rows.LIST_SECRET] = False
    hidden: Annotated[bool | None, AS_HIDDEN, rows.LIST_HIDDEN] = None


async def open_estimate(request: Request[EstimateArgs], uow: UnitOfWork) -> Reply:
    """Ask everybody for an amount; the low median is told, and regulation decides.

    Whoever asks for the amount proposes none, unless the circle's rules let them.
    """
    item = await get_item(uow, request.here.id, request.args.item.number)
    await _check_undecided(request, uow, item)
    args = request.args
    terms = Terms(until=args.until, quorum=args.quorum, secret=args.secret, hidden=args.hidden)
    asker = None if request.rules.asker_counted else item.person
    vote = await open_vote(
        request, uow, Rule.MEDIAN, item.what, terms, without=asker, item=item.number
    )
    person = await uow.people.get(item.person)
    asked = money(item.asked, request.here)
    told = EstimateTold(member=person, minutes=item.minutes, asked=asked)
    owner = await resting_owner(uow, request.here, vote, request.at.date())
    return opened(request, vote, told, concerns=owner)


async def _check_undecided(request: Request[EstimateArgs], uow: UnitOfWork, item: Item) -> None:
    """Raise when the item is decided, or when its amount is being looked for already."""
    ref = Ref(Kind.ENTRY, item.number)
    if item.state not in WAITING:
        raise Refusal(RefusedDecided(id=ref))
    for vote in await uow.votes.open(request.here.id):
        if vote.item == item.number:
            raise Refusal(VoteAlreadyOpen(id=ref_of(vote), item=ref))


async def open_share(request: Request[ShareArgs], uow: UnitOfWork) -> Reply:
    """Share an amount among actions and texts; an action costs its budget unless said."""
    args = request.args
    if not args.amount:
        raise Refusal(VoteNothingToShare())
    options = await _options(request, uow, args.shares)
    terms = Terms(until=args.until, quorum=args.quorum, secret=args.secret, hidden=args.hidden)
    vote = await open_vote(
        request,
        uow,
        Rule.SHARES,
        _named_together(options),
        terms,
        budget=args.amount,
        completion=Completion.ADD1U,
        options=options,
    )
    available = (await figures(uow, request.here.id)).spendable
    beyond = money(available, request.here) if args.amount > available else None
    return opened(request, vote, ShareTold(available=beyond))


def _named_together(options: Iterable[Option]) -> str:
    """What is shared among, short enough to name the vote in a list."""
    names = " · ".join(option.text for option in options)
    return names if len(names) <= _LONGEST_NAME else f"{names[: _LONGEST_NAME - 1]}…"


async def _options(
    request: Request[ShareArgs], uow: UnitOfWork, shares: Iterable[Share]
) -> tuple[Option, ...]:
    shares = [await _named(request, uow, share) for share in shares]
    letters = lettered(share.text for share in shares)
    return tuple(
        Option(str(share.action) if share.action else letter, share.text, share.cost)
        for share, letter in zip(shares, letters, strict=True)
    )


async def _named(request: Request[ShareArgs], uow: UnitOfWork, share: Share) -> Share:
    """What is shared, an action by its title and, where nothing else is said, for its budget."""
    if share.action is None:
        return share
    action = await get_action(uow, request.here.id, share.action.number)
    cost = action.budget if share.cost is None else share.cost
    if cost is None:
        raise Refusal(VoteCostMissing(id=share.action, title=action.title))
    return replace(share, text=action.title, cost=cost)


COMMANDS = (
    Command(
        key="vote.estimate",
        topic=Topic.DECIDING,
        names=("estimation", "estimate"),
        args=EstimateArgs,
        run=open_estimate,
        personal=True,
        fresh_members=True,
        examples={
            "fr": ("estimation C12", "estimation C12 jusqu'à jeudi 18h"),
            "en": ("estimate C12", "estimate C12 until thursday 6pm"),
        },
    ),
    Command(
        key="vote.share",
        topic=Topic.DECIDING,
        names=("partage", "share"),
        args=ShareArgs,
        run=open_share,
        fresh_members=True,
        examples={
            "fr": (
                "partage 3000 : A12 | A14 500 € | Fête des voisins 300 €",
                "partage 1200 € : A1 | A2 | A3 jusqu'à dimanche",
            ),
            "en": (
                "share 3000 : A12 | A14 500 € | Street party 300 €",
                "share 1200 € : A1 | A2 | A3 until sunday",
            ),
        },
    ),
)
