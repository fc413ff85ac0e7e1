"""Several bots on one PostgreSQL: whose each room, letter and job is."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import Circle, Rules
from circle.jobs import Job, JobKind
from storage.accounts import NOBODY, adopt
from storage.engine import open_engine
from storage.inbox import Inbox
from storage.mail import Admission, Letter, Token
from storage.outbox import Outbox
from storage.uow import Store
from storage.upgrade import upgrade

NORTH, SOUTH = "@souci-nord:localhost", "@souci-sud:localhost"
ROOM = "!littoral:localhost"


@pytest.fixture(params=["postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Bot:
    """The store as one of the bots has it, by connections of its own."""

    def __init__(self, engine: AsyncEngine, account: str) -> None:
        self.account = account
        self.engine = engine
        self.store = Store(engine, Rules(), account)
        self.inbox = Inbox(engine, account)
        self.outbox = Outbox(engine, account)

    async def hears(self, *ids: str, room: str = ROOM) -> None:
        events = [Admission(event_id=i, room_id=room, at_ms=1, payload=b"{}") for i in ids]
        await self.inbox.admit(self.account, events, Token("s1"))

    async def waiting(self, room: str = ROOM) -> list[str]:
        return [one.event_id for one in await self.inbox.pending(room, 1000)]

    async def sends(self) -> list[str]:
        return [one.letter.cause for one in await self.outbox.ready(0)]

    async def writes(self, letter: Letter) -> None:
        async with self.store.transaction() as uow:
            await uow.outbox.add([letter])

    async def due(self, now: datetime) -> list[int]:
        async with self.store.transaction() as uow:
            return [job.circle for job in await uow.jobs.due(now, 10)]


def letter(cause: str, **where: str | None) -> Letter:
    fields = {"room_id": ROOM, "to_user": None} | where
    return Letter(cause=cause, ordinal=0, event_type="m.room.message", content={}, **fields)


@pytest.fixture
async def bots(engine: AsyncEngine, url: str) -> AsyncIterator[tuple[Bot, Bot]]:
    second = open_engine(url)
    yield Bot(engine, NORTH), Bot(second, SOUTH)
    await second.dispose()


@pytest.fixture
def north(bots: tuple[Bot, Bot]) -> Bot:
    return bots[0]


@pytest.fixture
def south(bots: tuple[Bot, Bot]) -> Bot:
    return bots[1]


@pytest.fixture
async def job(north: Bot, found, at: datetime) -> Job:
    circle: Circle = await found(north.store)
    made = Job(kind=JobKind.WEEKLY_SUMMARY, circle=circle.id, due=at)
    async with north.store.transaction() as uow:
        await uow.jobs.schedule(made)
    return made


async def test_a_room_is_the_bot_s_that_heard_it_first(north: Bot, south: Bot) -> None:
    await north.hears("$1")
    await south.hears("$1", "$2")
    assert (await north.waiting(), await south.waiting()) == (["$1"], [])


async def test_what_the_other_bot_heard_first_is_still_heard(north: Bot, south: Bot) -> None:
    await north.hears("$1")
    await south.hears("$2")
    await north.hears("$2")
    assert await north.waiting() == ["$1", "$2"]


async def test_two_bots_that_hear_a_room_at_once_do_not_both_have_it(
    north: Bot, south: Bot
) -> None:
    rooms = [f"!{number}:localhost" for number in range(20)]
    await asyncio.gather(
        *(bot.hears(f"${r}", room=r) for r in rooms for bot in (north, south)),
    )
    theirs = [set(await bot.inbox.rooms_waiting()) for bot in (north, south)]
    assert (theirs[0] | theirs[1], theirs[0] & theirs[1]) == (set(rooms), set())


async def test_a_room_that_a_bot_has_left_is_the_next_one_s(north: Bot, south: Bot) -> None:
    await north.hears("$1")
    async with north.store.transaction() as uow:
        await uow.rooms.left(ROOM)
    await south.hears("$2")
    assert await south.waiting() == ["$2"]


async def test_leaving_takes_no_room_from_another_bot(north: Bot, south: Bot) -> None:
    await north.hears("$1")
    async with south.store.transaction() as uow:
        await uow.rooms.left(ROOM)
    await south.hears("$2")
    assert await south.waiting() == []


async def test_a_letter_leaves_through_the_bot_that_is_in_the_room(north: Bot, south: Bot) -> None:
    await north.hears("$1")
    await south.writes(letter("$asked-elsewhere"))
    assert (await north.sends(), await south.sends()) == (["$asked-elsewhere"], [])


async def test_a_direct_message_leaves_through_the_bot_that_wrote_it(
    north: Bot, south: Bot
) -> None:
    await south.writes(letter("$1", room_id=None, to_user="@bob:localhost"))
    assert (await north.sends(), await south.sends()) == ([], ["$1"])


async def test_each_bot_has_its_own_room_with_somebody(north: Bot, south: Bot) -> None:
    for bot in (north, south):
        await bot.outbox.set_direct_room("@bob:localhost", f"!dm-{bot.account}")
    assert await north.outbox.direct_room("@bob:localhost") == f"!dm-{NORTH}"


async def test_a_job_is_due_for_the_bot_of_its_circle_s_room(
    north: Bot, south: Bot, job: Job, at: datetime
) -> None:
    await south.hears("$1")
    assert (await north.due(at), await south.due(at)) == ([], [job.circle])


async def test_the_job_of_a_circle_whose_room_nobody_has_is_due_for_all(
    north: Bot, south: Bot, job: Job, at: datetime
) -> None:
    assert await north.due(at) == await south.due(at) == [job.circle]


async def test_a_bot_wakes_for_its_own_jobs_only(north: Bot, south: Bot, job: Job) -> None:
    await south.hears("$1")
    found = []
    for bot in (north, south):
        async with bot.store.transaction() as uow:
            found.append(await uow.jobs.next_due())
    assert found == [None, job.due]


async def test_another_bot_is_nobody_s_member(north: Bot, south: Bot) -> None:
    await south.hears("$1", room="!elsewhere:localhost")
    async with north.store.transaction() as uow:
        await uow.rooms.join_all(ROOM, {SOUTH: "souci", "@bob:localhost": "Bob"})
        assert await uow.rooms.joined(ROOM) == {"@bob:localhost": "Bob"}


# What was written before accounts were told apart


@pytest.fixture
async def before(north: Bot) -> None:
    """A store as a single bot of before has left it."""
    old = Bot(north.engine, NOBODY)
    await old.inbox.admit(NORTH, [], Token("s1"))
    async with old.store.transaction() as uow:
        facts = {"name": None, "direct": False, "encrypted": False, "powers": {}}
        await uow.rooms.save(ROOM, **facts, default_power=0, state_power=50)
        values = {"event_id": "$1", "room_id": ROOM, "at_ms": 1, "finished": False}
        insert = "INSERT INTO inbox (event_id, room_id, at_ms, finished) VALUES "
        await uow.session.run(text(f"{insert} (:event_id, :room_id, :at_ms, :finished)"), values)
        await uow.outbox.add([letter("$0")])
        await uow.session.run(text("DELETE FROM room_accounts"))


@pytest.mark.usefixtures("before")
async def test_a_bot_takes_what_it_had_before(north: Bot) -> None:
    await adopt(north.engine, NORTH)
    assert (await north.waiting(), await north.sends()) == (["$1"], ["$0"])


@pytest.mark.usefixtures("before")
async def test_the_rooms_of_before_stay_with_the_bot_that_had_them(north: Bot, south: Bot) -> None:
    await adopt(north.engine, NORTH)
    await south.hears("$2")
    assert await south.waiting() == []


@pytest.mark.usefixtures("before")
async def test_a_new_bot_that_starts_first_takes_nothing(north: Bot, south: Bot) -> None:
    await adopt(south.engine, SOUTH)
    assert (await south.waiting(), await south.sends()) == ([], [])
    await adopt(north.engine, NORTH)
    assert await north.waiting() == ["$1"]


async def test_adopting_again_changes_nothing(north: Bot, south: Bot) -> None:
    await north.hears("$1")
    for bot in (south, north):
        await adopt(bot.engine, bot.account)
    assert await north.waiting() == ["$1"]


async def test_on_sqlite_a_new_account_goes_on_with_what_was_left(tmp_path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'souci.db'}")
    await upgrade(engine)
    old, new = Bot(engine, NORTH), Bot(engine, SOUTH)
    await old.hears("$1")
    await old.writes(replace(letter("$0"), room_id=ROOM))
    await adopt(engine, SOUTH)
    assert (await new.waiting(), await new.sends()) == (["$1"], ["$0"])
    await engine.dispose()


async def test_rooms_told_apart_elsewhere_are_the_one_bot_s_on_sqlite(tmp_path, found, at) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'souci.db'}")
    await upgrade(engine)
    bot = Bot(engine, NORTH)
    circle = await found(bot.store)
    async with bot.store.transaction() as uow:
        await uow.jobs.schedule(Job(kind=JobKind.WEEKLY_SUMMARY, circle=circle.id, due=at))
        moved = text("INSERT INTO room_accounts VALUES (:room, :account)")
        await uow.session.run(moved, {"room": circle.room_id, "account": SOUTH})
    await adopt(engine, NORTH)
    assert await bot.due(at) == [circle.id]
    await engine.dispose()
