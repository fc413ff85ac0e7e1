"""What operators type where no homeserver answers: lines of the pages, ends of a start, two roads.

The pages are docs/operations.md, docs/exports.md, docs/import.md and docs/storage.md.
"""

import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from bot.matrix.net import files
from tests.doors.installed import bare, live
from tests.shell.place import ACCOUNT
from tests.souci import ROOT

A_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
MEND_ME, TRY_AGAIN = 78, 75
OFF = "?fast=off"
ROADS = ("", OFF)


def lines_of(page):
    """The lines of `souci` that a page shows, as words."""
    blocks = A_BLOCK.findall((ROOT / "docs" / page).read_text("utf-8"))
    lines = (line for block in blocks for line in block.splitlines())
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("souci ")]


@pytest.mark.usefixtures("lived")
def test_the_lines_of_the_page_on_exports_do_what_it_says(souci):
    done = [(line, souci.run(*line)) for line in lines_of("exports.md")]
    assert [line for line, end in done if (end.status, end.err) != (0, "")] == []
    assert len(done) == 4
    assert {"littoral.ods", "exports"} <= {file.name for file in souci.folder.iterdir()}


@pytest.mark.usefixtures("lived")
def test_the_lines_of_the_page_on_imports_do_what_it_says(souci):
    template, trial, applied = lines_of("import.md")
    assert souci.run(*template).status == 0
    (souci.folder / "tables" / "actions.csv").write_text("titre\nAnnuaire\n")
    ends = [souci.run(*line).status for line in (trial, trial, applied, applied)]
    assert ends == [0, 0, 0, 1]  # a trial enters nothing; the same is never entered twice


def test_the_status_is_1_once_the_homeserver_was_silent_for_three_minutes(souci, lived):
    pulse = souci.folder / "state" / "pulse"
    pulse.touch()
    assert souci.run("status", "--config", lived).status == 0
    os.utime(pulse, (time.time() - 181,) * 2)
    done = souci.run("status", "--config", lived)
    assert (done.status, done.out.startswith("homeserver: answered 18")) == (1, True)


def refused(souci, *words, status):
    """The one line of what ends with that status."""
    done = souci.run(*words)
    assert (done.status, done.out) == (status, "")
    [line] = done.err.splitlines()
    return line


def test_a_wrong_configuration_ends_a_start_with_78_and_other_words_with_1(souci, unserved):
    unserved.write_text(json.dumps({"matrix": ACCOUNT, "languages": "fr"}))
    ends = [
        refused(souci, "run", "--config", unserved, status=MEND_ME),
        refused(souci, "check-config", unserved, status=1),
    ]
    assert ["languages" in line for line in ends] == [True, True]


def test_a_database_that_another_program_holds_ends_a_start_with_75(souci, lived):
    database = souci.folder / "state" / "souci.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        line = refused(souci, "run", "--config", lived, status=TRY_AGAIN)
    assert line.startswith("souci run: ")


def test_a_homeserver_that_cannot_be_reached_is_waited_for_until_asked_to_stop(souci, unserved):
    running = subprocess.Popen(
        souci.command("run", "--config", unserved),
        cwd=souci.folder,
        env=bare(),
        stderr=subprocess.PIPE,
        text=True,
    )
    with running:
        try:
            assert any("homeserver.unreachable" in line for line in running.stderr)
            running.send_signal(signal.SIGHUP)  # reads the level of the log again, and ends nothing
            assert any("log.reloaded" in line for line in running.stderr)
            unserved.write_text("[")
            running.send_signal(signal.SIGHUP)
            assert any("log.not_reloaded" in line for line in running.stderr)
            running.send_signal(signal.SIGTERM)
            assert running.wait(30) == 0
        finally:
            running.kill()


def test_half_a_restore_does_not_start_and_is_undone(souci, lived):
    archive = souci.folder / "kept.tar.gz"
    assert souci.run("backup", "--config", lived, archive).status == 0
    there = souci.folder / "there.yaml"
    there.write_text(json.dumps({"matrix": ACCOUNT, "state_dir": "there"}))
    begun = souci.folder / "there"
    begun.mkdir(mode=0o700)
    files.write(begun / "restoring.json", {"instance": "x", "files": ["crosssigning.json"]})
    files.write(begun / "crosssigning.json", {"half": "done"})
    assert "was interrupted" in refused(souci, "run", "--config", there, status=MEND_ME)
    undone = souci.run("restore", "--config", there, "--undo")
    assert (undone.status, undone.out) == (0, "the interrupted restore is undone\n")
    assert not (begun / "crosssigning.json").exists()
    assert souci.run("restore", "--config", there, archive).status == 0


def test_a_state_directory_alone_holds_no_database(souci, lived):
    archive = souci.folder / "state.tar.gz"
    assert souci.run("backup", "--config", lived, "--state-only", archive).status == 0
    there = souci.folder / "there.yaml"
    there.write_text(json.dumps({"matrix": ACCOUNT, "state_dir": "there"}))
    line = refused(souci, "restore", "--config", there, archive, status=1)
    assert "the backup holds no database" in line


def place(souci, name, road):
    """A configuration with a folder of its own on that road, and the URL of its database."""
    file, state = souci.folder / f"{name}.yaml", souci.folder / name
    told = {"matrix": ACCOUNT, "state_dir": name, "database": f"sqlite:///souci.db{road}"}
    file.write_text(json.dumps(told))
    return file, f"sqlite:///{state / 'souci.db'}{road}"


def test_the_console_answers_the_same_with_the_fast_road_off(souci):
    said = [live(souci, *place(souci, f"road{number}", road)) for number, road in enumerate(ROADS)]
    assert said[0] == said[1]
    assert "C1 — 2 h pour « affiches »" in said[0].replace("\u00a0", " ")


def test_a_backup_goes_from_one_road_to_the_other(souci):
    here, url = place(souci, "here", OFF)
    live(souci, here, url)
    archive = souci.folder / "kept.tar.gz"
    assert souci.run("backup", "--config", here, archive).status == 0
    there, moved = place(souci, "there", "")
    assert souci.run("restore", "--config", there, archive).status == 0
    heard = souci.run("console", "--database", moved, lines="bob> !contributions\n")
    assert (heard.status, "affiches" in heard.out) == (0, True)
