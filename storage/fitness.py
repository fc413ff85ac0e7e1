"""Whether a database can be the bot's, asked before anything is written into it.

What is wrong is told in one line that says what to do; nothing is made or changed here.
"""

import os
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Row, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.copying import sqlite_file
from storage.engine import open_engine, reading
from storage.errors import StoreUnavailableError
from storage.sqlite import faults
from storage.sqlite.files import tables_of
from storage.tables import metadata
from storage.upgrade import known_revisions, revision_within

OLDEST_POSTGRESQL: Final = 13
_REVISION: Final = "alembic_version"
_OPTIONS: Final = frozenset(
    {"host", "port", "passfile", "prepared_statement_cache_size", "ssl", "sslmode"}
)
_SSL: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_ABOUT: Final = text(
    "SELECT current_setting('server_encoding') AS encoding,"
    " current_setting('server_version_num')::int / 10000 AS version,"
    " current_setting('transaction_read_only')::bool AS read_only,"
    " current_schema() AS schema,"
    " current_schema() IS NOT NULL"
    " AND has_schema_privilege(current_schema(), 'CREATE') AS may_create,"
    " current_user AS role"
)
_CLOSED: Final = text(
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname = ANY(:ours)"
    " AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')"
    " AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))"
    " ORDER BY c.relname"
)
_SIZE: Final = text("SELECT pg_database_size(current_database())")
_TABLES: Final = text(
    "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = ANY(:ours)"
)


About = Row[tuple[str, int, bool, str | None, bool, str]]


class UnfitDatabaseError(Exception):
    """That database cannot be ours as it is; its text says in one line what to mend."""


async def check_fitness(url: str, *, writes: bool = True) -> None:
    """Whether we may use it, to write or only to read.

    Raises UnfitDatabaseError; StoreUnavailableError where it may pass by itself.
    """
    file = sqlite_file(url)
    if file is not None:
        _check_sqlite(file, writes=writes)
        return
    _check_options(make_url(url))
    engine = open_engine(url)
    try:
        async with reading(engine) as connection:
            await _check_postgresql(connection, writes=writes)
    except DBAPIError as fault:
        said = str(fault.orig).splitlines()[0].rpartition(">: ")[2]
        raise UnfitDatabaseError(f"the PostgreSQL server refuses us: {said}") from fault
    finally:
        await engine.dispose()


async def size_of(engine: AsyncEngine) -> int:
    """The bytes that a PostgreSQL database takes."""
    async with reading(engine) as connection:
        return int((await connection.execute(_SIZE)).scalar_one())


def _check_options(url: URL) -> None:
    """What stands behind the question mark: what our driver would not know ends in a trace."""
    unknown = sorted(set(url.query) - _OPTIONS)
    if unknown:
        raise UnfitDatabaseError(
            f"`database` says ?{unknown[0]}=, which is none of {', '.join(sorted(_OPTIONS))}"
        )
    for name in ("sslmode", "ssl"):
        mode = url.query.get(name, _SSL[0])
        if mode not in _SSL:
            raise UnfitDatabaseError(
                f"`database` says ?{name}={mode}; one of {', '.join(_SSL)} is expected"
            )


def _check_sqlite(file: Path, *, writes: bool) -> None:
    """Well, too, where there is none yet and one can be made."""
    if not file.parent.is_dir():
        raise UnfitDatabaseError(f"there is no folder {file.parent} to hold the database: make it")
    if file.is_dir():
        raise UnfitDatabaseError(f"{file} is a folder: name a file in `database`")
    if not file.exists():
        if not os.access(file.parent, os.W_OK | os.X_OK):
            raise UnfitDatabaseError(f"no database can be made in {file.parent}: {_RIGHT}")
        return
    try:
        names = tables_of(file, writes=writes)
    except faults.Error as fault:
        raise _told(fault, file) from fault
    if names and _REVISION not in names:
        raise UnfitDatabaseError(f"{file} is the database of another program: name ours")


_RIGHT: Final = "give the bot's user the right to write there"


def _told(fault: faults.Error, file: Path) -> Exception:
    if faults.is_locked(fault):
        return StoreUnavailableError(f"{file} is locked by another program: end it, or wait for it")
    if faults.is_unreadable(fault):
        return UnfitDatabaseError(
            f"{file} is no whole SQLite database ({fault}): name another one, or restore a backup"
        )
    if faults.is_forbidden(fault):
        return UnfitDatabaseError(f"{file} cannot be written ({fault}): {_RIGHT}")
    return StoreUnavailableError(f"{file}: {fault}")


async def _check_postgresql(connection: AsyncConnection, *, writes: bool) -> None:
    about = (await connection.execute(_ABOUT)).one()
    wrong = _wrong(about)
    if wrong is not None:
        raise UnfitDatabaseError(wrong)
    if writes:
        await _check_rights(connection, about)


async def _check_rights(connection: AsyncConnection, about: About) -> None:
    if about.read_only:
        raise UnfitDatabaseError(
            "the database is read-only (a standby, or default_transaction_read_only is on)"
        )
    ours = list(metadata.tables)
    closed = (await connection.execute(_CLOSED, {"ours": [*ours, _REVISION]})).first()
    if closed is not None:
        raise UnfitDatabaseError(
            f"the role {about.role} may not read and write the table {closed[0]}: "
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {about.schema} "
            f"TO {about.role}"
        )
    found = await revision_within(connection)
    if found is None and (there := (await connection.execute(_TABLES, {"ours": ours})).first()):
        raise UnfitDatabaseError(
            f"the schema {about.schema} has a table {there[0]} of another program: "
            "give the bot a database of its own"
        )
    if found != known_revisions()[-1] and not about.may_create:
        raise UnfitDatabaseError(
            f"the role {about.role} may not make tables in the schema {about.schema}: "
            f"GRANT CREATE ON SCHEMA {about.schema} TO {about.role}"
        )


def _wrong(about: About) -> str | None:
    """What is wrong with the server or the database as such."""
    if about.version < OLDEST_POSTGRESQL:
        return f"PostgreSQL {about.version} is too old: {OLDEST_POSTGRESQL} or newer is needed"
    if about.encoding != "UTF8":
        return (
            f"the database is encoded in {about.encoding}, which cannot hold what people write: "
            "make one WITH ENCODING 'UTF8' TEMPLATE template0"
        )
    if about.schema is None:
        return f"the role {about.role} has no schema: GRANT USAGE ON SCHEMA public TO {about.role}"
    return None
