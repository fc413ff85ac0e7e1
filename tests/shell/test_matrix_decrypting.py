"""What is inside a ciphertext is a stranger's choice too."""

import json
from collections.abc import Iterator

import pytest
import vodozemac

from bot.matrix.crypto.decrypting import Decrypter, Places, UndecryptableError
from bot.matrix.crypto.machine import Machine, open_machine
from bot.matrix.crypto.store import open_store

ROOM = "!r:x"


@pytest.fixture
def machine(tmp_path) -> Iterator[Machine]:
    """Our device, with a store of its own."""
    store = open_store(tmp_path, "@souci:x", "OURS")
    yield open_machine(store)
    store.close()


@pytest.fixture
def session(machine) -> vodozemac.GroupSession:
    """Alice's session in the room, whose key we have."""
    session = vodozemac.GroupSession()
    share(machine, session)
    return session


def share(machine: Machine, session: vodozemac.GroupSession, sender: str = "alice") -> None:
    key = session.session_key.to_base64()
    machine.create_group_session(f"{sender} key", f"{sender} print", ROOM, session.session_id, key)


def sealed(session: vodozemac.GroupSession, text: str, event_id: str = "$1", **more: object):
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "session_id": session.session_id,
        "ciphertext": session.encrypt(text.encode()).to_base64(),
    }
    event = {"type": "m.room.encrypted", "event_id": event_id, "sender": "@alice:x"}
    return event | {"origin_server_ts": 5, "content": content | more}


def saying(body: str, room: str = ROOM) -> str:
    return json.dumps({"type": "m.room.message", "room_id": room, "content": {"body": body}})


def test_a_message_is_read_without_a_sender_key(machine, session):
    event = sealed(session, saying("!aide"))
    assert Decrypter(machine).decrypt(ROOM, event) == {
        "type": "m.room.message",
        "event_id": "$1",
        "sender": "@alice:x",
        "origin_server_ts": 5,
        "content": {"body": "!aide"},
    }


def test_a_relation_in_clear_is_kept(machine, session):
    relation = {"rel_type": "m.thread", "event_id": "$root"}
    event = sealed(session, saying("!aide"), **{"m.relates_to": relation})
    assert Decrypter(machine).decrypt(ROOM, event)["content"]["m.relates_to"] == relation


def test_the_same_event_may_be_read_again(machine, session):
    reader, event = Decrypter(machine), sealed(session, saying("!aide"))
    assert reader.decrypt(ROOM, event) == reader.decrypt(ROOM, event)


def test_the_same_ciphertext_under_another_id_is_refused(machine, session):
    reader, event = Decrypter(machine), sealed(session, saying("!payé C1"))
    reader.decrypt(ROOM, event)
    with pytest.raises(UndecryptableError, match="replayed"):
        reader.decrypt(ROOM, event | {"event_id": "$2"})


def test_what_was_written_for_another_room_is_refused(machine, session):
    event = sealed(session, saying("!aide", room="!other:x"))
    with pytest.raises(UndecryptableError, match="another room"):
        Decrypter(machine).decrypt(ROOM, event)


def test_a_key_of_another_room_opens_nothing_here(machine, session):
    with pytest.raises(UndecryptableError, match="no key"):
        Decrypter(machine).decrypt("!other:x", sealed(session, saying("!aide", "!other:x")))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '{"content": 7}', '{"content": {"a": "\\ud800"}}', "[" * 30_000, "\0"],
)
def test_junk_inside_a_ciphertext_is_unreadable(machine, session, text):
    with pytest.raises(UndecryptableError):
        Decrypter(machine).decrypt(ROOM, sealed(session, text))


@pytest.mark.parametrize("ciphertext", [None, 7, "", "é", "AAAA", {"a": 1}])
def test_junk_for_a_ciphertext_is_unreadable(machine, session, ciphertext):
    event = sealed(session, saying("x"), ciphertext=ciphertext)
    with pytest.raises(UndecryptableError):
        Decrypter(machine).decrypt(ROOM, event)


@pytest.mark.parametrize("content", [None, 7, {}, {"session_id": 3}, {"algorithm": "rot13"}])
def test_what_is_no_sealed_event_is_unreadable(machine, content):
    with pytest.raises(UndecryptableError):
        Decrypter(machine).decrypt(ROOM, {"event_id": "$1", "content": content})


def test_a_sealed_event_is_never_a_state(machine, session):
    text = json.dumps(
        {"type": "m.room.member", "room_id": ROOM, "content": {}, "state_key": "@bob:x"}
    )
    assert "state_key" not in Decrypter(machine).decrypt(ROOM, sealed(session, text))


def test_nobody_takes_a_session_over(machine, session):
    first = sealed(session, saying("!un"))
    share(machine, session, sender="mallory")
    assert Decrypter(machine).decrypt(ROOM, first)["content"] == {"body": "!un"}


def test_a_session_is_extended_backwards_only(machine):
    session = vodozemac.GroupSession()
    early = session.session_key.to_base64()
    first = sealed(session, saying("!un"))
    share(machine, session)
    machine.create_group_session("alice key", "alice print", ROOM, session.session_id, early)
    assert Decrypter(machine).decrypt(ROOM, first)["content"] == {"body": "!un"}


def test_sessions_are_known_after_a_restart(machine, session):
    again = open_machine(machine.store)
    assert Decrypter(again).decrypt(ROOM, sealed(session, saying("!un")))["event_id"] == "$1"


def test_a_place_is_remembered_after_ten_thousand_others():
    places = Places()
    assert places.taken_by("$1", "session", 0)
    assert all(places.taken_by(f"${n}", "other", n) for n in range(10_000))
    assert places.taken_by("$1", "session", 0)
    assert not places.taken_by("$2", "session", 0)


def test_no_more_than_twenty_thousand_places_are_remembered():
    places = Places()
    assert all(places.taken_by(f"${n}", "session", n) for n in range(50_000))
    assert places.taken_by("$late", "session", 0)
