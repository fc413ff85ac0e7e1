"""One process a state directory: two would answer twice and ruin each other's encryption."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.matrix.net.errors import SecondInstanceError, StateDirError

NAME: Final = "lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of a state directory; raises `SecondInstanceError` where somebody else does."""
    lock = Lock(folder)
    lock.take()
    try:
        yield
    finally:
        lock.release()


class Lock:
    """An advisory lock that ends with the process, however that one ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._descriptor: int | None = None

    def take(self) -> None:
        """Hold the lock; raises `SecondInstanceError` where somebody else does."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StateDirError(f"{self._path} cannot be opened: {error.strerror}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise SecondInstanceError(
                f"another souci already runs with the state directory {self._path.parent}"
            ) from None
        self._descriptor = descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
