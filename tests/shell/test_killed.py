"""`souci restore` and `souci backup`, killed before each file that they touch."""

import json
import os
import re
import shutil
import subprocess
import sys
from itertools import count

import pytest

from bot.backup.archive import unpack
from bot.backup.taking import _stage
from bot.matrix.net import files
from tests.shell.place import Place
from tests.shell.test_backup_cli import Place as Old
from tests.souci import ROOT

GUIDE = ROOT / "docs" / "operations.md"
KILLED = -9


class Mortal:
    """Runs words of `souci` that are killed at a step; 0 steps: they are left alone."""

    def __init__(self, process, folder):
        self._process = process
        self._errors = folder / "errors"

    def run(self, place, word, *more, steps=0):
        words = [*word.split(), "--config", str(place.config), *map(str, more)]
        order = {"words": words, "folder": str(place.folder), "steps": steps}
        self._process.stdin.write(json.dumps(order | {"errors": str(self._errors)}) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    @property
    def said(self):
        return self._errors.read_text("utf-8")


@pytest.fixture
def mortal(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "tests.shell.mortal"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Mortal(process, tmp_path)
        process.stdin.close()


@pytest.fixture
def old(tmp_path):
    return Old(tmp_path / "old").live()


@pytest.fixture
def archive(old, tmp_path):
    assert old.run("backup", tmp_path / "b.tar.gz") == 0
    return tmp_path / "b.tar.gz"


PASSING = {
    *("lock", "restoring.json.new", "instance.json"),
    *("souci.db", "souci.db-wal", "souci.db-shm"),
}


def kept(place):
    """What is in the state directory, but for what says nothing or differs from time to time."""
    found = (file for file in place.state.rglob("*") if file.is_file())
    telling = (f for f in found if f.name not in PASSING and not f.name.startswith(".probe-"))
    return {str(f.relative_to(place.state)): f.read_bytes() for f in telling}


def seen(place):
    """What a kill has left, by the names and sizes of files: looked at once each."""
    found = (f for f in place.folder.rglob("*") if f.is_file())
    named = ((re.sub("-[a-z0-9_]{8}/", "/", str(f.relative_to(place.folder))), f) for f in found)
    return frozenset((name, f.stat().st_size) for name, f in named)


def whole(place):
    """Whether the restore came to its end: its database is there, under its mark."""
    return place.database.exists() and files.read(place.state / "instance.json") is not None


def begun(place):
    return bool(kept(place)) or place.database.exists()


def test_a_restore_killed_at_any_step_does_not_start_before_it_is_done_or_undone(
    mortal, archive, tmp_path
):
    reference = Place(tmp_path / "reference")
    assert mortal.run(reference, "restore", archive) == 0
    wanted, known, interrupted = kept(reference), set(), 0
    for steps in count(1):
        place = Place(tmp_path / f"{steps}")
        status = mortal.run(place, "restore", archive, steps=steps)
        if status == 0:
            break
        assert status == KILLED
        if (left := seen(place)) in known:
            continue
        known.add(left)
        if whole(place):
            assert mortal.run(place, "db upgrade") == 0, mortal.said
            assert kept(place) == wanted
        elif begun(place):
            interrupted += 1
            refused_then_mended(mortal, place, archive, wanted)
    assert interrupted > 10


def refused_then_mended(mortal, place, archive, wanted):
    """Half a restore: it does not start; done again it is whole, undone it is gone."""
    assert mortal.run(place, "run") == 78
    assert mortal.said.startswith("souci run: a restore into ")
    assert mortal.said.count("\n") == 1
    other = Place(place.folder.with_name(f"{place.folder.name}-undone"))
    shutil.rmtree(other.folder)
    shutil.copytree(place.folder, other.folder)
    assert mortal.run(other, "restore", "--undo") == 0, mortal.said
    assert not begun(other)
    assert mortal.run(place, "restore", archive) == 0, mortal.said
    assert kept(place) == wanted
    assert mortal.run(place, "db upgrade") == 0, mortal.said


def test_a_backup_killed_at_any_step_leaves_nothing_that_the_next_one_does_not_sweep(
    mortal, old, tmp_path
):
    old.folder, left = tmp_path, 0
    for steps in count(1):
        target = tmp_path / f"backups-{steps}"
        target.mkdir()
        status = mortal.run(old, "backup", target / "souci-1.tar.gz", steps=steps)
        if status == 0:
            break
        assert status == KILLED
        left += any(file.name.startswith(".") for file in target.iterdir())
        assert mortal.run(old, "backup", target / "souci-2.tar.gz") == 0, mortal.said
        names = {file.name for file in target.iterdir()}
        assert names - {"souci-1.tar.gz"} == {"souci-2.tar.gz"}
        for name in names:
            unpack(target / name, tmp_path / f"out-{steps}-{name}", lambda *_: None)
    assert left > 5


def test_one_that_another_backup_works_in_is_left(mortal, old, tmp_path):
    with _stage(tmp_path) as busy:
        assert mortal.run(old, "backup", tmp_path / "souci-1.tar.gz") == 0, mortal.said
        assert busy.is_dir()


def test_the_guide_s_line_deletes_old_backups_and_what_killed_ones_left(tmp_path):
    [line] = re.findall(r"find /var/backups/souci .*", GUIDE.read_text("utf-8"))
    for name in ("souci-old.tar.gz", "souci-new.tar.gz", "other.txt"):
        (tmp_path / name).touch()
    for name in (".souci-backup-old", ".souci-backup-new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "database.db").touch()
    for old in [*tmp_path.glob("*souci-*old*"), *tmp_path.glob("*.txt")]:
        os.utime(old, (0, 0))
    command = line.replace("/var/backups/souci", str(tmp_path))
    subprocess.run(command, shell=True, check=True)  # noqa: S602 — the guide's own line
    left = {file.name for file in tmp_path.iterdir()}
    assert left == {"souci-new.tar.gz", "other.txt", ".souci-backup-new"}
