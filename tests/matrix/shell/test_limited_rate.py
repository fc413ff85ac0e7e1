"""Where the homeserver limits our rate: people's answers first, in order, then scheduled posts."""

import time
from urllib.parse import unquote

import pytest
import pytest_asyncio
from aiohttp import web

from storage.letters import transaction_id
from tests.matrix.shell.house import House, notice, opened
from tests.matrix.shell.weather import Weather, limited, weather_before

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

PAUSE = 0.25


class Bucket(Weather):
    """Takes one message each quarter of a second, as a homeserver does: the others get a 429."""

    refill = 0.0
    strict = False
    refused = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if self.strict and request.method == "PUT" and "/send/" in request.path:
            now = time.monotonic()
            if now < self.refill:
                self.refused += 1
                left = int((self.refill - now) * 1000) + 1
                return await limited({}, {"retry_after_ms": left})(request, self)
            self.refill = now + PAUSE
        return await self.forward(request)

    def letters(self) -> list[str]:
        """The transaction ids of the messages taken, in order."""
        return [
            unquote(p.rpartition("/")[2]) for m, p in self.passed if m == "PUT" and "/send/" in p
        ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bucket(homeserver):
    async with weather_before(homeserver.url, Bucket) as bucket:
        yield bucket


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(bucket, register, tmp_path_factory):
    access, folder = await register("souci"), tmp_path_factory.mktemp("house")
    async with opened(House(bucket.url, access, folder)) as house:
        yield house


async def answers_and_posts(bot, alice, bucket) -> None:
    """A post in each of three rooms, then four answers in one, all under a strict limit."""
    rooms = [await bot.meets(alice, encrypted=False) for _ in range(3)]
    bucket.strict, bucket.refill = True, time.monotonic() + 2 * PAUSE
    posts = [notice(room, "bilan", "post", n, scheduled=True) for n, room in enumerate(rooms)]
    await bot.write(*posts)
    await bot.write(*(notice(rooms[0], f"réponse {n}", "answer", n) for n in range(4)))
    for n in range(3):
        await bot.sent("post", n)


async def test_answers_go_before_posts_that_were_written_first(bot, alice, bucket):
    await answers_and_posts(bot, alice, bucket)
    wanted = [transaction_id("answer", n) for n in range(4)]
    posts = {transaction_id("post", n) for n in range(3)}
    taken = bucket.letters()[-7:]
    assert (taken[:4], set(taken[4:])) == (wanted, posts)


async def test_a_homeserver_that_limits_is_asked_for_one_letter_at_a_time(bucket):
    first_posts, letters = 3, 7
    assert bucket.refused <= first_posts + letters
