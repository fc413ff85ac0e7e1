"""When the disk under the state directory fails: full, read-only, broken. It may come back."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from peewee import OperationalError

from bot.matrix.net.errors import StateAwayError

FAULTS: Final = (OSError, OperationalError)
"""What files and nio's store raise then (requests raise errors of their own)."""

_PASSING: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG)


def passing(error: OSError) -> bool:
    """Whether it may be well again without anybody changing a right or a path."""
    return error.errno in _PASSING


@contextmanager
def told_as_away() -> Iterator[None]:
    """Turn these faults into `StateAwayError`: what is in memory may be ahead of the disk then."""
    try:
        yield
    except FAULTS as fault:
        raise StateAwayError(f"the state directory cannot be written: {fault}") from fault
