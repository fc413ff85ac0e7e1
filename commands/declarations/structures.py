"""Structures that can be paid: places, associations (docs/domain.md: Circles and people)."""

from dataclasses import dataclass
from typing import Annotated

from circle.ports import UnitOfWork
from commands.kernel.command import Command, Refusal, Reply, Request
from commands.kernel.reserved import Reserve
from commands.reading.readers import NAME
from commands.shared.naming import check_script, same_name


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
        values = {"items": tuple({"name": one.name} for one in known), "count": len(known)}
        return Reply(key="structure.list", values=values)
    if not request.may_manage():
        raise Refusal("refused.not-allowed", command="structure", who="steward")
    check_script(name)
    for one in others:
        if same_name(name, [one.name]):
            raise Refusal("structure.exists", name=one.name, structure=one.structure)
    added = await uow.people.add_named(request.here.id, name, structure=True)
    return Reply(key="structure.added", values={"name": added.name})


COMMANDS = (
    Command(
        key="contribution.structure",
        names=("structure", "organization", "organisation"),
        args=StructureArgs,
        run=structure,
        reserve=Reserve.STEWARD_TO_CHANGE,
        told=frozenset({"structure.added"}),
        examples={
            "fr": ("structure La Halle", "structure"),
            "en": ("organisation The Hall", "organisation"),
        },
    ),
)
