"""Files and folders that are not what they should be end every word in one line."""

import json
import os
import sqlite3
from contextlib import closing

import pytest

from bot.matrix.net import files
from bot.matrix.net.lock import held
from tests.doors.installed import live
from tests.doors.refusals import SECRET, WITHIN, line_of
from tests.unprivileged import without_rights

ACCOUNT = {"homeserver": "http://127.0.0.1:1", "user_id": "@souci:localhost", "password": SECRET}
MEND_ME, TRY_AGAIN = 78, 75
NOBODY = 65534
UNWRITABLE = "/proc/souci"


class Desk:
    """A configuration, and what is wrong beside it."""

    def __init__(self, souci):
        self.souci, self.folder = souci, souci.folder
        self.state = self.folder / "state"
        self.database = self.state / "souci.db"
        self.write()

    def write(self, **more):
        told = {"matrix": ACCOUNT, "state_dir": "state"} | more
        (self.folder / "config.yaml").write_text(json.dumps(told))

    def upgraded(self):
        self.souci.run("db", "upgrade", "--config", "config.yaml")

    def sql(self, *statements):
        with closing(sqlite3.connect(self.database)) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()

    def file(self, name, body=b"Bonjour.\n" * 600):
        (self.folder / name).write_bytes(body)


def a_file_as_state(desk):
    desk.file("state")


def a_state_in_a_file(desk):
    desk.file("there")
    desk.write(state_dir="there/state")


def a_state_that_is_read_only(desk):
    desk.state.mkdir(mode=0o500)


def a_state_nowhere(desk):
    desk.write(state_dir=UNWRITABLE)


def a_file_of_somebody_else(desk):
    desk.state.mkdir(mode=0o700)
    desk.file("state/session.json", b"{}")
    (desk.state / "session.json").chmod(0o600)
    os.chown(desk.state / "session.json", NOBODY, NOBODY)


def a_session_that_is_none(desk):
    desk.state.mkdir(mode=0o700)
    desk.file("state/instance.json", b"[")


def no_folder_for_the_database(desk):
    desk.write(database=f"sqlite:///{desk.folder / 'nowhere' / 'souci.db'}")


def a_folder_as_database(desk):
    desk.database.mkdir(parents=True)


def a_text_as_database(desk):
    desk.state.mkdir(mode=0o700)
    desk.file("state/souci.db")


def another_program(desk):
    desk.state.mkdir(mode=0o700)
    desk.sql("CREATE TABLE bookmarks (url)")


def a_newer_program(desk):
    desk.upgraded()
    desk.sql("UPDATE alembic_version SET version_num = '9999'")


def an_older_program(desk):
    desk.upgraded()
    desk.sql("UPDATE alembic_version SET version_num = '0009'")


def another_database(desk):
    desk.upgraded()
    files.write(desk.state / "instance.json", {"instance": "first", "started_ms": 1})


def half_a_restore(desk):
    desk.state.mkdir(mode=0o700)
    files.write(desk.state / "restoring.json", {"instance": "x"})


def a_life(desk):
    live(desk.souci, desk.folder / "config.yaml", f"sqlite:///{desk.database}")


def nothing(_desk):
    """All is well so far."""


def tables(desk):
    a_life(desk)
    (desk.folder / "odd.csv").write_bytes(bytes(range(256)) * 20)
    desk.file("there.tar.gz")


CONFIG = "--config config.yaml"
IMPORT = f"import {CONFIG} --circle Littoral"
WRONG = {
    a_file_as_state: [(f"run {CONFIG}", MEND_ME, "state is a file", "`state_dir`")],
    a_state_in_a_file: [(f"run {CONFIG}", MEND_ME, "Not a directory", "`state_dir`")],
    a_state_that_is_read_only: [
        (f"run {CONFIG}", MEND_ME, "cannot be written (Permission denied)", "give it to the user")
    ],
    a_state_nowhere: [(f"login {CONFIG}", 1, UNWRITABLE, "name another one in `state_dir`")],
    a_file_of_somebody_else: [
        (f"run {CONFIG}", MEND_ME, "session.json belongs to another user", "chown -R")
    ],
    a_session_that_is_none: [(f"run {CONFIG}", MEND_ME, "instance.json cannot be read")],
    no_folder_for_the_database: [
        (f"run {CONFIG}", MEND_ME, "nowhere to hold the database: make it"),
        (f"status {CONFIG}", 1, "holds nothing of souci yet", "start it first"),
        (f"backup {CONFIG}", 1, "there is no database at"),
    ],
    a_folder_as_database: [(f"run {CONFIG}", MEND_ME, "souci.db is a folder: name a file")],
    a_text_as_database: [
        (f"run {CONFIG}", MEND_ME, "souci.db is no whole SQLite database", "restore a backup"),
        (f"status {CONFIG}", 1, "souci.db is no whole SQLite database"),
        ("console --database sqlite:///state/souci.db", 1, "file is not a database"),
    ],
    another_program: [(f"run {CONFIG}", MEND_ME, "the database of another program: name ours")],
    a_newer_program: [
        (f"run {CONFIG}", MEND_ME, "newer than this program", "install the version"),
        (f"status {CONFIG}", 1, "newer than this program"),
    ],
    an_older_program: [
        (f"status {CONFIG}", 1, "older than this program", "souci db upgrade"),
        (f"export {CONFIG}", 1, "older than this program", "souci db upgrade"),
    ],
    another_database: [
        (f"run {CONFIG}", MEND_ME, "is not the database of", "name an empty `state_dir` too")
    ],
    half_a_restore: [
        (f"run {CONFIG}", MEND_ME, "was interrupted", "--undo"),
        (f"backup {CONFIG}", 1, "was interrupted", "--undo"),
    ],
    nothing: [
        ("tally nowhere.json", 1, "nowhere.json", "No such file"),
        ("tally .", 1, "Is a directory"),
        ("console nowhere.txt", 2, "nowhere.txt", "No such file"),
        ("console .", 2, "Is a directory"),
        ("console --database mysql://souci@h/n", 1, "--database", "sqlite:///souci.db"),
        (
            f"console --database sqlite:///{UNWRITABLE}/x.db",
            1,
            "/proc/souci to hold the database: make it",
        ),
        (f"import --template {UNWRITABLE}", 1, UNWRITABLE),
        (f"restore {CONFIG} nowhere.tar.gz", 1, "nowhere.tar.gz", "No such file"),
        (f"restore {CONFIG} --undo", 1, "nothing to undo"),
        (f"backup {CONFIG} nowhere/kept.tar.gz", 1, "nowhere", "No such file"),
    ],
    tables: [
        (f"{IMPORT} nowhere.csv", 1, "nowhere.csv", "No such file"),
        (f"export {CONFIG} --output {UNWRITABLE}", 1, UNWRITABLE),
        (f"export {CONFIG} --circle Nulle", 1, 'no circle "Nulle"', "Littoral"),
        (f"export {CONFIG} --period jamais", 1, '"jamais" is no period', "T3 2026"),
        (f"backup {CONFIG} there.tar.gz", 1, "there.tar.gz is there already"),
        (f"restore {CONFIG} there.tar.gz", 1, "there"),
    ],
}


@pytest.fixture
def desk(souci):
    return Desk(souci)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_a_wrong_place_is_told_in_one_line(desk, wrong):
    wrong(desk)
    for typed, status, *named in WRONG[wrong]:
        words = typed.split()
        command = [*without_rights(), *desk.souci.command(*words)]
        done = desk.souci.execute(command, seconds=WITHIN)
        if words[0] == "tally":  # it begins with the file, as compilers do
            assert (done.status, len(done.err.splitlines())) == (status, 1)
            assert all(fragment in done.err for fragment in named)
        else:
            line_of(done, words[0], status, *named)


def test_a_database_that_another_program_holds(desk):
    desk.upgraded()
    with closing(sqlite3.connect(desk.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = desk.souci.run("run", "--config", "config.yaml", seconds=WITHIN)
    line_of(done, "run", TRY_AGAIN, "is locked by another program: end it, or wait for it")


def test_a_state_directory_in_use(desk):
    desk.upgraded()
    with held(desk.state):
        done = desk.souci.run("run", "--config", "config.yaml", seconds=WITHIN)
    line_of(done, "run", TRY_AGAIN, "another souci already runs with the state directory")


def shell(desk, line):
    program = desk.souci.command()[0]
    return desk.souci.execute(["/bin/sh", "-c", line.replace("souci", program, 1)], seconds=WITHIN)


def test_a_disk_that_takes_nothing_more(desk):
    desk.file("vote.json", b'{"rule": "majority", "electorate": 1, "ballots": []}')
    done = shell(desk, "exec souci tally vote.json > /dev/full")
    line_of(done, "tally", 1, "No space left on device: make room on that disk")


def test_a_terminal_that_shows_few_signs(desk):
    done = shell(
        desk,
        "echo '@ 2026-11-30T09:00' | LC_ALL=C PYTHONUTF8=0 PYTHONIOENCODING=ascii souci console",
    )
    assert (done.status, done.err) == (0, "")


def test_a_table_that_is_no_text_enters_nothing(desk):
    tables(desk)
    done = desk.souci.run(*IMPORT.split(), "odd.csv", seconds=WITHIN)
    assert (done.status, "Traceback" in done.err, "odd.csv" in done.err) == (1, False, True)
