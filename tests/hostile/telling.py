"""What the circle hears: weighty changes in its room, results that stay, secrets that are kept."""

from collections.abc import Iterator
from typing import Any, Final

from bot import events
from bot.letters.compose import REPLY_FIELD
from commands.kernel.command import Command
from tests.hostile.touched import Change
from tests.hostile.world import Happened, World

TOLD_FROM_ELSEWHERE: Final = "told" in Command.__dataclass_fields__
"""Whether commands say what is told in the room when it is done elsewhere than there."""
_QUIET: Final = {"declared", "questioned", "answered"}
_COUNTS: Final = {
    *("counts", "greedy", "scores", "grades", "left_out", "otherwise", "winners", "financed"),
}

_RESULT: Final = ("outcome", "closed", "cast", "counts", "electorate", "available", "sealed")


def unheard(world: World, happened: Happened) -> Iterator[str]:
    """Changes of money, rights or settings of which nothing was said in their circle's room."""
    if isinstance(happened.event, events.MemberChanged | events.RoomChanged | events.RoomMoved):
        return
    if any(one.table == "erasures" for one in happened.changes):
        return
    said = {letter.room_id for letter in happened.letters}
    weighty = {one.circle: one for one in happened.changes if is_weighty(one)}
    for circle, change in weighty.items():
        room = _room(world, circle)
        if room not in said and (TOLD_FROM_ELSEWHERE or _is_in(happened, room)):
            yield f"nothing told circle {circle} of {change}"


def _is_in(happened: Happened, room: str | None) -> bool:
    return happened.event is None or happened.event.room == room


def _room(world: World, circle: int | None) -> str | None:
    row = world.database.execute("SELECT room_id FROM circles WHERE id = ?", (circle,)).fetchone()
    return row[0] if row else None


def is_weighty(change: Change) -> bool:
    """Whether it is of money, rights or settings."""
    match change.table:
        case "entries":
            return change.new["kind"] not in _QUIET
        case "memberships":
            return change.verb == "UPDATE" and change.new["role"] != "contributor"
        case "circles":
            return change.verb == "INSERT" or change.changed("state", "aliases", "places")
        case "votes":
            return change.verb == "INSERT" or change.changed("closed_at", "cancelled", "released")
        case "settings" | "workstreams" | "commitments" | "sessions":
            return True
    return False


def unmasked(world: World, happened: Happened) -> Iterator[str]:
    """What was said of secret ballots before their vote was closed."""
    cast = [one.new for one in happened.changes if one.table == "ballots" and one.new]
    for letter in happened.letters:
        reply = letter.content.get(REPLY_FIELD)
        values = reply.get("values", {}) if isinstance(reply, dict) else {}
        if letter.room_id is None or not _is_secret_and_open(values):
            continue
        if shown := _COUNTS & {name for name, value in values.items() if value}:
            yield f"a running count of secret {values['id']}: {sorted(shown)}"
    for ballot in cast:
        yield from _shown(world, happened, ballot)


def _is_secret_and_open(values: dict[str, Any]) -> bool:
    return bool(values.get("secret")) and not (values.get("closed") or values.get("outcome"))


def _shown(world: World, happened: Happened, ballot: dict[str, Any]) -> Iterator[str]:
    """A choice of a secret vote, in a letter to a room: objections alone are said aloud."""
    row = world.database.execute(
        "SELECT secret, closed_at, rule FROM votes WHERE circle = ? AND number = ?",
        (ballot["circle"], ballot["vote"]),
    ).fetchone()
    if not row[0] or row[1] or row[2] == "consent":
        return
    room = happened.event.room if happened.event else ""
    for letter in happened.letters:
        if letter.room_id and not room.startswith("!dm-"):
            yield f"a secret ballot of V{ballot['vote']} was answered in {letter.room_id}"
        elif letter.room_id and letter.room_id != room:
            yield f"a secret ballot of V{ballot['vote']} was told to {letter.room_id}"


class Closed:
    """What closed votes left: file, outcome and instant, as they were when first seen."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], dict[str, Any]] = {}
        self._told: dict[str, dict[str, Any]] = {}

    def changed(self, happened: Happened) -> Iterator[str]:
        """What is another than before, in the rows and in what is announced."""
        for change in happened.changes:
            if change.table in {"votes", "vote_records"} and change.circle is not None:
                number = (change.new or change.old)["number" if change.table == "votes" else "vote"]
                yield from self._differs((change.circle, number), change)

    def announced_anew(self, happened: Happened) -> Iterator[str]:
        """A result told again that is another than the first time."""
        for letter in happened.letters:
            reply = letter.content.get(REPLY_FIELD)
            values = reply.get("values", {}) if isinstance(reply, dict) else {}
            if letter.subject is None or not values.get("closed") or "cast" not in values:
                continue
            told = {name: values.get(name) for name in _RESULT}
            first = self._told.setdefault(letter.subject, told)
            if first != told:
                yield f"{letter.subject} was told as {first}, is told as {told}"

    def _differs(self, vote: tuple[int, int], change: Change) -> Iterator[str]:
        kept = self._kept.setdefault(vote, {})
        for name in ("file", "available", "outcome", "closed_at", "cancelled", "unfunded"):
            value = change.new.get(name)
            if name not in change.new or (change.table == "votes" and not change.new["closed_at"]):
                continue
            if name in kept and kept[name] != value:
                yield f"V{vote[1]} of circle {vote[0]}: {name} was {kept[name]}, is {value}"
            kept[name] = value
        if change.verb == "DELETE" and kept:
            yield f"V{vote[1]} of circle {vote[0]} is gone"
