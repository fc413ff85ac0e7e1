"""What votes tell by themselves: to who has not answered, and when a decision is reviewed."""

from circle.circles import Circle
from circle.people import Person
from circle.ports import UnitOfWork
from circle.votes import Outcome, Vote, standing
from commands.kernel.command import Due
from commands.kernel.reply import Reply
from commands.shared.counting import is_unreadable
from commands.votes.common import ref_of, resting_owner
from commands.votes.replies import VoteReminder, VoteReview
from commands.votes.telling import vote_facts
from commands.votes.unreadable import give_up


async def remind_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A vote closes soon: only those who have not answered are mentioned.

    One that cannot be counted any more closes now: nobody is asked to answer it.
    """
    vote = await uow.votes.get(due.circle.id, due.job.subject or 0)
    if vote is None or not vote.open or due.now >= vote.closes:
        return ()
    if await is_unreadable(uow, due.circle.id, vote):
        return (await give_up(uow, due.circle, vote, due.now),)
    day = due.now.date()
    owner = await resting_owner(uow, due.circle, vote, day)
    silent = await missing(uow, due.circle, vote)
    people = tuple(one for one in silent if one in owner or not one.rests_on(day))
    if not people:
        return ()
    reminder = VoteReminder(vote=vote_facts(due.circle, vote), missing=people, late=due.late)
    return (Reply(reminder, subject=ref_of(vote), mentions=people, concerns=owner),)


async def missing(uow: UnitOfWork, circle: Circle, vote: Vote) -> tuple[Person, ...]:
    """Who of the electorate has not answered and is still in the room."""
    answered = standing(vote, await uow.votes.ballots(circle.id, vote.number))
    members = await uow.people.members(circle.id)
    return tuple(
        member.person
        for member in members
        if member.joined
        and member.person.key in vote.electorate
        and member.person.key not in answered
    )


async def review_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """The day has come to look again at what was adopted."""
    vote = await uow.votes.get(due.circle.id, due.job.subject or 0)
    if vote is None or vote.outcome is not Outcome.ADOPTED:
        return ()
    facts = vote_facts(due.circle, vote)
    review = VoteReview(vote=facts, closed=vote.closed_at, late=due.late)
    return (Reply(review, subject=ref_of(vote)),)
