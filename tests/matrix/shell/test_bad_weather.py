"""Limits, failures and lost answers on the way: late perhaps, but whole, once and in order."""

import pytest
import pytest_asyncio
import structlog

from tests.matrix.shell.house import House, notice, opened, saying
from tests.matrix.shell.weather import (
    answer_lost,
    failing,
    giving,
    half,
    limited,
    reset,
    weather_before,
)

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def weather(homeserver):
    async with weather_before(homeserver.url) as weather:
        yield weather


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(weather, register, tmp_path_factory):
    access, folder = await register("souci"), tmp_path_factory.mktemp("house")
    house = House(weather.url, access, folder, timeline_limit=5)
    async with opened(house):
        yield house


async def says_in_order(bot, alice, cause: str) -> None:
    """Three letters in an encrypted room; each is heard, once, in order."""
    room = await bot.meets(alice)
    bodies = [f"{cause} {n}" for n in range(3)]
    await bot.write(*(notice(room, body, cause, n) for n, body in enumerate(bodies)))
    await alice.hears(saying(room, bodies[-1]))
    heard = [e for e in alice.timeline.heard if (e.sender, e.room) == (bot.user_id, room)]
    assert [e.body for e in heard if e.body] == bodies


FAULTS = {
    "limited in a header": limited({"Retry-After": "1"}, {}),
    "limited in the body": limited({}, {"retry_after_ms": 300}),
    "bad gateway": failing(502),
    "an error of the server": failing(500),
    "an answer lost": answer_lost,
    "a connection reset": reset,
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_fault_at_a_put(bot, alice, weather, fault):
    weather.once("PUT", "/send/m.room.encrypted", fault)
    await says_in_order(bot, alice, f"put {id(fault)}")
    assert weather.calm


@pytest.mark.parametrize("fault", [failing(502), answer_lost], ids=["before", "after"])
async def test_a_fault_at_the_sharing_of_a_key(bot, alice, weather, fault):
    weather.once("PUT", "/sendToDevice/m.room.encrypted", fault)
    await says_in_order(bot, alice, f"share {id(fault)}")
    assert weather.calm


async def test_a_fault_at_the_claiming_of_keys(bot, member, weather):
    weather.once("POST", "/keys/claim", failing(500))
    await says_in_order(bot, await member("bob"), "claim")
    assert weather.calm


async def test_a_claim_that_gives_no_key_at_all(bot, alice, member, weather):
    room = await bot.meets(alice)
    bob = await member("bob")
    await alice.client.room_invite(room, bob.user_id)
    await bob.join(room)
    await bot.changed(room, bob.user_id, joined=True)
    weather.once("POST", "/keys/claim", giving({"one_time_keys": {bob.user_id: {}}}))
    await bot.write(notice(room, "sans lui", "no-key"))
    await alice.hears(saying(room, "sans lui"))
    assert weather.calm


async def test_a_claim_that_gives_an_empty_key(bot, alice, member, weather):
    room = await bot.meets(alice)
    bob = await member("bob")
    await alice.client.room_invite(room, bob.user_id)
    await bob.join(room)
    await bot.changed(room, bob.user_id, joined=True)
    device = bob.client.device_id
    weather.once("POST", "/keys/claim", giving({"one_time_keys": {bob.user_id: {device: {}}}}))
    await bot.write(notice(room, "sans lui", "empty-key"))
    await alice.hears(saying(room, "sans lui"))
    assert weather.calm


@pytest.mark.parametrize("fault", [*FAULTS.values(), half], ids=[*FAULTS.keys(), "cut in half"])
async def test_a_fault_at_a_sync(bot, alice, weather, fault):
    room = await bot.meets(alice)
    weather.once("GET", "/sync", fault)
    for n in range(3):
        await alice.say(room, f"!{n}")
    await bot.said(room, "!2")
    assert await bot.bodies(room) == ["!0", "!1", "!2"]


@pytest.mark.parametrize("fault", [FAULTS["limited in the body"], half], ids=["limited", "cut"])
async def test_a_fault_in_a_gap(bot, alice, weather, fault):
    room = await bot.meets(alice, encrypted=False)
    await bot.stop()
    for n in range(12):
        await alice.say(room, f"!{n}")
    weather.once("GET", "/messages", fault)
    await bot.start()
    assert await bot.bodies(room) == [f"!{n}" for n in range(12)]
    assert weather.calm


async def test_an_invitation_that_could_not_be_followed_yet_survives_a_restart(bot, alice, weather):
    weather.once("POST", "/join/", failing(502))
    room = await alice.create("Littoral", bot.user_id)
    await weather.happens()
    await bot.stop()
    await bot.start()
    await bot.joins(room)


async def test_we_wait_as_long_as_we_are_asked_to(bot, alice, weather):
    room = await bot.meets(alice, encrypted=False)
    weather.once("PUT", "/send/m.room.message", limited({}, {"retry_after_ms": 700}))
    with structlog.testing.capture_logs() as logs:
        await bot.write(notice(room, "attendu", "waits"))
        await alice.hears(saying(room, "attendu"))
    assert [line["retry_in"] for line in logs if line["event"] == "letters.put_off"] == [0.7]


async def test_a_steady_conversation_asks_for_nothing_but_its_answers(bot, alice, weather):
    room = await bot.meets(alice)
    await bot.write(notice(room, "avant", "steady", 0))
    await alice.hears(saying(room, "avant"))
    weather.passed.clear()
    for n in range(1, 4):
        await alice.say(room, f"!{n}")
        await bot.said(room, f"!{n}")
        await bot.write(notice(room, f"{n}", "steady", n))
        await alice.hears(saying(room, f"{n}"))
    others = [p for p in weather.passed if not p[1].endswith("/sync")]
    assert len(others) == 3
    assert all("/send/m.room.encrypted/" in where for _, where in others)
