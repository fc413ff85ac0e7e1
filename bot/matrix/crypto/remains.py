"""What a copy of the state directory keeps of our encryption, for a new device to take up.

The keys by which members' messages are read stay good for ever. Those of the device do not: an
older state of its ratchets, used again, would break its conversations and could not be told from
a theft. So they are not even copied.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.matrix.crypto.store import NAME as KEYS
from bot.matrix.net.instance import NAME as INSTANCE
from bot.matrix.net.lock import NAME as LOCK
from storage.copying import copy_sqlite

_KEPT: Final = frozenset({"megolminboundsessions", "forwardedchains", "encryptedrooms"})
_COUNTED: Final = frozenset({"storeversion"})
_HEIRS: Final = ("megolminboundsessions", "encryptedrooms")
PASSING: Final = frozenset({LOCK, "pulse", INSTANCE, KEYS, f"{KEYS}-wal", f"{KEYS}-shm"})
"""Files of the state directory that are not copied as they are."""


def copy_keys(folder: Path, target: Path) -> None:
    """Make `target` a copy of the encryption store without our device; raises CopyError.

    What is kept belongs to the first account that is made in it: SQLite gives it the number 1.
    """
    copy_sqlite(folder / KEYS, target)
    with closing(sqlite3.connect(target)) as database:
        for table in _tables(database) - _KEPT - _COUNTED:
            database.execute(f'DELETE FROM "{table}"')  # noqa: S608 — its own tables' names
        for table in _HEIRS:
            database.execute(f'UPDATE OR IGNORE "{table}" SET account_id = 1')  # noqa: S608 — same
        database.commit()
        database.execute("VACUUM")  # what was deleted is not left in free pages


def _tables(database: sqlite3.Connection) -> set[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows if not name.startswith("sqlite_")}
