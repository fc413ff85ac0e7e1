"""Transactions as SQLAlchemy has them, whichever the database."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.errors import StoreUnavailableError, passes


@asynccontextmanager
async def transaction(engine: AsyncEngine, **options: object) -> AsyncIterator[AsyncConnection]:
    """Committed at the end, undone on any exception; `options` are those of the connection.

    A connection that could not do its work is not used again. StoreUnavailableError where there
    is none to be had.
    """
    async with AsyncExitStack() as stack:
        connection = await _connected(stack, engine)
        await stack.enter_async_context(_dropped_if_away(connection))
        if options:
            await connection.execution_options(**options)
        await stack.enter_async_context(connection.begin())
        yield connection


@asynccontextmanager
async def _dropped_if_away(connection: AsyncConnection) -> AsyncIterator[None]:
    try:
        yield
    except DBAPIError as fault:
        if passes(fault):
            await connection.invalidate()
        raise


async def _connected(stack: AsyncExitStack, engine: AsyncEngine) -> AsyncConnection:
    try:
        return await stack.enter_async_context(engine.connect())
    except OSError as fault:  # asyncpg lets the socket's own errors through
        why = str(fault) or "no answer in time"
        raise StoreUnavailableError(f"the database cannot be reached: {why}") from fault
