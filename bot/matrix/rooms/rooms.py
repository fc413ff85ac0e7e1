"""The rooms we are in, as the syncs tell them; who is in them, asked for where it matters."""

from collections.abc import Iterator
from typing import Any

import structlog

from bot.matrix.crypto.store import CryptoStore
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.untrusted import items, shown_name, table, text
from bot.matrix.rooms.room import PRESENT, Room

log = structlog.get_logger(__name__)


class Rooms:
    """All rooms we have joined, as far as syncs have told."""

    def __init__(self, own_id: str, home: Homeserver, store: CryptoStore) -> None:
        self.own_id = own_id
        self.direct: dict[str, list[str]] = {}
        self._home = home
        self._store = store
        self._rooms: dict[str, Room] = {}
        self._encrypted: set[str] = store.load_encrypted_rooms()

    def __iter__(self) -> Iterator[Room]:
        return iter(list(self._rooms.values()))

    def get(self, room_id: str) -> Room | None:
        return self._rooms.get(room_id)

    def enter(self, room_id: str) -> Room:
        """The room, known from now on as one of ours."""
        if room_id not in self._rooms:
            room = Room(room_id, encrypted=room_id in self._encrypted)
            room.marked_direct = any(room_id in rooms for rooms in self.direct.values())
            self._rooms[room_id] = room
        return self._rooms[room_id]

    def leave(self, room_id: str) -> None:
        self._rooms.pop(room_id, None)

    def keep_encrypted(self) -> None:
        """Remember on disk which rooms are encrypted: never will we write there in clear."""
        fresh = {room.room_id for room in self if room.encrypted} - self._encrypted
        if fresh:
            self._store.save_encrypted_rooms(fresh)
            self._encrypted |= fresh

    def directs_told(self, content: dict[str, Any]) -> None:
        """The account's list of direct rooms (`m.direct`)."""
        self.direct = {
            user: [r for r in items(rooms) if isinstance(r, str)] for user, rooms in content.items()
        }
        for room_id in {r for rooms in self.direct.values() for r in rooms}:
            if room := self.get(room_id):
                room.marked_direct = True

    async def direct_with(self, user: str) -> Room | None:
        """A direct room that they are in too (the last one first), or that we made for them."""
        listed = [self.get(room_id) for room_id in reversed(self.direct.get(user, []))]
        for room in listed:
            if room and user in await self.members(room) and await self.only_with(user, room):
                return room
        for room in self:
            if room.made_for == user and await self.only_with(user, room):
                return room
        return None

    async def only_with(self, user: str, room: Room) -> bool:
        """Whether nobody but that person and us is in the room, or invited to it."""
        return not set(await self.members(room)) - {user, self.own_id}

    async def mark_direct(self, user: str, room_id: str) -> None:
        """Tell the account's clients that this room is a conversation with that person."""
        rooms = self.direct.setdefault(user, [])
        if room_id not in rooms:
            rooms.append(room_id)
            await self._home.put(path("user", self.own_id, "account_data", "m.direct"), self.direct)
        if room := self.get(room_id):
            room.marked_direct = True

    async def members(self, room: Room) -> dict[str, str]:
        """Who joined the room or is invited, with which membership; asked for once."""
        while room.members is None:
            version = room.roster_version
            events = await self._member_events(room.room_id)
            if room.roster_version == version:  # else somebody came or went while we asked
                room.members = _present(events)
        return room.members

    async def joins(self, room: Room) -> list[dict[str, Any]]:
        """The events by which the present members joined; the members are known from then on."""
        events = await self._member_events(room.room_id)
        room.members = _present(events)
        return [event for event in events if _membership(event) == "join"]

    async def _member_events(self, room_id: str) -> list[dict[str, Any]]:
        params = {"not_membership": "leave"}
        answer = await self._home.get(path("rooms", room_id, "members"), params)
        return [event for event in items(answer.get("chunk")) if isinstance(event, dict)]


async def joined_members(home: Homeserver, room_id: str) -> dict[str, str | None]:
    """Who is in the room right now by the homeserver's word, with the names they show there."""
    answer = await home.get(path("rooms", room_id, "joined_members"))
    people = table(answer.get("joined"))
    return {user: shown_name(table(person).get("display_name")) for user, person in people.items()}


def _present(events: list[dict[str, Any]]) -> dict[str, str]:
    """With which membership each is there, or is expected."""
    found = ((_user(event), _membership(event)) for event in events)
    return {user: m for user, m in found if user and m in PRESENT}


def _user(event: dict[str, Any]) -> str | None:
    return text(event.get("state_key"))


def _membership(event: dict[str, Any]) -> str | None:
    return text(table(event.get("content")).get("membership"))
