"""Votes answered, by word, reaction or native poll; the last answer counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from circle.people import PersonKey
from circle.ports import UnitOfWork
from circle.refs import Ref
from circle.votes import Ballot, Rule, Vote, standing
from commands.kernel.command import Command, Request
from commands.kernel.reply import HERE, InCircle, Privately, Refusal, Reply, Unheard
from commands.kernel.topics import Topic
from commands.reading.readers import text
from commands.shared.common import get_vote
from commands.shared.counting import pseudonym
from commands.votes.answers import Spoken, spoken
from commands.votes.common import VOTE, aloud, check_elector, check_open, is_small, ref_of
from commands.votes.polls import polled
from commands.votes.refusals import VoteHidden, VoteReasonMissing, VoteSecret
from commands.votes.replies import BallotCast, VoteLifted, VoteObjected
from commands.votes.telling import vote_facts
from commands.votes.unreadable import check_readable
from commands.votes.words import ABSTAIN, OBJECTION

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CastArgs:
    """A vote and an answer; from a poll, the ids chosen (None: it could not be read)."""

    vote: Annotated[Ref, VOTE]
    answer: Annotated[str, text("RÉPONSE", "ANSWER")] = ""
    by_poll: bool = False
    chosen: tuple[str, ...] | None = None


async def cast(request: Request[CastArgs], uow: UnitOfWork) -> Reply:
    """Answer a vote; the last answer counts until the closing."""
    args = request.args
    vote = await get_vote(uow, request.here.id, args.vote.number)
    reaction = request.gesture and not args.by_poll
    if reaction and not (vote.open and vote.rule in {Rule.MAJORITY, Rule.CONSENT}):
        raise Unheard  # on anything else a thumb is a comment, on a result too
    check_open(request, vote)
    check_readable(request.here, vote)
    await check_elector(request, uow, vote)
    check_way(request, vote, by_poll=args.by_poll)
    answer = polled(vote, args.chosen) if args.by_poll else spoken(request, vote, args.answer)
    if answer.choice == OBJECTION and not answer.text:
        return _ask_reason(request, vote)
    return await keep(request, uow, vote, answer)


def check_way(request: Request[object], vote: Vote, *, by_poll: bool = False) -> None:
    """A secret ballot is said in a direct message; a hidden one, also by an undisclosed poll."""
    private = request.room.direct and not request.gesture
    if vote.secret and not private:
        raise Refusal(VoteSecret(vote=vote_facts(request.here, vote)))
    if vote.hidden and not private and not by_poll:
        raise Refusal(VoteHidden(vote=vote_facts(request.here, vote)))


def _ask_reason(request: Request[CastArgs], vote: Vote) -> Reply:
    """An objection is a ballot only once its reason is given: whoever shows one is asked."""
    missing = VoteReasonMissing(id=ref_of(vote), member=request.person, typed=not request.gesture)
    if not request.gesture:
        raise Refusal(missing)
    return Reply(
        missing,
        where=Privately() if vote.hidden else HERE,
        subject=ref_of(vote),
        mentions=(request.person,),
    )


async def keep(request: Request[object], uow: UnitOfWork, vote: Vote, answer: Spoken) -> Reply:
    """Write the ballot, and tell the circle of an objection that comes or goes."""
    circle = request.here
    before = await uow.votes.ballots(circle.id, vote.number, request.person.key)
    if answer.choice == OBJECTION:
        reply = await objected(request, uow, vote, answer.text)
        await uow.votes.cast(circle.id, vote.number, ballot_of(request, vote, answer))
        return reply
    await uow.votes.cast(circle.id, vote.number, ballot_of(request, vote, answer))
    first = vote.secret and not before
    named = first and not is_small(vote)
    name = pseudonym(circle.id, vote, request.person.key) if named else None
    lifted = objection_of(vote, before, request.person.key)
    return Reply(
        BallotCast(id=ref_of(vote), pseudonym=name),
        subject=ref_of(vote),
        quiet=not first,
        also=(await lifting(request, uow, vote),) if lifted else (),
    )


def ballot_of(request: Request[object], vote: Vote, answer: Spoken) -> Ballot:
    """The line of the voter's log that this answer makes."""
    return Ballot(
        voter=request.person.key,
        at=request.at,
        choice=answer.choice,
        reason=answer.text,
        version=vote.version,
        source=request.event,
    )


def objection_of(vote: Vote, ballots: Iterable[Ballot], voter: PersonKey) -> Ballot | None:
    """The answer of that person that counts, where it is an objection."""
    answer = standing(vote, ballots).get(voter)
    return answer if answer is not None and answer.choice == OBJECTION else None


async def objected(request: Request[object], uow: UnitOfWork, vote: Vote, reason: str) -> Reply:
    """An objection told to the circle, and to whoever can amend the proposal.

    Its author is called by the first objection of an hour: many at once are read together.
    """
    author = await uow.people.get(vote.opened_by)
    calls = author != request.person and not await _called_lately(request, uow, vote)
    told = VoteObjected(
        vote=vote_facts(request.here, vote),
        member=request.person,
        reason=reason,
        author=author,
        calls=calls,
    )
    mentions = (author,) if calls else ()
    reply = Reply(told, subject=ref_of(vote), announces=False, mentions=mentions)
    return aloud(request, reply)


async def _called_lately(request: Request[object], uow: UnitOfWork, vote: Vote) -> bool:
    """Whether an objection to this text, withdrawn since or not, was said within the hour."""
    ballots = await uow.votes.ballots(request.here.id, vote.number)
    return any(
        one.choice == OBJECTION
        and one.version == vote.version
        and one.source != request.event
        and request.at - one.at < _HOUR
        for one in ballots
    )


async def lifting(request: Request[object], uow: UnitOfWork, vote: Vote) -> Reply:
    """An objection that does not stand any more, told to the circle."""
    answers = standing(vote, await uow.votes.ballots(request.here.id, vote.number))
    mine = answers.get(request.person.key)
    lifted = VoteLifted(
        vote=vote_facts(request.here, vote),
        member=request.person,
        standing=sum(one.choice == OBJECTION for one in answers.values()),
        abstains=mine is not None and mine.choice == ABSTAIN,
    )
    return Reply(
        lifted,
        where=InCircle(request.here),
        subject=ref_of(vote),
        announces=False,
    )


async def uncast(request: Request[None], uow: UnitOfWork) -> Reply | None:
    """The voter took back the message, reaction or poll answer: the one before counts."""
    if request.about is None or request.circle is None:
        raise Unheard
    vote = await get_vote(uow, request.here.id, request.about.number)
    mine = request.person.key
    before = await uow.votes.ballots(request.here.id, vote.number, mine)
    if not any(_is_of(request, ballot) for ballot in before):
        raise Unheard
    check_open(request, vote)
    await uow.votes.withdraw(request.here.id, request.event)
    after = await uow.votes.ballots(request.here.id, vote.number, mine)
    had, has = (objection_of(vote, log, mine) for log in (before, after))
    if has is not None and has != had:
        return await objected(request, uow, vote, has.reason)
    return await lifting(request, uow, vote) if had and not has else None


def _is_of(request: Request[None], ballot: Ballot) -> bool:
    """Whether that event cast this ballot, for this person: nobody takes another's back."""
    mine = ballot.voter == request.person.key
    return mine and ballot.source == request.event and not ballot.withdrawn


COMMANDS = (
    Command(
        key="vote.cast",
        topic=Topic.DECIDING,
        names=("bulletin", "ballot"),
        args=CastArgs,
        run=cast,
        undo=uncast,
        examples={
            "fr": (
                "bulletin V1 pour",
                "bulletin V2 réserve penser au bruit",
                "bulletin V3 A, C",
                "bulletin V4 A bien, B passable",
                "bulletin V5 150 €",
            ),
            "en": (
                "ballot V1 yes",
                "ballot V2 concern think of the noise",
                "ballot V3 A, C",
                "ballot V4 A good, B fair",
                "ballot V5 150 €",
            ),
        },
    ),
)
