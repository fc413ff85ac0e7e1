"""What an answer costs the homeserver: itself, and the sync that brought the question."""

import pytest

from bot.matrix.net.http import path
from tests.matrix.shell.house import House, notice, opened, saying
from tests.matrix.shell.weather import weather_before

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def test_once_all_are_known_an_encrypted_answer_is_the_only_request(
    homeserver, register, tmp_path, alice
):
    async with weather_before(homeserver.url) as weather:
        house = House(weather.url, await register("souci"), tmp_path)
        async with opened(house) as bot:
            rooms = [await bot.meets(alice), await bot.meets(alice)]
            for room in rooms * 2:
                await _answered(bot, alice, room)
            weather.passed.clear()
            for room in rooms:
                await _answered(bot, alice, room)
    sent = [where for method, where in weather.passed if method == "PUT"]
    assert ["/send/m.room.encrypted/" in where for where in sent] == [True, True]
    assert {where for method, where in weather.passed if method != "PUT"} == {path("sync")}


async def test_nobody_is_to_notify_us(bot):
    async with bot.requests() as home:
        rule = await home.get(path("pushrules", "global", "override", ".m.rule.master"))
    assert rule["enabled"]


async def _answered(bot: House, person, room: str) -> None:
    said = await person.say(room, "!aide")
    await bot.said(room, "!aide")
    await bot.write(notice(room, f"Voici {said}", cause=said))
    await person.hears(saying(room, f"Voici {said}"))
