"""An operator's folder, and `souci` in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.souci import ROOT

BOT = "@souci:localhost"
ACCOUNT = {"homeserver": "http://127.0.0.1:1", "user_id": BOT, "password": "secret"}
ENDS_WITHIN = 60


class Place:
    """A configuration, and what the bot keeps beside it; no homeserver answers it."""

    def __init__(self, folder: Path, *, user: str = BOT, **more: object) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.database = self.state / "souci.db"
        self.config = folder / "config.yaml"
        folder.mkdir(exist_ok=True)
        self.write(matrix=ACCOUNT | {"user_id": user}, **more)

    def write(self, **told: object) -> None:
        """The configuration anew."""
        self.config.write_text(json.dumps({"state_dir": "state"} | told))

    def souci(self, word: str, *more: object, through: Sequence[str] = ()) -> tuple[int, str, str]:
        """One word of the command line, as its operator types it: status, what it said, errors."""
        command = [sys.executable, "-m", "bot", *word.split(), "--config", self.config, *more]
        done = subprocess.run(
            [*through, *map(str, command)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=ENDS_WITHIN,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def refused(self, word: str, *more: object, status: int, through: Sequence[str] = ()) -> str:
        """The one line of what is refused, with that status."""
        found, _, errors = self.souci(word, *more, through=through)
        [line] = errors.splitlines()
        assert found == status, line
        assert line.startswith(f"souci {word.split(maxsplit=1)[0]}: ")
        return line

    def opens(self) -> None:
        """What a start asks of its database and state directory is well."""
        status, _, errors = self.souci("db upgrade")
        assert status == 0, errors
