"""What each event did is remembered."""

from dataclasses import replace

from circle.circles import Circle
from circle.refs import Kind, Ref
from storage.origins import Origin
from storage.uow import SqlUnitOfWork

ORIGIN = Origin(
    event_id="$1",
    room_id="!littoral:localhost",
    circle=None,
    command="contribution.declare",
    ref=None,
    outcome="refused",
    sender="@alice:localhost",
)


async def test_an_event_that_did_nothing_has_no_origin(uow: SqlUnitOfWork) -> None:
    assert await uow.origins.of("$1") is None


async def test_an_origin_without_circle_comes_back(uow: SqlUnitOfWork) -> None:
    await uow.origins.record(ORIGIN)
    assert await uow.origins.of("$1") == ORIGIN


async def test_what_is_recorded_last_holds(uow: SqlUnitOfWork, littoral: Circle) -> None:
    done = replace(ORIGIN, outcome="done", circle=littoral.id, ref=Ref(Kind.ENTRY, 7))
    await uow.origins.record(ORIGIN)
    await uow.origins.record(done)
    assert await uow.origins.of("$1") == done
