"""`souci backup` and `souci restore`, with no homeserver: what is kept, and what is refused."""

import asyncio
import json
import shutil
import sqlite3
import stat
import tarfile
from contextlib import closing

import pytest
from nio.crypto import InboundGroupSession, OlmAccount, OutboundGroupSession

from bot.cli import main
from bot.matrix.crypto.store import open_store, stored_account
from bot.matrix.net import files
from storage.engine import open_engine
from storage.upgrade import upgrade

ROOM = "!littoral:localhost"
BOT = "@souci:localhost"


class Place:
    """An operator's folder: a configuration, and what the bot keeps."""

    def __init__(self, folder, **matrix):
        self.folder = folder
        self.state = folder / "state"
        self.database = self.state / "souci.db"
        account = {"homeserver": "http://127.0.0.1:1", "user_id": BOT, "password": "secret"}
        self.config = folder / "config.yaml"
        folder.mkdir(exist_ok=True)
        self.config.write_text(json.dumps({"matrix": matrix or account, "state_dir": "state"}))

    def run(self, word, *more):
        return main([word, "--config", str(self.config), *map(str, more)])

    def live(self):
        """As a bot leaves it that has run: a database, keys, seeds, a session, a receipt."""
        self.state.mkdir(mode=0o700)
        asyncio.run(upgraded(f"sqlite:///{self.database}"))
        with closing(sqlite3.connect(self.database)) as database:
            database.execute("INSERT INTO sync_tokens (user_id, token) VALUES (?, 's1')", (BOT,))
            database.commit()
        self.session = keys_in(self.state)
        files.write(self.state / "crosssigning.json", {"master": "seed"})
        files.write(self.state / "session.json", {"user_id": BOT, "device_id": "OLD", "token": "t"})
        (self.state / "receipts").mkdir()
        (self.state / "receipts" / ("a" * 64)).write_bytes(b"receipt")
        (self.state / "lock").touch()
        (self.state / "pulse").touch()
        return self


async def upgraded(url):
    engine = open_engine(url)
    await upgrade(engine)
    await engine.dispose()


def keys_in(state) -> str:
    """An account, an encrypted room, and the session of a message read there; gives its id."""
    store = open_store(state, BOT, "OLD")
    store.save_account(OlmAccount())
    store.save_encrypted_rooms([ROOM])
    sent = OutboundGroupSession()
    read = InboundGroupSession(sent.session_key, "signing", "sender", ROOM)
    store.save_inbound_group_session(read)
    store.close()
    return read.id


@pytest.fixture
def old(tmp_path):
    return Place(tmp_path / "old").live()


@pytest.fixture
def archive(old, tmp_path):
    assert old.run("backup", tmp_path / "b.tar.gz") == 0
    return tmp_path / "b.tar.gz"


@pytest.fixture
def new(archive, tmp_path):
    """Another machine, where the backup was restored."""
    place = Place(tmp_path / "new")
    assert place.run("restore", archive) == 0
    return place


def refused(place, archive, capsys) -> str:
    """The one line of a restore that is refused."""
    assert place.run("restore", archive) == 1
    said = capsys.readouterr()
    [line] = said.err.splitlines()
    assert said.out == ""
    return line


# Backup


def test_a_backup_is_one_private_file_with_a_date(old, tmp_path, capsys):
    assert old.run("backup", tmp_path) == 0
    [made] = tmp_path.glob("souci-*.tar.gz")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert str(made) in capsys.readouterr().out


@pytest.mark.usefixtures("archive")
def test_a_backup_leaves_nothing_else_behind(tmp_path):
    assert {file.name for file in tmp_path.iterdir()} == {"old", "b.tar.gz"}


def test_the_device_s_own_keys_are_not_in_a_backup(archive, tmp_path):
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path / "x", filter="data")
    with closing(sqlite3.connect(tmp_path / "x/state/crypto.db")) as store:
        counts = {
            table: store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("accounts", "olmsessions", "megolminboundsessions", "encryptedrooms")
        }
    assert counts == {
        "accounts": 0,
        "olmsessions": 0,
        "megolminboundsessions": 1,
        "encryptedrooms": 1,
    }


def test_neither_lock_nor_secrets_of_the_configuration_are_in_a_backup(tmp_path):
    account = {"homeserver": "http://127.0.0.1:1", "user_id": BOT, "password_file": "state/pw"}
    place = Place(tmp_path / "old", **account)
    place.live()
    (place.state / "pw").write_text("secret")
    assert place.run("backup", tmp_path / "b.tar.gz") == 0
    with tarfile.open(tmp_path / "b.tar.gz") as opened:
        names = {member.name for member in opened.getmembers()}
    assert names == {
        *("manifest.json", "database.db", "state/crypto.db", "state/crosssigning.json"),
        *("state/pickle.json", "state/session.json", f"state/receipts/{'a' * 64}"),
    }


def test_a_backup_is_not_written_over_another_file(archive, old, capsys):
    assert old.run("backup", archive) == 1
    assert "there already" in capsys.readouterr().err


def test_without_a_database_there_is_nothing_to_back_up(tmp_path, capsys):
    place = Place(tmp_path / "empty")
    assert place.run("backup", tmp_path) == 1
    assert "no database" in capsys.readouterr().err


# Restore


def test_database_seeds_and_receipts_are_back(new):
    with closing(sqlite3.connect(new.database)) as database:
        assert database.execute("SELECT token FROM sync_tokens").fetchall() == [("s1",)]
    assert files.read(new.state / "crosssigning.json") == {"master": "seed"}
    assert (new.state / "receipts" / ("a" * 64)).read_bytes() == b"receipt"


def test_what_is_restored_is_private(new):
    modes = {stat.S_IMODE(file.stat().st_mode) for file in new.state.rglob("*") if file.is_file()}
    assert modes == {0o600}


def test_the_former_device_is_nobody_any_more(new):
    assert stored_account(new.state) is None
    assert not (new.state / "session.json").exists()


def test_a_new_device_reads_what_the_former_one_could(new, old):
    store = open_store(new.state, BOT, "NEW")
    store.save_account(OlmAccount())
    found = store.group_session(old.session)
    rooms = store.load_encrypted_rooms()
    store.close()
    assert (found.room_id, rooms) == (ROOM, {ROOM})


def test_a_bot_that_runs_again_can_be_backed_up_again(new, tmp_path):
    assert new.run("backup", tmp_path / "again.tar.gz") == 0


def test_after_two_restores_answers_are_looked_for_since_the_first_backup(new, tmp_path):
    first = files.read(new.state / "restored.json")["taken_ms"]
    assert new.run("backup", tmp_path / "again.tar.gz") == 0
    third = Place(tmp_path / "third")
    assert third.run("restore", tmp_path / "again.tar.gz") == 0
    assert files.read(third.state / "restored.json")["taken_ms"] == first


@pytest.mark.parametrize("there", ["session.json", "crypto.db", "crosssigning.json", "souci.db"])
def test_nothing_is_written_over(there, archive, tmp_path, capsys):
    place = Place(tmp_path / "used")
    place.state.mkdir()
    (place.state / there).write_text("mine")
    refused(place, archive, capsys)
    assert [(f.name, f.read_text()) for f in place.state.iterdir()] == [(there, "mine")]


def test_a_running_bot_is_left_alone(old, archive, capsys):
    assert "is in use" in refused(old, archive, capsys)


def test_a_backup_of_somebody_else_is_refused(archive, tmp_path, capsys):
    account = {"homeserver": "http://127.0.0.1:1", "user_id": "@x:localhost", "password": "p"}
    line = refused(Place(tmp_path / "x", **account), archive, capsys)
    assert f"belongs to {BOT}" in line


def test_an_access_token_of_the_former_device_is_refused(archive, tmp_path, capsys):
    token = {"homeserver": "http://127.0.0.1:1", "user_id": BOT, "access_token": "t"}
    place = Place(tmp_path / "x", **token, device_id="OLD")
    assert "log in anew" in refused(place, archive, capsys)


def test_a_broken_backup_changes_nothing(archive, tmp_path, capsys):
    archive.write_bytes(archive.read_bytes()[:-2000])
    place = Place(tmp_path / "x")
    refused(place, archive, capsys)
    assert [file.name for file in place.state.iterdir() if file.name != "lock"] == []


def test_a_restore_that_failed_can_be_done_again(archive, tmp_path, capsys):
    half = shutil.copy(archive, tmp_path / "half.tar.gz")
    half.write_bytes(archive.read_bytes()[:-2000])
    place = Place(tmp_path / "x")
    refused(place, half, capsys)
    assert place.run("restore", archive) == 0
