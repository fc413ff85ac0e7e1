"""A pause: nothing is asked of somebody until they are back, and nobody is told why."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from circle.people import UNTIL_BACK, Role
from circle.ports import UnitOfWork
from circle.time import DAY
from commands.circle.caring import needed_care
from commands.circle.mine import waiting
from commands.circle.mine_replies import PauseOver, PauseSet
from commands.kernel.command import Command, Due, Place, Request, Right
from commands.kernel.reply import Privately, Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.misread_dates import DatePast
from commands.reading.readers import UNTIL_DAY, Answer, choice, shape

OVER = choice(Answer(True, "fin", "end", ("finie", "terminée", "stop", "off", "over")))


@dataclass(frozen=True, slots=True)
class PauseArgs:
    """The last day of it; or that it is over."""

    over: Annotated[bool, shape(OVER)] = False
    until: Annotated[date | None, UNTIL_DAY] = None


async def pause(request: Request[PauseArgs], uow: UnitOfWork) -> Reply:
    """Ask nothing of who asks until that day, or until they are back."""
    until, today = request.args.until, request.at.date()
    if until is not None and until < today:
        raise Refusal(DatePast(start=until))
    if request.args.over:
        await uow.people.set_pause(request.person.key, None)
        return Reply(PauseOver())
    await uow.people.set_pause(request.person.key, until or UNTIL_BACK)
    return Reply(PauseSet(until=until))


async def back(due: Due, uow: UnitOfWork, first: date, last: date) -> tuple[Reply, ...]:
    """To each whose pause ended the day before one of these: what waits for them.

    A steward is told what needs care, which the letters of the weeks before did not.
    """
    letters: list[Reply] = []
    for member in await uow.people.members(due.circle.id):
        person = member.person
        ended = person.pause is not None and person.pause < last and person.pause >= first - DAY
        if not (ended and member.joined and person.matrix_id):
            continue
        there = await uow.circles.of_person(person.key, last)
        if there and there[0].id == due.circle.id:
            told = await waiting(uow, person, due.now)
            letters.append(Reply(told, before=PauseOver(), where=Privately(person)))
        if member.role_on(last) is Role.STEWARD:
            care = await needed_care(uow, due.circle, due.now)
            letters += [Reply(one, where=Privately(person)) for one in care]
    return tuple(letters)


COMMANDS = (
    Command(
        key="pause.set",
        topic=Topic.PERSONAL,
        names=("pause",),
        args=PauseArgs,
        run=pause,
        right=Right.ANYONE,
        place=Place.ANYWHERE,
        examples={
            "fr": ("pause jusqu'au 15 décembre", "pause", "pause fin"),
            "en": ("pause until 15 December", "pause", "pause end"),
        },
    ),
)
