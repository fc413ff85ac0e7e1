"""A message to every circle leaves once, or never."""

from datetime import datetime

from circle.circles import Circle
from circle.people import Person
from storage.mail import Letter
from storage.uow import SqlUnitOfWork


async def test_a_message_waits_for_its_confirmation(
    uow: SqlUnitOfWork, alice: Person, at: datetime
) -> None:
    made = await uow.broadcasts.add(alice, at, "Bonjour")
    kept = await uow.broadcasts.get(made.number)
    assert kept is not None
    assert (kept.text, kept.by, kept.cause, kept.at) == ("Bonjour", alice.key, None, at)


async def test_it_is_confirmed_once(uow: SqlUnitOfWork, alice: Person, at: datetime) -> None:
    made = await uow.broadcasts.add(alice, at, "Bonjour")
    assert [await uow.broadcasts.confirm(made.number, f"${n}") for n in range(2)] == [True, False]


async def test_once_it_has_left_its_text_is_dropped(
    uow: SqlUnitOfWork, alice: Person, at: datetime
) -> None:
    made = await uow.broadcasts.add(alice, at, "Bonjour")
    await uow.broadcasts.confirm(made.number, "$1")
    kept = await uow.broadcasts.get(made.number)
    assert kept is not None
    assert (kept.text, kept.cause) == ("", "$1")


async def test_withdrawn_it_never_leaves(uow: SqlUnitOfWork, alice: Person, at: datetime) -> None:
    made = await uow.broadcasts.add(alice, at, "Bonjour")
    assert await uow.broadcasts.withdraw(made.number)
    assert not await uow.broadcasts.confirm(made.number, "$1")
    assert await uow.broadcasts.get(made.number) is None


async def test_ones_latest_is_ones_own(
    uow: SqlUnitOfWork, alice: Person, bob: Person, at: datetime
) -> None:
    await uow.broadcasts.add(alice, at, "Un")
    mine = await uow.broadcasts.add(alice, at, "Deux")
    await uow.broadcasts.add(bob, at, "Trois")
    latest = await uow.broadcasts.latest(alice.key)
    assert latest is not None
    assert latest.number == mine.number


async def test_a_room_that_has_not_got_it_is_told(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, alice: Person, at: datetime
) -> None:
    made = await uow.broadcasts.add(alice, at, "Bonjour")
    await uow.broadcasts.confirm(made.number, "$1")
    for ordinal, circle in enumerate((littoral, artois)):
        letter = Letter(
            cause="$1",
            ordinal=ordinal,
            room_id=circle.room_id,
            to_user=None,
            event_type="m.room.message",
            content={},
        )
        await uow.outbox.add([letter])
    assert await uow.broadcasts.unreached(made.number) == (littoral.id, artois.id)
