"""Rows that no longer decode, recognised and put right as far as they can be (decision 15).

An erasure once replaced names as text in columns that programs read. Those alone are looked at.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Delete, Update, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import CircleId
from circle.votes import LOST_OPTIONS
from storage.coded import SETTINGS
from storage.engine import reading, writing
from storage.session import Statements
from storage.soundness import Damage, undecodable
from storage.tables.circles import settings
from storage.tables.kinds import stored
from storage.tables.mail import inbox, outbox, rooms
from storage.tables.receipts import receipts
from storage.tables.rounds import rounds
from storage.tables.votes import votes

UNREADABLE: Final = "it could not be read any more"

_LOOKED_AT: Final = ("outbox", "receipts", "rooms", "rounds", "settings", "votes")
_WAITING: Final = {"outbox": outbox.c.finished.is_(False)}
_ROOM: Final = rooms.c.room_id == bindparam("key_0")
# The homeserver tells a room's powers again at the start: its fact must not be known by then.
_MENDS: Final[Mapping[tuple[str, str], Sequence[Update | Delete]]] = {
    ("rooms", "powers"): (
        update(rooms).where(_ROOM).values(powers={}),
        delete(inbox).where(
            inbox.c.room_id == bindparam("key_0"),
            inbox.c.finished.is_(True),
            inbox.c.event_id.startswith(bindparam("key_0").concat("~room~")),
        ),
    ),
    ("rounds", "held"): (
        delete(rounds).where(
            rounds.c.circle == bindparam("key_0"), stored(rounds.c.kind) == bindparam("key_1")
        ),
    ),
    ("outbox", "content"): (
        update(outbox)
        .where(outbox.c.row == bindparam("key_0"))
        .values(finished=True, reason=UNREADABLE, content={}, file_body=None),
    ),
    ("receipts", "attachment"): (
        update(receipts).where(receipts.c.id == bindparam("key_0")).values(attachment="{}"),
        update(receipts)
        .where(receipts.c.id == bindparam("key_0"), receipts.c.sha256.is_(None))
        .values(reason=UNREADABLE),
    ),
}
_VOTE: Final = (votes.c.circle == bindparam("of_circle"), votes.c.number == bindparam("of_number"))
_OPTIONS: Final = select(votes.c.options).where(*_VOTE)
_SET_OPTIONS: Final = update(votes).where(*_VOTE).values(options=bindparam("told"))
_SETTINGS: Final = select(settings.c.circle, settings.c.name).where(
    settings.c.id.in_(bindparam("which", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Mended:
    """What did not decode; the settings, by circle, that are as if they had not been made."""

    damages: Sequence[Damage] = ()
    settings: Mapping[CircleId, Collection[str]] = field(default_factory=dict)


async def mend(engine: AsyncEngine) -> Mended:
    """Look at what an erasure may have hurt; mend what another source tells again.

    What waited to leave, or went on in a meeting, and cannot be read is given up. Options of votes
    whose fields lost their names get them back; settings stay as they are, and are not read.
    """
    async with reading(engine) as connection:
        found = await undecodable(Statements(connection), _LOOKED_AT, only=_WAITING)
    if not found:
        return Mended()
    async with writing(engine) as connection:
        session = Statements(connection)
        for one in found:
            await _mend(session, one)
        return Mended(found, await _lost(session, found))


async def _mend(session: Statements, one: Damage) -> None:
    if (one.table, one.column) == ("votes", "options"):
        await _mend_options(session, *map(int, one.key))
    for statement in _MENDS.get((one.table, one.column), ()):
        asked = statement.compile().params
        keys = {f"key_{place}": _key(part) for place, part in enumerate(one.key)}
        await session.run(statement, {name: keys[name] for name in keys if name in asked})


async def _mend_options(session: Statements, circle: int, number: int) -> None:
    vote = {"of_circle": circle, "of_number": number}
    row = await session.first(_OPTIONS, vote)
    if row is not None and row.options != LOST_OPTIONS:
        await session.run(_SET_OPTIONS, vote | {"told": row.options})


def _key(part: str) -> str | int:
    return int(part) if part.isdecimal() else part


async def _lost(session: Statements, found: Sequence[Damage]) -> Mapping[CircleId, Collection[str]]:
    """The settings that nobody can read any more, by circle."""
    rows = [int(one.key[0]) for one in found if one.table == "settings"]
    lost: dict[CircleId, set[str]] = defaultdict(set)
    for row in await session.all(_SETTINGS, {"which": rows}) if rows else ():
        if row.name in SETTINGS:
            lost[CircleId(row.circle)].add(row.name)
    return lost
