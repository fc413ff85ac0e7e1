"""The shape of a sync answer. Events stay raw: each is read behind its own guard."""

import json
import sys
from typing import Final

import msgspec

from bot.matrix.net.errors import UnreachableError
from bot.matrix.net.instance import TYPE as INSTANCE

_DEEPEST: Final = 10_000
_MEMBER: Final = "m.room.member"
_STATE: Final = (
    "m.room.canonical_alias",
    "m.room.create",
    "m.room.encryption",
    "m.room.history_visibility",
    _MEMBER,
    "m.room.name",
    "m.room.power_levels",
    "m.room.tombstone",
)
_MESSAGES: Final = (
    "m.poll.end",
    "m.poll.response",
    "m.reaction",
    "m.room.encrypted",
    "m.room.message",
    "m.room.redaction",
    "org.matrix.msc3381.poll.end",
    "org.matrix.msc3381.poll.response",
)


class Raws(msgspec.Struct):
    """Events not yet read."""

    events: list[msgspec.Raw] = []


class Timeline(msgspec.Struct):
    """The last events of a room; `limited` when there were more since the token."""

    events: list[msgspec.Raw] = []
    limited: bool | None = None


class RoomPart(msgspec.Struct):
    """What changed in a room that we are in, were in, or are invited to."""

    state: Raws = msgspec.field(default_factory=Raws)
    timeline: Timeline = msgspec.field(default_factory=Timeline)
    invite_state: Raws = msgspec.field(default_factory=Raws)


class RoomParts(msgspec.Struct):
    """Rooms by our membership."""

    join: dict[str, RoomPart] = {}
    invite: dict[str, RoomPart] = {}
    leave: dict[str, RoomPart] = {}


class Changed(msgspec.Struct):
    """People whose devices changed, and people we no longer share an encrypted room with."""

    changed: list[str] = []
    left: list[str] = []


class Sync(msgspec.Struct):
    """One answer of `/sync`."""

    next_batch: str
    rooms: RoomParts = msgspec.field(default_factory=RoomParts)
    to_device: Raws = msgspec.field(default_factory=Raws)
    device_lists: Changed = msgspec.field(default_factory=Changed)
    account_data: Raws = msgspec.field(default_factory=Raws)
    device_one_time_keys_count: dict[str, int] | None = None
    device_unused_fallback_key_types: list[str] | None = None


_decoder: Final = msgspec.json.Decoder(Sync)


def read_sync(answer: bytes) -> Sync:
    """The answer, read; raises `UnreachableError` where it is none.

    One event that strict JSON forbids (half a surrogate pair) or that is nested beyond any sense
    must not hide the others: the answer is then read leniently, and each event's guard decides.
    """
    try:
        return _decoder.decode(answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _lenient(answer)
    except RecursionError:
        return _deep(answer)


def _lenient(answer: bytes) -> Sync:
    try:
        loose = json.loads(answer.decode(errors="replace"), parse_constant=lambda _: None)
        return _decoder.decode(json.dumps(loose, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError) as error:
        raise UnreachableError("the sync answer cannot be read") from error


def _deep(answer: bytes) -> Sync:
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEEPEST)
    try:
        return _decoder.decode(answer)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreachableError("the sync answer cannot be read") from error
    finally:
        sys.setrecursionlimit(usual)


def sync_filter(own_id: str, timeline_limit: int, *, first: bool) -> str:
    """Only what we act on: our own answers, for one, must not wake us.

    After the `first` sync, members are told by the timeline alone. Loaded lazily, they would be
    looked up at each of our syncs, and Synapse takes those that it adds to the state, as senders
    whom we may not know yet, for people who just came: it would tell us each time that their
    devices changed, and have us ask for them.
    """
    state = [kind for kind in _STATE if first or kind != _MEMBER]
    lazy = {"lazy_load_members": True} if first else {}
    nothing = {"not_types": ["*"]}
    chosen = {
        "presence": nothing,
        "account_data": {"types": ["m.direct", INSTANCE]},
        "room": {
            "ephemeral": nothing,
            "account_data": nothing,
            "state": lazy | {"types": state},
            "timeline": {
                "limit": timeline_limit,
                "not_senders": [own_id],
                "types": [*_STATE, *_MESSAGES],
            },
        },
    }
    return json.dumps(chosen)


def gap_filter() -> str:
    """The same events when read again from a room's history; our own joins are among them."""
    return json.dumps({"types": [*_STATE, *_MESSAGES]})
