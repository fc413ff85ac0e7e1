"""What is kept in the state directory: private, whole, and one process's."""

import stat

import pytest
from nio.crypto import OlmAccount

from bot.matrix.crypto.store import open_store, stored_account
from bot.matrix.net import files
from bot.matrix.net.errors import SecondInstanceError, StateDirError
from bot.matrix.net.lock import Lock
from bot.matrix.net.settings import MatrixSettings


def test_a_file_is_private(tmp_path):
    files.write(tmp_path / "a.json", {"secret": 1})
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600


def test_a_file_is_replaced_whole(tmp_path):
    files.write(tmp_path / "a.json", {"a": 1})
    files.write(tmp_path / "a.json", {"a": 2})
    assert files.read(tmp_path / "a.json") == {"a": 2}
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_a_file_that_is_not_there_is_none(tmp_path):
    assert files.read(tmp_path / "a.json") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_a_broken_file_is_told(tmp_path, content):
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(StateDirError, match=r"a\.json cannot be read"):
        files.read(tmp_path / "a.json")


def test_the_folder_is_made_private(tmp_path):
    files.prepare(tmp_path / "state")
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_a_second_instance_is_refused(tmp_path):
    first = Lock(tmp_path)
    first.take()
    with pytest.raises(SecondInstanceError):
        Lock(tmp_path).take()
    first.release()


def test_a_lock_given_back_can_be_taken(tmp_path):
    first, second = Lock(tmp_path), Lock(tmp_path)
    first.take()
    first.release()
    second.take()
    second.release()


def test_a_new_store_has_no_account(tmp_path):
    assert stored_account(tmp_path) is None


def test_a_store_knows_whose_it_is(tmp_path):
    store = open_store(tmp_path, "@souci:x", "DEVICE")
    store.save_account(OlmAccount())
    store.close()
    assert stored_account(tmp_path) == ("@souci:x", "DEVICE")


def test_a_store_that_is_no_database_is_told(tmp_path):
    (tmp_path / "crypto.db").write_bytes(b"not a database, surely" * 100)
    with pytest.raises(StateDirError):
        stored_account(tmp_path)


def test_every_store_has_a_key_of_its_own(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        open_store(tmp_path / name, "@souci:x", "DEVICE").close()
    keys = [files.read(tmp_path / name / "pickle.json")["key"] for name in ("a", "b")]
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("inviter", "allowed"),
    [
        ("@alice:tiers-lieux.org", True),
        ("@alice:evil.tiers-lieux.org", False),
        ("@alice:tiers-lieux.org.evil", False),
        ("@bob:x.org", True),
        ("@carole:x.org", False),
    ],
)
def test_invitations_are_accepted_by_pattern(inviter, allowed):
    settings = MatrixSettings(
        homeserver="https://x.org",
        user_id="@souci:x.org",
        invites_allow=("*:tiers-lieux.org", "@bob:x.org"),
    )
    assert settings.allows(inviter) is allowed


def test_secrets_are_not_shown():
    shown = repr(MatrixSettings(homeserver="", user_id="", password="p4ss", access_token="t0ken"))
    assert "p4ss" not in shown
    assert "t0ken" not in shown
