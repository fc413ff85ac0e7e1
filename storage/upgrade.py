"""Bringing a database up to this program's schema, at start or by `souci db upgrade`."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

import migrations
from storage.engine import writing

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


async def upgrade(engine: AsyncEngine) -> None:
    """Run the migrations that are missing, all or none.

    Raises DatabaseNewerError when the database holds a revision this program does not know.
    """
    async with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(_LOCK)
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    heads = MigrationContext.configure(connection).get_current_heads()
    for revision in heads:
        if revision not in known:
            raise DatabaseNewerError(revision)
    command.upgrade(config, "head")
