"""Members at the independent client, installed on first use (needs Node.js and its registry)."""

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

PROGRAM = Path(__file__).parent / "peer"
OLDEST = 20

NewPeer = Callable[..., Awaitable[Peer]]


@pytest.fixture(scope="session")
def node() -> str:
    """The Node.js program, with the client's packages in their place."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if not found or not npm:
        lack("Node.js and npm are not installed: no independent client")
    if _major(found) < OLDEST:
        lack(f"Node.js is older than {OLDEST}: no independent client")
    _install(npm)
    return found


def _major(node: str) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.match(r"v(\d+)", told)[1])


def _install(npm: str) -> None:
    """Puts the locked packages in place, unless these very ones already are."""
    wanted = hashlib.sha256((PROGRAM / "package-lock.json").read_bytes()).hexdigest()
    stamp = PROGRAM / "node_modules" / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=PROGRAM, capture_output=True, text=True, check=False)
    if done.returncode:
        lack(f"the independent client cannot be installed: {done.stderr.strip()[-300:]}")
    stamp.write_text(wanted)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def peer(node, homeserver, register, tmp_path_factory) -> AsyncIterator[NewPeer]:
    """Lets somebody new in, at the independent client: `carole = await peer("carole")`."""
    async with AsyncExitStack() as leaving:

        async def peer(name: str, *, strict: bool = True) -> Peer:
            log = tmp_path_factory.mktemp(name) / "peer.log"
            access = await register(name)
            entered = await Peer.enter(node, homeserver.url, access, log, strict=strict)
            leaving.push_async_callback(entered.leave)
            return entered

        yield peer
