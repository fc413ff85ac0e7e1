"""Rooms side by side, each in order, from memory or from the inbox."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.pipeline.workers import BATCH, Lanes
from storage.engine import open_engine, writing
from storage.errors import StoreUnavailableError
from storage.inbox import Finishing, Inbox
from storage.mail import Admission, Token
from storage.session import Session
from storage.upgrade import upgrade

BOT = "@souci:localhost"


class Handler:
    """Marks events as finished, as the dispatcher does; `away` fails once before an event."""

    def __init__(self, engine):
        self._engine = engine
        self.handled = []
        self.away = set()
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    async def handle(self, admission):
        await self.may_go_on.wait()
        if admission.event_id in self.away:
            self.away.discard(admission.event_id)
            raise StoreUnavailableError("away")
        async with writing(self._engine) as connection:
            await Finishing(Session(connection), BOT).finish(admission.event_id)
        self.handled.append(admission.event_id)


@pytest.fixture
async def house():
    engine = open_engine("sqlite://")
    await upgrade(engine)
    inbox, handler = Inbox(engine, BOT), Handler(engine)
    yield inbox, handler, Lanes(inbox, handler, lambda _admission: None)
    await engine.dispose()


@asynccontextmanager
async def working(lanes):
    running = asyncio.create_task(lanes.run())
    yield
    await lanes.settle()
    await lanes.stop()
    await running


async def admit(inbox, *ids, room="!a"):
    events = [Admission(event_id=one, room_id=room, at_ms=1, payload=b"{}") for one in ids]
    await inbox.admit(BOT, events, Token("s1"))
    return events


async def test_what_was_left_is_handled_before_what_comes(house):
    inbox, handler, lanes = house
    await admit(inbox, "$1", "$2")
    async with working(lanes):
        await asyncio.sleep(0)
        lanes.take(await admit(inbox, "$3"))
    assert handler.handled == ["$1", "$2", "$3"]


async def test_what_comes_before_the_start_waits_for_it(house):
    inbox, handler, lanes = house
    lanes.take(await admit(inbox, "$1"))
    assert handler.handled == []
    async with working(lanes):
        pass
    assert handler.handled == ["$1"]


async def test_after_a_failure_of_the_store_the_order_is_kept(house):
    inbox, handler, lanes = house
    handler.away = {"$2"}
    async with working(lanes):
        await lanes.settle()
        lanes.take(await admit(inbox, "$1", "$2", "$3"))
    assert handler.handled == ["$1", "$2", "$3"]


async def test_where_much_waits_the_inbox_tells_the_order(house):
    inbox, handler, lanes = house
    ids = [f"${n}" for n in range(BATCH + 5)]
    async with working(lanes):
        await lanes.settle()
        handler.may_go_on.clear()
        for one in ids:
            lanes.take(await admit(inbox, one))
        handler.may_go_on.set()
    assert handler.handled == ids


async def test_it_is_at_rest_once_all_is_handled(house):
    inbox, handler, lanes = house
    async with working(lanes):
        await lanes.settle()
        lanes.take(await admit(inbox, "$1"))
        assert not lanes.at_rest.is_set()
        await lanes.at_rest.wait()
        assert handler.handled == ["$1"]
