"""Letters told to the sender as they are committed, instead of being looked for."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import Rules
from storage.errors import StoreUnavailableError
from storage.letters import transaction_id
from storage.mail import Letter, Putting
from storage.outbox import Outbox
from storage.uow import Store


@pytest.fixture
def outbox(engine: AsyncEngine) -> Outbox:
    return Outbox(engine)


@pytest.fixture
def putting(store: Store) -> Store:
    """A store whose letters the device D puts at once; its clock says 7."""
    return Store(store.engine, Rules(), putting=Putting("D", lambda: 7))


def letter(ordinal: int = 0) -> Letter:
    return Letter(
        cause="$1",
        ordinal=ordinal,
        room_id="!a:localhost",
        to_user=None,
        event_type="m.room.message",
        content={"body": "merci"},
    )


async def written(store: Store, *letters: Letter):
    async with store.transaction() as uow:
        await uow.outbox.add(letters)
    return uow.outbox.written


async def test_what_is_told_is_what_the_outbox_holds(putting: Store, outbox: Outbox) -> None:
    told = await written(putting, letter(0), letter(1))
    assert [told[0]] == await outbox.ready(0)
    assert [one.letter.ordinal for one in told] == [0, 1]


async def test_a_letter_counts_as_attempted_once_it_is_written(
    putting: Store, outbox: Outbox
) -> None:
    await written(putting, letter())
    [posted] = await outbox.ready(0)
    assert (posted.device_id, posted.attempted_ms) == ("D", 7)


async def test_a_letter_that_is_to_leave_after_a_pause_waits_in_the_store(
    putting: Store, outbox: Outbox
) -> None:
    async with putting.transaction() as uow:
        await uow.outbox.add([letter()], pause_ms=3000)
    assert [one.not_before_ms for one in uow.outbox.written] == [3007]
    assert await outbox.ready(3006) == []
    assert await outbox.ready(3007) == uow.outbox.written


async def test_nothing_is_told_where_nobody_puts_letters(store: Store) -> None:
    assert await written(store, letter()) == []


async def test_after_a_restore_what_is_not_in_the_rooms_yet_is_told_at_once(
    store: Store, outbox: Outbox
) -> None:
    sent = {transaction_id("$1", 0): "$there"}
    restored = Store(store.engine, Rules(), already_sent=sent, putting=Putting("D", lambda: 7))
    told = await written(restored, letter(0), letter(1))
    assert [one.letter.ordinal for one in told] == [1]
    assert told == await outbox.ready(0)


async def test_letters_that_arrived_are_written_down_before_anything_is_read(
    putting: Store, outbox: Outbox
) -> None:
    told = await written(putting, *(letter(n) for n in range(3)))
    for one in told[:2]:
        outbox.arrived(one.row, f"$e{one.row}")
    assert outbox.unkept == 2
    assert await outbox.unfinished(9) == frozenset({told[2].row})
    assert outbox.unkept == 0


async def test_one_that_arrives_while_others_are_written_down_is_not_lost(
    putting: Store, outbox: Outbox
) -> None:
    first, second = await written(putting, letter(0), letter(1))
    outbox.arrived(first.row, "$first")
    keeping = asyncio.create_task(outbox.keep())
    await asyncio.sleep(0)
    outbox.arrived(second.row, "$second")
    await asyncio.gather(keeping, outbox.keep())
    assert await Outbox(outbox._engine).unfinished(9) == frozenset()


async def test_what_arrived_is_written_down_once_the_store_is_back(
    putting: Store, outbox: Outbox, monkeypatch
) -> None:
    [only] = await written(putting, letter())
    outbox.arrived(only.row, "$only")
    with monkeypatch.context() as away:
        away.setattr("storage.outbox.writing", _away)
        with pytest.raises(StoreUnavailableError):
            await outbox.keep()
    await outbox.keep()
    assert await Outbox(outbox._engine).event_of(only.letter.cause, 0) == "$only"


def _away(*_: object, **__: object) -> None:
    raise StoreUnavailableError("away")
