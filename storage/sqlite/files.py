"""Databases as files: looked at, copied and made compact. All block: small ones, or in a thread.

Each function raises `faults.Error` where SQLite does, unless it says otherwise.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from storage.sqlite.faults import Error

_ONE_FILE: Final = "PRAGMA journal_mode = DELETE"
"""Nothing beside the file: what is in it is all there is."""

_PATIENCE: Final = 5.0
_LONG_PATIENCE: Final = 30.0
"""Seconds that another program may hold the database."""


def make_private(file: Path) -> None:
    """Make the file of a new database, for its owner's eyes only.

    Never one that is there: closing it would end all locks of this process on it, and another
    program that leaves the database would then delete the log we still write to.
    """
    with suppress(OSError):  # SQLite says better what is wrong with the path
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDONLY, 0o600))


def copy_file(source: Path, target: Path) -> None:
    """SQLite's own online backup: one consistent state, whoever writes meanwhile."""
    with closing(_existing(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute(_ONE_FILE)


def make_one_file(file: Path) -> None:
    """Take what stands in its log into the database."""
    with closing(sqlite3.connect(file)) as database:
        database.execute(_ONE_FILE)


def harm_of(file: Path) -> str | None:
    """What is wrong with a database, in SQLite's words; None for a whole one."""
    try:
        with closing(sqlite3.connect(file)) as database:
            [said] = database.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as fault:
        return str(fault)
    return None if said == "ok" else str(said)


def tables_of(file: Path, *, writes: bool) -> set[str]:
    """The names of its tables; with `writes`, fails where nothing could be written."""
    with closing(_existing(file, timeout=_PATIENCE)) as database:
        database.isolation_level = None
        database.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        if writes:  # of a file that is read-only, SQLite begins a transaction that reads
            [version] = database.execute("PRAGMA user_version").fetchone()
            database.execute(f"PRAGMA user_version = {version:d}")
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        database.execute("ROLLBACK")
    return {name for (name,) in rows}


def compact(file: Path) -> bool:
    """Leave nothing of deleted rows in the file and its log.

    False where the disk has no room for it, or another program never lets go: for later.
    """
    try:
        with closing(sqlite3.connect(file, _LONG_PATIENCE, isolation_level=None)) as database:
            database.execute("VACUUM")
            [busy, *_] = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except Error:
        return False
    return not busy


def _existing(file: Path, timeout: float = _PATIENCE) -> sqlite3.Connection:
    """A connection that makes no file where there is none."""
    return sqlite3.connect(f"file:{quote(str(file))}?mode=rw", timeout, uri=True)
