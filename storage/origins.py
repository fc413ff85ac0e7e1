"""What each event did: where its edit, its deletion or a reaction to it leads."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select, update

from circle.circles import CircleId
from circle.refs import Ref
from storage.mapping import Mapper
from storage.refs import read_ref
from storage.session import Statements, upsert
from storage.tables.mail import origins

_OF: Final = select(origins).where(origins.c.event_id == bindparam("event"))
_RECORD: Final = upsert(origins, "event_id")
_MEND: Final = (
    update(origins)
    .where(
        origins.c.event_id == bindparam("event"),
        origins.c.outcome == "refused",
        origins.c.room_id == bindparam("room"),
        origins.c.sender == bindparam("by"),
    )
    .values(
        outcome="done",
        circle=bindparam("within"),
        command=bindparam("did"),
        ref=bindparam("made"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What an event did. `command` is a command's key, `ref` the thing it made or spoke of.

    `outcome` is a word of the dispatcher's: "done", "refused", "undone", or "edit" for an event
    that only replaces another one, to which belongs what it did.
    """

    event_id: str
    room_id: str
    circle: CircleId | None
    command: str
    ref: Ref | None
    outcome: str
    sender: str


_ORIGIN: Final = Mapper(Origin, origins)


class Origins:
    """The memory of events, within a unit of work."""

    def __init__(self, session: Statements) -> None:
        self._session = session

    async def record(self, origin: Origin) -> None:
        """Remember what an event did, instead of what was remembered of it before."""
        ref = str(origin.ref) if origin.ref else None
        await self._session.run(_RECORD, _ORIGIN.row(origin, ref=ref))

    async def mend(self, event_id: str, by: Origin) -> None:
        """That message was refused, and its edit (whose origin is `by`) did something after all.

        A message that did something keeps what it did, whatever its edits come to.
        """
        values = {
            "event": event_id,
            "room": by.room_id,
            "by": by.sender,
            "within": by.circle,
            "did": by.command,
            "made": str(by.ref) if by.ref else None,
        }
        await self._session.run(_MEND, values)

    async def of(self, event_id: str) -> Origin | None:
        """What that event did; None if it never did anything."""
        row = await self._session.first(_OF, {"event": event_id})
        if row is None:
            return None
        return _ORIGIN.read(row, ref=read_ref(row.ref) if row.ref else None)
