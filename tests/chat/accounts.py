"""A circle with money, for tests: what its ledger and its sessions hold, what it attaches."""

from typing import Any

from sqlalchemy import select

from bot.console.console import Heard
from storage.tables.ledger import attributions, entries, entry_periods, entry_texts, items
from storage.tables.meetings import meetings
from storage.tables.people import people
from storage.tables.sessions import agenda_points, sessions
from tests.chat.scene import Scene

FOUNDED = ("alice> !cercle créer Littoral", "alice> !doter 1000 € de la MEL période 2026")
PLANNED = "alice> !régulation lundi 23 novembre de 18h à 20h"
ONE = "bob> !contribution 2h affiches 80 €"
OPEN = "alice> !séance ouvrir"
CLOSE = "alice> !séance clore"
CONFIRMED = "[coordination] dany> !cercle confirmer Littoral"
_HELD = (
    attributions,
    entries,
    entry_periods,
    entry_texts,
    items,
    meetings,
    people,
    sessions,
    agenda_points,
)


async def written(scene: Scene) -> list[list[tuple[Any, ...]]]:
    """Everything that the store holds of money and of meetings."""
    async with scene.engine.connect() as connection:
        return [[tuple(row) for row in await connection.execute(select(table))] for table in _HELD]


async def refused(scene: Scene, line: str) -> Heard:
    """The one answer to a line that must change nothing."""
    before = await written(scene)
    [answer] = await scene.play(line)
    assert await written(scene) == before
    return answer


async def last(scene: Scene, *lines: str) -> dict[str, Any]:
    """The values of the last thing said because of these lines."""
    return dict((await scene.play(*lines))[-1].values)


async def figures(scene: Scene) -> dict[str, int]:
    """The figures of the budget, in cents."""
    told = await last(scene, "alice> !budget")
    names = ("granted", "committed", "asked", "regulated", "invoiced", "paid", "available")
    return {name: told[name]["cents"] for name in names}


def cents(money: dict[str, Any] | None) -> int | None:
    return None if money is None else money["cents"]
