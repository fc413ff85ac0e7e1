"""Structures that can be paid: places, associations (docs/domain.md: Circles and people)."""

from dataclasses import dataclass
from typing import Annotated

from circle.ports import UnitOfWork
from commands.declarations.refusals import StructureExists
from commands.declarations.replies import StructureAdded, StructureList, StructureName
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.reading.readers import NAME
from commands.shared.naming import check_script, same_name
from commands.shared.refusals import RefusedNotAllowed


@dataclass(frozen=True, slots=True)
class StructureArgs:
    """A name; without it, the list."""

    name: Annotated[str, NAME] = ""


async def structure(request: Request[StructureArgs], uow: UnitOfWork) -> Reply:
    """List the structures of the circle; a steward names a new one."""
    others = await uow.people.others(request.here.id)
    known = tuple(one for one in others if one.structure)
    name = request.args.name
    if not name:
        items = tuple(StructureName(name=one.name) for one in known)
        return Reply(StructureList(items=items, count=len(items)))
    if not request.may_manage():
        raise Refusal(RefusedNotAllowed(command="structure", who="steward"))
    check_script(name)
    for one in others:
        if same_name(name, [one.name]):
            raise Refusal(StructureExists(name=one.name, structure=one.structure))
    added = await uow.people.add_named(request.here.id, name, structure=True)
    return Reply(StructureAdded(name=added.name))


COMMANDS = (
    Command(
        key="contribution.structure",
        topic=Topic.CONTRIBUTING,
        names=("structure", "organization", "organisation"),
        args=StructureArgs,
        run=structure,
        reserve=Reserve.STEWARD_TO_CHANGE,
        told=frozenset({StructureAdded}),
        examples={
            "fr": ("structure La Halle", "structure"),
            "en": ("organisation The Hall", "organisation"),
        },
    ),
)
