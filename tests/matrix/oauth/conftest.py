"""A real homeserver that delegates to a small issuer, and people who were signed in by it."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from tests.conftest import NewMember, Register
from tests.matrix.member import Member
from tests.matrix.oauth.delegating import DelegatingHomeserver
from tests.matrix.oauth.issuer import Issuer
from tests.matrix.oauth.signed import Signed

NewBot = Callable[[Path], Awaitable[Signed]]


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    with Issuer() as running:
        yield running


@pytest.fixture(scope="session")
def homeserver(synapse_installed, issuer, tmp_path_factory) -> Iterator[DelegatingHomeserver]:  # noqa: ARG001
    with DelegatingHomeserver(tmp_path_factory.mktemp("delegating"), issuer) as running:
        yield running


@pytest.fixture(scope="session")
def register(homeserver, issuer) -> Register:  # noqa: ARG001
    """Makes an account of its own, with a device whose token lasts."""
    numbers = itertools.count(1)
    return lambda name: issuer.account(f"{name}{next(numbers)}", name)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def member(homeserver, register, tmp_path_factory) -> AsyncIterator[NewMember]:
    """Lets somebody new in, at a nio client."""
    async with AsyncExitStack() as leaving:

        async def member(name: str) -> Member:
            store = tmp_path_factory.mktemp(name)
            entered = await Member.enter(homeserver.url, await register(name), store)
            leaving.push_async_callback(entered.leave)
            return entered

        yield member


@pytest_asyncio.fixture(loop_scope="module")
async def bot(new_bot, tmp_path, issuer) -> AsyncIterator[Signed]:
    """A bot of its own that nobody has signed in yet; the issuer is as at the beginning after."""
    made = await new_bot(tmp_path)
    yield made
    await made.stop()
    issuer.heal()


@pytest.fixture(scope="session")
def new_bot(homeserver, register, issuer) -> NewBot:
    async def bot(folder: Path) -> Signed:
        return Signed(homeserver, await register("souci"), folder, issuer)

    return bot
