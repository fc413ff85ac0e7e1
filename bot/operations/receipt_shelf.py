"""The folder of receipts: each file under its SHA-256, whole or not there, deleted with care.

One hand at a time: what is put and what is deleted may be the same file, sent twice.
"""

import asyncio
import hashlib
import os
import secrets
import shutil
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from bot.matrix.net.errors import DiskError

UNFINISHED: Final = ".new"
_PRIVATE: Final = 0o600
_PRIVATE_DIR: Final = 0o700

Proving = Callable[[Collection[str]], Awaitable[set[str]]]
"""Tells which of these files still prove something."""


class Incoming:
    """A file that is being written; `size` and `sha256` are those of what has come so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._digest = hashlib.sha256()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        self._file = os.fdopen(descriptor, "wb", buffering=0)

    @property
    def sha256(self) -> str:
        """In hexadecimal."""
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> None:
        """The next bytes. Raises `DiskError`."""
        with _told_as_disk():
            left = memoryview(piece)
            while left:
                left = left[self._file.write(left) :]
        self._digest.update(piece)
        self.size += len(piece)

    def sync(self) -> None:
        """What was written is on the disk when this returns. Raises `DiskError`."""
        with _told_as_disk():
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """It is not written to any more."""
        self._file.close()


class Shelf:
    """The folder, and whoever puts or deletes there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = asyncio.Lock()

    def free(self) -> int:
        """Bytes that its disk has left."""
        there = self._folder if self._folder.is_dir() else self._folder.parent
        with _told_as_disk():
            return shutil.disk_usage(there).free

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        """A new file to write; gone at the end, unless it was put. Raises `DiskError`."""
        with _told_as_disk():
            self._folder.mkdir(mode=_PRIVATE_DIR, parents=True, exist_ok=True)
            fresh = Incoming(self._folder / f"{secrets.token_hex(8)}{UNFINISHED}")
        try:
            yield fresh
        finally:
            fresh.close()
            with suppress(OSError):
                fresh.path.unlink(missing_ok=True)

    async def put(
        self, fresh: Incoming, commit: Callable[[], Awaitable[bool]], proving: Proving
    ) -> None:
        """Its place first, then `commit`; where that is refused or fails, the file goes again."""
        await asyncio.to_thread(fresh.sync)
        async with self._turn:
            await asyncio.to_thread(self._place, fresh)
            kept = False
            try:
                kept = await commit()
            finally:
                if not kept:
                    await self._delete([fresh.sha256], proving)

    async def delete(self, hashes: Collection[str], proving: Proving) -> None:
        """Of these files, those that prove nothing any more go. Raises `DiskError`."""
        async with self._turn:
            await self._delete(hashes, proving)

    def sweep(self) -> None:
        """What an earlier process had not finished is of no use."""
        with suppress(OSError):
            for unfinished in self._folder.glob(f"*{UNFINISHED}"):
                unfinished.unlink(missing_ok=True)

    def _place(self, fresh: Incoming) -> None:
        with _told_as_disk():
            fresh.path.replace(self._folder / fresh.sha256)
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    async def _delete(self, hashes: Collection[str], proving: Proving) -> None:
        kept = await proving(hashes)
        with _told_as_disk():
            for sha256 in set(hashes) - kept:
                (self._folder / sha256).unlink(missing_ok=True)


@contextmanager
def _told_as_disk() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise DiskError(fault.strerror or type(fault).__name__) from fault
