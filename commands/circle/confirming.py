"""A new circle works at once; the coordination, where there is one, confirms it.

Until then it receives no message to every circle and is in no total across circles, so that nobody
speaks or counts in the network by opening a room.
"""

from dataclasses import dataclass
from typing import Annotated

from circle.circles import Circle
from circle.people import Person
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.across.views import named
from commands.circle.refusals import CircleAlreadyConfirmed
from commands.circle.replies import CircleConfirmed, CircleToConfirm
from commands.kernel.command import Command, Gesture, Place, Request, Right
from commands.kernel.reply import InCircle, Refusal, Reply, ToCoordination, Unheard
from commands.kernel.topics import Topic
from commands.reading.misread import CircleUnknown
from commands.reading.readers import NAME


@dataclass(frozen=True, slots=True)
class CircleConfirmArgs:
    """The name of a circle; from a reaction, what its announcement means."""

    name: Annotated[str, NAME]
    circle: Ref | None = None


def _confirmed(ref: Ref) -> CircleConfirmArgs:
    return CircleConfirmArgs("", ref)


GESTURES = {(Kind.CIRCLE, "✅"): Gesture("circle.confirm", _confirmed)}


def to_confirm(circle: Circle, founder: Person) -> Reply:
    """What the coordination is told of a new circle."""
    ref = Ref(Kind.CIRCLE, circle.id)
    asked = CircleToConfirm(id=ref, name=circle.name, kind=circle.kind, member=founder)
    return Reply(asked, where=ToCoordination(), subject=ref)


async def confirm(request: Request[CircleConfirmArgs], uow: UnitOfWork) -> Reply:
    """Take a circle for one of the network; its room is told."""
    circle = await _meant(request, uow)
    if circle.confirmed:
        if request.gesture:
            raise Unheard
        raise Refusal(CircleAlreadyConfirmed(name=circle.name))
    await uow.circles.confirm(circle.id)
    confirmed = CircleConfirmed(name=circle.name, member=request.person)
    return Reply(confirmed, also=(Reply(confirmed, where=InCircle(circle)),))


async def _meant(request: Request[CircleConfirmArgs], uow: UnitOfWork) -> Circle:
    circles = await uow.circles.all(request.at.date())
    ref, name = request.args.circle, request.args.name
    found = (
        named(circles, name)
        if ref is None
        else next((one for one in circles if one.id == ref.number), None)
    )
    if found is None:
        raise Refusal(CircleUnknown(name=name, choices=tuple(one.name for one in circles)))
    return found


COMMANDS = (
    Command(
        key="circle.confirm",
        topic=Topic.ORGANISING,
        names=("cercle confirmer", "circle confirm"),
        args=CircleConfirmArgs,
        run=confirm,
        right=Right.COORDINATOR,
        place=Place.COORDINATION,
        examples={"fr": ("cercle confirmer Littoral",), "en": ("circle confirm Littoral",)},
    ),
)
