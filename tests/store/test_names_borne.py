"""Names that go from what others wrote with somebody: those borne there, by nobody else."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from circle.actions import Action
from circle.circles import Circle
from circle.people import Person
from circle.personal import Spared
from circle.refs import Kind, Ref
from storage.tables.circles import settings
from storage.tables.kinds import stored, stored_table
from storage.tables.mail import names_borne
from storage.tables.votes import votes
from storage.uow import SqlUnitOfWork
from tests.store.making import adopted_vote
from tests.store.test_erasure import dump

DANY = "@dany:localhost"
DAY = timedelta(days=1)
Writing = Callable[..., Awaitable[None]]


@pytest.fixture
async def dany(uow: SqlUnitOfWork, littoral: Circle, at: datetime) -> Person:
    """Called Dany Écho for a day in the circle's room, then otherwise."""
    await uow.rooms.join(littoral.room_id, DANY, "Dany Écho", at=at)
    await uow.rooms.join(littoral.room_id, DANY, "D. Martin", at=at + DAY)
    person = await uow.people.with_account(DANY)
    assert person is not None
    return person


@pytest.fixture
def write(uow: SqlUnitOfWork, alice: Person, at: datetime) -> Writing:
    """Alice writes an action's title in a circle, days after it began."""

    async def write(circle: Circle, title: str, days: float = 2) -> None:
        number = await uow.circles.next_number(circle.id, Kind.ACTION)
        action = Action(number, title, alice.key, at + days * DAY)
        await uow.actions.add(circle.id, action)

    return write


async def title(uow: SqlUnitOfWork, circle: Circle, number: int = 1) -> str:
    action = await uow.actions.get(circle.id, number)
    assert action is not None
    return action.title


@pytest.mark.parametrize("name", ["Dany Écho", "D. Martin", "@Dany Écho", "@dany", DANY])
async def test_a_name_goes_also_when_it_is_not_borne_any_more(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, write: Writing, at: datetime, name: str
) -> None:
    await write(littoral, f"Affiches avec {name}")
    await uow.rooms.leave(littoral.room_id, DANY)
    assert await uow.personal.erase(dany, at + 9 * DAY, "$ask") == ()
    assert await title(uow, littoral) == f"Affiches avec {dany.key[:6]}"


async def test_what_others_wrote_before_somebody_was_called_so_is_theirs(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, write: Writing, at: datetime
) -> None:
    await write(littoral, "Fête chez Dany Écho", days=-1)
    await write(littoral, "La Fête chez Dany Écho")
    [spared] = await uow.personal.erase(dany, at + 9 * DAY, "$ask")
    assert spared == Spared("Dany Écho", "Littoral", (Ref(Kind.ACTION, 1), Ref(Kind.ACTION, 2)), 2)
    assert await title(uow, littoral, 2) == "La Fête chez Dany Écho"


async def test_circles_where_they_never_were_are_not_looked_at(
    uow: SqlUnitOfWork, artois: Circle, dany: Person, write: Writing, at: datetime
) -> None:
    await write(artois, "Affiches de Dany Écho")
    assert await uow.personal.erase(dany, at + 9 * DAY, "$ask") == ()
    assert await title(uow, artois) == "Affiches de Dany Écho"


async def test_a_name_borne_elsewhere_is_none_here(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, dany: Person, write: Writing, at: datetime
) -> None:
    await uow.rooms.join(artois.room_id, DANY, "Rose Bleue", at=at)
    await write(littoral, "Une Rose Bleue")
    await write(artois, "Une Rose Bleue")
    assert await uow.personal.erase(dany, at + 9 * DAY, "$ask") == ()
    titles = await title(uow, littoral), await title(uow, artois)
    assert titles == ("Une Rose Bleue", f"Une {dany.key[:6]}")


async def test_what_the_circle_s_room_is_called_is_nobodys_name(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, write: Writing, at: datetime
) -> None:
    await uow.rooms.save(
        littoral.room_id, name="Chez Dany Écho", direct=False, encrypted=True, powers={},
        default_power=0, state_power=50,
    )  # fmt: skip
    await write(littoral, "Affiches pour Dany Écho")
    [spared] = await uow.personal.erase(dany, at + 9 * DAY, "$ask")
    assert spared == Spared("Dany Écho", "Littoral", (Ref(Kind.ACTION, 1),), 2)
    assert await title(uow, littoral) == "Affiches pour Dany Écho"


async def test_somebody_without_account_of_that_name_is_not_them(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, write: Writing, at: datetime
) -> None:
    await uow.people.add_named(littoral.id, "Dany Écho", structure=False)
    await write(littoral, "Affiches avec Dany Écho")
    await uow.personal.erase(dany, at + 9 * DAY, "$ask")
    assert await title(uow, littoral) == "Affiches avec Dany Écho"


async def test_names_follow_a_circle_into_another_room(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, write: Writing, at: datetime
) -> None:
    await write(littoral, "Affiches avec Dany Écho")
    await uow.rooms.join("!new:localhost", DANY, "Dany Écho", at=at + 5 * DAY)
    await uow.rooms.move(littoral.room_id, "!new:localhost")
    assert await uow.personal.erase(dany, at + 9 * DAY, "$ask") == ()
    assert await title(uow, littoral) == f"Affiches avec {dany.key[:6]}"


async def test_no_name_of_theirs_is_kept(uow: SqlUnitOfWork, dany: Person, at: datetime) -> None:
    await uow.personal.erase(dany, at + 9 * DAY, "$ask")
    assert await uow.session.all(select(names_borne)) == []


async def test_only_that_account_is_a_robot_no_more(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, alice: Person, at: datetime
) -> None:
    robots = f'["@pont:localhost","{DANY}","{DANY}.org"]'
    values = {"circle": littoral.id, "name": "robots", "since": at.date(), "by": alice.key}
    await uow.session.run(settings.insert(), values | {"value": robots, "at": at})
    await uow.personal.erase(dany, at, "$ask")
    [row] = await uow.session.all(select(settings.c.value))
    assert row.value == f'["@pont:localhost","{DANY}.org"]'
    rules = (await uow.circles.get(littoral.id, at.date())).rules
    assert rules.robots == ("@pont:localhost", f"{DANY}.org")


async def test_what_would_stay_is_told_before_and_nothing_is_changed(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, write: Writing, at: datetime
) -> None:
    await write(littoral, "Dany apporte les affiches de Dany Écho")
    before = await dump(uow)
    told = await uow.personal.spared(dany, at + 9 * DAY)
    assert (await dump(uow), uow.personal.erased) == (before, set())
    assert told == await uow.personal.erase(dany, at + 9 * DAY, "$ask")
    assert told == (Spared("dany", "Littoral", (Ref(Kind.ACTION, 1),), 1),)


async def test_options_that_were_written_otherwise_stay_to_the_letter(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, alice: Person, at: datetime
) -> None:
    await uow.votes.add(littoral.id, adopted_vote(1, alice, at, action=None, released=True))
    older = '[{"id": "1", "text": "Dany vient"}]'
    await uow.session.run(update(stored_table(votes)).values(options=older))
    await uow.personal.erase(dany, at + 9 * DAY, "$ask")
    [row] = await uow.session.all(select(stored(votes.c.options)))
    assert row[0] == older
