"""What ends a start: one line that says what to mend, and a status that a supervisor reads.

Each through the real command, in a process of its own; no homeserver is asked before.
"""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.matrix.net import files
from bot.matrix.net.lock import held
from storage.engine import open_engine
from storage.upgrade import upgrade
from tests.shell.place import ACCOUNT, BOT, Place
from tests.unprivileged import without_rights

MEND_ME, TRY_AGAIN = 78, 75


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "bot")


async def _upgraded(url):
    engine = open_engine(url)
    await upgrade(engine)
    await engine.dispose()


def started(place, instance="first", **more):
    """As a bot leaves it that has run with this database."""
    place.state.mkdir(mode=0o700, parents=True)
    asyncio.run(_upgraded(f"sqlite:///{place.database}"))
    with closing(sqlite3.connect(place.database)) as database:
        database.execute("INSERT INTO sync_tokens (user_id, token) VALUES (?, 's1')", (BOT,))
        database.execute("INSERT INTO instances (account, instance) VALUES (?, ?)", (BOT, instance))
        database.commit()
    files.write(place.state / "instance.json", {"instance": instance, "started_ms": 1} | more)
    (place.state / "pulse").touch()
    return place


# SQLite


def test_a_folder_in_the_place_of_the_database(place):
    place.database.mkdir(parents=True)
    assert "is a folder: name a file" in place.refused("run", status=MEND_ME)


@pytest.mark.parametrize("body", [b"Bonjour, je suis un texte.\n" * 100, b"\0" * 5000])
def test_a_file_that_is_no_database(place, body):
    place.state.mkdir()
    place.database.write_bytes(body)
    line = place.refused("run", status=MEND_ME)
    assert "souci.db is no whole SQLite database" in line
    assert place.database.read_bytes() == body


def test_the_database_of_another_program(place):
    place.state.mkdir()
    with closing(sqlite3.connect(place.database)) as database:
        database.execute("CREATE TABLE bookmarks (url)")
    assert "is the database of another program" in place.refused("run", status=MEND_ME)
    with closing(sqlite3.connect(place.database)) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


def test_a_folder_that_is_not_there(tmp_path):
    place = Place(tmp_path / "bot", database=f"sqlite:///{tmp_path / 'nowhere' / 'souci.db'}")
    line = place.refused("run", status=MEND_ME)
    assert line.endswith("nowhere to hold the database: make it")


def test_a_read_only_database(place):
    started(place)
    place.database.chmod(0o400)
    line = place.refused("run", status=MEND_ME, through=without_rights())
    assert "cannot be written" in line
    assert line.endswith("give the bot's user the right to write there")


def test_a_database_that_another_program_holds(place):
    started(place)
    with closing(sqlite3.connect(place.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        line = place.refused("run", status=TRY_AGAIN)
    assert "is locked by another program" in line


def test_a_database_of_a_newer_program(place):
    started(place)
    with closing(sqlite3.connect(place.database)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    assert "newer than this program" in place.refused("run", status=MEND_ME)


# The state directory, and the database that goes with it


def test_a_mistyped_database_beside_a_state_directory_of_before(place):
    started(place)
    place.write(matrix=ACCOUNT, database="sqlite:///suoci.db")
    line = place.refused("run", status=MEND_ME)
    assert "suoci.db is not the database of the state directory" in line
    assert (
        "name the database of before; to begin anew on purpose, name an empty `state_dir`" in line
    )
    assert not (place.state / "suoci.db").exists()


def test_the_same_beside_one_of_before_marks_were_kept(place):
    started(place)
    (place.state / "instance.json").unlink()
    place.write(matrix=ACCOUNT, database="sqlite:///suoci.db")
    assert "is not the database of the state directory" in place.refused("run", status=MEND_ME)


def test_a_database_that_was_emptied(place):
    started(place)
    place.database.write_bytes(b"")
    for end in ("-wal", "-shm"):
        place.database.with_name(f"souci.db{end}").unlink(missing_ok=True)
    assert "it holds nothing of this bot" in place.refused("run", status=MEND_ME)


def test_the_database_of_another_bot(tmp_path):
    other = started(Place(tmp_path / "other"), "other")
    place = started(Place(tmp_path / "bot"))
    place.write(matrix=ACCOUNT, database=f"sqlite:///{other.database}")
    assert "name those that go together" in place.refused("run", status=MEND_ME)


def test_a_deliberate_new_start_names_an_empty_state_directory_too(place):
    started(place)
    place.write(matrix=ACCOUNT, state_dir="new")
    place.opens()


def test_a_start_that_was_killed_as_it_took_its_mark_goes_on(place):
    started(place, "second")
    kept = {"instance": "first", "started_ms": 1, "next": "second"}
    files.write(place.state / "instance.json", kept)
    place.opens()


def test_one_of_before_marks_were_kept_starts_with_its_database(place):
    started(place)
    (place.state / "instance.json").unlink()
    with closing(sqlite3.connect(place.database)) as database:
        database.execute("DELETE FROM instances")
        database.commit()
    place.opens()


def test_a_copy_that_was_retired_is_not_started_again(place):
    started(place, overtaken_ms=1_700_000_000_000)
    line = place.refused("run", status=MEND_ME)
    assert f"another copy of {BOT} started on 2023-11-14 at 22:13:20 UTC" in line


def test_a_state_directory_in_use(place):
    started(place)
    with held(place.state):
        assert "another souci already runs" in place.refused("run", status=TRY_AGAIN)


def test_a_wrong_configuration(place):
    place.write(matrix=ACCOUNT, languages="fr")
    assert "languages" in place.refused("run", status=MEND_ME)


def test_for_other_words_a_failure_is_1(place):
    place.write(matrix=ACCOUNT, languages="fr")
    place.refused("db upgrade", status=1)


# Beside a running bot: the database as it is


@pytest.mark.parametrize("word", ["export", "import", "status"])
def test_an_older_database_is_left_as_it_is(place, word, tmp_path):
    (tmp_path / "t.csv").write_text("")
    more = ("--circle", "x", tmp_path / "t.csv") if word == "import" else ()
    started(place)
    with closing(sqlite3.connect(place.database)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0009'")
        database.execute("DROP TABLE instances")
        database.commit()
    line = place.refused(word, *more, status=1)
    assert line.endswith("stop the bot, souci backup, then souci db upgrade")
    with closing(sqlite3.connect(place.database)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone() == ("0009",)
        assert not database.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'instances'"
        ).fetchall()


@pytest.mark.parametrize("word", ["export", "status"])
def test_no_database_is_made_where_there_is_none(place, word):
    assert "holds nothing of souci yet" in place.refused(word, status=1)
    assert not place.database.exists()


def test_a_schema_is_not_changed_under_a_running_bot(place):
    started(place)
    with held(place.state):
        assert "another souci already runs" in place.refused("db upgrade", status=1)
