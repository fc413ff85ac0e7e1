"""A Dockerfile as its instructions, read without an engine; and its build, played on paper."""

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True)
class Instruction:
    """`RUN`, `COPY`… and what follows it, on one line."""

    name: str
    value: str

    @property
    def words(self) -> list[str]:
        """The words of an exec form (a JSON list), or none for a shell form."""
        return json.loads(self.value) if self.value.startswith("[") else []


def read(text: str) -> list[Instruction]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    pairs = [line.split(None, 1) for line in joined.splitlines()]
    return [Instruction(name.upper(), value.strip()) for name, value in pairs]


def stages(instructions: list[Instruction]) -> list[list[Instruction]]:
    """The instructions of each stage, from its FROM on."""
    found: list[list[Instruction]] = []
    for instruction in instructions:
        if instruction.name == "FROM":
            found.append([])
        found[-1].append(instruction)
    return found


class Build:
    """Plays WORKDIR, COPY and RUN of a stage in folders that stand for the image's root.

    Each RUN makes a layer, kept in `layers` under a hash of all that led to it: what is unchanged
    since the last time is not played again, as with an engine.
    """

    def __init__(self, context: Path, layers: Path, python: str) -> None:
        self._context = context
        self._layers = layers
        self._python = python
        self._mark = hashlib.sha256(python.encode())
        self._root = layers / "empty"
        self._folder = PurePosixPath()
        self._copies: list[tuple[Path, PurePosixPath]] = []

    def play(self, stage: list[Instruction]) -> Path:
        """Gives the root of the last layer; the layers of other times are thrown away."""
        self._root.mkdir(parents=True, exist_ok=True)
        kept = {self._root}
        for instruction in stage:
            self._one(instruction)
            kept.add(self._root)
        for layer in set(self._layers.iterdir()) - kept:
            shutil.rmtree(layer)
        return self._root

    def _one(self, instruction: Instruction) -> None:
        self._mark.update(repr(instruction).encode())
        match instruction.name:
            case "WORKDIR":
                self._folder = PurePosixPath(instruction.value.lstrip("/"))
            case "COPY":
                *sources, target = instruction.value.split()
                for source in sources:
                    self._copies += self._copied(source, self._folder / target)
            case "RUN":
                self._run(instruction.value)

    def _copied(self, source: str, target: PurePosixPath) -> Iterator[tuple[Path, PurePosixPath]]:
        whole = self._context / source
        inside = [whole] if whole.is_file() else sorted(whole.rglob("*.*"))
        if not inside:
            raise FileNotFoundError(source)
        for path in inside:
            if path.is_file() and "__pycache__" not in path.parts:
                self._mark.update(path.read_bytes())
                yield path, target / path.relative_to(whole.parent if whole.is_file() else whole)

    def _run(self, command: str) -> None:
        layer = self._layers / self._mark.hexdigest()[:12]
        if not layer.exists():
            making = self._layers / "making"
            shutil.rmtree(making, ignore_errors=True)
            shutil.copytree(self._root, making, symlinks=True, copy_function=os.link)
            self._fill(making)
            self._execute(command, making)
            making.rename(layer)
        self._root = layer
        self._copies.clear()

    def _fill(self, root: Path) -> None:
        (root / self._folder).mkdir(parents=True, exist_ok=True)
        for source, target in self._copies:
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, root / target)

    def _execute(self, command: str, root: Path) -> None:
        inside = re.sub(r"(?<![\w.:/-])/(?=\w)", f"{shlex.quote(str(root))}/", command)
        inside = re.sub(r"(?<![\w./-])python(?=\s)", shlex.quote(self._python), inside)
        shell = ["/bin/sh", "-ec", inside]
        place = root / self._folder
        done = subprocess.run(shell, cwd=place, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
