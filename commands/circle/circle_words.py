"""What a circle is called, where it lives and where it stands: data that people change."""

from dataclasses import dataclass
from typing import Annotated

from circle.circles import CircleState
from circle.ports import UnitOfWork
from circle.text import fold
from commands.circle.refusals import (
    AliasUnknown,
    NamesTooMany,
    NameUnknown,
    PlaceExists,
    PlaceUnknown,
)
from commands.circle.replies import CircleAliases, CirclePlaces, CircleStateSet
from commands.kernel.command import Command, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.readers import NAME, STATE, Answer, choice
from commands.shared.naming import check_circle_name
from commands.shared.refusals import CircleNameTaken

MOST = 60
REMOVING = choice(Answer(True, "retirer", "remove", ("enlever", "supprimer")))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedArgs:
    """A name to add; or, said first, to remove."""

    remove: Annotated[bool, REMOVING] = False
    name: Annotated[str, NAME]


@dataclass(frozen=True, slots=True)
class StateArgs:
    """Where the circle now stands."""

    state: Annotated[CircleState, STATE]


async def place(request: Request[NamedArgs], uow: UnitOfWork) -> Reply:
    """Add or remove one of the third places of the circle."""
    circle, args = request.here, request.args
    places = _changed(circle.places, args, PlaceUnknown, PlaceExists)
    await uow.circles.set_names(circle.id, circle.aliases, places)
    return Reply(CirclePlaces(name=args.name, removed=args.remove, places=places))


async def alias(request: Request[NamedArgs], uow: UnitOfWork) -> Reply:
    """Add or remove another name of the circle; two circles never share one."""
    circle, args = request.here, request.args
    if not args.remove:
        check_circle_name(args.name, await uow.circles.all(request.at.date()))
    aliases = _changed(circle.aliases, args, AliasUnknown, CircleNameTaken)
    await uow.circles.set_names(circle.id, aliases, circle.places)
    return Reply(
        CircleAliases(name=args.name, removed=args.remove, circle=circle.name, aliases=aliases)
    )


def _changed(
    names: tuple[str, ...],
    args: NamedArgs,
    unknown: type[NameUnknown],
    exists: type[PlaceExists | CircleNameTaken],
) -> tuple[str, ...]:
    known = [one for one in names if fold(one) == fold(args.name)]
    if args.remove:
        if not known:
            raise Refusal(unknown(name=args.name, choices=names))
        return tuple(one for one in names if one not in known)
    if known:
        raise Refusal(exists(name=known[0]))
    if len(names) >= MOST:
        raise Refusal(NamesTooMany(limit=MOST))
    return (*names, args.name)


async def state(request: Request[StateArgs], uow: UnitOfWork) -> Reply:
    """Say where the circle stands in its life."""
    circle, now = request.here, request.args.state
    await uow.circles.set_state(circle.id, now)
    return Reply(CircleStateSet(name=circle.name, state=now, was=circle.state))


COMMANDS = (
    Command(
        key="circle.place",
        topic=Topic.ORGANISING,
        names=("cercle lieu", "circle place"),
        args=NamedArgs,
        run=place,
        right=Right.STEWARD,
        told=frozenset({CirclePlaces}),
        examples={
            "fr": ("cercle lieu La Halle aux Sucres", "cercle lieu retirer La Halle aux Sucres"),
            "en": ("circle place The Sugar Hall", "circle place remove The Sugar Hall"),
        },
    ),
    Command(
        key="circle.alias",
        topic=Topic.ORGANISING,
        names=("cercle alias", "circle alias"),
        args=NamedArgs,
        run=alias,
        right=Right.STEWARD,
        told=frozenset({CircleAliases}),
        examples={"fr": ("cercle alias Côte d'Opale",), "en": ("circle alias Opal Coast",)},
    ),
    Command(
        key="circle.state",
        topic=Topic.ORGANISING,
        names=("cercle état", "circle state"),
        args=StateArgs,
        run=state,
        right=Right.STEWARD,
        told=frozenset({CircleStateSet}),
        examples={"fr": ("cercle état en sommeil",), "en": ("circle state dormant",)},
    ),
)
