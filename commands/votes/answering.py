"""Votes answered, by word, reaction or native poll; the last answer counts."""

from dataclasses import dataclass
from typing import Annotated

from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.votes import Ballot, Vote
from commands.common import get_vote
from commands.kernel import Command, Refusal, Reply, Request, Unheard
from commands.reading.fold import fold
from commands.reading.readers import TEXT
from commands.votes.common import VOTE

YES_NO = {
    "yes": ("pour", "oui", "yes", "for", "ok", "d'accord", "y", "o"),
    "no": ("contre", "non", "no", "against", "n"),
    "abstain": ("abstention", "je m'abstiens", "abstain", "blanc", "blank"),
}
ANSWERS = {fold(word): answer for answer, words in YES_NO.items() for word in words}


@dataclass(frozen=True, slots=True)
class CastArgs:
    """A vote and an answer; from a poll, the ids chosen (None: it could not be read)."""

    vote: Annotated[Ref, VOTE]
    answer: Annotated[str, TEXT] = ""
    by_poll: bool = False
    chosen: tuple[str, ...] | None = None


async def cast(request: Request[CastArgs], uow: UnitOfWork) -> Reply:
    """Answer a vote; the last answer counts until the closing."""
    args = request.args
    vote = await get_vote(uow, request.here.id, args.vote.number)
    _check_elector(request, vote)
    _check_way(request, vote)
    ballot = Ballot(
        voter=request.person.key,
        at=request.at,
        choice=_choice(request, vote),
        version=vote.version,
        source=request.event,
    )
    await uow.votes.cast(request.here.id, vote.number, ballot)
    return Reply(
        key="ballot.cast",
        values={"id": Ref(Kind.VOTE, vote.number)},
        subject=Ref(Kind.VOTE, vote.number),
        quiet=True,
    )


def _check_elector(request: Request[CastArgs], vote: Vote) -> None:
    ref = Ref(Kind.VOTE, vote.number)
    if not vote.open or request.at > vote.closes:
        raise Refusal("vote.already-closed", id=ref, closes=vote.closed_at or vote.closes)
    if request.person.key not in vote.electorate:
        raise Refusal("vote.not-elector", id=ref, opened=vote.opened_at)


def _check_way(request: Request[CastArgs], vote: Vote) -> None:
    """A secret ballot comes by direct message; a hidden one also by an undisclosed poll."""
    ref = Ref(Kind.VOTE, vote.number)
    if vote.secret and not request.room.direct:
        raise Refusal("vote.secret", id=ref)
    if vote.hidden and not request.room.direct and not request.args.by_poll:
        raise Refusal("vote.hidden", id=ref)


def _choice(request: Request[CastArgs], vote: Vote) -> object:
    """The answer as the vote file writes it; None for a poll answer that spoils or is empty."""
    args = request.args
    if args.by_poll:
        chosen = args.chosen[:1] if args.chosen else ()
        return chosen[0] if chosen and chosen[0] in YES_NO else None
    answer = ANSWERS.get(fold(args.answer))
    if answer is not None:
        return answer
    if request.gesture:
        raise Unheard
    ref = Ref(Kind.VOTE, vote.number)
    raise Refusal("vote.unknown-answer", id=ref, answer=args.answer, choices=tuple(YES_NO))


async def uncast(request: Request[None], uow: UnitOfWork) -> None:
    """The ballot's message, reaction or poll answer was taken back: the one before counts."""
    if request.about is None:
        raise Unheard
    vote = await get_vote(uow, request.here.id, request.about.number)
    ref = Ref(Kind.VOTE, vote.number)
    if not vote.open or request.at > vote.closes:
        raise Refusal("vote.already-closed", id=ref, closes=vote.closed_at or vote.closes)
    await uow.votes.withdraw(request.here.id, request.event)


COMMANDS = (
    Command(
        key="vote.cast",
        names=("bulletin", "ballot"),
        args=CastArgs,
        run=cast,
        undo=uncast,
        examples={
            "fr": ("bulletin V1 pour", "bulletin V1 contre", "bulletin V1 abstention"),
            "en": ("ballot V1 yes", "ballot V1 no", "ballot V1 abstain"),
        },
    ),
)
