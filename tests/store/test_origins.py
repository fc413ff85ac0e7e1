"""What each event did is remembered."""

from dataclasses import replace

import pytest

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


async def test_what_was_refused_is_mended_by_what_was_done(
    uow: SqlUnitOfWork, littoral: Circle
) -> None:
    done = replace(ORIGIN, event_id="$2", circle=littoral.id, ref=Ref(Kind.ENTRY, 7))
    await uow.origins.record(ORIGIN)
    await uow.origins.mend("$1", done)
    assert await uow.origins.of("$1") == replace(done, event_id="$1", outcome="done")


@pytest.mark.parametrize("outcome", ["done", "undone", "edit"])
async def test_nothing_else_is_mended(uow: SqlUnitOfWork, outcome: str) -> None:
    kept = replace(ORIGIN, outcome=outcome)
    await uow.origins.record(kept)
    await uow.origins.mend("$1", replace(ORIGIN, event_id="$2", command="action.add"))
    assert await uow.origins.of("$1") == kept


@pytest.mark.parametrize("other", [{"sender": "@bob:localhost"}, {"room_id": "!oise:localhost"}])
async def test_nobody_mends_what_another_said_or_said_elsewhere(
    uow: SqlUnitOfWork, other: dict[str, str]
) -> None:
    await uow.origins.record(ORIGIN)
    await uow.origins.mend("$1", replace(ORIGIN, event_id="$2", **other))
    assert await uow.origins.of("$1") == ORIGIN
