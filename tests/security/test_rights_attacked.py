"""Every command as every kind of person in every kind of room: what the table forbids is refused.

The expectations are computed from the table alone, so that a new command is attacked as it comes.
"""

from collections.abc import Iterator

import pytest

from commands import COMMANDS
from commands.kernel.command import Command, Place, Right
from commands.kernel.reserved import Reserve
from commands.kernel.reserved import Where as Typed
from tests.security.town import OURS, THEIRS, Kind, Said, Where, changed, on_the_first, town

AS_REFUSED = {
    "refused.not-allowed",
    "refused.not-member",
    "refused.no-circle",
    "refused.not-here",
    "refused.in-the-room",
}
FOR_THEM = {"refused.not-allowed", "refused.not-member"}  # elsewhere they could
MEMBERS = {
    OURS: {Kind.PARTICIPANT, Kind.CONTRIBUTOR, Kind.STEWARD},
    THEIRS: {Kind.NEIGHBOUR},
}
STEWARDS = {OURS: Kind.STEWARD, THEIRS: Kind.NEIGHBOUR}
BOUND = {Where.CIRCLE: OURS, Where.OTHER: THEIRS}
ELSEWHERE = (Where.DIRECT, Where.COORDINATION)


def circle_of(who: Kind, where: Where, named: str | None) -> str | None:
    """The circle in which a line acts, if any."""
    if where in BOUND:
        return BOUND[where]
    seen = set(MEMBERS) if who is Kind.COORDINATOR else {c for c in MEMBERS if who in MEMBERS[c]}
    if where in ELSEWHERE and named in seen:
        return named
    return next(iter(seen), None) if where is Where.DIRECT and len(seen) == 1 else None


def forbidden(command: Command, who: Kind, where: Where, circle: str | None) -> bool:
    """What the table says of it."""
    if command.place is Place.COORDINATION and where not in ELSEWHERE:
        return True
    if command.place is Place.CIRCLE and circle is None:
        return True
    if command.where is Typed.ROOM and where not in BOUND:
        return True
    if who is Kind.COORDINATOR:
        return command.personal and where not in BOUND
    return not _may(command.right, who, circle)


def _may(right: Right, who: Kind, circle: str | None) -> bool:
    """Whether somebody who is no coordinator has that right there."""
    if right is Right.STEWARD:
        return circle is not None and STEWARDS[circle] is who
    if right is Right.MEMBER:
        return circle is None or who in MEMBERS[circle]
    return right is Right.ANYONE


def lines_of(command: Command, who: Kind, where: Where) -> Iterator[tuple[str, str | None]]:
    """What is tried: an example as it is; where a line may name a circle, one of others too."""
    line = on_the_first(f"!{command.examples['fr'][0]}")
    yield line, None
    if where in ELSEWHERE:
        circle = THEIRS if who in MEMBERS[OURS] else OURS
        yield f"{line} dans {circle}", circle


def tries(who: Kind, *, refused: bool) -> Iterator[tuple[Command, Where, str, str | None]]:
    """The lines that the table forbids, or those that it allows; with the circle they act in."""
    for where in Where:
        for command in COMMANDS:
            for line, named in lines_of(command, who, where):
                circle = circle_of(who, where, named)
                if forbidden(command, who, where, circle) is refused:
                    yield command, where, line, circle


def leaks(who: Kind, where: Where, said: Said) -> list[str]:
    """The circles of which somebody is told who is not of them; coordinators, but of amounts."""
    if who is Kind.COORDINATOR:
        return [] if where in BOUND else [one for one in MEMBERS if said.tells_amounts(one)]
    return [circle for circle in MEMBERS if who not in MEMBERS[circle] and said.tells(circle)]


@pytest.fixture
async def made():
    async with town() as made:
        yield made


@pytest.mark.parametrize("who", Kind)
async def test_what_the_table_forbids_is_refused_tells_nothing_and_changes_nothing(made, who):
    before = made.dump()
    for _, where, line, _ in tries(who, refused=True):
        said = await made.say(who, where, line)
        assert len(said.keys) == 1, (where, line, said)
        assert set(said.keys) <= AS_REFUSED, (where, line, said)
        assert leaks(who, where, said) == [], (where, line, said)
        assert changed(before, made.dump()) == {}, (where, line)


@pytest.mark.parametrize("who", Kind)
async def test_what_the_table_allows_is_not_refused_and_tells_of_no_other_circle(made, who):
    for command, where, line, circle in tries(who, refused=False):
        said = await made.say(who, where, line)
        assert leaks(who, where, said) == [], (where, line, said)
        if command.reserve is None:
            assert not set(said.keys) & (FOR_THEM if circle is None else AS_REFUSED), (line, said)


def reserved(*reserves: Reserve) -> list[Command]:
    return [command for command in COMMANDS if command.reserve in reserves]


@pytest.mark.parametrize(
    "command", reserved(Reserve.AUTHOR_OR_STEWARD, Reserve.AUTHOR), ids=lambda one: one.key
)
async def test_what_belongs_to_its_author_is_refused_to_other_members(made, command):
    before = made.dump()
    said = await made.say(Kind.PARTICIPANT, Where.CIRCLE, of_the_author(command))
    assert said.keys == ("refused.not-allowed",), said
    assert changed(before, made.dump()) == {}


def of_the_author(command: Command) -> str:
    return on_the_first(f"!{command.examples['fr'][0]}")
