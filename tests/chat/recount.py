"""The figures of a budget recounted from the rows alone, by another way than the program's."""

from collections import defaultdict
from typing import Any

from sqlalchemy import text

from tests.attributed import Ledger
from tests.chat.scene import Scene


async def rows(scene: Scene, table: str) -> list[dict[str, Any]]:
    """The rows of a table, in the order in which they were written."""
    order = {"entries": "id", "commitments": "id", "entry_periods": "entry"}.get(table, "number")
    async with scene.engine.connect() as connection:
        found = await connection.execute(text(f"SELECT * FROM {table} ORDER BY {order}"))  # noqa: S608
        return [dict(row) for row in found.mappings()]


async def recounted(scene: Scene) -> dict[str, int]:
    """Every figure, from what each entry says happened: postings are not looked at."""
    entries = await rows(scene, "entries")
    items = told(entries)
    decided = [item for item in items.values() if item["decided"] is not None]
    regulated = sum(item["decided"] for item in decided)
    granted = sum(grants(entries).values())
    held = held_back(
        await rows(scene, "commitments"),
        {one["number"] for one in await rows(scene, "votes") if one["released"]},
        await rows(scene, "actions"),
        decided,
    )
    attributed = await attributed_of(scene, entries)
    return {
        "granted": granted,
        "committed": held,
        "asked": sum(item["asked"] or 0 for item in items.values() if item["waits"]),
        "regulated": regulated,
        "invoiced": sum(item["decided"] for item in decided if item["invoice"]),
        "paid": sum(item["decided"] for item in decided if item["paid"]),
        "available": granted - attributed - held,
    }


async def attributed_of(scene: Scene, entries: list[dict[str, Any]]) -> int:
    """What envelopes hold in all, told again from the entries."""
    actions = await rows(scene, "actions")
    periods = await rows(scene, "entry_periods")
    workstreams = {one["number"]: one["workstream"] for one in actions}
    days = {one["entry"]: one["since"] and (one["since"], one["until"]) for one in periods}
    return sum(Ledger(days, workstreams).read(entries).held().values())


def told(entries: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Each item as its entries left it."""
    items: dict[int, dict[str, Any]] = {}
    for entry in entries:
        if entry["item"] is None:
            continue
        if entry["kind"] == "declared":
            items[entry["item"]] = {"waits": True, "decided": None, "invoice": None, "paid": False}
        step(items[entry["item"]], entry)
    return items


def step(item: dict[str, Any], entry: dict[str, Any]) -> None:
    kind = entry["kind"]
    if kind in {"declared", "corrected"}:
        item |= {name: entry[name] for name in ("action", "vote")} | {"asked": entry["amount"]}
    elif kind == "regulated":
        item |= {"waits": False, "decided": entry["amount"]}
    elif kind in {"refused", "pro-bono", "cancelled"}:
        item |= {"waits": False, "decided": None}
    elif kind == "postponed":
        item |= {"waits": True, "decided": None}
    elif kind == "invoiced":
        item["invoice"] = entry["number"]
    elif kind == "paid":
        item["paid"] = entry["amount"] is not None


def grants(entries: list[dict[str, Any]]) -> dict[int, int]:
    """The amount of each envelope, by the entry that it comes from."""
    amounts: dict[int, int] = {}
    origin: dict[int, int] = {}
    for entry in entries:
        if entry["item"] is None:
            origin[entry["id"]] = origin.get(entry["corrects"], entry["id"])
            amounts[origin[entry["id"]]] = entry["amount"]
    return amounts


def held_back(committed: list, released: set, actions: list, decided: list) -> int:
    """What votes hold back (docs/words.md: The budget's figures), amount by amount."""
    open_actions = {action["number"] for action in actions if action["state"] == "open"}
    on_action: dict[int, int] = defaultdict(int)
    named: dict[int, int] = defaultdict(int)
    for item in decided:
        if item["vote"] is not None:
            named[item["vote"]] += item["decided"]
        elif item["action"] is not None:
            on_action[item["action"]] += item["decided"]
    total = 0
    for one in sorted(committed, key=lambda one: (one["vote"], one["id"])):
        vote, action = one["vote"], one["action"]
        if vote in released or action not in {None, *open_actions}:
            continue
        spent = min(one["amount"], named[vote])
        named[vote] -= spent
        served = min(one["amount"] - spent, on_action[action]) if action is not None else 0
        on_action[action] -= served
        total += one["amount"] - spent - served
    return total
