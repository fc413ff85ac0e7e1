"""A file that its homeserver does not take holds up nothing, is sent once, and ends told."""

from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from aiohttp import web

from storage.mail import File, Unsent
from tests.matrix.shell.house import House, notice, opened, saying
from tests.matrix.shell.weather import failing, reset, weather_before

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

UPLOAD = "/media/v3/upload"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def weather(homeserver):
    async with weather_before(homeserver.url) as weather:
        yield weather


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(weather, register, tmp_path_factory):
    access, folder = await register("souci"), tmp_path_factory.mktemp("house")
    async with opened(House(weather.url, access, folder)) as house:
        yield house


def file_letter(room: str, cause: str, **more):
    content = {"msgtype": "m.file", "body": f"{cause}.zip"}
    file = File(name=f"{cause}.zip", mimetype="application/zip", body=b"zip" * 1000)
    return notice(room, "", cause, content=content, file=file, **more)


async def refused(_request, _weather):
    return web.json_response({"errcode": "M_FORBIDDEN", "error": "no"}, status=403)


async def test_the_homeserver_is_asked_once_what_it_takes(bot, weather):
    assert bot.started.largest_upload > 10**6
    assert len([where for _, where in weather.passed if where.endswith("/media/config")]) == 1


async def test_a_file_that_is_refused_ends_told_and_what_follows_arrives(bot, alice, weather):
    room = await bot.meets(alice)
    weather.once("POST", UPLOAD, refused)
    await bot.write(file_letter(room, "refused"), notice(room, "la suite", "refused", 1))
    await alice.hears(saying(room, "la suite"))
    assert ("refused", Unsent.REFUSED) in bot.unsent
    assert weather.calm
    await bot.sent("refused", 1)
    assert await bot.outbox.unfinished(9) == frozenset()


async def test_a_file_that_we_cannot_make_ends_told(bot, alice):
    room = await bot.meets(alice)
    uploads = bot.client._parts.uploads
    usual, uploads._press = uploads._press, lambda _file, _into: {}["a fault of ours"]
    letter = file_letter(room, "fault")
    await bot.write(
        replace(letter, file=replace(letter.file, recipe="x")), notice(room, "suit", "fault", 1)
    )
    await alice.hears(saying(room, "suit"))
    uploads._press = usual
    assert ("fault", Unsent.FAILED) in bot.unsent


async def test_a_file_larger_than_it_takes_is_not_even_sent(bot, alice, weather):
    room = await bot.meets(alice)
    uploads = bot.client._parts.uploads
    usual, uploads.largest = uploads.largest, 100
    before = len(weather.passed)
    await bot.write(file_letter(room, "large"), notice(room, "après", "large", 1))
    await alice.hears(saying(room, "après"))
    uploads.largest = usual
    assert ("large", Unsent.TOO_LARGE) in bot.unsent
    assert not [where for _, where in weather.passed[before:] if UPLOAD in where]


@pytest.mark.parametrize("fault", [failing(502), reset], ids=["bad gateway", "reset"])
async def test_a_file_that_cannot_leave_yet_holds_up_nothing(bot, alice, weather, fault):
    room = await bot.meets(alice)
    cause = f"later {id(fault)}"
    for _ in range(3):
        weather.once("POST", UPLOAD, fault)
    await bot.write(file_letter(room, cause), notice(room, f"{cause} next", cause, 1))
    await alice.hears(saying(room, f"{cause} next"))
    await alice.hears(saying(room, f"{cause}.zip"))
    bodies = [e.body for e in alice.timeline.heard if e.room == room and cause in e.body]
    assert bodies == [f"{cause} next", f"{cause}.zip"]
    assert weather.calm


async def test_a_file_is_uploaded_once_however_often_its_message_is_put(bot, alice, weather):
    room = await bot.meets(alice)
    for _ in range(3):
        weather.once("PUT", "/send/m.room.encrypted", failing(500))
    before = len(weather.passed)
    await bot.write(file_letter(room, "once"))
    await alice.hears(saying(room, "once.zip"))
    assert len([where for _, where in weather.passed[before:] if UPLOAD in where]) == 1


async def test_a_file_that_cannot_leave_for_a_day_is_given_up_and_told(bot, alice, weather):
    room = await bot.meets(alice)
    weather.once("POST", UPLOAD, failing(502))
    await bot.write(file_letter(room, "day"))
    await weather.happens()
    weather.once("POST", UPLOAD, failing(502))
    bot.shift = timedelta(days=1, minutes=1)
    await weather.happens()
    await bot.write(notice(room, "un jour après", "day", 1))
    await alice.hears(saying(room, "un jour après"))
    bot.shift = timedelta()
    assert ("day", Unsent.UNREACHABLE) in bot.unsent
    assert await bot.outbox.event_of("day", 0) is None
