"""Who may change which row: said here anew, without looking at the table of commands.

Anybody of a circle may do what is not listed; of what is, some asks for its author or a steward,
some for a steward. Coordinators may everything, everywhere (docs/security.md).
"""

from collections.abc import Callable, Iterator
from typing import Final

from bot import events
from tests.hostile.touched import Change
from tests.hostile.world import Happened, World
from tests.security.town import KEPT

STEWARD, AUTHOR, ANYBODY = "steward", "author", "anybody"
_STEWARDS_ENTRIES: Final = {
    *("grant", "regulated", "refused", "pro-bono", "postponed", "invoiced", "paid"),
}
_ONES_OWN: Final = {"ballots": "voter", "answers": "person", "agenda_points": "by"}
_NOBODYS: Final = {
    "prompts",
    "jobs",
    "numbers",
    "balances",
    "items",
    "chores",
    "discarded_receipts",
}
_DROPPED: Final = {"dropped", "abandoned"}


def trespasses(world: World, happened: Happened) -> Iterator[str]:
    """What somebody changed and had no right to."""
    if happened.event is None or isinstance(happened.event, events.RoomChanged | events.RoomMoved):
        return
    if any(one.table == "erasures" for one in happened.changes):
        yield from _erased(happened)
        return
    for change in happened.changes:
        if change.table in KEPT and change.table not in _NOBODYS:
            yield from _trespass(world, happened, change)


def _trespass(world: World, happened: Happened, change: Change) -> Iterator[str]:
    before, circle = happened.before, change.circle
    if change.table == "profiles":
        yield from _profile(happened, change)
    if circle is None or isinstance(happened.event, events.MemberChanged):
        return
    if not before.belongs(circle):
        yield f"who is not of circle {circle} did {change}"
    needed = NEEDS.get(change.table, lambda _: ANYBODY)(change)
    author = needed == AUTHOR and _is_author(world, happened, change)
    if needed != ANYBODY and not (before.manages(circle) or author):
        yield f"{needed} needed in circle {circle} for {change}"
    if not _in_ones_own_name(world, happened, change):
        yield f"in somebody else's name: {change}"
    if change.table == "ballots" and change.verb == "INSERT":
        yield from _elector(world, change)


def _in_ones_own_name(world: World, happened: Happened, change: Change) -> bool:
    """Whether what is somebody's own is theirs.

    A steward puts off a point of the agenda; it follows its meeting, whoever moves that.
    """
    column = _ONES_OWN.get(change.table)
    if change.table == "agenda_points" and change.verb == "UPDATE" and change.follows("occurrence"):
        return True
    if column is None or (change.new or change.old)[column] == _key_now(world, happened):
        return True
    return change.table == "agenda_points" and happened.before.manages(change.circle or 0)


def _elector(world: World, change: Change) -> Iterator[str]:
    row = change.new
    found = world.database.execute(
        "SELECT electorate, closed_at FROM votes WHERE circle = ? AND number = ?",
        (row["circle"], row["vote"]),
    ).fetchone()
    if row["voter"] not in found[0]:
        yield f"no elector: {change}"


def _profile(happened: Happened, change: Change) -> Iterator[str]:
    user = (change.old or change.new).get("matrix_id")
    shown = change.verb == "UPDATE" and not change.changed("matrix_id", "language", "mention")
    if change.verb == "UPDATE" and not shown and user not in {None, happened.before.user}:
        yield f"somebody else's profile: {change}"


def _key_now(world: World, happened: Happened) -> str | None:
    """The key of who acts: given just now, perhaps."""
    row = world.database.execute(
        "SELECT person FROM profiles WHERE matrix_id = ?", (happened.before.user,)
    ).fetchone()
    return row[0] if row else happened.before.key


def _is_author(world: World, happened: Happened, change: Change) -> bool:
    row, me = change.old or change.new, _key_now(world, happened)
    authors = [row.get(name) for name in ("added_by", "opened_by", "by") if change.old]
    if change.table == "entries" and row["item"] is not None:
        authors += world.database.execute(
            "SELECT declared_by, person FROM items WHERE circle = ? AND number = ?",
            (row["circle"], row["item"]),
        ).fetchone()
    return me in authors


def _erased(happened: Happened) -> Iterator[str]:
    """Who is forgotten takes away what is theirs: no money of anybody else's moves."""
    for change in happened.changes:
        if change.table == "entries" and change.new.get("by") != happened.before.key:
            yield f"an erasure wrote {change}"
        if change.table in {"settings", "commitments"} and change.verb == "INSERT":
            yield f"an erasure wrote {change}"


def _entry(change: Change) -> str:
    row = change.new
    if row["item"] is None or row["kind"] in _STEWARDS_ENTRIES:
        return STEWARD
    return AUTHOR if row["kind"] in {"corrected", "cancelled"} else ANYBODY


def _membership(change: Change) -> str:
    """Nobody asks for a first contribution to be a contributor."""
    if change.verb == "INSERT":
        return ANYBODY if change.new["role"] == "participant" else STEWARD
    promoted = (change.old["role"], change.new.get("role")) == ("participant", "contributor")
    return ANYBODY if promoted else STEWARD


def _circle(change: Change) -> str:
    told = ("name", "kind", "state", "aliases", "places", "currency")
    return STEWARD if change.verb == "UPDATE" and change.changed(*told) else ANYBODY


def _vote(change: Change) -> str:
    columns = ("question", "version", "closes", "closed_at", "cancelled", "released", "options")
    return AUTHOR if change.verb == "UPDATE" and change.changed(*columns) else ANYBODY


def _action(change: Change) -> str:
    if change.verb != "UPDATE":
        return ANYBODY
    dropped = change.new["state"] in _DROPPED and change.changed("state")
    told = change.changed("title", "due_day", "due_at", "budget", "workstream")
    return AUTHOR if dropped or told else ANYBODY


def _by_its_author(change: Change) -> str:
    return AUTHOR if change.verb == "UPDATE" else ANYBODY


NEEDS: Final[dict[str, Callable[[Change], str]]] = {
    "entries": _entry,
    "settings": lambda _: STEWARD,
    "memberships": _membership,
    "sessions": lambda _: STEWARD,
    "workstreams": lambda _: STEWARD,
    "questions": lambda change: STEWARD if change.new.get("text") else ANYBODY,
    "circles": _circle,
    "votes": _vote,
    "actions": _action,
    "meetings": _by_its_author,
    "reminders": _by_its_author,
}
