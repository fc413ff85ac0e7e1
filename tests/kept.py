"""Receipts as the bot has them once they are fetched, for tests about something else."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.operations.receipt_shelf import Shelf
from circle.circles import Rules
from storage.receipts import Receipt, ReceiptQueue
from storage.uow import Store

EVER = datetime(9999, 1, 1, tzinfo=UTC)


async def keep(folder: Path, body: bytes) -> str:
    """The file in the folder of receipts, whatever it proves; its hash."""

    async def proved() -> bool:
        return True

    async def all_of_them(hashes):
        return set(hashes)

    shelf = Shelf(folder)
    with shelf.incoming() as fresh:
        fresh.write(body)
        await shelf.put(fresh, proved, all_of_them)
        return fresh.sha256


async def waiting(engine: AsyncEngine) -> list[Receipt]:
    """The receipts that are noted and not fetched."""
    return await ReceiptQueue(engine).due(EVER, 99)


async def fetched(engine: AsyncEngine, folder: Path, body: bytes, size: int | None = None) -> str:
    """Every receipt that waits is kept, all the same file; its hash. `size`: what it counts for."""
    digest = await keep(folder, body)
    found = await waiting(engine)
    async with Store(engine, Rules()).transaction() as uow:
        for one in found:
            await uow.receipts.keep(one.row, digest, len(body) if size is None else size)
    return digest
