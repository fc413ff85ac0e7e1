"""Speaking turns: ask for the floor, leave, pass, next; with a time each where people want one."""

from dataclasses import dataclass, replace
from typing import Annotated

from circle.ports import UnitOfWork
from circle.rounds import Round, RoundKind
from circle.turns import Seat, Turns
from commands.facilitation.refusals import TurnsAlready, TurnsNone, TurnsNotIn, TurnsTooLong
from commands.facilitation.replies import (
    TurnsClosed,
    TurnsFacts,
    TurnsJoined,
    TurnsLeft,
    TurnsNext,
    TurnsOpened,
    TurnsStatus,
    TurnsTold,
)
from commands.facilitation.rounds import after, begin, changed, going_on, keep, named, over, ref_of
from commands.kernel.command import Command, Request
from commands.kernel.reply import InCircle, Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.readers import EFFORT, Answer, Label, choice
from commands.shared.common import only_author

LONGEST = 60  # minutes each
JOIN, LEAVE, PASS, NEXT, SHOW, END = "join", "leave", "pass", "next", "show", "end"
WHAT = choice(
    Answer(JOIN, "prendre", "join", ("moi", "inscrire", "m'inscrire", "rejoindre", "me")),
    Answer(LEAVE, "quitter", "leave", ("retirer", "lâcher", "partir")),
    Answer(PASS, "passer", "pass", ("passe", "je passe")),
    Answer(NEXT, "suivant", "next", ("suivante", "suivant·e", "au suivant")),
    Answer(SHOW, "voir", "show", ("liste", "list", "qui", "who")),
    Answer(END, "fin", "end", ("clore", "finir", "terminer", "stop", "close")),
    label=Label("prendre|passer|quitter|suivant|voir|fin", "join|pass|leave|next|show|end"),
)


@dataclass(frozen=True, slots=True)
class TurnsArgs:
    """What to do; without it, begin or show. Minutes for each person, from now on."""

    what: Annotated[str | None, WHAT] = None
    minutes: Annotated[int | None, EFFORT] = None


async def turns(request: Request[TurnsArgs], uow: UnitOfWork) -> Reply:
    """Begin speaking turns, or do something in those that go on."""
    args = request.args
    if args.minutes is not None and not 0 < args.minutes <= LONGEST:
        raise Refusal(TurnsTooLong(minutes=args.minutes, limit=LONGEST))
    found = await going_on(request, uow, RoundKind.TURNS)
    if found is None:
        if args.what not in {None, JOIN}:
            raise Refusal(TurnsNone())
        found = await begin(request, uow, Turns(args.minutes))
        if args.what != JOIN:
            return await _told(request, uow, TurnsOpened, found)
    elif args.minutes is not None:
        found = replace(found, held=replace(_held(found), minutes=args.minutes))
        await keep(uow, request.here, found)
    return await _DOES[args.what or SHOW](request, uow, found)


def _held(now: Round) -> Turns:
    if not isinstance(now.held, Turns):
        raise TypeError(now.kind)
    return now.held


async def join(request: Request[object], uow: UnitOfWork, now: Round) -> Reply:
    """I ask for the floor; I have it at once where nobody speaks."""
    place = _held(now).place(request.person.key)
    if place is not None:
        raise Refusal(TurnsAlready(place=place))
    there = await _to(request, uow, now, _held(now).joined(Seat(request.person.key, request.event)))
    if _held(there).speaks(request.person.key):
        return await _told(request, uow, TurnsNext, there)
    told = await _told(request, uow, TurnsJoined, there)
    return replace(told, quiet=request.gesture)


async def leave(request: Request[object], uow: UnitOfWork, now: Round) -> Reply:
    """I no longer want the floor; who had it gives it on."""
    return await _without(request, uow, now, _held(now).left(request.person.key), TurnsLeft)


async def skip(request: Request[object], uow: UnitOfWork, now: Round) -> Reply:
    """Not now: the floor goes on, or I go to the end of the queue."""
    return await _without(request, uow, now, _held(now).passed(request.person.key), TurnsJoined)


async def _without(
    request: Request[object], uow: UnitOfWork, now: Round, then: Turns, kind: type[TurnsTold]
) -> Reply:
    place = _held(now).place(request.person.key)
    if place is None:
        raise Refusal(TurnsNotIn())
    there = await _to(request, uow, now, then)
    told = await _told(request, uow, TurnsNext if place == 0 else kind, there)
    return replace(told, quiet=request.gesture and place > 0)


async def following(request: Request[object], uow: UnitOfWork, now: Round) -> Reply:
    """The floor goes to the next person; who speaks, who began the round or a steward may."""
    speaking = _held(now).speaking
    only_author(request, now.by, *([speaking.person] if speaking else []))
    return await _told(
        request, uow, TurnsNext, await _to(request, uow, now, _held(now).following())
    )


async def show(request: Request[object], uow: UnitOfWork, now: Round) -> Reply:
    """Who speaks, who waits."""
    return await _told(request, uow, TurnsStatus, now)


async def end(request: Request[object], uow: UnitOfWork, now: Round) -> Reply:
    """The round is over; who began it or a steward may."""
    only_author(request, now.by)
    await over(uow, request.here, now)
    return await _told(request, uow, TurnsClosed, replace(now, held=_held(now).following()))


_DOES = {JOIN: join, LEAVE: leave, PASS: skip, NEXT: following, SHOW: show, END: end}


async def _to(request: Request[object], uow: UnitOfWork, now: Round, then: Turns) -> Round:
    """The round as it then is; a new speaker has all their time."""
    due = now.due
    if then.speaking != _held(now).speaking:
        timed = then.speaking is not None and then.minutes is not None
        due = after(request.at, then.minutes or 0) if timed else None
    there = changed(now, then, due)
    await keep(uow, request.here, there)
    return there


async def _told(
    request: Request[object], uow: UnitOfWork, kind: type[TurnsTold], now: Round
) -> Reply:
    turns = await turns_facts(uow, now)
    told = kind(turns=turns, member=request.person, place=_held(now).place(request.person.key))
    announces = kind in {TurnsOpened, TurnsStatus, TurnsNext}
    where = InCircle(request.here)
    return Reply(told, where=where, subject=turns.id, announces=announces)


async def turns_facts(uow: UnitOfWork, now: Round) -> TurnsFacts:
    """What every answer about speaking turns tells."""
    held = _held(now)
    waiting = [seat.person for seat in held.waiting]
    speaking = [held.speaking.person] if held.speaking else []
    people = await uow.people.many({*waiting, *held.spoken, *speaking})
    return TurnsFacts(
        id=ref_of(now),
        minutes=held.minutes,
        speaking=people[speaking[0]] if speaking else None,
        waiting=named(people, waiting),
        spoken=named(people, held.spoken),
        until=now.due,
    )


async def lower(request: Request[None], uow: UnitOfWork) -> Reply | None:
    """The message that asked for the floor was deleted, or the raised hand taken back."""
    found = await going_on(request, uow, RoundKind.TURNS)
    asker = _held(found).asked_by(request.event) if found else None
    if found is None or asker is None:
        return None
    there = await _to(request, uow, found, _held(found).left(asker))
    spoke = _held(found).speaks(asker)
    return await _told(request, uow, TurnsNext, there) if spoke else None


COMMANDS = (
    Command(
        key="turns",
        topic=Topic.GATHERING,
        names=("tour", "tour de parole", "turns"),
        args=TurnsArgs,
        run=turns,
        undo=lower,
        examples={
            "fr": ("tour", "tour 2 min", "tour prendre", "tour suivant", "tour fin"),
            "en": ("turns", "turns 2 min", "turns join", "turns next", "turns end"),
        },
    ),
)
