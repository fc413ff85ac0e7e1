"""Money is conserved: what the program sums is what entries say, and one message claims once."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from bot import events
from circle.circles import CircleId
from commands.shared.common import figures
from tests.chat.recount import grants, held_back, told
from tests.hostile.world import Happened, World

_MOVES: Final = {
    *("entries", "commitments", "votes", "actions", "items", "balances"),
    *("attributions", "envelopes", "spendings"),
}
_FINAL: Final = {"regulated", "refused", "pro-bono", "cancelled"}
_MADE_ONCE: Final = ("actions", "votes", "meetings", "reminders")


async def unbalanced(world: World, happened: Happened) -> list[str]:
    """What is wrong with the figures of the circles that were touched."""
    moved = {one.circle for one in happened.changes if one.table in _MOVES}
    found = []
    for circle in sorted(filter(None, moved)):
        found += await unbalanced_in(world, circle)
    return found


async def unbalanced_in(world: World, circle: int) -> list[str]:
    async with world.scene.console._dispatcher._store.reading() as uow:
        now = await figures(uow, CircleId(circle))
    said = {name: getattr(now, name) for name in (*now.__slots__, "available")}
    entries = _rows(world.database, "entries", circle)
    counted = _recounted(world.database, circle, entries)
    found = [f"circle {circle}: {said}, counted {counted}"] if said != counted else []
    held = said["regulated"] - said["unattributed"]
    if said["granted"] != said["available"] + held + said["committed"]:
        found.append(f"circle {circle}: granted is not what is left, attributed and held: {said}")
    found += _overdrawn(world.database, circle, entries)
    if not 0 <= said["paid"] <= said["regulated"]:
        found.append(f"circle {circle}: paid beyond what was decided: {said}")
    twice = _twice(entries)
    return [*found, *(f"circle {circle}: C{item} is {what} twice" for item, what in twice)]


def _overdrawn(
    database: sqlite3.Connection, circle: int, entries: list[dict[str, Any]]
) -> Iterator[str]:
    """Envelopes that hold more than they were granted, items of which more is held than decided."""
    granted = dict(enumerate(grants(entries).values(), start=1))
    decided = {number: item["decided"] or 0 for number, item in told(entries).items()}
    by_envelope: Counter[int] = Counter()
    by_item: Counter[int] = Counter()
    for row in _rows(database, "attributions", circle):
        by_envelope[row["envelope"]] += row["cents"]
        by_item[row["item"]] += row["cents"]
    for number, cents in by_envelope.items():
        if not 0 <= cents <= granted[number]:
            yield f"circle {circle}: E{number} holds {cents} of {granted[number]}"
    for number, cents in by_item.items():
        if not 0 <= cents <= decided[number]:
            yield f"circle {circle}: {cents} of C{number} are held, of {decided[number]}"


def _twice(entries: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """What was decided, invoiced or paid for the first time more than once."""
    first = (one for one in entries if one["corrects"] is None and one["item"] is not None)
    count = Counter(
        (one["item"], "decided" if one["kind"] in _FINAL else one["kind"])
        for one in first
        if one["kind"] in {*_FINAL, "invoiced", "paid", "declared"}
    )
    yield from (what for what, often in count.items() if often > 1)


def _recounted(
    database: sqlite3.Connection, circle: int, entries: list[dict[str, Any]]
) -> dict[str, int]:
    """Every figure, from what each entry says happened: postings are not looked at."""
    items = told(entries)
    decided = [item for item in items.values() if item["decided"] is not None]
    regulated = sum(item["decided"] for item in decided)
    granted = sum(grants(entries).values())
    released = {one["number"] for one in _rows(database, "votes", circle) if one["released"]}
    held = held_back(
        _rows(database, "commitments", circle),
        released,
        _rows(database, "actions", circle),
        decided,
    )
    attributed = sum(one["cents"] for one in _rows(database, "attributions", circle))
    return {
        "granted": granted,
        "committed": held,
        "asked": sum(item["asked"] or 0 for item in items.values() if item["waits"]),
        "regulated": regulated,
        "invoiced": sum(item["decided"] for item in decided if item["invoice"]),
        "paid": sum(item["decided"] for item in decided if item["paid"]),
        "unattributed": regulated - attributed,
        "available": granted - attributed - held,
    }


def _rows(database: sqlite3.Connection, table: str, circle: int) -> list[dict[str, Any]]:
    found = database.execute(f"SELECT * FROM {table} WHERE circle = ? ORDER BY rowid", (circle,))  # noqa: S608
    names = [one[0] for one in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


class MadeOnce:
    """What each message made: however often it is edited, it makes one thing."""

    def __init__(self) -> None:
        self._made: set[tuple[str, str]] = set()
        self._first: dict[str, str] = {}

    def doubled(self, happened: Happened) -> Iterator[str]:
        """What an edit made anew."""
        event = happened.event
        if not isinstance(event, events.Message):
            return
        first = self._first.get(event.edits or "", event.edits or event.id)
        self._first[event.id] = first
        for table in {name for one in happened.changes if (name := _made(one))}:
            if (first, table) in self._made:
                yield f"a second of {table} by the message {first}"
            self._made.add((first, table))


def _made(change: Any) -> str | None:
    """The table of a thing that was made."""
    if change.verb != "INSERT":
        return None
    if change.table == "entries":
        return "declared" if change.new["kind"] == "declared" else None
    return change.table if change.table in _MADE_ONCE else None
