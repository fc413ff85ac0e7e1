"""Circles, their settings, workstreams and numbers come back as they were told."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from circle.circles import (
    Circle,
    CircleId,
    CircleKind,
    CircleState,
    RegulationMode,
    Rules,
    Setting,
    Workstream,
)
from circle.people import Person
from circle.refs import Kind
from circle.text import name_key
from storage.uow import SqlUnitOfWork, Store
from tests.store.making import make_circle

DAY = date(2026, 11, 24)


async def test_a_circle_comes_back_as_it_was_made(uow: SqlUnitOfWork, littoral: Circle) -> None:
    assert await uow.circles.get(littoral.id, DAY) == littoral


async def test_a_new_circle_has_the_default_rules(littoral: Circle, at: datetime) -> None:
    assert littoral == Circle(
        id=littoral.id,
        name="Littoral",
        kind=CircleKind.TERRITORIAL,
        state=CircleState.ACTIVE,
        room_id="!littoral:localhost",
        created_at=at,
        rules=Rules(),
    )


async def test_an_unknown_circle_is_an_error(uow: SqlUnitOfWork) -> None:
    with pytest.raises(LookupError):
        await uow.circles.get(CircleId(404), DAY)


async def test_a_circle_is_found_by_its_room(uow: SqlUnitOfWork, littoral: Circle) -> None:
    assert await uow.circles.in_room("!littoral:localhost", DAY) == littoral


async def test_a_room_without_circle_has_none(uow: SqlUnitOfWork) -> None:
    assert await uow.circles.in_room("!littoral:localhost", DAY) is None


async def test_all_circles_come_oldest_first(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle
) -> None:
    assert await uow.circles.all(DAY) == (littoral, artois)


@pytest.mark.usefixtures("littoral")
@pytest.mark.parametrize("same", ["Littoral", "LITTORAL", "littorâl", " Littoral "])
async def test_two_circles_cannot_share_a_name(uow: SqlUnitOfWork, at: datetime, same: str) -> None:
    with pytest.raises(IntegrityError):
        await make_circle(uow, same, "!other:localhost", at)


async def test_a_room_has_one_circle_at_most(
    uow: SqlUnitOfWork, littoral: Circle, at: datetime
) -> None:
    with pytest.raises(IntegrityError):
        await make_circle(uow, "Artois", littoral.room_id, at)


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Pôle  Métropolitain", "pole metropolitain"), ("Reactiv'Maker", "reactiv maker"), ("★", "★")],
)
def test_a_name_folds_to_its_letters(name: str, folded: str) -> None:
    assert name_key(name) == folded


async def test_a_circle_s_state_changes(uow: SqlUnitOfWork, littoral: Circle) -> None:
    await uow.circles.set_state(littoral.id, CircleState.DORMANT)
    assert (await uow.circles.get(littoral.id, DAY)).state is CircleState.DORMANT


async def test_a_circle_moves_to_another_room(uow: SqlUnitOfWork, littoral: Circle) -> None:
    await uow.circles.move(littoral.id, "!new:localhost")
    assert await uow.circles.in_room(littoral.room_id, DAY) is None
    assert (await uow.circles.get(littoral.id, DAY)).room_id == "!new:localhost"


async def test_moving_an_unknown_circle_is_an_error(uow: SqlUnitOfWork) -> None:
    with pytest.raises(LookupError):
        await uow.circles.move(CircleId(404), "!new:localhost")


async def test_the_circles_of_somebody_are_those_whose_room_they_are_in(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, alice: Person
) -> None:
    for circle in (littoral, artois):
        await uow.rooms.join(circle.room_id, "@alice:localhost", "Alice")
    await uow.rooms.leave(artois.room_id, "@alice:localhost")
    assert await uow.circles.of_person(alice.key, DAY) == (littoral,)


# Settings

Set = Callable[..., Awaitable[None]]


@pytest.fixture
def put(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime) -> Set:
    async def put(name: str, value: object, since: date = DAY) -> None:
        await uow.circles.add_setting(littoral.id, Setting(name, value, since, alice.key, at))

    return put


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "en"),
        ("summary_day", 3),
        ("summary_time", time(18, 30)),
        ("reminders", False),
        ("quorum", "1/2"),
        ("quorum", None),
        ("regulation_mode", RegulationMode.PERCEIVED_VALUE),
        ("robots", ("@a:localhost", "@b:localhost")),
    ],
)
async def test_a_setting_of_each_type_becomes_a_rule(
    uow: SqlUnitOfWork, littoral: Circle, put: Set, name: str, value: object
) -> None:
    await put(name, value)
    assert getattr((await uow.circles.get(littoral.id, DAY)).rules, name) == value


async def test_settings_come_back_as_they_were_made(
    uow: SqlUnitOfWork, littoral: Circle, put: Set, alice: Person, at: datetime
) -> None:
    await put("quorum", "1/2")
    await put("quorum", "7", date(2027, 1, 1))
    assert await uow.circles.settings(littoral.id) == (
        Setting("quorum", "1/2", DAY, alice.key, at),
        Setting("quorum", "7", date(2027, 1, 1), alice.key, at),
    )


async def test_a_setting_holds_from_its_day_on(
    uow: SqlUnitOfWork, littoral: Circle, put: Set
) -> None:
    await put("quorum", "7", date(2027, 1, 1))
    before = await uow.circles.get(littoral.id, date(2026, 12, 31))
    after = await uow.circles.get(littoral.id, date(2027, 1, 1))
    assert (before.rules.quorum, after.rules.quorum) == (None, "7")


@pytest.mark.usefixtures("littoral", "artois")
async def test_a_setting_is_of_one_circle(uow: SqlUnitOfWork, put: Set) -> None:
    await put("language", "en")
    languages = [circle.rules.language for circle in await uow.circles.all(DAY)]
    assert languages == ["en", "fr"]


async def test_instants_are_told_in_the_circle_s_zone(
    uow: SqlUnitOfWork, littoral: Circle, put: Set
) -> None:
    await put("timezone", "Indian/Reunion", date(2026, 1, 1))
    told = (await uow.circles.get(littoral.id, DAY)).created_at
    assert (told, told.tzinfo) == (littoral.created_at, ZoneInfo("Indian/Reunion"))


async def test_a_setting_undone_is_forgotten(store: Store, found, at: datetime) -> None:
    circle = await found(store)

    async def change(*, undone: bool) -> str | None:
        async with store.transaction() as uow:
            alice = await uow.people.ensure("@alice:localhost", "Alice")
            setting = Setting("quorum", "7", DAY, alice.key, at)
            await uow.circles.add_setting(circle.id, setting)
            await uow.circles.get(circle.id, DAY)
            if undone:
                raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        await change(undone=True)
    async with store.transaction() as uow:
        assert (await uow.circles.get(circle.id, DAY)).rules.quorum is None


async def test_a_setting_made_by_another_bot_is_seen(store: Store, found, at: datetime) -> None:
    circle = await found(store)
    other = Store(store.engine, Rules())
    async with store.transaction() as uow:
        await uow.circles.get(circle.id, DAY)
    async with other.transaction() as uow:
        alice = await uow.people.ensure("@alice:localhost", "Alice")
        await uow.circles.add_setting(circle.id, Setting("quorum", "7", DAY, alice.key, at))
    async with store.transaction() as uow:
        assert (await uow.circles.get(circle.id, DAY)).rules.quorum == "7"


# Workstreams and numbers


async def test_workstreams_are_numbered_in_their_circle(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, alice: Person
) -> None:
    await uow.circles.add_workstream(artois.id, "Animation", None)
    await uow.circles.add_workstream(littoral.id, "Animation", alice.key)
    await uow.circles.add_workstream(littoral.id, "Compagnonnage", None)
    assert await uow.circles.workstreams(littoral.id) == (
        Workstream(1, "Animation", alice.key),
        Workstream(2, "Compagnonnage"),
    )


async def test_two_workstreams_cannot_share_a_name(uow: SqlUnitOfWork, littoral: Circle) -> None:
    await uow.circles.add_workstream(littoral.id, "Création", None)
    with pytest.raises(IntegrityError):
        await uow.circles.add_workstream(littoral.id, "CREATION", None)


async def test_numbers_grow_by_circle_and_kind(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle
) -> None:
    asked = [
        (littoral, Kind.ACTION),
        (littoral, Kind.ACTION),
        (littoral, Kind.VOTE),
        (artois, Kind.ACTION),
    ]
    given = [await uow.circles.next_number(circle.id, kind) for circle, kind in asked]
    assert given == [1, 2, 1, 1]


async def test_the_last_numbers_of_a_circle_are_its_own(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle
) -> None:
    for circle, kind in ((littoral, Kind.ACTION), (littoral, Kind.ACTION), (artois, Kind.VOTE)):
        await uow.circles.next_number(circle.id, kind)
    lasts = await uow.circles.last_numbers(littoral.id)
    assert lasts.get(Kind.ACTION) == 2
    assert Kind.VOTE not in lasts


async def test_locking_a_circle_changes_nothing(uow: SqlUnitOfWork, littoral: Circle) -> None:
    await uow.circles.lock(littoral.id)
    assert await uow.circles.get(littoral.id, DAY) == littoral


async def test_an_instant_without_zone_is_an_error(uow: SqlUnitOfWork, at: datetime) -> None:
    with pytest.raises(StatementError, match="offset-naive"):
        await make_circle(uow, "Littoral", "!littoral:localhost", at.replace(tzinfo=None))


async def test_an_instant_of_any_zone_is_the_same_instant(uow: SqlUnitOfWork, at: datetime) -> None:
    made = await make_circle(uow, "Littoral", "!littoral:localhost", at.astimezone(UTC))
    assert (made.created_at, made.created_at.tzinfo) == (at, ZoneInfo("Europe/Paris"))
