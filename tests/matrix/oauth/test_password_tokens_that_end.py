"""A homeserver of passwords whose tokens end (MSC2918): renewed, or asked for anew."""

import asyncio
import itertools
from dataclasses import astuple

import pytest
import pytest_asyncio

from bot.demo.homeserver import Homeserver
from bot.demo.settings import ServerSettings
from bot.matrix.net import files
from tests.matrix.member import Member
from tests.matrix.shell.house import House, notice, saying

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


class Ending(ServerSettings):
    """Tokens end; those that can be renewed very soon."""

    def _homeserver(self) -> dict[str, object]:
        return ServerSettings._homeserver(self) | {
            "nonrefreshable_access_token_lifetime": "15m",
            "refreshable_access_token_lifetime": "3s",
        }


class EndingHomeserver(Homeserver):
    def __init__(self, folder) -> None:
        super().__init__(folder)
        self._settings = Ending(*astuple(self._settings))


@pytest.fixture(scope="module")
def ending(synapse_installed, tmp_path_factory):  # noqa: ARG001
    with EndingHomeserver(tmp_path_factory.mktemp("ending")) as home:
        yield home


@pytest.fixture(scope="module")
def register(ending):
    numbers = itertools.count(1)
    return lambda name: ending.register(f"{name}{next(numbers)}", "secret")


@pytest_asyncio.fixture(loop_scope="module")
async def house(ending, register, tmp_path):
    made = House(ending.url, await register("souci"), tmp_path)
    await made.start()
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="module")
async def alice(ending, register, tmp_path):
    (tmp_path / "alice").mkdir()
    entered = await Member.enter(ending.url, await register("alice"), tmp_path / "alice")
    yield entered
    await entered.leave()


def kept(house):
    return files.read(house.state / "session.json")


async def test_tokens_are_renewed_as_the_same_device(house, alice):
    room = await house.meets(alice)
    before = kept(house)
    async with asyncio.timeout(30):
        while kept(house)["token"] == before["token"]:
            await alice.say(room, "bonjour")
            await asyncio.sleep(0.2)
    await house.write(notice(room, "encore", "renewed"))
    await alice.hears(saying(room, "encore"))
    assert kept(house)["device_id"] == before["device_id"]
    assert kept(house)["refresh_token"] != before["refresh_token"]


async def test_an_ended_token_is_renewed_at_the_next_start(house, alice):
    room = await house.meets(alice)
    await house.stop()
    device = house.device_id
    await asyncio.sleep(4)  # the one thing that is waited for is that time passes
    await house.start()
    await house.write(notice(room, "de retour", "ended"))
    await alice.hears(saying(room, "de retour"))
    assert house.device_id == device


async def test_where_the_pair_is_lost_the_password_opens_another_session(house, alice):
    room = await house.meets(alice)
    await house.stop()
    device = house.device_id
    files.write(house.state / "session.json", kept(house) | {"token": "x", "refresh_token": "y"})
    await house.start()
    await house.write(notice(room, "de retour", "lost"))
    await alice.hears(saying(room, "de retour"))
    assert house.device_id == device
