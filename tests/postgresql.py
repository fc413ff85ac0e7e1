"""Databases of a test's own on the real PostgreSQL of the run."""

from sqlalchemy import make_url, text

from storage.engine import open_engine
from storage.upgrade import upgrade


async def run(url: str, *statements: str) -> None:
    """Statements outside of any transaction, as CREATE DATABASE wants it."""
    engine = open_engine(url)
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


def named(server: str, database: str, role: str | None = None) -> str:
    """The URL of a database of that server, as that role."""
    url = make_url(server).set(database=database)
    if role is not None:
        url = url.set(username=role)
    return url.render_as_string(hide_password=False)


async def upgraded(url: str) -> str:
    """The schema and nothing else."""
    engine = open_engine(url)
    await upgrade(engine)
    await engine.dispose()
    return url
