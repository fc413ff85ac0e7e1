"""Independent programs in Node.js, installed on first use: a client, a reader of calendars."""

import hashlib
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from tests.conftest import lack
from tests.interop.peer import Peer

HERE = Path(__file__).parent
OLDEST = 20

NewPeer = Callable[..., Awaitable[Peer]]


@pytest.fixture(scope="session")
def node() -> str:
    """The Node.js program, new enough, with npm beside it."""
    found = shutil.which("node")
    if not found or not shutil.which("npm"):
        lack("Node.js and npm are not installed: no independent program")
    if _major(found) < OLDEST:
        lack(f"Node.js is older than {OLDEST}: no independent program")
    return found


@pytest.fixture(scope="session")
def client(node) -> str:
    """Node.js, with the packages of the independent client in their place."""
    _install(HERE / "peer")
    return node


@pytest.fixture(scope="session")
def reader(node) -> str:
    """Node.js, with the packages of the reader of calendars in their place."""
    _install(HERE / "calendar")
    return node


def _major(node: str) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.match(r"v(\d+)", told)[1])


def _install(program: Path) -> None:
    """Puts the locked packages in place, unless these very ones already are."""
    wanted = hashlib.sha256((program / "package-lock.json").read_bytes()).hexdigest()
    stamp = program / "node_modules" / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=program, capture_output=True, text=True, check=False)
    if done.returncode:
        lack(f"what {program.name} needs cannot be installed: {done.stderr.strip()[-300:]}")
    stamp.write_text(wanted)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def peer(client, homeserver, register, tmp_path_factory) -> AsyncIterator[NewPeer]:
    """Lets somebody new in, at the independent client: `carole = await peer("carole")`."""
    async with AsyncExitStack() as leaving:

        async def peer(name: str, *, strict: bool = True) -> Peer:
            log = tmp_path_factory.mktemp(name) / "peer.log"
            access = await register(name)
            entered = await Peer.enter(client, homeserver.url, access, log, strict=strict)
            leaving.push_async_callback(entered.leave)
            return entered

        yield peer
