"""Two bots at once on one PostgreSQL, through the dispatcher and the scheduler of each."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot import events
from bot.letters.compose import REPLY_FIELD, Composer
from bot.pipeline.dispatch import Dispatcher
from bot.pipeline.jobs import Scheduled
from bot.pipeline.requests import OperatorSettings
from circle.ports import ItemFilter
from speech.sentences import Speech
from storage.engine import Engine, open_engine
from storage.inbox import Inbox
from storage.mail import Admission, Posted, Token
from storage.outbox import Outbox
from storage.uow import Store

NORTH, SOUTH = "@souci-nord:localhost", "@souci-sud:localhost"
CAROLE = "@carole:localhost"
COORDINATION = "!coordination:localhost"
CIRCLES = 6
DAY = date(2026, 11, 24)


@pytest.fixture(params=["postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Bot:
    """A process of the bot, its network left out: its own connections, memory and account."""

    def __init__(self, engine: Engine, account: str) -> None:
        settings = OperatorSettings(
            user_id=account, coordinators=frozenset({CAROLE}), coordination_room=COORDINATION
        )
        composer = Composer(Speech(), settings.prefix)
        self.account = account
        self.store = Store(engine, settings.rules, account)
        self.inbox = Inbox(engine, account)
        self.outbox = Outbox(engine, account)
        self.dispatcher = Dispatcher(self.store, composer, self, settings)
        self.scheduled = Scheduled(self.store, composer, settings)

    async def joined_members(self, room_id: str) -> dict[str, str | None]:
        raise LookupError(room_id)

    async def told_apart(self, event_id: str, lanes: tuple[str, str]) -> None:
        """What leaves is known at once here."""

    async def hears(self, *heard: events.AnyEvent) -> None:
        """What a sync brings, admitted and handled in order."""
        admissions = [admission(event) for event in heard]
        await self.inbox.admit(self.account, admissions, Token("s1"))
        for room in await self.inbox.rooms_waiting():
            for one in await self.inbox.pending(room, 100):
                await self.dispatcher.handle(one)

    async def sends(self) -> list[Posted]:
        """Everything that it has to send, sent."""
        sent: list[Posted] = []
        while ready := await self.outbox.ready(10**15):
            for one in ready:
                await self.outbox.sent(one.row, f"$sent-{one.row}")
            sent += ready
        return sent


def admission(event: events.AnyEvent) -> Admission:
    payload = events.encode(event)
    return Admission(event_id=event.id, room_id=event.room, at_ms=event.at, payload=payload)


def keys(sent: list[Posted]) -> list[str]:
    told = [one.letter.content.get(REPLY_FIELD) for one in sent]
    return [one["key"] for one in told if one]


def room(number: int) -> str:
    return f"!cercle{number}:localhost"


class Said:
    """Makes what happens in rooms, each event with an id of its own."""

    def __init__(self, at: datetime) -> None:
        self._count = 0
        self._at = int(at.timestamp() * 1000)

    def _common(self, where: str, who: str) -> dict[str, object]:
        self._count += 1
        return {"id": f"${self._count}", "room": where, "sender": who, "at": self._at}

    def line(self, where: str, body: str, who: str = "@alice:localhost") -> events.Message:
        return events.Message(**self._common(where, who), body=body)

    def opened(self, where: str, *people: str, direct: bool = False) -> list[events.AnyEvent]:
        changed = events.RoomChanged(
            **self._common(where, people[0]),
            name=None if direct else where,
            direct=direct,
            encrypted=False,
            powers=dict.fromkeys(people, 100),
        )
        joins = [
            events.MemberChanged(**self._common(where, one), user=one, joined=True)
            for one in people
        ]
        return [changed, *joins]


@pytest.fixture
def said(at: datetime) -> Said:
    return Said(at)


@pytest.fixture
async def bots(engine: Engine, url: str) -> AsyncIterator[tuple[Bot, Bot]]:
    second = open_engine(url)
    yield Bot(engine, NORTH), Bot(second, SOUTH)
    await second.dispose()


@pytest.fixture
async def circles(bots: tuple[Bot, Bot], said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """The even circles are the north's, the odd ones the south's; what was said so far has left."""
    monkeypatch.setattr("commands.circle.circles.MOST_A_DAY", 2 * CIRCLES)
    for number in range(CIRCLES):
        where = room(number)
        begin = said.line(where, f"!cercle créer Cercle {number} territorial")
        await bots[number % 2].hears(*said.opened(where, "@alice:localhost"), begin)
    for bot in bots:
        assert keys(await bot.sends()) == ["circle.created"] * (CIRCLES // 2)


async def declared(bot: Bot, number: int) -> int:
    async with bot.store.transaction() as uow:
        circle = await uow.circles.in_room(room(number), DAY)
        assert circle is not None
        return await uow.ledger.count_items(circle.id, ItemFilter())


@pytest.mark.usefixtures("circles")
async def test_a_command_that_both_bots_hear_is_executed_and_answered_once(
    bots: tuple[Bot, Bot], said: Said
) -> None:
    lines = [
        said.line(room(0), f"!contribution 1h essai {name}")
        for name in ("alpha", "beta", "gamma", "delta", "kappa")
    ]
    await asyncio.gather(*(bot.hears(*lines) for bot in bots))
    answered = [keys(await bot.sends()) for bot in bots]
    assert answered == [["contribution.declared"] * 5, []]
    assert await declared(bots[1], 0) == 5


@pytest.mark.usefixtures("circles")
async def test_two_processes_of_one_account_execute_a_command_once(
    bots: tuple[Bot, Bot], said: Said, url: str
) -> None:
    other = open_engine(url)
    twins = (bots[0], Bot(other, NORTH))
    one = admission(said.line(room(0), "!contribution 1h essai"))
    await bots[0].inbox.admit(NORTH, [one], Token("s2"))
    with capture_logs() as logs:
        await asyncio.gather(*(twin.dispatcher.handle(one) for twin in twins))
    assert [line for line in logs if line["event"] == "event.failed"] == []
    assert keys(await bots[0].sends()) == ["contribution.declared"]
    assert await declared(bots[0], 0) == 1
    await other.dispose()


@pytest.mark.usefixtures("circles")
async def test_each_scheduled_post_leaves_once_through_the_bot_that_is_in_the_room(
    bots: tuple[Bot, Bot], said: Said, at: datetime
) -> None:
    for number in range(CIRCLES):
        await bots[number % 2].hears(said.line(room(number), "!rappel demain 9h arroser"))
    for bot in bots:
        await bot.sends()
    later = at + timedelta(hours=16)
    await asyncio.gather(*(bot.scheduled.run(later) for bot in (*bots, *bots)))
    for parity, bot in enumerate(bots):
        posts = [one for one in await bot.sends() if keys([one]) == ["reminder.ring"]]
        rooms = sorted(one.letter.room_id or "" for one in posts)
        assert rooms == [room(number) for number in range(parity, CIRCLES, 2)]


@pytest.mark.usefixtures("circles")
@pytest.mark.parametrize("which", [0, 1])
async def test_coordinators_of_either_bot_see_all_circles(
    bots: tuple[Bot, Bot], said: Said, which: int
) -> None:
    where = f"!direct{which}:localhost"
    opened = said.opened(where, CAROLE, direct=True)
    await bots[which].hears(*opened, said.line(where, "!cercles", who=CAROLE))
    [answer] = await bots[which].sends()
    values = answer.letter.content[REPLY_FIELD]["values"]
    assert sorted(one["name"] for one in values["items"]) == [
        f"Cercle {number}" for number in range(CIRCLES)
    ]


@pytest.mark.usefixtures("circles")
async def test_what_is_asked_of_another_bot_s_circle_is_done_there(
    bots: tuple[Bot, Bot], said: Said
) -> None:
    where = "!direct:localhost"
    opened = said.opened(where, "@alice:localhost", direct=True)
    line = said.line(where, "!contribution 2h affiches dans Cercle 0")
    await bots[1].hears(*opened, line)
    assert keys(await bots[1].sends()) == ["contribution.declared"]
    assert await declared(bots[0], 0) == 1
