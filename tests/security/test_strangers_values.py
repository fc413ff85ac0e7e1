"""What a stranger's server or client may put into an event, read as a stranger's choice."""

import pytest

from bot.matrix.net.settings import MatrixSettings
from bot.matrix.net.untrusted import number
from bot.matrix.rooms.membership import Doors
from bot.matrix.rooms.room import Room
from bot.matrix.sync.texts import html_of
from bot.matrix.sync.translate import Frame, translate

OWN, ALICE, MALLORY = "@souci:x", "@alice:tiers-lieux.org", "@mallory:elsewhere.org"


def state(kind: str, content: dict[str, object], key: str = "", sender: str = ALICE) -> dict:
    return {
        "type": kind,
        "state_key": key,
        "content": content,
        "sender": sender,
        "event_id": "$1",
        "origin_server_ts": 5,
    }


@pytest.mark.parametrize("written", [10**30, -(10**30), "9" * 400, 2**53 + 1, 1.5, True, "x", None])
def test_a_number_beyond_what_matrix_allows_is_none(written):
    assert number(written) is None


@pytest.mark.parametrize("stamp", [-1, 0, 10**17, 10**30, "soon", None, 1e300])
def test_an_instant_far_in_the_past_or_the_future_is_held_within_what_we_lived(stamp):
    frame = Frame("!r:x", OWN, earliest=1_000, latest=2_000)
    assert 1_000 <= frame.at({"origin_server_ts": stamp}) <= 2_000


def test_an_entry_in_the_future_lets_nothing_be_later_than_now():
    frame = Frame("!r:x", OWN, earliest=9_000, latest=2_000)
    assert frame.at({"origin_server_ts": 1_500}) == 2_000


@pytest.mark.parametrize("level", [10**30, "9" * 400, {"a": 1}, [], None])
def test_a_power_beyond_sense_is_no_power(level):
    room = Room("!r:x", encrypted=False)
    levels = {"users": {MALLORY: level}, "users_default": level, "redact": level}
    room.apply(state("m.room.power_levels", levels), OWN)
    assert not room.may_redact(MALLORY)
    assert room.fact(OWN, 1).default_power == 0


@pytest.mark.parametrize("filler", [" ", "\n", "<mx-reply>", "  <mx-reply>", "</mx-reply> "])
def test_a_long_html_without_end_is_read_in_one_pass(filler):
    html = filler * (64_000 // len(filler))
    assert html_of({"format": "org.matrix.custom.html", "formatted_body": html}) is not None


def test_the_quotation_of_an_answer_is_taken_off_once():
    html = "<mx-reply>said <b>before</b></mx-reply>!fait <mx-reply>x</mx-reply>"
    content = {"format": "org.matrix.custom.html", "formatted_body": html}
    assert html_of(content) == "!fait <mx-reply>x</mx-reply>"


def with_people(count: int, *, marked: bool) -> Room:
    room = Room("!r:x", encrypted=False)
    room.marked_direct = marked
    room.members = {f"@person{n}:x": "join" for n in range(count)}
    return room


def test_a_conversation_that_a_third_person_joins_is_one_no_more():
    assert with_people(2, marked=True).direct
    assert not with_people(3, marked=True).direct


def test_a_conversation_that_the_third_person_leaves_is_told_anew():
    room = with_people(2, marked=True)
    before = room.fact(OWN, 1).id
    joined = state("m.room.member", {"membership": "join"}, key=MALLORY, sender=MALLORY)
    room.apply(joined | {"event_id": "$2"}, OWN)
    room.apply(joined | {"event_id": "$3", "content": {"membership": "leave"}}, OWN)
    assert room.fact(OWN, 1).id != before


class _Rooms:
    own_id = OWN

    def __iter__(self):
        return iter(())


def invited(tmp_path, *inviters: str) -> str:
    """The inviter whom the bot believes, where the invitation's state names several."""
    settings = MatrixSettings(
        homeserver="", user_id=OWN, password="x", invites_allow=("*:tiers-lieux.org",)
    )
    nobody = {"home": None, "admitter": None, "clock": None}
    doors = Doors(settings=settings, folder=tmp_path, rooms=_Rooms(), **nobody)
    told = [state("m.room.member", {"membership": "invite"}, OWN, sender=one) for one in inviters]
    doors.invited("!r:x", told)
    return doors._invited["!r:x"].inviter


@pytest.mark.parametrize("order", [(ALICE, MALLORY), (MALLORY, ALICE)])
def test_of_two_inviters_the_one_we_do_not_follow_is_believed(tmp_path, order):
    assert invited(tmp_path, *order) == MALLORY


def test_an_inviter_alone_is_believed(tmp_path):
    assert invited(tmp_path, ALICE) == ALICE


def test_the_name_that_somebody_shows_is_cut_where_no_sentence_could_hold_it():
    frame = Frame("!r:x", OWN, earliest=1, latest=2)
    joined = state("m.room.member", {"membership": "join", "displayname": "é" * 60_000}, ALICE)
    assert translate(joined, frame).name == "é" * 200
