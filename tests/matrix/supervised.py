"""The bot under a supervisor: started again whenever it ends, unless its status forbids it."""

import asyncio
import json
import re
import sys
from pathlib import Path

from bot.demo.homeserver import Access, Homeserver
from tests.souci import ROOT

GUIDE = ROOT / "docs" / "operations.md"
MOST_STARTS = 8


def never_restarted() -> set[int]:
    """The statuses that the documented unit names."""
    [line] = re.findall(r"^RestartPreventExitStatus=(.*)$", GUIDE.read_text("utf-8"), re.MULTILINE)
    return {int(status) for status in line.split()}


async def souci(*words: object) -> tuple[int, str]:
    """One word of the command line, in a process of its own: its status, and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *map(str, words)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


class Supervised:
    """One copy of the bot, as `Restart=always` keeps it, in a folder of its own."""

    program = "bot"

    def __init__(self, home: Homeserver, access: Access, folder: Path, **more: object) -> None:
        self.folder = folder
        self.statuses: list[int] = []
        self._process: asyncio.subprocess.Process | None = None
        self._loop: asyncio.Task[None] | None = None
        folder.mkdir(exist_ok=True)
        account = {
            "homeserver": home.url,
            "user_id": access.user_id,
            "password": access.password,
        }
        told = {"matrix": account, "state_dir": "state", "invites": {"allow": ["*:*"]}} | more
        self.config.write_text(json.dumps(told))

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def last_line(self) -> str:
        """What it said at the end."""
        return self._log.read_text("utf-8").splitlines()[-1]

    async def start(self) -> None:
        """Supervise it; back once it is ready, or at rest for good."""
        mark = self._log.stat().st_size if self._log.exists() else 0
        self._loop = asyncio.create_task(self._supervise())
        while not self._loop.done() and '"ready"' not in self._said(mark):  # noqa: ASYNC110 — another process
            await asyncio.sleep(0.1)

    async def ended(self) -> int:
        """Wait until it is not started again; the status that it ended with."""
        await asyncio.wait_for(asyncio.shield(self._loop), 60)
        return self.statuses[-1]

    @property
    def alive(self) -> bool:
        return self._loop is not None and not self._loop.done()

    async def stop(self) -> None:
        """As an operator does: it is ended, and not started again."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.wait([self._loop])
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def _supervise(self) -> None:
        for _ in range(MOST_STARTS):
            with self._log.open("ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", self.program, "run", "--config", str(self.config)),
                    cwd=ROOT,
                    stdout=log,
                    stderr=log,
                )
            self.statuses.append(await self._process.wait())
            if self.statuses[-1] in never_restarted():
                return

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _said(self, mark: int) -> str:
        return self._log.read_bytes()[mark:].decode() if self._log.exists() else ""
