"""Two people of a circle whose names look the same are told apart by their accounts."""

from collections.abc import Mapping
from dataclasses import replace

from circle.circles import CircleId
from circle.lookalikes import alike
from circle.people import Person, PersonKey
from commands.kernel.command import Reply
from storage.uow import SqlUnitOfWork


async def told_apart(uow: SqlUnitOfWork, circle: CircleId, reply: Reply) -> Reply:
    """The reply with the account beside each name that somebody else there bears as well.

    Whoever it then concerns is mentioned: an answer about money or rights must reach the right
    one. Those who have left count: their names are what a newcomer would take.
    """
    people = [one.person for one in await uow.people.members(circle)]
    people += await uow.people.others(circle)
    double = {one.key: one for one in alike(people, lambda one: one.name)}
    return _marked(reply, double) if double else reply


def _marked(reply: Reply, double: Mapping[PersonKey, Person]) -> Reply:
    concerned = [one for one in _people(reply.values) if one.key in double and one.matrix_id]
    also = tuple(_marked(one, double) for one in reply.also)
    if not concerned:
        return replace(reply, also=also)
    values = {name: _told(value, double) for name, value in reply.values.items()}
    mentions = tuple(dict.fromkeys((*reply.mentions, *concerned)))
    before = reply.before
    if before is not None:
        said = {name: _told(value, double) for name, value in before.values.items()}
        before = replace(before, values=said)
    return replace(reply, values=values, mentions=mentions, also=also, before=before)


def _people(values: Mapping[str, object]) -> list[Person]:
    return [value for value in values.values() if isinstance(value, Person)]


def _told(value: object, double: Mapping[PersonKey, Person]) -> object:
    match value:
        case Person() if value.key in double and value.matrix_id:
            return replace(value, name=f"{value.name} ({value.matrix_id})")
        case Mapping():
            return {name: _told(one, double) for name, one in value.items()}
        case tuple() | list():
            return tuple(_told(one, double) for one in value)
    return value
