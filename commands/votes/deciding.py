"""Yes or no: `vote` by majority, `consentement` by consent."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated

from circle.ports import UnitOfWork
from circle.quorum import Quorum
from circle.refs import Kind, Ref
from circle.votes import Rule
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading import vote_rows as rows
from commands.reading.readers import (
    AS_HIDDEN,
    AS_SECRET,
    BUDGET,
    CLOSING,
    MAJORITY,
    MINIMUM,
    QUESTION,
    QUORUM,
    REVIEW,
    tagged,
    text,
)
from commands.votes.opening import Terms, check_stakes, open_vote, opened
from commands.votes.refusals import VoteNeverSecret

PROPOSAL = text("PROPOSITION", "PROPOSAL")


@dataclass(frozen=True, slots=True)
class MajorityArgs:
    """A question, then options in any order. `budget` in cents."""

    question: Annotated[str, QUESTION, rows.VOTE_TEXT]
    budget: Annotated[int | None, BUDGET, rows.VOTE_BUDGET] = None
    action: Annotated[Ref | None, tagged(Kind.ACTION), rows.VOTE_ACTION] = None
    until: Annotated[date | datetime | None, CLOSING, rows.VOTE_CLOSING] = None
    quorum: Annotated[Quorum | None, QUORUM, rows.VOTE_QUORUM] = None
    threshold: Annotated[Fraction | None, MAJORITY, rows.VOTE_MAJORITY] = None
    secret: Annotated[bool, AS_SECRET, rows.VOTE_SECRET] = False
    hidden: Annotated[bool | None, AS_HIDDEN, rows.VOTE_HIDDEN] = None
    review: Annotated[date | None, REVIEW, rows.VOTE_REVIEW] = None


@dataclass(frozen=True, slots=True)
class ConsentArgs:
    """A proposal, then options in any order. `budget` in cents."""

    question: Annotated[str, PROPOSAL, rows.VOTE_TEXT]
    budget: Annotated[int | None, BUDGET, rows.VOTE_BUDGET] = None
    action: Annotated[Ref | None, tagged(Kind.ACTION), rows.VOTE_ACTION] = None
    until: Annotated[date | datetime | None, CLOSING, rows.VOTE_CLOSING] = None
    minimum: Annotated[int | None, MINIMUM, rows.VOTE_MINIMUM] = None
    quorum: Annotated[Quorum | None, QUORUM, rows.VOTE_QUORUM] = None
    secret: Annotated[bool, AS_SECRET, rows.VOTE_SECRET] = False
    hidden: Annotated[bool | None, AS_HIDDEN, rows.VOTE_HIDDEN] = None
    review: Annotated[date | None, REVIEW, rows.VOTE_REVIEW] = None


async def open_majority(request: Request[MajorityArgs], uow: UnitOfWork) -> Reply:
    """Open a vote by majority; the circle's quorum holds where none is said."""
    args = request.args
    action = args.action.number if args.action else None
    await check_stakes(request, uow, args.budget, action)
    terms = Terms(
        until=args.until,
        quorum=args.quorum,
        secret=args.secret,
        hidden=args.hidden,
        review=args.review,
    )
    vote = await open_vote(
        request,
        uow,
        Rule.MAJORITY,
        args.question,
        terms,
        budget=args.budget,
        action=action,
        threshold=args.threshold,
    )
    return opened(request, vote)


async def open_consent(request: Request[ConsentArgs], uow: UnitOfWork) -> Reply:
    """Open a proposal to consent; an objection is said aloud, so that it is never secret."""
    args = request.args
    if args.secret:
        raise Refusal(VoteNeverSecret())
    action = args.action.number if args.action else None
    await check_stakes(request, uow, args.budget, action)
    terms = Terms(
        until=args.until,
        quorum=args.quorum,
        minimum=args.minimum,
        hidden=args.hidden,
        review=args.review,
    )
    vote = await open_vote(
        request,
        uow,
        Rule.CONSENT,
        args.question,
        terms,
        budget=args.budget,
        action=action,
    )
    return opened(request, vote, minimum=args.minimum)


COMMANDS = (
    Command(
        key="vote.open",
        topic=Topic.DECIDING,
        names=("vote",),
        args=MajorityArgs,
        run=open_majority,
        fresh_members=True,
        examples={
            "fr": (
                "vote Acheter une imprimante budget 150 € jusqu'à jeudi 18h quorum 1/2",
                "vote Changer les statuts majorité 2/3 révision le 1er juin",
                "vote Repeindre la salle en orange ? secret",
            ),
            "en": (
                "vote Buy a printer budget 150 € until thursday 6pm quorum 1/2",
                "vote Change the statutes majority 2/3 review 1 June",
            ),
        },
    ),
    Command(
        key="vote.consent",
        topic=Topic.DECIDING,
        names=("consentement", "consent"),
        args=ConsentArgs,
        run=open_consent,
        fresh_members=True,
        examples={
            "fr": (
                "consentement Ouvrir le fablab le samedi budget 200 € #A1",
                "consentement Partager les clés avec les voisins minimum 5 révision le 1er juin",
            ),
            "en": (
                "consent Open the fablab on Saturdays budget 200 € #A1",
                "consent Share the keys with the neighbours minimum 5 review 1 June",
            ),
        },
    ),
)
