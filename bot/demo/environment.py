"""A virtual environment apart (Synapse's), made once in a cache folder and used again."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SYNAPSE: Final = Path(__file__).with_name("synapse.txt")
_CHECKOUT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class LongStep:
    """How far a long step has come. `key` names a sentence; `done` and `total` count parts of it.

    Keys: `demo.installing` (in packages), `demo.starting` (0 of 1, then 1 of 1).
    """

    key: str
    done: int
    total: int


Progress = Callable[[LongStep], None]
"""Told of each step, possibly from another thread than the caller's."""


class HomeserverError(RuntimeError):
    """The homeserver cannot be installed, started or asked; the text says why in one line."""


def default_cache() -> Path:
    """Where the environment lives: in the checkout's `.cache`, else in the user's cache folder."""
    if (_CHECKOUT / "pyproject.toml").exists():
        return _CHECKOUT / ".cache" / "synapse"
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "souci" / "synapse"


class Environment:
    """The virtual environment in `folder`; `prepare` makes it unless it is already right.

    `lock`: the file of all it holds, pinned and hashed (the homeserver's unless said).
    """

    def __init__(self, folder: Path, lock: Path = _SYNAPSE) -> None:
        self._folder = folder
        self._lock = lock
        self._child: subprocess.Popen[str] | None = None
        self._cancelled = False

    @property
    def python(self) -> Path:
        return self._folder / "bin" / "python"

    def prepare(self, progress: Progress) -> None:
        """Installs the pinned homeserver where it is missing; raises `HomeserverError`."""
        with _alone(self._folder):
            if not self._ready():
                self._install(progress)

    def cancel(self) -> None:
        """Ends an installation under way in another thread, which then raises."""
        self._cancelled = True
        if self._child is not None:
            self._child.kill()

    def _ready(self) -> bool:
        stamp = self._stamp()
        return self.python.exists() and stamp.exists() and stamp.read_text() == self._wanted()

    def _install(self, progress: Progress) -> None:
        total = self._packages()
        progress(LongStep("demo.installing", 0, total))
        self._run([sys.executable, "-m", "venv", "--clear", str(self._folder)], lambda _line: None)
        self._run(self._pip(), _Counter(progress, total))
        self._stamp().write_text(self._wanted())
        progress(LongStep("demo.installing", total, total))

    def _wanted(self) -> str:
        """What it must hold to be used: these packages, for this interpreter."""
        return f"{sys.version} {hashlib.sha256(self._lock.read_bytes()).hexdigest()}"

    def _packages(self) -> int:
        return sum("==" in line for line in self._lock.read_text().splitlines() if line[:1] != "#")

    def _stamp(self) -> Path:
        return self._folder / "installed"

    def _pip(self) -> list[str]:
        pip = [str(self.python), "-I", "-m", "pip", "--disable-pip-version-check", "install"]
        # uncompiled: Python compiles what is used when it is used, half of it never is
        quick = ["--no-compile", "--only-binary", ":all:"]
        return [*pip, *quick, "--no-deps", "--require-hashes", "-r", str(self._lock)]

    def _run(self, command: list[str], heard: Callable[[str], None]) -> None:
        """Runs a program to its end, each line told to `heard`; its last line is the error's."""
        last: deque[str] = deque(maxlen=1)
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as child:
            self._child = child
            if self._cancelled:
                child.kill()
            for line in child.stdout or ():
                last.append(line.strip())
                heard(line)
        self._child = None
        if child.returncode:
            raise HomeserverError(f"{self._lock.stem} cannot be installed: {' '.join(last)}")


class _Counter:
    """Counts the packages that pip names as it meets them."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def __call__(self, line: str) -> None:
        if line.startswith(("Collecting ", "Processing ")) and self._done < self._total - 1:
            self._done += 1
            self._progress(LongStep("demo.installing", self._done, self._total))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One installation at a time, also among several programs."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
