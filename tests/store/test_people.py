"""People behind opaque keys, and their places in circles."""

from datetime import date, datetime

import pytest

from circle.circles import Circle
from circle.people import Member, Person, PersonKey, Role
from storage.uow import SqlUnitOfWork

DAY = date(2026, 11, 24)


async def test_somebody_met_is_known_under_their_name(alice: Person) -> None:
    assert alice == Person(key=alice.key, name="Alice", matrix_id="@alice:localhost")


async def test_a_key_tells_nothing_of_the_person(alice: Person) -> None:
    assert len(alice.key) == 32
    assert "alice" not in alice.key


async def test_meeting_somebody_again_finds_them(uow: SqlUnitOfWork, alice: Person) -> None:
    assert await uow.people.ensure("@alice:localhost", "Somebody else") == alice


async def test_people_are_found_by_key_and_by_account(uow: SqlUnitOfWork, alice: Person) -> None:
    assert await uow.people.get(alice.key) == alice
    assert await uow.people.with_account("@alice:localhost") == alice


async def test_an_unknown_key_is_an_error(uow: SqlUnitOfWork) -> None:
    with pytest.raises(LookupError):
        await uow.people.get(PersonKey("nobody"))


async def test_an_unknown_account_is_nobody(uow: SqlUnitOfWork) -> None:
    assert await uow.people.with_account("@nobody:localhost") is None


async def test_many_are_found_at_once(uow: SqlUnitOfWork, alice: Person, bob: Person) -> None:
    found = await uow.people.many([alice.key, bob.key, alice.key])
    assert found == {alice.key: alice, bob.key: bob}


async def test_none_are_found_where_none_are_asked(uow: SqlUnitOfWork) -> None:
    assert await uow.people.many([]) == {}


async def test_a_language_is_kept(uow: SqlUnitOfWork, alice: Person, bob: Person) -> None:
    await uow.people.set_language(alice.key, "en")
    found = await uow.people.many([alice.key, bob.key])
    assert [found[key].language for key in (alice.key, bob.key)] == ["en", None]


async def test_nobody_is_named_outside_unless_they_say_so(
    uow: SqlUnitOfWork, alice: Person
) -> None:
    assert not alice.mention
    await uow.people.set_mention(alice.key, agreed=True)
    assert (await uow.people.get(alice.key)).mention


async def test_people_without_account_are_of_the_circle_that_named_them(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle
) -> None:
    carole = await uow.people.add_named(littoral.id, "Carole", structure=False)
    place = await uow.people.add_named(littoral.id, "La Fabrique", structure=True)
    await uow.people.add_named(artois.id, "Dany", structure=False)
    assert await uow.people.others(littoral.id) == (carole, place)
    assert place.structure


async def test_whoever_has_no_role_is_no_member(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person
) -> None:
    assert await uow.people.member(littoral.id, alice.key) is None


async def test_a_role_given_is_held(uow: SqlUnitOfWork, littoral: Circle, alice: Person) -> None:
    until = date(2027, 6, 30)
    await uow.people.set_role(littoral.id, alice.key, Role.STEWARD, DAY, until)
    held = Member(alice, Role.STEWARD, joined=False, since=DAY, until=until)
    assert await uow.people.member(littoral.id, alice.key) == held


async def test_the_last_role_given_holds(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person
) -> None:
    await uow.people.set_role(littoral.id, alice.key, Role.STEWARD, DAY, date(2027, 6, 30))
    await uow.people.set_role(littoral.id, alice.key, Role.CONTRIBUTOR, DAY, None)
    member = await uow.people.member(littoral.id, alice.key)
    assert member == Member(alice, Role.CONTRIBUTOR, joined=False, since=DAY)


async def test_members_come_oldest_first(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, bob: Person
) -> None:
    await uow.people.set_role(littoral.id, alice.key, Role.CONTRIBUTOR, DAY, None)
    await uow.people.set_role(littoral.id, bob.key, Role.STEWARD, date(2025, 1, 1), None)
    assert [member.person for member in await uow.people.members(littoral.id)] == [bob, alice]


async def test_a_role_is_of_one_circle(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, alice: Person
) -> None:
    await uow.people.set_role(littoral.id, alice.key, Role.STEWARD, DAY, None)
    assert await uow.people.members(artois.id) == ()
    assert await uow.people.member(artois.id, alice.key) is None


async def test_a_member_is_joined_while_in_the_circle_s_room(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, alice: Person, at: datetime
) -> None:
    for circle in (littoral, artois):
        await uow.people.set_role(circle.id, alice.key, Role.STEWARD, DAY, None)
    await uow.rooms.join(littoral.room_id, "@alice:localhost", "Alice", at.date())
    members = [await uow.people.member(circle.id, alice.key) for circle in (littoral, artois)]
    assert [member and member.joined for member in members] == [True, False]
