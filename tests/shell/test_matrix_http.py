"""What an answer of the homeserver's means, or of whatever stands before it."""

import pytest
import pytest_asyncio
from aiohttp import web

from bot.matrix.net.errors import LimitedError, RefusedError, UnreachableError
from bot.matrix.net.http import Homeserver, path


@pytest_asyncio.fixture
async def ask():
    """Asks a server on loopback that answers as told: `await ask(status, text, headers)`."""
    told: list[web.Response] = []

    async def answer(_request: web.Request) -> web.Response:
        return told.pop()

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    home = Homeserver(f"http://127.0.0.1:{runner.addresses[0][1]}")

    async def ask(status: int, text: str, headers: dict[str, str] | None = None):
        told.append(web.Response(status=status, text=text, headers=headers))
        return await home.get("/")

    yield ask
    await home.close()
    await runner.cleanup()


async def test_an_answer(ask):
    assert await ask(200, '{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("text", ["", "<html>", "[1]", '{"a": '])
async def test_an_answer_that_is_no_object_is_none(ask, text):
    with pytest.raises(UnreachableError):
        await ask(200, text)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
async def test_a_server_in_trouble_may_be_asked_again(ask, status):
    with pytest.raises(UnreachableError) as caught:
        await ask(status, "<html>")
    assert caught.value.status == status


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413])
async def test_a_refusal_is_final(ask, status):
    with pytest.raises(RefusedError) as caught:
        await ask(status, '{"errcode": "M_FORBIDDEN", "error": "no"}')
    assert (caught.value.status, caught.value.errcode) == (status, "M_FORBIDDEN")


async def test_a_page_of_a_proxy_is_no_refusal(ask):
    with pytest.raises(UnreachableError):
        await ask(404, "<html>")


async def test_a_proxy_that_finds_a_request_too_large_is_believed(ask):
    with pytest.raises(RefusedError):
        await ask(413, "<html>")


@pytest.mark.parametrize(
    ("text", "headers", "seconds"),
    [
        ("{}", {"Retry-After": "7"}, 7),
        ('{"retry_after_ms": 1500}', {}, 1.5),
        ('{"retry_after_ms": 1500}', {"Retry-After": "7"}, 7),
        ('{"retry_after_ms": "soon"}', {"Retry-After": "Sun, 22 Nov 2026 06:00:00 GMT"}, 5),
        ('{"retry_after_ms": -1}', {}, 5),
        ("<html>", {}, 5),
        ("{}", {"Retry-After": "99999999"}, 3600),
        ("{}", {"Retry-After": "nan"}, 5),
    ],
)
async def test_a_limit_says_how_long(ask, text, headers, seconds):
    with pytest.raises(LimitedError) as caught:
        await ask(429, text, headers)
    assert caught.value.retry_after == seconds


async def test_nobody_there_is_unreachable_without_a_status():
    home = Homeserver("http://127.0.0.1:9")
    with pytest.raises(UnreachableError) as caught:
        await home.get("/")
    await home.close()
    assert caught.value.status is None


def test_no_id_reaches_another_endpoint():
    assert path("rooms", "!a/../../login?x#y:z") == (
        "/_matrix/client/v3/rooms/%21a%2F..%2F..%2Flogin%3Fx%23y%3Az"
    )
