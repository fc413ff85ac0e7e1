"""The bot as a process of its own, that can be killed, suspended, and starved."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.demo.homeserver import Access, Homeserver

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Bot:
    """The bot's process. `through`: words to put before its command (a tool that drops rights)."""

    folder: Path
    access: Access
    server: str
    url: str
    database: str | None = None
    through: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None
    state_dir: Path | None = None
    starts: int = 0

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"

    @property
    def state(self) -> Path:
        return self.state_dir or self.folder / "state"

    @property
    def database_file(self) -> Path:
        return self.state / "souci.db"

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def start(self, **more: str) -> None:
        """Start it with these variables in its environment; what it needs to know is written."""
        self._write_config()
        self.starts += 1
        command = ("-m", "tests.torture.hurt", "run", "--config", str(self.folder / "config.yaml"))
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.through,
                sys.executable,
                *command,
                cwd=ROOT,
                env=dict(os.environ) | self.environment | more,
                stdout=log,
                stderr=log,
            )

    async def ready(self) -> None:
        """Start it, and wait until it listens."""
        mark = self.mark()
        await self.start()
        while self.alive and not self.said('"ready"', mark):
            await asyncio.sleep(0.1)

    async def stop(self, number: int = signal.SIGTERM) -> int:
        """End it, and wait for its end; its exit status."""
        if self.process is None:
            return 0
        self.signal(number)
        return await self.process.wait()

    async def ends_within(self, seconds: float) -> bool:
        """Whether it has ended by then."""
        if self.process is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.process.wait(), seconds)
        return not self.alive

    async def kill(self) -> None:
        await self.stop(signal.SIGKILL)

    def signal(self, number: int) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(number)

    def said(self, word: str, since: int = 0) -> int:
        """How many lines of its log, from that byte on, hold a word."""
        with self.log.open("rb") as log:
            log.seek(since)
            return sum(word.encode() in line for line in log)

    def mark(self) -> int:
        """Where its log ends by now."""
        return self.log.stat().st_size if self.log.exists() else 0

    def _write_config(self) -> None:
        told: Mapping[str, object] = {
            "matrix": {
                "homeserver": self.url,
                "user_id": self.access.user_id,
                "password": self.access.password,
            },
            "state_dir": str(self.state),
            "invites": {"allow": [f"*:{self.server}"]},
        } | ({"database": self.database} if self.database else {})
        config = self.folder / "config.yaml"
        config.write_text(json.dumps(told))  # YAML, which JSON is
        config.chmod(0o600)


def bot_of(home: Homeserver, access: Access, folder: Path, database: str | None = None) -> Bot:
    """A bot that is not started yet, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    return Bot(folder, access, home.server_name, home.url, database)
