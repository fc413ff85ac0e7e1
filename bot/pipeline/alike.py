"""Two people of a circle whose names look the same are told apart by their accounts."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TypeVar

from circle.circles import CircleId
from circle.lookalikes import alike
from circle.people import Person, PersonKey
from commands.kernel.command import KnownNames
from commands.kernel.reply import Reply
from commands.kernel.sentence import Values, values_of
from storage.uow import SqlUnitOfWork

V = TypeVar("V", bound=Values)


async def told_apart(
    uow: SqlUnitOfWork, circle: CircleId, known: KnownNames, reply: Reply
) -> Reply:
    """The reply with the account beside each name that somebody else there bears as well.

    Whoever it then concerns is mentioned: an answer about money or rights must reach the right
    one. Those who have left count: their names are what a newcomer would take. `known`: the people
    whom the line was read with; where it named nobody they are looked for.
    """
    people = [one.person for one in known.members or await uow.people.members(circle)]
    people += known.others or await uow.people.others(circle)
    double = {one.key: one for one in alike(people, lambda one: one.name)}
    return _marked(reply, double) if double else reply


def _marked(reply: Reply, double: Mapping[PersonKey, Person]) -> Reply:
    concerned = [one for one in _people(reply) if one.key in double and one.matrix_id]
    also = tuple(_marked(one, double) for one in reply.also)
    if not concerned:
        return replace(reply, also=also)
    return replace(
        reply,
        sentence=_named(reply.sentence, double),
        before=_named(reply.before, double) if reply.before else None,
        mentions=tuple(dict.fromkeys((*reply.mentions, *concerned))),
        also=also,
    )


def _people(reply: Reply) -> list[Person]:
    parts = (reply.sentence, reply.before) if reply.before else (reply.sentence,)
    values = (value for part in parts for value in values_of(part).values())
    return [value for value in values if isinstance(value, Person)]


def _named(values: V, double: Mapping[PersonKey, Person]) -> V:
    """The same values, people under the names that tell them apart."""
    changed = {one.name: _told(getattr(values, one.name), double) for one in fields(values)}
    return replace(values, **changed)


def _told(value: object, double: Mapping[PersonKey, Person]) -> object:
    match value:
        case Values():
            return _named(value, double)
        case Person() if value.key in double and value.matrix_id:
            return replace(value, name=f"{value.name} ({value.matrix_id})")
        case Mapping():
            return {name: _told(one, double) for name, one in value.items()}
        case tuple() | list():
            return tuple(_told(one, double) for one in value)
    return value
