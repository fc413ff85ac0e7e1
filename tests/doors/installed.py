"""The command line as people open it: the installed program, in a process of its own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.guards.repository import PACKAGES
from tests.souci import ROOT


@dataclass(frozen=True, slots=True)
class Done:
    """How a word ended, and what it printed on both sides."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Installed:
    """souci installed from its wheel; `folder` is where people stand when they type."""

    program: Path
    folder: Path

    def command(self, *words: object) -> list[str]:
        return [str(self.program), *map(str, words)]

    def run(self, *words: object, lines: str = "", seconds: float = 120) -> Done:
        """Type one word, with these lines on its standard input."""
        return self.execute(self.command(*words), lines, seconds)

    def module(self, *words: object) -> Done:
        """The same by `python -m bot`."""
        return self.execute([str(self.program.with_name("python")), "-m", "bot", *map(str, words)])

    def execute(self, command: list[str], lines: str = "", seconds: float = 120) -> Done:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=bare(),
            input=lines,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)


LIFE = (
    "alice> !cercle créer Littoral\n"
    "alice> !doter 500 € de la MEL\n"
    "bob> !contribution 2h affiches 80 €\n"
)


def live(souci: Installed, config: Path, url: str) -> str:
    """A circle lives a little in the database of that configuration; what the console printed."""
    made = souci.run("db", "upgrade", "--config", config)
    assert made.status == 0, made.err
    done = souci.run("console", "--database", url, lines=LIFE)
    assert done.status == 0, done.err
    return done.out


def bare() -> dict[str, str]:
    """The environment of somebody who set nothing for souci or for Python."""
    theirs = ("SOUCI_", "PYTHON", "PYTEST", "COVERAGE")
    return {name: value for name, value in os.environ.items() if not name.startswith(theirs)}


def install(folder: Path) -> Path:
    """Build the wheel and install it alone; what it depends on is that of the tests.

    It is built from a copy: what an earlier build left in the tree does not get in.
    """
    source, place = folder / "source", folder / "environment"
    _copy(source)
    _tool("pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source))
    (wheel,) = folder.glob("souci-*.whl")
    _tool("venv", "--without-pip", str(place))
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "others.pth").write_text("\n".join(_packages()))
    alone = ("--offline", "--no-deps", "--python", str(place))
    _tool("uv", "pip", "install", "-q", *alone, str(wheel))
    return place / "bin" / "souci"


def _copy(source: Path) -> None:
    source.mkdir()
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)


def _packages() -> list[str]:
    """Where the tests' own environment has its packages; the tree is none of them."""
    return [path for path in sys.path if path.endswith("site-packages")]


def _tool(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
