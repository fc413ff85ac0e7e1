"""The archive of a backup: whole, private, checked, and never a way out of its folder."""

import hashlib
import io
import json
import stat
import tarfile
from datetime import UTC, datetime

import pytest

from bot.backup.archive import (
    DATABASE,
    MANIFEST,
    ArchivedFile,
    ArchiveError,
    Manifest,
    pack,
    unpack,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ABOUT = Manifest(
    format=1,
    version="0.1.0",
    revision="0001",
    taken=NOW,
    user_id="@souci:localhost",
    device_id="DEVICE",
    files={},
)


def silent(_done: int, _of: int) -> None:
    """Nobody looks."""


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "a").write_bytes(b"rows")
    (tmp_path / "b").write_bytes(b"seeds")
    named = {DATABASE: tmp_path / "a", "state/crosssigning.json": tmp_path / "b"}
    pack(named, tmp_path / "b.tar.gz", ABOUT, silent)
    return tmp_path / "b.tar.gz"


def rewritten(archive, change):
    """The same archive with its members changed by hand: a list of (name, body)."""
    with tarfile.open(archive) as old:
        members = [(m.name, old.extractfile(m).read()) for m in old.getmembers()]
    with tarfile.open(archive, "w:gz") as new:
        for name, body in change(members):
            member = tarfile.TarInfo(name)
            member.size = len(body)
            new.addfile(member, io.BytesIO(body))
    return archive


def manifest_of(archive):
    with tarfile.open(archive) as opened:
        return json.loads(opened.extractfile(MANIFEST).read())


def test_what_was_packed_comes_out(archive, tmp_path):
    manifest = unpack(archive, tmp_path / "out", silent)
    out = tmp_path / "out"
    assert (out / DATABASE).read_bytes() == b"rows"
    assert (out / "state/crosssigning.json").read_bytes() == b"seeds"
    assert (manifest.user_id, manifest.taken) == ("@souci:localhost", NOW)


def test_everything_is_private(archive, tmp_path):
    unpack(archive, tmp_path / "out", silent)
    files = [archive, tmp_path / "out" / DATABASE]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_the_archive_does_not_say_whose_account_made_it(archive):
    with tarfile.open(archive) as opened:
        assert {(m.uid, m.gid, m.uname, m.gname) for m in opened.getmembers()} == {(0, 0, "", "")}


def test_a_file_that_is_there_is_not_written_over(archive, tmp_path):
    with pytest.raises(ArchiveError, match="there already"):
        pack({DATABASE: tmp_path / "a"}, archive, ABOUT, silent)


def test_a_backup_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        pack({DATABASE: tmp_path / "nowhere"}, tmp_path / "b.tar.gz", ABOUT, silent)
    assert list(tmp_path.iterdir()) == []


def test_a_changed_file_is_seen(archive, tmp_path):
    rewritten(archive, lambda found: [*found[:1], (DATABASE, b"ROWS"), *found[2:]])
    with pytest.raises(ArchiveError, match=r"broken: database\.db"):
        unpack(archive, tmp_path / "out", silent)


def test_a_missing_file_is_seen(archive, tmp_path):
    rewritten(archive, lambda found: found[:-1])
    with pytest.raises(ArchiveError, match=r"crosssigning\.json is missing"):
        unpack(archive, tmp_path / "out", silent)


def test_a_file_too_many_is_refused(archive, tmp_path):
    rewritten(archive, lambda found: [*found, ("state/more", b"")])
    with pytest.raises(ArchiveError, match="none of its files"):
        unpack(archive, tmp_path / "out", silent)


@pytest.mark.parametrize("name", ["../out", "/out", "state/../../out", "state/.hidden"])
def test_a_name_that_leads_elsewhere_is_refused(archive, tmp_path, name):
    told = manifest_of(archive)
    told["files"] = {name: {"size": 0, "sha256": ""}}
    rewritten(archive, lambda _found: [(MANIFEST, json.dumps(told).encode()), (name, b"")])
    with pytest.raises(ArchiveError, match="none of its files"):
        unpack(archive, tmp_path / "in" / "in", silent)
    assert not (tmp_path / "out").exists()


def test_half_an_archive_is_refused(archive, tmp_path):
    archive.write_bytes(archive.read_bytes()[:-40])
    with pytest.raises(ArchiveError):
        unpack(archive, tmp_path / "out", silent)


def test_damage_in_the_middle_is_seen(archive, tmp_path):
    body = bytearray(archive.read_bytes())
    body[len(body) // 2] ^= 0xFF
    archive.write_bytes(body)
    with pytest.raises(ArchiveError):
        unpack(archive, tmp_path / "out", silent)


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08" + bytes(40)])
def test_anything_else_is_no_backup(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(ArchiveError):
        unpack(tmp_path / "x", tmp_path / "out", silent)


def test_an_archive_without_manifest_is_no_backup(archive, tmp_path):
    rewritten(archive, lambda found: found[1:])
    with pytest.raises(ArchiveError, match="does not begin with its manifest"):
        unpack(archive, tmp_path / "out", silent)


def test_a_later_format_is_refused_by_its_number(archive, tmp_path):
    told = json.dumps({"format": 2, "whatever": True}).encode()
    rewritten(archive, lambda found: [(MANIFEST, told), *found[1:]])
    with pytest.raises(ArchiveError, match="format 2"):
        unpack(archive, tmp_path / "out", silent)


def test_the_manifest_tells_sizes_and_hashes(archive, tmp_path):
    digest = hashlib.sha256(b"rows").hexdigest()
    assert unpack(archive, tmp_path / "out", silent).files[DATABASE] == ArchivedFile(4, digest)
