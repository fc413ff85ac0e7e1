"""A PostgreSQL that cannot hold a bot's circles ends a start in one line; the real server."""

from uuid import uuid4

import pytest
import pytest_asyncio

from storage import fitness
from storage.fitness import UnfitDatabaseError, check_fitness
from tests.postgresql import named, run, upgraded
from tests.shell.place import Place

MEND_ME = 78


@pytest_asyncio.fixture
async def name(postgresql_server):
    """A database of the test's own, dropped at its end; `LATIN` stands in templates."""
    made = f"refused_{uuid4().hex}"
    await run(postgresql_server, f"CREATE DATABASE {made}")
    yield made
    await run(postgresql_server, f"DROP DATABASE {made} WITH (FORCE)")


@pytest_asyncio.fixture
async def guest(postgresql_server):
    """A role that may come in, and nothing more."""
    made = f"guest_{uuid4().hex[:8]}"
    await run(postgresql_server, f"CREATE ROLE {made} LOGIN")
    yield made
    await run(postgresql_server, f"DROP ROLE {made}")


@pytest.fixture
def refused(postgresql_server, tmp_path):
    """The one line of a start with that database."""

    def refused(database, role=None):
        place = Place(tmp_path / "bot", database=named(postgresql_server, database, role))
        return place.refused("run", status=MEND_ME)

    return refused


async def test_a_database_in_latin1(postgresql_server, name, refused):
    latin = f"{name}_latin"
    await run(
        postgresql_server,
        f"CREATE DATABASE {latin} ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'",
    )
    line = refused(latin)
    await run(postgresql_server, f"DROP DATABASE {latin} WITH (FORCE)")
    assert "is encoded in LATIN1, which cannot hold what people write" in line
    assert line.endswith("make one WITH ENCODING 'UTF8' TEMPLATE template0")


async def test_a_read_only_database(postgresql_server, name, refused):
    await run(postgresql_server, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert "the database is read-only" in refused(name)


async def test_a_role_that_may_not_make_tables(name, guest, refused):
    line = refused(name, guest)
    assert line.endswith(f"GRANT CREATE ON SCHEMA public TO {guest}")


async def test_a_role_that_may_not_write_them(postgresql_server, name, guest, refused):
    await upgraded(named(postgresql_server, name))
    line = refused(name, guest)
    assert f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {guest}" in line


async def test_tables_of_another_program(postgresql_server, name, refused):
    await run(named(postgresql_server, name), "CREATE TABLE votes (mine int)")
    assert "has a table votes of another program" in refused(name)


async def test_a_database_that_is_not_there(refused):
    assert refused("nowhere").endswith('refused by PostgreSQL: database "nowhere" does not exist')


async def test_a_role_that_is_not_there(name, refused):
    assert refused(name, "nobody").endswith('refused by PostgreSQL: role "nobody" does not exist')


async def test_a_server_that_is_too_old(postgresql_server, name, monkeypatch):
    monkeypatch.setattr(fitness, "OLDEST_POSTGRESQL", 99)
    with pytest.raises(UnfitDatabaseError, match="is too old: 99 or newer is needed"):
        await check_fitness(named(postgresql_server, name))


async def test_an_empty_database_of_ours_is_well(postgresql_server, name):
    await check_fitness(named(postgresql_server, name))
