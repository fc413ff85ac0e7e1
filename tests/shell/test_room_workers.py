"""Rooms side by side, each in order, from memory or from the inbox."""

import asyncio
from contextlib import asynccontextmanager

import pytest
import structlog

from bot.pipeline.workers import BATCH, RoomWorkers
from storage.engine import open_engine, writing
from storage.errors import StoreUnavailableError
from storage.inbox import Finishing, Inbox
from storage.mail import Admission, Token
from storage.session import Statements
from storage.upgrade import upgrade

BOT = "@souci:localhost"


class Handler:
    """Marks events as finished, as the dispatcher does; `away` fails once before an event."""

    def __init__(self, engine):
        self._engine = engine
        self.handled = []
        self.away = set()
        self.broken = set()
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    async def handle(self, admission):
        await self.may_go_on.wait()
        if admission.event_id in self.away:
            self.away.discard(admission.event_id)
            raise StoreUnavailableError("away")
        if admission.event_id in self.broken:
            raise ZeroDivisionError
        async with writing(self._engine) as connection:
            await Finishing(Statements(connection), BOT).finish(admission.event_id)
        self.handled.append(admission.event_id)


class AdmittingInbox(Inbox):
    """The real one, with what is new in it handed on."""

    def __init__(self, engine, account):
        super().__init__(engine, account)
        self.admitted = asyncio.Queue()
        self.asked = 0

    async def waiting_up_to(self, place):
        self.asked += 1
        return await super().waiting_up_to(place)

    async def hears(self, *ids, room="!a"):
        events = [Admission(event_id=each, room_id=room, at_ms=1, payload=b"{}") for each in ids]
        await self.admit(BOT, events, Token("s1"))
        self.admitted.put_nowait(events)


@pytest.fixture
async def house():
    engine = open_engine("sqlite://")
    await upgrade(engine)
    inbox, handler = AdmittingInbox(engine, BOT), Handler(engine)
    yield inbox, handler, RoomWorkers(inbox, inbox.admitted, handler.handle)
    await engine.dispose()


@asynccontextmanager
async def working(workers):
    running = asyncio.create_task(workers.run(), name="workers")
    yield
    await workers.at_rest()
    await workers.settle()
    await workers.stop()
    running.cancel()


async def test_what_was_left_is_handled_before_what_comes(house):
    inbox, handler, workers = house
    await inbox.hears("$1", "$2")
    inbox.admitted.get_nowait()  # a process that has ended was told of them
    inbox.admitted.task_done()
    async with working(workers):
        await asyncio.sleep(0)
        await inbox.hears("$3")
    assert handler.handled == ["$1", "$2", "$3"]


async def test_what_comes_before_the_start_waits_for_it(house):
    inbox, handler, workers = house
    await inbox.hears("$1")
    assert handler.handled == []
    async with working(workers):
        pass
    assert handler.handled == ["$1"]


async def test_after_a_failure_of_the_store_the_order_is_kept(house):
    inbox, handler, workers = house
    handler.away = {"$2"}
    async with working(workers):
        await workers.settle()
        await inbox.hears("$1", "$2", "$3")
    assert handler.handled == ["$1", "$2", "$3"]


async def test_where_much_waits_the_inbox_tells_the_order(house):
    inbox, handler, workers = house
    ids = [f"${n}" for n in range(BATCH + 5)]
    async with working(workers):
        await workers.settle()
        handler.may_go_on.clear()
        for each in ids:
            await inbox.hears(each)
        handler.may_go_on.set()
    assert handler.handled == ids


async def test_it_is_at_rest_once_all_is_handled(house):
    inbox, handler, workers = house
    async with working(workers):
        await workers.settle()
        await inbox.hears("$1")
        await workers.at_rest()
        assert handler.handled == ["$1"]


async def test_it_settles_once_what_was_admitted_before_is_handled(house):
    inbox, handler, workers = house
    ids = [f"${n}" for n in range(BATCH * 2)]
    await inbox.hears(*ids)
    inbox.asked = 0
    async with working(workers):
        await workers.settle()
        assert handler.handled == ids
        assert inbox.asked == 2


async def test_a_room_that_fails_at_once_does_not_hold_up_the_clock(house):
    inbox, handler, workers = house
    handler.broken = {"$1"}
    await inbox.hears("$1")
    async with working(workers):
        with structlog.testing.capture_logs() as logs:
            await workers.settle()
    assert [line["event"] for line in logs].count("room.stuck") <= 2
