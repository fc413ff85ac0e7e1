"""The shell alone, on the homeserver that all tests share."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest_asyncio

from tests.matrix.member import Member
from tests.matrix.shell.house import House, opened

NewHouse = Callable[..., Awaitable[House]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(homeserver, register, tmp_path_factory) -> AsyncIterator[NewHouse]:
    """A started shell with an account of its own: `bot = await house()`."""
    async with AsyncExitStack() as closing:

        async def house(**settings: Any) -> House:
            access, folder = await register("souci"), tmp_path_factory.mktemp("house")
            new = House(homeserver.url, access, folder, **settings)
            return await closing.enter_async_context(opened(new))

        yield house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(house) -> House:
    """The started shell that the tests of a module share, each in rooms of its own."""
    return await house()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member) -> Member:
    """The member that the tests of a module share."""
    return await member("alice")
