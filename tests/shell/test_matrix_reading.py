"""From a room's events to admissions, each behind its guard."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot import events
from bot.matrix.crypto.decrypting import Decrypter
from bot.matrix.crypto.devices import DeviceLists
from bot.matrix.crypto.keys import DeviceKeys
from bot.matrix.crypto.machine import open_machine
from bot.matrix.crypto.store import open_store
from bot.matrix.net.http import Homeserver
from bot.matrix.rooms.room import Room
from bot.matrix.sync.reading import Reader
from bot.matrix.sync.unread import Unread

OWN, ALICE, BOB = "@souci:x", "@alice:x", "@bob:x"


@pytest.fixture
def machine(tmp_path):
    store = open_store(tmp_path, OWN, "OURS")
    yield open_machine(store)
    store.close()


@pytest.fixture
def unread(tmp_path, machine) -> Unread:
    return Unread(tmp_path, machine, grace_ms=0)


@pytest.fixture
def read(machine, unread):
    """Reads events of a room where Bob has power; gives what is admitted."""
    reader = Reader(OWN, Decrypter(machine), unread, lambda: datetime.fromtimestamp(9, UTC))
    room = Room("!r:x", encrypted=True)
    room.levels = {"users": {BOB: 50}}

    def read(*found: dict[str, Any], since_ms: int = 0) -> list[events.AnyEvent]:
        return [events.decode(one.payload) for one in reader.read(room, found, since_ms)]

    read.reader, read.room = reader, room
    return read


def raw(kind: str, content: dict[str, Any], sender: str = ALICE, name: str = "$1") -> dict:
    event = {"type": kind, "event_id": name, "sender": sender, "content": content}
    return event | {"origin_server_ts": 5}


def text(body: str, name: str = "$1", **more: Any) -> dict:
    return raw("m.room.message", {"msgtype": "m.text", "body": body} | more, name=name)


def test_an_event_that_cannot_be_kept_hides_no_other(read):
    half_a_character = text("\ud800")
    assert [e.body for e in read(half_a_character, text("!b", "$2"))] == ["!b"]
    assert read.reader.malformed == 1


@pytest.mark.parametrize(
    ("stamp", "effective"),
    [(0, 6_000), (5_000, 6_000), (7_000, 7_000), (9_500, 9_000), (2**52, 9_000), (None, 9_000)],
)
def test_an_event_is_of_an_instant_between_the_last_sync_and_the_receipt(read, stamp, effective):
    [heard] = read(text("!a") | {"origin_server_ts": stamp}, since_ms=6_000)
    assert heard.at == effective


def test_the_instant_is_admitted_with_the_event(read):
    [one] = read.reader.read(read.room, [text("!a") | {"origin_server_ts": 1}], 6_000)
    assert (one.at_ms, events.decode(one.payload).at) == (6_000, 6_000)


def test_nothing_is_of_before_we_joined(read):
    read.room.own_join = {"origin_server_ts": 8_000}
    [heard] = read(text("!a") | {"origin_server_ts": 7_000}, since_ms=6_000)
    assert heard.at == 8_000


def test_what_we_say_ourselves_is_nothing(read):
    assert read(raw("m.room.message", {"msgtype": "m.text", "body": "!a"}, sender=OWN)) == []


@pytest.mark.parametrize(("who", "ends"), [(ALICE, False), (BOB, True)])
def test_a_poll_is_ended_by_who_may_redact(read, who, ends):
    relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": "$p"}}
    assert bool(read(raw("m.poll.end", relation, sender=who))) is ends


def sealed(session: str, name: str) -> dict:
    content = {"algorithm": "m.megolm.v1.aes-sha2", "session_id": session, "ciphertext": "AA"}
    return raw("m.room.encrypted", content, name=name)


def test_an_unreadable_event_is_kept(read, unread):
    assert read(sealed("s", "$1")) == []
    assert [w.event["event_id"] for w in unread.readable({"s"})] == ["$1"]


def test_it_is_kept_over_a_restart(read, unread, tmp_path, machine):
    read(sealed("s", "$1"))
    unread.save()
    assert Unread(tmp_path, machine, grace_ms=0).readable({"s"}) == unread.readable({"s"})


def test_however_late_it_is_read_its_instant_is_that_of_its_coming(read, unread, tmp_path, machine):
    read(sealed("s", "$1") | {"origin_server_ts": 1}, since_ms=6_000)
    unread.save()
    [waiting] = Unread(tmp_path, machine, grace_ms=0).readable({"s"})
    waiting.event = text("!a")
    [one] = read.reader.reread(read.room, waiting)
    assert one.at_ms == 6_000


@pytest.mark.parametrize(("who", "forgotten"), [(ALICE, True), (BOB, True), ("@carole:x", False)])
def test_what_was_deleted_before_it_could_be_read_never_is(read, unread, who, forgotten):
    read(sealed("s", "$1"), raw("m.room.redaction", {"redacts": "$1"}, sender=who, name="$2"))
    assert (unread.readable({"s"}) == []) is forgotten


def test_each_is_told_of_once(read, unread):
    read(sealed("s", "$1"))
    assert len(unread.overdue(10_000)) == 1
    assert unread.overdue(10_000) == []


def test_its_key_is_asked_for_once_a_session(read, unread, machine):
    read(sealed("s", "$1"), sealed("s", "$2"))
    unread.overdue(10_000)
    assert len(machine.outgoing_to_device_messages) == 1


@pytest.mark.parametrize(("told", "asked"), [({}, {}), ({"sender_key": "k"}, {"sender_key": "k"})])
def test_a_key_is_asked_for_by_what_the_event_tells_of_it(read, unread, machine, told, asked):
    event = sealed("s", "$1")
    event["content"] |= told
    read(event)
    unread.overdue(10_000)
    [request] = machine.outgoing_to_device_messages
    named = {"algorithm": "m.megolm.v1.aes-sha2", "room_id": read.room.room_id}
    named["session_id"] = "s"
    assert request.content["body"] == named | asked


def test_a_flood_of_noise_is_not_answered_for_each_piece(read, unread):
    read(*(sealed(f"s{n}", f"${n}") for n in range(50)))
    assert len(unread.overdue(10_000)) == 5


def test_no_more_are_kept_than_we_can_bear(read, unread):
    read(*(sealed("s", f"${n}") for n in range(600)))
    assert len(unread.readable({"s"})) == 500


def test_after_a_week_it_is_forgotten(read, unread):
    read(sealed("s", "$1"))
    unread.overdue(9_000 + 8 * 24 * 3600 * 1000)
    assert unread.readable({"s"}) == []


@pytest.mark.parametrize("counts", [{}, {"signed_curve25519": 0}, {"signed_curve25519": 24}])
def test_few_one_time_keys_are_made_up_for(machine, counts):
    home = Homeserver("http://127.0.0.1:9")
    keys = DeviceKeys(machine, home, DeviceLists(machine, home))
    keys.counted(counts, ["signed_curve25519"])
    assert keys.wanting


@pytest.mark.parametrize(("counts", "unused"), [(None, None), ({"signed_curve25519": 50}, None)])
def test_enough_or_unsaid_is_left_alone(machine, counts, unused):
    home = Homeserver("http://127.0.0.1:9")
    keys = DeviceKeys(machine, home, DeviceLists(machine, home))
    keys.counted(counts, unused)
    assert not keys.wanting
