"""Tokens that end: who is refused for one asks again with the next, which was asked for once."""

import asyncio
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from aiohttp import web
from nio.crypto import OlmDevice

from bot.matrix.crypto.devices import DeviceLists
from bot.matrix.crypto.keys import DeviceKeys
from bot.matrix.crypto.machine import open_machine
from bot.matrix.crypto.store import open_store
from bot.matrix.net.errors import (
    LimitedError,
    LoggedOutError,
    RefusedError,
    UnreachableError,
)
from bot.matrix.net.http import Homeserver
from bot.matrix.net.renewal import Renewal, TokenPair

UNKNOWN = {"errcode": "M_UNKNOWN_TOKEN", "error": "gone", "soft_logout": False}


@dataclass
class Server:
    """A homeserver that knows one token, and gives the next one; what it was asked is counted."""

    known: str = "t1"
    given: int = 1
    asked: int = 0
    renewals: int = 0
    renewing: asyncio.Event = field(default_factory=asyncio.Event)
    trouble: list[Exception] = field(default_factory=list)
    locked: bool = False
    kept: list[str] = field(default_factory=list)
    disk: list[OSError] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        await request.read()
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.locked or token != self.known:
            return web.json_response(UNKNOWN, status=401)
        return web.json_response({"token": token, "content_uri": "mxc://x/y"})

    async def exchange(self, refresh_token: str) -> TokenPair:
        self.renewals += 1
        self.renewing.set()
        await asyncio.sleep(0)
        if self.trouble:
            raise self.trouble.pop(0)
        assert refresh_token == f"r{self.given}"
        self.given += 1
        self.known = f"t{self.given}"
        return TokenPair(self.known, f"r{self.given}")

    def end(self) -> None:
        """The token that it knows is good no longer."""
        self.known = ""


@pytest.fixture
def server():
    return Server()


@pytest_asyncio.fixture
async def home(server):
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    home = Homeserver(f"http://127.0.0.1:{runner.addresses[0][1]}")

    def keep(pair: TokenPair) -> None:
        if server.disk:
            raise server.disk.pop(0)
        server.kept.append(pair.token)
        home.token = pair.token

    home.token = "t1"
    home.renewal = Renewal(TokenPair("t1", "r1"), server.exchange, keep)
    yield home
    await home.close()
    await runner.cleanup()


async def test_what_was_refused_for_an_old_token_is_asked_again_with_the_next(server, home):
    server.end()
    assert (await home.get("/"))["token"] == "t2"
    assert server.kept == ["t2"]


async def test_those_who_ask_together_have_one_next_token(server, home):
    server.end()
    answers = await asyncio.gather(*(home.get("/") for _ in range(20)))
    assert {answer["token"] for answer in answers} == {"t2"}
    assert server.renewals == 1


@pytest.mark.parametrize("kind", ["download", "upload"])
async def test_files_are_asked_again_too(server, home, kind, tmp_path):
    server.end()
    received = bytearray()
    (tmp_path / "file").write_bytes(b"content")
    with (tmp_path / "file").open("rb") as body:
        if kind == "download":
            await home.download("/", 1000, received.extend)
            assert b"t2" in received
        else:
            assert await home.upload(body, 7) == "mxc://x/y"


@pytest.mark.parametrize("error", [UnreachableError("away"), LimitedError(7)])
async def test_a_renewal_that_fails_for_now_says_later_and_keeps_the_pair(server, home, error):
    server.end()
    server.trouble = [error]
    with pytest.raises(type(error)):
        await home.get("/")
    assert (await home.get("/"))["token"] == "t2"


async def test_a_session_that_is_over_is_asked_about_once(server, home):
    server.end()
    server.trouble = [LoggedOutError("over")]
    for _ in range(5):
        with pytest.raises(LoggedOutError):
            await home.get("/")
    assert server.renewals == 1


async def test_new_tokens_that_are_not_known_either_are_no_loop(server, home):
    server.locked = True
    with pytest.raises(LoggedOutError):
        await home.get("/")
    assert (server.renewals, server.asked) == (4, 4)


async def test_a_pair_that_cannot_be_written_is_not_used_and_not_asked_for_again(server, home):
    server.end()
    server.disk = [OSError(28, "no space left")]
    with pytest.raises(UnreachableError):
        await home.get("/")
    assert home.token == "t1"
    assert (await home.get("/"))["token"] == "t2"
    assert server.renewals == 1


async def test_somebody_who_waits_no_longer_does_not_end_it_for_the_others(server, home):
    server.end()
    gone, staying = (asyncio.create_task(home.get("/")) for _ in range(2))
    await server.renewing.wait()
    gone.cancel()
    assert (await staying)["token"] == "t2"


async def test_a_token_is_replaced_before_anybody_is_refused_for_it(server, home):
    def keep(pair: TokenPair) -> None:
        home.token = pair.token

    home.renewal = Renewal(TokenPair("t1", "r1", lasts=-1), server.exchange, keep)
    await home.get("/")
    await home.renewal.close()
    assert (home.token, server.renewals) == ("t2", 1)


async def test_without_a_next_token_the_session_is_over(server, home):
    home.renewal = None
    server.end()
    with pytest.raises(LoggedOutError):
        await home.get("/")
    assert server.asked == 1


async def test_who_asks_as_nobody_is_only_refused(server, home):
    home.token = None
    with pytest.raises(RefusedError):
        await home.get("/")
    assert server.renewals == 0


async def test_keys_count_as_published_only_where_the_homeserver_took_them(server, home, tmp_path):
    home.renewal = None
    server.end()
    store = open_store(tmp_path, "@souci:x", "DEVICE")
    machine = open_machine(store)
    keys = DeviceKeys(machine, home, DeviceLists(machine, home))
    keys.counted({"signed_curve25519": 0}, None)
    with pytest.raises(LoggedOutError):
        await keys.tend()
    assert len(machine.account.one_time_keys["curve25519"]) == 50
    store.close()


async def test_a_device_does_not_rest_where_it_was_we_who_were_refused(server, home, tmp_path):
    home.renewal = None
    server.end()
    store = open_store(tmp_path, "@souci:x", "DEVICE")
    with pytest.raises(LoggedOutError):
        await DeviceLists(open_machine(store), home).claim([OlmDevice("@alice:x", "A", {})])
    store.close()
