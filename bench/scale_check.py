"""Whether the made-up data is what the program itself would have written, on a sample."""

import argparse
import asyncio
import random

from sqlalchemy import text

from bench.scale_size import ASSEMBLY, CIRCLES
from circle.circles import CircleId, Rules
from circle.life import fold, is_balanced
from circle.ports import ItemFilter
from storage.engine import open_engine
from storage.uow import SqlUnitOfWork, Store

SAMPLE = 12
ITEMS = 25


async def check(url: str) -> int:
    """Recount some circles whole and some of their items; how many items that was."""
    engine = open_engine(url)
    chance = random.Random(7)
    numbers = [ASSEMBLY, *chance.sample(range(2, CIRCLES + 1), SAMPLE)]
    try:
        async with Store(engine, Rules()).reading() as uow:
            seen = [await _circle(uow, CircleId(number), chance) for number in numbers]
            if uow.session.dialect == "sqlite":
                await _references(uow)
    finally:
        await engine.dispose()
    return sum(seen)


async def _circle(uow: SqlUnitOfWork, circle: CircleId, chance: random.Random) -> int:
    totals = await uow.ledger.totals(circle)
    summed = await uow.ledger.sum_items(circle, ItemFilter())
    figures = (totals.asked, totals.regulated, totals.invoiced, totals.paid)
    if figures != (summed.asked, summed.regulated, summed.invoiced, summed.paid):
        raise ValueError(f"circle {circle}: {figures} from entries, {summed} from items")
    count = await uow.ledger.count_items(circle, ItemFilter())
    chosen = chance.sample(range(1, count + 1), min(ITEMS, count))
    for number in chosen:
        await _item(uow, circle, number)
    return len(chosen)


async def _item(uow: SqlUnitOfWork, circle: CircleId, number: int) -> None:
    told = await uow.ledger.history(circle, number)
    if not is_balanced(told) or fold(told) != await uow.ledger.item(circle, number):
        raise ValueError(f"circle {circle}, C{number}: the item is not what its entries tell")


async def _references(uow: SqlUnitOfWork) -> None:
    broken = await uow.session.all(text("PRAGMA foreign_key_check"))
    if broken:
        raise ValueError(f"rows that refer to nothing: {broken[:3]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    print(f"{asyncio.run(check(parser.parse_args().url))} items recounted")


if __name__ == "__main__":
    main()
