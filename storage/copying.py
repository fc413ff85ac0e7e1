"""Whole copies of a database: taken while the bot works, put back where there is none.

A copy is always one SQLite file, also that of a PostgreSQL database: one format to keep and to
check, and a way from one to the other.
"""

import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, make_url
from sqlalchemy.engine import URL, Connection

from storage.carrying import carry, snapshot
from storage.engine import Engine, open_engine, writing
from storage.instances import restore_all
from storage.sqlite import faults
from storage.sqlite.files import copy_file, harm_of, make_one_file
from storage.tables import metadata
from storage.upgrade import (
    DatabaseNewerError,
    known_revisions,
    revision_of,
    upgrade,
    upgrade_within,
)


class CopyError(Exception):
    """The database cannot be copied, or not put there; its text says why in one line."""


async def copy_database(url: str, target: Path) -> None:
    """Make `target`, a new file, a copy of the database as it is at one instant.

    Raises CopyError, DatabaseNewerError, StoreUnavailableError.
    """
    file = sqlite_file(url)
    if file is not None:
        copy_sqlite(file, target)
    else:
        await _copy_tables(url, target)
    check_sqlite(target)


async def put_back(copy: Path, url: str) -> None:
    """Make the database at `url` from a copy, which is brought up to date where that is needed.

    Raises CopyError where there is a database already; DatabaseNewerError, StoreUnavailableError.
    """
    if await occupied(url):
        raise CopyError("there is a database already where the configuration names one")
    file = sqlite_file(url)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _place(copy, file)
    else:
        await _fill(copy, url)


def unfinished_copy(file: Path) -> Path:
    """Where a SQLite database is copied to before it is put in its place, at once and whole."""
    return file.with_name(f".{file.name}.restoring")


async def mark_restored(copy: Path, instance: str, taken: datetime) -> None:
    """Bring a copy up to date, and mark it as restored (see `storage.instances.restore_all`)."""
    engine = _opened(copy)
    try:
        async with writing(engine) as connection:
            await upgrade_within(connection)
            await restore_all(connection, instance, taken)
    finally:
        await engine.dispose()


async def revision(copy: Path) -> str:
    """The revision of a copy; raises DatabaseNewerError, CopyError where it is no database."""
    engine = _opened(copy)
    try:
        found = await revision_of(engine)
    finally:
        await engine.dispose()
    if found is None:
        raise CopyError(f"{copy.name} is no database of souci")
    if found not in known_revisions():
        raise DatabaseNewerError(found)
    return found


async def occupied(url: str) -> bool:
    """Whether there is a database at `url` already; raises StoreUnavailableError."""
    file = sqlite_file(url)
    if file is not None:
        return any(file.with_name(file.name + end).exists() for end in ("", "-wal", "-shm"))
    engine = open_engine(url)
    try:
        async with writing(engine) as connection:
            return await connection.run_sync(_has_tables)
    finally:
        await engine.dispose()


def sqlite_file(url: str) -> Path | None:
    """Where a SQLite database is; None for another kind. Raises CopyError for one in memory."""
    made = make_url(url)
    if made.get_backend_name() != "sqlite":
        return None
    if made.database in {None, "", ":memory:"}:
        raise CopyError("a database in memory cannot be copied")
    return Path(str(made.database))


def copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own online backup: one consistent state, whoever writes meanwhile."""
    if not source.is_file():
        raise CopyError(f"there is no database at {source}")
    _make_private(target)
    try:
        copy_file(source, target)
    except faults.Error as error:
        raise CopyError(f"{source} cannot be copied: {error}") from error


def _place(copy: Path, file: Path) -> None:
    """Whole or not at all, whenever we are killed; never over a file that came meanwhile."""
    fresh = unfinished_copy(file)
    fresh.unlink(missing_ok=True)
    try:
        copy_sqlite(copy, fresh)
        os.link(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)


def _make_private(file: Path) -> None:
    file.touch(mode=0o600, exist_ok=False)


def check_sqlite(file: Path) -> None:
    """Raises CopyError for a file that is not a whole database."""
    if harm := harm_of(file):
        raise CopyError(f"{file.name} is no whole database: {harm}")


async def _copy_tables(url: str, target: Path) -> None:
    """All rows as they are at one instant, whoever writes meanwhile."""
    _make_private(target)
    source, copy = open_engine(url), _opened(target)
    try:
        await _same_revision(source)
        await upgrade(copy)
        async with snapshot(source) as live, writing(copy) as into:
            await carry(live, into)
    finally:
        await source.dispose()
        await copy.dispose()
    make_one_file(target)


async def _same_revision(source: Engine) -> None:
    found, newest = await revision_of(source), known_revisions()[-1]
    if found is None:
        raise CopyError("there is no database of souci there")
    if found != newest:
        raise CopyError(
            f"the database has revision {found}, this program knows {newest}: "
            "back it up with the version that runs, or upgrade it first"
        )


async def _fill(copy: Path, url: str) -> None:
    """Tables and rows in one transaction: what fails leaves the place empty."""
    source, target = _opened(copy), open_engine(url)
    try:
        await upgrade(source)
        async with snapshot(source) as kept, writing(target) as into:
            await upgrade_within(into)
            await carry(kept, into)
    finally:
        await source.dispose()
        await target.dispose()


def _opened(file: Path) -> Engine:
    return open_engine(URL.create("sqlite", database=str(file)).render_as_string())


def _has_tables(connection: Connection) -> bool:
    return bool({"alembic_version", *metadata.tables} & set(inspect(connection).get_table_names()))
