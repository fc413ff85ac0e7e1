"""The form of a backup: one private archive, with a manifest that says what must be in it."""

import hashlib
import io
import os
import re
import tarfile
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Final

import msgspec

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database.db"
STATE: Final = "state"
_PRIVATE: Final = 0o600
_BLOCK: Final = 1 << 20
_PART: Final = r"[A-Za-z0-9_][A-Za-z0-9._-]*"
_NAME: Final = re.compile(rf"{DATABASE}|{STATE}(/{_PART})+")

Progress = Callable[[int, int], None]
"""Hears how many files are done, of how many."""


class ArchiveError(Exception):
    """The archive cannot be written or used; its text says why in one line."""


class ArchivedFile(msgspec.Struct, frozen=True):
    """A file of the archive."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself. `taken`: everything said before that instant is in it."""

    format: int
    version: str
    revision: str
    taken: datetime
    user_id: str
    device_id: str | None
    files: dict[str, ArchivedFile]


def pack(files: Mapping[str, Path], target: Path, about: Manifest, progress: Progress) -> Manifest:
    """Write the archive `target`, a new file that is whole or not there; `about` lists no file yet.

    Raises ArchiveError where there is such a file already, OSError.
    """
    if target.exists():
        raise ArchiveError(f"{target} is there already")
    kept = {name: _kept(file) for name, file in files.items()}
    manifest = msgspec.structs.replace(about, files=kept)
    fresh = target.with_name(f".{target.name}.new")
    try:
        with _new(fresh) as out, tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
            _add_bytes(archive, MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
            for done, (name, file) in enumerate(files.items(), start=1):
                archive.add(file, name, recursive=False, filter=_anonymous)
                progress(done, len(files))
            archive.close()
            out.flush()
            os.fsync(out.fileno())
        os.link(fresh, target)  # never over a file that came meanwhile
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def unpack(archive: Path, folder: Path, progress: Progress) -> Manifest:
    """Put the files of an archive into an empty folder, each checked; raises ArchiveError.

    Only the files that the manifest names, and none that would go elsewhere.
    """
    try:
        with tarfile.open(archive, "r:*") as opened:
            manifest = _manifest(opened.next(), opened)
            found = _members(opened, manifest, folder, progress)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as error:
        raise ArchiveError(f"{archive} cannot be read: {error}") from error
    missing = manifest.files.keys() - found
    if missing:
        raise ArchiveError(f"{archive} is not whole: {min(missing)} is missing")
    return manifest


def _members(
    opened: tarfile.TarFile, manifest: Manifest, folder: Path, progress: Progress
) -> set[str]:
    found: set[str] = set()
    while (member := opened.next()) is not None:
        kept, source = manifest.files.get(member.name), opened.extractfile(member)
        if kept is None or source is None or not member.isreg() or not _NAME.fullmatch(member.name):
            raise ArchiveError(f"the archive holds {member.name!r}, which is none of its files")
        if _copied(source, folder / member.name) != kept:
            raise ArchiveError(f"the archive is broken: {member.name} is not what was put in it")
        found.add(member.name)
        progress(len(found), len(manifest.files))
    return found


def _manifest(member: tarfile.TarInfo | None, opened: tarfile.TarFile) -> Manifest:
    source = opened.extractfile(member) if member and member.name == MANIFEST else None
    if source is None:
        raise ArchiveError("that is no backup of souci: it does not begin with its manifest")
    told = source.read()
    try:
        form = msgspec.json.decode(told, type=dict[str, object]).get("format")
        if form != FORMAT:
            raise ArchiveError(f"the backup has format {form}, this program reads {FORMAT}")
        return msgspec.json.decode(told, type=Manifest)
    except msgspec.MsgspecError as error:
        raise ArchiveError(f"the manifest cannot be read: {error}") from error


def _copied(source: IO[bytes], target: Path) -> ArchivedFile:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with _new(target) as out:
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return ArchivedFile(size, digest.hexdigest())


def _kept(file: Path) -> ArchivedFile:
    with file.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256")
    return ArchivedFile(file.stat().st_size, digest.hexdigest())


def _new(file: Path) -> IO[bytes]:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb")


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Whose account runs the bot is nobody's business."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = _PRIVATE
    return member


def _add_bytes(archive: tarfile.TarFile, name: str, body: bytes) -> None:
    member = _anonymous(tarfile.TarInfo(name))
    member.size = len(body)
    archive.addfile(member, io.BytesIO(body))
