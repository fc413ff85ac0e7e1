"""What is known of rooms, and that whoever is in a circle's room is of the circle."""

from datetime import UTC, date, datetime

from circle.circles import Circle
from circle.people import Role
from storage.rooms import RoomFacts
from storage.uow import SqlUnitOfWork
from tests.store.making import make_circle

ROOM = "!littoral:localhost"
ALICE, BOB = "@alice:localhost", "@bob:localhost"


async def save(uow: SqlUnitOfWork, *, encrypted: bool = False, **powers: int) -> None:
    await uow.rooms.save(
        ROOM,
        name="Littoral",
        direct=False,
        encrypted=encrypted,
        powers={f"@{name}:localhost": level for name, level in powers.items()},
        default_power=5,
        state_power=50,
    )


async def test_an_unknown_room_has_no_facts(uow: SqlUnitOfWork) -> None:
    assert await uow.rooms.get(ROOM) is None


async def test_a_room_is_as_last_told(uow: SqlUnitOfWork) -> None:
    await save(uow, bob=100)
    await save(uow, alice=2**53)
    assert await uow.rooms.get(ROOM) == RoomFacts(
        room_id=ROOM,
        name="Littoral",
        direct=False,
        encrypted=False,
        powers={ALICE: 2**53},
        default_power=5,
        state_power=50,
    )


async def test_power_is_the_explicit_one_or_the_default(uow: SqlUnitOfWork) -> None:
    await save(uow, alice=100)
    facts = await uow.rooms.get(ROOM)
    assert facts is not None
    assert (facts.power_of(ALICE), facts.power_of(BOB)) == (100, 5)


async def test_once_encrypted_always_encrypted(uow: SqlUnitOfWork) -> None:
    await save(uow, encrypted=True)
    await save(uow, encrypted=False)
    facts = await uow.rooms.get(ROOM)
    assert facts is not None
    assert facts.encrypted


async def test_people_join_rename_themselves_and_leave(uow: SqlUnitOfWork) -> None:
    await uow.rooms.join(ROOM, ALICE, "Alice")
    await uow.rooms.join(ROOM, BOB, "Bob")
    await uow.rooms.join(ROOM, ALICE, "Alice L.")
    await uow.rooms.leave(ROOM, BOB)
    assert await uow.rooms.joined(ROOM) == {ALICE: "Alice L."}


async def test_whoever_has_no_name_goes_by_their_account(uow: SqlUnitOfWork) -> None:
    await uow.rooms.join(ROOM, ALICE, None)
    assert await uow.rooms.joined(ROOM) == {ALICE: "alice"}


async def test_being_joined_is_of_one_room(uow: SqlUnitOfWork) -> None:
    await uow.rooms.join(ROOM, ALICE, "Alice")
    assert await uow.rooms.joined(ROOM) == {ALICE: "Alice"}
    assert await uow.rooms.joined("!other:localhost") == {}


async def test_nobody_can_join_all_at_once(uow: SqlUnitOfWork) -> None:
    await uow.rooms.join_all(ROOM, {})
    assert await uow.rooms.joined(ROOM) == {}


async def test_only_those_told_are_in_the_room(uow: SqlUnitOfWork) -> None:
    await uow.rooms.join(ROOM, ALICE, "Alice")
    await uow.rooms.only(ROOM, {BOB: "Bob"})
    assert await uow.rooms.joined(ROOM) == {BOB: "Bob"}


# Rooms of circles


async def test_a_room_is_a_circle_s_once_one_was_made_there(
    uow: SqlUnitOfWork, at: datetime
) -> None:
    before = await uow.rooms.is_circle(ROOM)
    await make_circle(uow, "Littoral", ROOM, at)
    assert [before, await uow.rooms.is_circle(ROOM)] == [False, True]


async def test_who_was_there_when_the_circle_was_made_is_of_it(
    uow: SqlUnitOfWork, at: datetime
) -> None:
    await uow.rooms.join(ROOM, ALICE, "Alice")
    circle = await make_circle(uow, "Littoral", ROOM, at)
    [member] = await uow.people.members(circle.id)
    assert (member.person.name, member.role, member.joined) == ("Alice", Role.PARTICIPANT, True)
    assert member.since == at.date()


async def test_who_joins_later_is_a_participant_since_then(
    uow: SqlUnitOfWork, littoral: Circle
) -> None:
    await uow.rooms.join(ROOM, ALICE, "Alice", date(2026, 12, 1))
    [member] = await uow.people.members(littoral.id)
    assert (member.role, member.since) == (Role.PARTICIPANT, date(2026, 12, 1))


async def test_without_a_day_it_is_since_the_circle_s_first(
    uow: SqlUnitOfWork, littoral: Circle
) -> None:
    await uow.rooms.join(ROOM, ALICE, "Alice")
    [member] = await uow.people.members(littoral.id)
    assert member.since == littoral.created_at.astimezone(UTC).date()


async def test_joining_again_keeps_the_role(uow: SqlUnitOfWork, littoral: Circle) -> None:
    await uow.rooms.join(ROOM, ALICE, "Alice")
    [member] = await uow.people.members(littoral.id)
    await uow.people.set_role(littoral.id, member.person.key, Role.STEWARD, date(2026, 12, 1), None)
    await uow.rooms.leave(ROOM, ALICE)
    await uow.rooms.join(ROOM, ALICE, "Alice")
    [member] = await uow.people.members(littoral.id)
    assert (member.role, member.joined) == (Role.STEWARD, True)


async def test_who_left_is_still_of_the_circle_but_not_there(
    uow: SqlUnitOfWork, littoral: Circle
) -> None:
    await uow.rooms.join(ROOM, ALICE, "Alice")
    await uow.rooms.leave(ROOM, ALICE)
    [member] = await uow.people.members(littoral.id)
    assert not member.joined


async def test_a_new_display_name_becomes_the_person_s(
    uow: SqlUnitOfWork, littoral: Circle
) -> None:
    await uow.rooms.join(ROOM, ALICE, "Alice")
    await uow.rooms.join(ROOM, ALICE, "Alice L.")
    [member] = await uow.people.members(littoral.id)
    assert member.person.name == "Alice L."


async def test_many_join_at_once(uow: SqlUnitOfWork, littoral: Circle) -> None:
    await uow.rooms.join_all(ROOM, {f"@p{n}:localhost": f"P{n}" for n in range(1200)})
    assert len(await uow.people.members(littoral.id)) == 1200


async def test_an_upgraded_room_takes_its_circle_along(
    uow: SqlUnitOfWork, littoral: Circle, at: datetime
) -> None:
    await uow.rooms.join("!new:localhost", BOB, "Bob")
    await uow.rooms.move(ROOM, "!new:localhost")
    moved = await uow.circles.in_room("!new:localhost", at.date())
    assert moved is not None
    assert moved.id == littoral.id
    assert [member.person.name for member in await uow.people.members(moved.id)] == ["Bob"]


async def test_moving_a_room_without_a_circle_is_nothing(uow: SqlUnitOfWork, at: datetime) -> None:
    await uow.rooms.move("!one:localhost", "!two:localhost")
    assert await uow.circles.in_room("!two:localhost", at.date()) is None
