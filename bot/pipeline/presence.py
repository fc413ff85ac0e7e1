"""Who is in rooms right now: asked of the network, where the store must know it and may not."""

from collections.abc import Mapping
from typing import Protocol

from bot import events
from bot.pipeline.messages import Lines
from commands.kernel.reply import Refusal
from storage.uow import Store

Present = tuple[str, Mapping[str, str | None]]
"""A room, and who is in it: account to the name shown."""


class Directory(Protocol):
    """What the network knows that the store may not, yet."""

    async def joined_members(self, room_id: str) -> Mapping[str, str | None]:
        """Who is in a room right now; nobody where that is not told."""

    async def told_apart(self, event_id: str, lanes: tuple[str, str]) -> None:
        """Wait until the event is known as ours, or as none of our letters to these lanes."""


class WhoIsHere:
    """Asks the directory, outside of any transaction."""

    def __init__(self, store: Store, directory: Directory, lines: Lines, own_id: str) -> None:
        self._store = store
        self._directory = directory
        self._lines = lines
        self._own_id = own_id

    async def of(self, room: str) -> Present | None:
        """The people who are in a room, by the homeserver's word; None where it gives none."""
        joined = await self._directory.joined_members(room)
        people = {user: name for user, name in joined.items() if user != self._own_id}
        return (room, people) if people else None

    async def asked_by(self, event: events.AnyEvent) -> Present | None:
        """Who is in the room of a command that must know it (a vote's electorate)."""
        if not isinstance(event, events.Message) or not self._lines.may_elect(event):
            return None
        async with self._store.transaction() as uow:
            room = await self._lines.electing(uow, event)
        return None if room is None else await self.of(room)

    async def after(self, refusal: Refusal, event: events.AnyEvent) -> Present | None:
        """Who is in a circle's room where somebody spoke whom the store does not know there.

        So it is of who was forgotten, stayed in the room, and wrote elsewhere first. None where
        it was refused for something else, or where the network does not know them there either.
        """
        if refusal.key != "refused.not-member" or not await self._is_unmet(event):
            return None
        present = await self.of(event.room)
        return present if present and event.sender in present[1] else None

    async def _is_unmet(self, event: events.AnyEvent) -> bool:
        async with self._store.transaction() as uow:
            here = await uow.rooms.is_joined(event.room, event.sender)
            return not here and await uow.rooms.is_circle(event.room)
