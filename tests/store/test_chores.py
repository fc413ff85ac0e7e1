"""Daily chores are done once a day, whoever does them; an erasure is finished once committed."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from circle.people import PersonKey
from circle.time import DAY
from storage.chores import MESSAGES, Chores
from storage.inbox import Inbox
from storage.mail import Admission
from storage.tables.mail import inbox
from storage.uow import Store

MONTH = timedelta(days=30)


async def receive(store: Store, at: datetime, *, finished: bool = True) -> None:
    at_ms = int((at - MONTH - DAY).timestamp() * 1000)
    letter = Admission(event_id="$old", room_id="!r:l", at_ms=at_ms, payload=b"bonjour")
    await Inbox(store.engine).admit("@souci:localhost", [letter], None)
    if finished:
        async with store.transaction() as uow:
            await uow.inbox.finish("$old")


async def kept(store: Store) -> list[bytes | None]:
    async with store.transaction() as uow:
        return [row.payload for row in await uow.session.all(select(inbox.c.payload))]


async def test_messages_are_forgotten_after_their_time(store: Store, at: datetime) -> None:
    await receive(store, at)
    assert await Chores(store.engine).purge_messages(at, MONTH) == 1
    assert await kept(store) == [None]


async def test_messages_within_their_time_are_kept(store: Store, at: datetime) -> None:
    await receive(store, at)
    assert await Chores(store.engine).purge_messages(at, MONTH + 2 * DAY) == 0
    assert await kept(store) == [b"bonjour"]


async def test_what_is_not_handled_yet_is_never_forgotten(store: Store, at: datetime) -> None:
    await receive(store, at, finished=False)
    assert await Chores(store.engine).purge_messages(at, MONTH) == 0


async def test_once_a_day_and_no_more(store: Store, at: datetime) -> None:
    chores, other = Chores(store.engine), Chores(store.engine)
    done = [await one.purge_messages(at, MONTH) for one in (chores, other, chores)]
    assert done == [0, None, None]
    assert await other.purge_messages(at + DAY - timedelta(seconds=1), MONTH) is None
    assert await other.purge_messages(at + DAY, MONTH) == 0


async def test_when_it_was_done_is_remembered(store: Store, at: datetime) -> None:
    chores = Chores(store.engine)
    before = await chores.last(MESSAGES)
    await chores.purge_messages(at, MONTH)
    assert (before, await chores.last(MESSAGES)) == (None, at)


async def test_an_erasure_is_finished_once(store: Store, at: datetime) -> None:
    async with store.transaction() as uow:
        person = await uow.people.ensure("@bob:localhost", "Bob")
        await uow.personal.erase(person, at, "$ask")
    chores = Chores(store.engine)
    [(row, files)] = await chores.left_by_erasures()
    assert files == []
    await chores.finish_erasure(row, at)
    assert await chores.left_by_erasures() == []


async def test_an_erasure_that_is_undone_leaves_nothing_to_do(store: Store, at: datetime) -> None:
    async def erase_and_fail() -> None:
        async with store.transaction() as uow:
            person = await uow.people.ensure("@bob:localhost", "Bob")
            await uow.personal.erase(person, at, "$ask")
            await uow.people.get(PersonKey("nobody"))

    with pytest.raises(LookupError):
        await erase_and_fail()
    assert await Chores(store.engine).left_by_erasures() == []
