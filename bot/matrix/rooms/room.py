"""One room as its state events make it: what the shell and the rules need to know of it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

import msgspec

from bot import events
from bot.matrix.net.untrusted import number, table, text
from bot.matrix.rooms.powers import Powers, creators_of

DIRECT_MARK: Final = "org.souci.direct"
PRESENT: Final = ("join", "invite")
Reader = Callable[[Any, dict[str, Any], dict[str, Any]], None]
"""Takes a state event and its content into a room."""
_PAIR: Final = 2
_FEW: Final = 3


class Room:
    """A room we are in. `members` is known only where it had to be: who joined or is invited.

    It has to be where `uncounted` says so, and in encrypted rooms before anything is sent.
    """

    def __init__(self, room_id: str, *, encrypted: bool) -> None:
        self.room_id = room_id
        self.encrypted = encrypted
        self.name: str | None = None
        self.alias: str | None = None
        self.creation: dict[str, Any] = {}
        self.levels: dict[str, Any] | None = None
        self.visibility = "shared"
        self.tombstone: dict[str, Any] | None = None
        self.own_join: dict[str, Any] | None = None
        self.marked_direct = False
        self.members: dict[str, str] | None = None
        self.roster_version = 0
        self._ids: dict[str, str] = {}
        self._left = False

    def apply(self, event: dict[str, Any], own_id: str) -> None:
        """Take in one state event; anything else changes nothing."""
        kind, content = text(event.get("type")) or "", table(event.get("content"))
        if kind == "m.room.member":
            self._member(event, content, own_id)
        elif event.get("state_key") == "" and kind in self._READERS:
            self._READERS[kind](self, event, content)
            self._ids[kind] = str(event.get("event_id"))

    def forget_members(self) -> None:
        """Who is in the room must be asked for again."""
        self.members = None
        self.roster_version += 1

    @property
    def uncounted(self) -> bool:
        """Whether it matters how many people there are, and is not known.

        It does where the room may be a conversation of two, or deserted by the last one.
        """
        return self.members is None and (self._may_be_direct or self._left)

    @property
    def joined_ms(self) -> int:
        """When we joined, by our own server's clock."""
        return number((self.own_join or {}).get("origin_server_ts")) or 0

    @property
    def deserted(self) -> bool:
        """Whether nobody but us is left or expected; one that we made waits for its guest."""
        return self.members is not None and self._people == 1 and self.made_for is None

    @property
    def made_for(self) -> str | None:
        """The person for whom we made this room, by the mark we left in its creation."""
        return text(table(self.creation.get("content")).get(DIRECT_MARK))

    @property
    def direct(self) -> bool:
        """A conversation with one person: said so, or two people in a room without a name.

        With a third one in it, what is said is no longer for one person: a secret ballot, say.
        """
        if self.members is None or self._people > _PAIR:
            return False
        return self.marked_direct or (self._unnamed and self._people == _PAIR)

    @property
    def powers(self) -> Powers:
        """From room version 12 on a room's id names no server, and its creators stand above all."""
        supreme = ":" not in self.room_id
        return Powers(self.levels, creators_of(self.creation), supreme)

    @property
    def successor(self) -> str | None:
        """The room that goes on for this one, by the word of somebody who may say so."""
        ended = self.tombstone or {}
        sender = text(ended.get("sender"))
        if sender is None or self.powers.of(sender) < self.powers.needed("m.room.tombstone"):
            return None
        return text(table(ended.get("content")).get("replacement_room"))

    @property
    def predecessor(self) -> str | None:
        """The room that this one goes on for, by its own creation."""
        content = table(self.creation.get("content"))
        return text(table(content.get("predecessor")).get("room_id"))

    def may_redact(self, user: str) -> bool:
        return self.powers.of(user) >= self.powers.level("redact")

    def readers(self, own_id: str) -> list[str]:
        """Who must be able to read what is sent now (`members` must be known)."""
        invited_too = self.visibility != "joined"
        members = (self.members or {}).items()
        return [u for u, m in members if u != own_id and (invited_too or m == "join")]

    def fact(self, own_id: str, at_ms: int) -> events.RoomChanged:
        """The room as a fact; its id changes with every event that it rests on."""
        powers = self.powers
        fact = events.RoomChanged(
            id="",
            room=self.room_id,
            sender=own_id,
            at=at_ms,
            name=self.name or self.alias,
            direct=self.direct,
            encrypted=self.encrypted,
            powers=powers.explicit(),
            default_power=powers.level("users_default"),
            state_power=powers.level("state_default"),
        )
        return msgspec.structs.replace(fact, id=f"{self.room_id}~room~{self._digest()}")

    def _digest(self) -> str:
        """A name changed and changed back rests on new events; so must a pair that was a trio."""
        swaying = self._may_be_direct and self._people <= _FEW
        ids = {k: v for k, v in self._ids.items() if swaying or k != "m.room.member"}
        rests_on = json.dumps([ids, self.direct, self.encrypted], sort_keys=True)
        return hashlib.sha256(rests_on.encode()).hexdigest()[:20]

    @property
    def _people(self) -> int:
        """Who joined, and who is invited."""
        return len(self.members or ())

    @property
    def _may_be_direct(self) -> bool:
        return self._unnamed or self.marked_direct

    @property
    def _unnamed(self) -> bool:
        return self.name is None and self.alias is None

    def _member(self, event: dict[str, Any], content: dict[str, Any], own_id: str) -> None:
        user, membership = text(event.get("state_key")), text(content.get("membership"))
        if not user or not membership:
            return
        self._ids["m.room.member"] = str(event.get("event_id"))
        if user == own_id and membership == "join":
            self._own_join(event)
        self._enrol(user, membership)

    def _own_join(self, event: dict[str, Any]) -> None:
        """Our own entry; a later change of our name is no new entry."""
        before = table(table(event.get("unsigned")).get("prev_content"))
        if before.get("membership") != "join":
            self.own_join = event
        self.marked_direct = self.marked_direct or before.get("is_direct") is True

    def _enrol(self, user: str, membership: str) -> None:
        self.roster_version += 1
        self._left = self._left or membership not in PRESENT
        if self.members is None:
            return
        if membership in PRESENT:
            self.members[user] = membership
        else:
            self.members.pop(user, None)

    def _named(self, _event: dict[str, Any], content: dict[str, Any]) -> None:
        self.name = text(content.get("name")) or None

    def _aliased(self, _event: dict[str, Any], content: dict[str, Any]) -> None:
        self.alias = text(content.get("alias")) or None

    def _created(self, event: dict[str, Any], content: dict[str, Any]) -> None:
        self.creation = event
        self.marked_direct = self.marked_direct or DIRECT_MARK in content

    def _levelled(self, _event: dict[str, Any], content: dict[str, Any]) -> None:
        self.levels = content

    def _encrypted(self, _event: dict[str, Any], _content: dict[str, Any]) -> None:
        self.encrypted = True  # for ever, whatever a later event says

    def _visible(self, _event: dict[str, Any], content: dict[str, Any]) -> None:
        self.visibility = text(content.get("history_visibility")) or "shared"

    def _ended(self, event: dict[str, Any], content: dict[str, Any]) -> None:
        self.tombstone = event if text(content.get("replacement_room")) else None

    _READERS: ClassVar[Mapping[str, Reader]] = {
        "m.room.name": _named,
        "m.room.canonical_alias": _aliased,
        "m.room.create": _created,
        "m.room.power_levels": _levelled,
        "m.room.encryption": _encrypted,
        "m.room.history_visibility": _visible,
        "m.room.tombstone": _ended,
    }
