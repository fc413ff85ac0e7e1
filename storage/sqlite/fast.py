"""The fast road: statements where they are awaited, sent straight; one kept connection writes.

Each part can go without the others: `driver` (decision 5), `direct` (decision 5), `writer`
(decisions 22 and 24).
"""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.session import SHORTCUT
from storage.sqlite.direct import Direct
from storage.sqlite.driver import InlineConnection, connect
from storage.sqlite.writer import Writer

WRITER = "writer"
"""The option of an engine that keeps one connection to write."""


def inline_driver(url: URL, *, disk: bool) -> Callable[[], Awaitable[InlineConnection]]:
    """What connects to that database, for SQLAlchemy's `async_creator`."""
    [path], options = url.get_dialect()().create_connect_args(url)
    return lambda: connect(path, dict(options), disk=disk)


def speed_up(engine: AsyncEngine, *, disk: bool) -> None:
    """Have an engine over the inline driver send statements straight, and keep its writer."""
    sync = engine.sync_engine

    def shorten(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        driver: Any = connection.driver_connection
        entry.info[SHORTCUT] = Direct(driver.database, sync.dialect)

    event.listen(sync, "connect", shorten)
    if disk:
        writer = Writer()
        sync.update_execution_options(**{WRITER: writer})
        event.listen(sync, "engine_disposed", writer.close)
