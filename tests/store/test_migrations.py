"""The migrations make the tables that the program reads, and know when to refuse."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

import migrations
from storage.engine import open_engine, writing
from storage.tables import metadata
from storage.upgrade import DatabaseNewerError, known_revisions, upgrade


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))


@pytest.fixture
async def fresh(empty_url: str) -> AsyncIterator[AsyncEngine]:
    """A database that the migrations have just made."""
    engine = open_engine(empty_url)
    await upgrade(engine)
    yield engine
    await engine.dispose()


async def make_newer(engine: AsyncEngine) -> None:
    async with writing(engine) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))


async def test_from_empty_they_make_the_tables_the_program_reads(fresh: AsyncEngine) -> None:
    async with fresh.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_running_them_again_changes_nothing(fresh: AsyncEngine) -> None:
    await upgrade(fresh)
    async with fresh.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_newer_database_is_refused_in_one_sentence(fresh: AsyncEngine) -> None:
    await make_newer(fresh)
    with pytest.raises(DatabaseNewerError, match="newer than this program") as refusal:
        await upgrade(fresh)
    assert "\n" not in str(refusal.value)


async def test_refusing_leaves_the_newer_database_untouched(fresh: AsyncEngine) -> None:
    await make_newer(fresh)
    with pytest.raises(DatabaseNewerError):
        await upgrade(fresh)
    async with fresh.connect() as connection:
        found = await connection.execute(text("SELECT version_num FROM alembic_version"))
        assert found.scalars().all() == ["9999"]


def test_each_file_is_named_after_its_revision_and_follows_the_one_before() -> None:
    folder = str(Path(migrations.__file__).parent)
    scripts = [*ScriptDirectory(folder).walk_revisions()][::-1]
    assert [script.revision for script in scripts] == known_revisions()
    assert [script.down_revision for script in scripts] == [None, *known_revisions()[:-1]]


def test_they_import_nothing_of_ours() -> None:
    folder = Path(migrations.__file__).parent
    lines = [line for file in folder.rglob("*.py") for line in file.read_text().splitlines()]
    ours = ("storage", "circle", "bot", "commands", "language", "reports", "speech", "locales")
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    assert not [line for line in imports if line.split()[1].split(".")[0] in ours]
