"""Bringing a database up to this program's schema, at start or by `souci db upgrade`."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

import migrations
from storage.engine import reading, writing

_VERSIONS: Final = Path(migrations.__file__).parent / "versions"
_REVISION: Final = text("SELECT version_num FROM alembic_version")
_HALF_DONE: Final = text("SELECT circle FROM attributing WHERE done_at IS NULL LIMIT 1")
# Any number, always the same: two bots that start together on one PostgreSQL take turns.
_LOCK: Final = text("SELECT pg_advisory_xact_lock(7300001)")


class DatabaseNewerError(Exception):
    """The database was written by a newer program; nothing was touched."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database is newer than this program (revision {revision} is unknown to it): "
            "install the version that wrote it, or restore an older backup"
        )
        self.revision = revision


class DatabaseOlderError(Exception):
    """The database was written by an older program, or by none; nothing was touched."""

    def __init__(self, revision: str | None) -> None:
        told = (
            "the database holds nothing of souci yet: name the one of the bot, or start it first"
            if revision is None
            else f"the database is older than this program (revision {revision}): stop the bot, "
            "souci backup, then souci db upgrade"
        )
        super().__init__(told)
        self.revision = revision


async def upgrade(engine: AsyncEngine) -> None:
    """Run the migrations that are missing, all or none.

    Raises DatabaseNewerError when the database holds a revision this program does not know.
    """
    async with writing(engine) as connection:
        await upgrade_within(connection)


async def upgrade_within(connection: AsyncConnection) -> None:
    """The same, within a transaction that goes on."""
    if connection.dialect.name == "postgresql":
        await connection.execute(_LOCK)
    await connection.run_sync(_upgrade)


async def revision_of(engine: AsyncEngine) -> str | None:
    """The revision of a database as it is; None where there is none of ours."""
    async with reading(engine) as connection:
        return await revision_within(connection)


async def revision_within(connection: AsyncConnection) -> str | None:
    """The same, within a transaction."""
    return await connection.run_sync(_current)


async def require_current(engine: AsyncEngine) -> None:
    """Change nothing; raises DatabaseOlderError, DatabaseNewerError where it is of another version.

    For what works beside a running bot: a schema is never changed under it.
    """
    found, known = await revision_of(engine), known_revisions()
    if found == known[-1] and not await _is_half_done(engine):
        return
    if found is not None and found not in known:
        raise DatabaseNewerError(found)
    raise DatabaseOlderError(found)


async def _is_half_done(engine: AsyncEngine) -> bool:
    """Whether what an older program left is still to be read anew (`storage.ledger.rereading`)."""
    async with reading(engine) as connection:
        return (await connection.execute(_HALF_DONE)).first() is not None


def known_revisions() -> list[str]:
    """The revisions of this program, oldest first: the name of each migration begins with its."""
    return sorted(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


def _upgrade(connection: Connection) -> None:
    known = known_revisions()
    current = _current(connection)
    if current is not None and current not in known:
        raise DatabaseNewerError(current)
    if current != known[-1]:
        _migrate(connection)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(_REVISION).scalar_one_or_none()


def _migrate(connection: Connection) -> None:
    # Imported only where there is something to do: a start needs neither its time nor its memory.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_VERSIONS.parent))
    command.upgrade(config, "head")
