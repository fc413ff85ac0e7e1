"""A codevelopment session: its roles, and its six steps, each with its time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from circle.circles import Circle
from circle.codev import MINUTES, STEPS, Codev
from circle.people import Person
from circle.ports import UnitOfWork
from circle.rounds import Round, RoundKind
from circle.turns import Seat
from commands.facilitation.refusals import (
    CodevHasRole,
    CodevMinutes,
    CodevNoClient,
    CodevNone,
    CodevNotBegun,
    CodevOneRole,
    CodevTwoThings,
)
from commands.facilitation.replies import (
    CodevClosed,
    CodevOpened,
    CodevStatus,
    CodevStep,
    CodevTold,
)
from commands.facilitation.rounds import after, begin, changed, going_on, keep, named, over, ref_of
from commands.kernel.command import Command, Request
from commands.kernel.reply import InCircle, Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.readers import EFFORT, WHO, Answer, Label, choice, option, text
from commands.shared.common import only_author

LONGEST = 60  # minutes more
NEXT, MORE, JOIN, LEAVE, SHOW, END = "next", "more", "join", "leave", "show", "end"
WHAT = choice(
    Answer(NEXT, "suivant", "next", ("suivante", "étape suivante", "commencer", "start")),
    Answer(MORE, "encore", "more", ("prolonger",)),
    Answer(JOIN, "rejoindre", "join", ("consultant", "consultante", "consultant·e")),
    Answer(LEAVE, "quitter", "leave"),
    Answer(SHOW, "voir", "show"),
    Answer(END, "fin", "end", ("clore", "terminer", "close")),
    label=Label("suivant|encore|rejoindre|quitter|fin", "next|more|join|leave|end"),
)
CLIENT = option(("client", "cliente", "client·e"), "client", read=WHO)
FACILITATOR = option(
    ("facilitateur", "facilitatrice", "facilitateur·rice"), "facilitator", read=WHO
)


@dataclass(frozen=True, slots=True)
class CodevArgs:
    """What to do; else a topic and roles. Minutes more for the step that goes on."""

    what: Annotated[str | None, WHAT] = None
    minutes: Annotated[int | None, EFFORT] = None
    topic: Annotated[str, text("SUJET", "TOPIC", limit=300)] = ""
    client: Annotated[Person | None, CLIENT] = None
    facilitator: Annotated[Person | None, FACILITATOR] = None


async def codev(request: Request[CodevArgs], uow: UnitOfWork) -> Reply:
    """Begin a session, give its roles, or do something in the one that goes on."""
    args = request.args
    _check_said_once(args)
    found = await going_on(request, uow, RoundKind.CODEV)
    if found is None:
        if args.what is not None:
            raise Refusal(CodevNone())
        held = _with_roles(Codev(facilitator=request.person.key, topic=args.topic), args)
        return await _said(request, uow, CodevOpened, await begin(request, uow, held))
    if args.what is not None:
        return await _DOES[args.what](request, uow, found)
    if not (args.topic or args.client or args.facilitator):
        return await show(request, uow, found)
    held = _with_roles(held_by(found), args)
    held = replace(held, topic=args.topic or held.topic)
    return await _kept(request, uow, found, held)


def _check_said_once(args: CodevArgs) -> None:
    """A word that does something stands alone; minutes go with `encore`."""
    if args.topic.startswith("@"):
        raise Refusal(CodevNoClient())
    if args.what is not None and args.topic:
        raise Refusal(CodevTwoThings(text=args.topic))
    if (args.minutes is None) == (args.what == MORE):
        raise Refusal(CodevMinutes(limit=LONGEST))
    if args.minutes is not None and not 0 < args.minutes <= LONGEST:
        raise Refusal(CodevMinutes(limit=LONGEST))


def held_by(now: Round) -> Codev:
    """The session that a round holds."""
    if not isinstance(now.held, Codev):
        raise TypeError(now.kind)
    return now.held


def _with_roles(held: Codev, args: CodevArgs) -> Codev:
    if args.facilitator:
        held = held.with_facilitator(args.facilitator.key)
    if args.client:
        held = held.with_client(args.client.key)
    if held.client == held.facilitator:
        raise Refusal(CodevOneRole())
    return held


async def _kept(request: Request[object], uow: UnitOfWork, now: Round, held: Codev) -> Reply:
    there = changed(now, held, now.due)
    await keep(uow, request.here, there)
    return replace(await _said(request, uow, CodevStatus, there), quiet=request.gesture)


async def join(request: Request[CodevArgs], uow: UnitOfWork, now: Round) -> Reply:
    """I help on the situation."""
    held, own = held_by(now), request.person.key
    if own in {held.client, held.facilitator}:
        raise Refusal(CodevHasRole(client=own == held.client))
    return await _kept(request, uow, now, held.with_consultant(Seat(own, request.event)))


async def leave(request: Request[CodevArgs], uow: UnitOfWork, now: Round) -> Reply:
    """I no longer help."""
    return await _kept(request, uow, now, held_by(now).without_consultant(request.person.key))


async def show(request: Request[CodevArgs], uow: UnitOfWork, now: Round) -> Reply:
    """Where the session stands."""
    return await _said(request, uow, CodevStatus, now)


async def following(request: Request[CodevArgs], uow: UnitOfWork, now: Round) -> Reply:
    """The next step begins; who facilitates, who began or a steward may."""
    only_author(request, now.by, held_by(now).facilitator)
    if held_by(now).client is None:
        raise Refusal(CodevNoClient())
    return await step_after(uow, request.here, now, request.at)


async def more(request: Request[CodevArgs], uow: UnitOfWork, now: Round) -> Reply:
    """The step lasts longer, counted from its end."""
    only_author(request, now.by, held_by(now).facilitator)
    if held_by(now).step is None:
        raise Refusal(CodevNotBegun())
    longer = after(max(now.due or request.at, request.at), request.args.minutes or 0)
    there = replace(now, due=longer)
    await keep(uow, request.here, there)
    return await _said(request, uow, CodevStatus, there)


async def end(request: Request[CodevArgs], uow: UnitOfWork, now: Round) -> Reply:
    """The session is over before its last step."""
    only_author(request, now.by, held_by(now).facilitator)
    await over(uow, request.here, now)
    return await _said(request, uow, CodevClosed, now)


_Does = Callable[[Request[CodevArgs], UnitOfWork, Round], Awaitable[Reply]]
_DOES: dict[str, _Does] = {
    NEXT: following,
    MORE: more,
    JOIN: join,
    LEAVE: leave,
    SHOW: show,
    END: end,
}


async def step_after(uow: UnitOfWork, circle: Circle, now: Round, at: datetime) -> Reply:
    """The step after the one that goes on begins; after the last, the session is over."""
    step = held_by(now).following()
    if step is None:
        await over(uow, circle, now)
        return await told(CodevClosed, now, uow, circle)
    there = changed(now, replace(held_by(now), step=step), after(at, MINUTES[step]))
    await keep(uow, circle, there)
    return await told(CodevStep, there, uow, circle)


async def _said(
    request: Request[object], uow: UnitOfWork, kind: type[CodevTold], now: Round
) -> Reply:
    return await told(kind, now, uow, request.here)


async def told(kind: type[CodevTold], now: Round, uow: UnitOfWork, circle: Circle) -> Reply:
    """What every answer about a session tells."""
    held = held_by(now)
    helping = [seat.person for seat in held.consultants]
    roles = {held.facilitator, *helping, *([held.client] if held.client else [])}
    people = await uow.people.many(roles)
    said = kind(
        id=ref_of(now),
        topic=held.topic,
        client=people[held.client] if held.client else None,
        facilitator=people[held.facilitator],
        consultants=named(people, helping),
        step=held.step,
        place=STEPS.index(held.step) + 1 if held.step else 0,
        minutes=MINUTES[held.step] if held.step else sum(MINUTES.values()),
        until=now.due,
    )
    announces = kind is not CodevClosed
    return Reply(
        said,
        where=InCircle(circle),
        subject=ref_of(now),
        announces=announces,
    )


async def withdraw(request: Request[None], uow: UnitOfWork) -> None:
    """The raised hand of somebody who helped was taken back, or their message deleted."""
    found = await going_on(request, uow, RoundKind.CODEV)
    if found is not None:
        held = held_by(found).without_seat(request.event)
        await keep(uow, request.here, changed(found, held, found.due))


COMMANDS = (
    Command(
        key="codev",
        topic=Topic.GATHERING,
        names=("codev", "codéveloppement", "codevelopment"),
        english="codev",
        args=CodevArgs,
        run=codev,
        undo=withdraw,
        examples={
            "fr": (
                "codev Trouver des bénévoles client @bob",
                "codev rejoindre",
                "codev suivant",
                "codev encore 5 min",
                "codev fin",
            ),
            "en": ("codev Finding volunteers client @bob", "codev next", "codev more 5 min"),
        },
    ),
)
