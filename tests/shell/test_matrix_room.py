"""One room, as its state events make it."""

from typing import Any

import pytest

from bot.matrix.rooms.room import Room

OWN, ALICE, BOB = "@souci:x", "@alice:x", "@bob:x"
counter = iter(range(1, 1000))


def state(kind: str, content: dict[str, Any], *, key: str = "", sender: str = ALICE) -> dict:
    return {
        "type": kind,
        "state_key": key,
        "content": content,
        "sender": sender,
        "event_id": f"${next(counter)}",
        "origin_server_ts": 5,
    }


def joined(user: str, before: dict | None = None) -> dict:
    event = state("m.room.member", {"membership": "join"}, key=user, sender=user)
    return event | {"unsigned": {"prev_content": before or {}}}


def left(user: str) -> dict:
    return state("m.room.member", {"membership": "leave"}, key=user, sender=user)


def people_of(count: int, membership: str = "join") -> dict[str, str]:
    return {OWN: "join"} | {f"@person{n}:x": membership for n in range(count - 1)}


def room(*seen: dict, room_id: str = "!r:x", people: int = 5) -> Room:
    made = Room(room_id, encrypted=False)
    made.members = people_of(people)
    for event in seen:
        made.apply(event, OWN)
    return made


def test_a_name_is_told():
    assert room(state("m.room.name", {"name": "Littoral"})).fact(OWN, 1).name == "Littoral"


def test_an_alias_stands_in_for_a_name():
    seen = state("m.room.canonical_alias", {"alias": "#littoral:x"})
    assert room(seen).fact(OWN, 1).name == "#littoral:x"


def test_encryption_is_for_ever():
    seen = state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    assert room(seen, state("m.room.encryption", {})).encrypted


def test_powers_are_told_with_their_defaults():
    content = {"users": {ALICE: 100, BOB: "50"}, "users_default": 1, "state_default": 70}
    fact = room(state("m.room.power_levels", content)).fact(OWN, 1)
    assert (fact.powers, fact.default_power, fact.state_power) == ({ALICE: 100, BOB: 50}, 1, 70)


def test_without_levels_the_creator_has_power():
    fact = room(state("m.room.create", {})).fact(OWN, 1)
    assert (fact.powers, fact.state_power) == ({ALICE: 100}, 0)


def test_creators_of_a_room_without_server_stand_above_all():
    creation = state("m.room.create", {"additional_creators": [BOB, 7]})
    levels = state("m.room.power_levels", {"users": {}})
    fact = room(creation, levels, room_id="!hash").fact(OWN, 1)
    assert fact.powers == {ALICE: 2**53, BOB: 2**53}


@pytest.mark.parametrize(("power", "may"), [(49, False), (50, True)])
def test_who_may_redact(power, may):
    assert room(state("m.room.power_levels", {"users": {BOB: power}})).may_redact(BOB) is may


def test_the_fact_of_a_room_that_did_not_change_is_the_same():
    made = room(state("m.room.name", {"name": "A"}))
    assert made.fact(OWN, 1).id == made.fact(OWN, 2).id


def test_a_name_changed_back_is_another_fact():
    made = room(state("m.room.name", {"name": "A"}))
    before = made.fact(OWN, 1).id
    made.apply(state("m.room.name", {"name": "B"}), OWN)
    made.apply(state("m.room.name", {"name": "A"}), OWN)
    assert made.fact(OWN, 1).id != before


def test_a_pair_that_became_a_trio_and_a_pair_again_is_another_fact():
    made = room(people=2)
    before = made.fact(OWN, 1).id
    made.apply(joined(BOB), OWN)
    made.apply(state("m.room.member", {"membership": "leave"}, key=BOB), OWN)
    assert made.fact(OWN, 1).id != before


def test_a_pair_without_a_name_is_direct():
    assert room(people=2).fact(OWN, 1).direct


def test_a_pair_in_a_named_room_is_not():
    assert not room(state("m.room.name", {"name": "A"}), people=2).fact(OWN, 1).direct


def test_an_invitation_to_talk_alone_makes_it_direct():
    made = room(joined(OWN, {"membership": "invite", "is_direct": True}), people=2)
    assert made.direct


def test_our_entry_gives_the_earliest_instant():
    assert room(joined(OWN, {"membership": "invite"})).joined_ms == 5


def test_a_change_of_our_name_is_no_entry():
    assert room(joined(OWN, {"membership": "join"})).joined_ms == 0


@pytest.mark.parametrize(("visibility", "readers"), [("shared", [ALICE, BOB]), ("joined", [ALICE])])
def test_who_is_invited_may_read_unless_history_is_for_members(visibility, readers):
    made = room(state("m.room.history_visibility", {"history_visibility": visibility}))
    made.members = {ALICE: "join", BOB: "invite", OWN: "join"}
    assert made.readers(OWN) == readers


def test_a_room_that_we_made_waits_for_its_guest():
    made = room(state("m.room.create", {"org.souci.direct": BOB}), people=1)
    assert not made.deserted


def test_a_room_of_others_where_nobody_is_left_is_deserted():
    made = room(state("m.room.create", {}), people=2)
    made.apply(left("@person0:x"), OWN)
    assert made.deserted


def test_a_room_where_somebody_is_expected_is_not():
    made = room(state("m.room.create", {}))
    made.members = people_of(2, "invite")
    assert not made.deserted


def test_a_named_room_need_not_be_counted_until_somebody_leaves():
    made = room(state("m.room.name", {"name": "Littoral"}))
    made.forget_members()
    assert not made.uncounted
    made.apply(left(ALICE), OWN)
    assert made.uncounted


def test_a_room_without_a_name_is_to_be_counted():
    made = room()
    made.forget_members()
    assert made.uncounted


def test_a_room_that_could_not_be_counted_is_no_conversation():
    made = room(joined(OWN, {"membership": "invite", "is_direct": True}))
    made.forget_members()
    assert not made.direct


@pytest.mark.parametrize("content", [{"name": 7}, {"users": 3}, {"additional_creators": {}}])
@pytest.mark.parametrize("kind", ["m.room.name", "m.room.power_levels", "m.room.create"])
def test_odd_state_leaves_a_room_that_can_be_told(kind, content):
    assert room(state(kind, content)).fact(OWN, 1).room == "!r:x"


ENDED = {"replacement_room": "!new:x"}


@pytest.mark.parametrize(
    ("who", "levels", "followed"),
    [
        (ALICE, {"users": {ALICE: 100}}, True),
        (BOB, {"users": {ALICE: 100}}, False),
        (BOB, {"users": {BOB: 50}}, True),
        (BOB, {"users": {BOB: 50}, "events": {"m.room.tombstone": 100}}, False),
        (BOB, {"users": {BOB: 50}, "state_default": 60}, False),
    ],
)
def test_a_room_goes_on_where_somebody_with_the_power_says(who, levels, followed):
    ended = room(
        state("m.room.create", {}),
        state("m.room.power_levels", levels),
        state("m.room.tombstone", ENDED, sender=who),
    )
    assert ended.successor == ("!new:x" if followed else None)


def test_a_room_that_has_not_ended_goes_on_nowhere():
    assert room(state("m.room.create", {})).successor is None


def test_a_room_names_the_one_before_it():
    made = room(state("m.room.create", {"predecessor": {"room_id": "!old:x"}}))
    assert made.predecessor == "!old:x"
