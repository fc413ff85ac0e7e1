"""What every scene needs, made once: a database brought up to date, and the voice."""

from functools import cache

from sqlalchemy.ext.asyncio import AsyncEngine

from speech.sentences import Speech
from storage.engine import open_engine
from storage.upgrade import upgrade

IN_MEMORY = "sqlite://"
_model: list[bytes] = []


@cache
def voice() -> Speech:
    """The sentences, compiled once a process rather than once a scene."""
    return Speech()


async def prepared(url: str = IN_MEMORY) -> AsyncEngine:
    """An engine on the schema and nothing else; in memory, a copy of the first one."""
    engine = open_engine(url)
    if url != IN_MEMORY:
        await upgrade(engine)
        return engine
    if not _model:
        await upgrade(engine)
        _model.append((await _connection(engine)).serialize())
    else:
        (await _connection(engine)).deserialize(_model[0])
    return engine


async def _connection(engine):
    """The one connection of a database in memory, as the standard library has it."""
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        return raw.driver_connection._connection
