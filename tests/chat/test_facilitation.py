"""Inside a meeting: speaking turns, a check-in, a codevelopment session, restart or not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.chat.scene import scene
from tests.playing import play, replies

BEGUN = ("alice> !cercle créer Littoral", "bob joins", "carole joins")
FILE = "alice> !cercle créer Littoral\nbob joins\ncarole joins\n"
PARIS = ZoneInfo("Europe/Paris")


async def names(made, line, key):
    [told] = [heard for heard in await made.play(line) if heard.key == key]
    return told.values


# Speaking turns


async def test_the_first_who_asks_has_the_floor_and_the_others_wait():
    async with scene(*BEGUN, "alice> !tour", "bob + 🙋 T1", "carole> !tour prendre") as made:
        told = await names(made, "alice> !tour", "turns.status")
    assert (told["speaking"], told["waiting"]) == ("@bob:localhost", ["@carole:localhost"])


async def test_next_gives_the_floor_on_and_the_end_tells_who_spoke():
    lines = ("alice> !tour", "bob> !tour prendre", "carole> !tour prendre", "bob> !tour suivant")
    async with scene(*BEGUN, *lines) as made:
        told = await names(made, "alice> !tour fin", "turns.closed")
    assert told["spoken"] == ["@bob:localhost", "@carole:localhost"]


async def test_who_passes_has_not_spoken():
    lines = ("alice> !tour", "bob> !tour prendre", "carole> !tour prendre", "bob> !tour passer")
    async with scene(*BEGUN, *lines) as made:
        told = await names(made, "alice> !tour fin", "turns.closed")
    assert told["spoken"] == ["@carole:localhost"]


async def test_who_waits_and_passes_goes_to_the_end():
    lines = ("alice> !tour prendre", "bob> !tour prendre", "carole> !tour prendre")
    async with scene(*BEGUN, *lines) as made:
        told = await names(made, "bob> !tour passer", "turns.joined")
    assert (told["waiting"], told["place"]) == (["@carole:localhost", "@bob:localhost"], 2)


async def test_a_hand_taken_back_leaves_the_queue():
    lines = ("alice> !tour", "alice> !tour prendre", "bob + 🙋 T1", "bob - 🙋 T1")
    async with scene(*BEGUN, *lines) as made:
        told = await names(made, "alice> !tour", "turns.status")
    assert told["waiting"] == []


async def test_deleting_another_line_leaves_the_queue_as_it_is():
    lines = ("alice> !tour", "alice> !tour prendre", "bob> !tour prendre", "bob> !tour voir")
    async with scene(*BEGUN, *lines, "bob delete -1") as made:
        told = await names(made, "alice> !tour", "turns.status")
    assert told["waiting"] == ["@bob:localhost"]


async def test_only_who_speaks_or_leads_gives_the_floor_on():
    lines = ("alice> !tour", "bob> !tour prendre")
    async with scene(*BEGUN, *lines) as made:
        assert await made.keys("carole> !tour suivant") == ["refused.not-allowed"]


async def test_each_turn_rings_once_when_its_time_is_over():
    script = FILE + "alice> !tour 2 min\nbob> !tour prendre\n@ 2026-11-23T12:00\n"
    told = await replies("@ 2026-11-23T10:00\n" + script, "turns.over")
    assert [one.at.strftime("%H:%M") for one in told] == ["10:02"]


async def test_a_turn_given_on_in_time_does_not_ring():
    script = "@ 2026-11-23T10:00\n" + FILE + "alice> !tour 2 min\nbob> !tour prendre\n"
    later = "@ 2026-11-23T10:01\nbob> !tour suivant\n@ 2026-11-23T12:00\n"
    assert await replies(script + later, "turns.over") == []


async def test_turns_survive_a_restart(tmp_path):
    file = f"sqlite:///{tmp_path / 'circle.db'}"
    await play("@ 2026-11-23T10:00\n" + FILE + "alice> !tour 5 min\nbob> !tour prendre\n", file)
    back = datetime(2026, 11, 23, 10, 3, tzinfo=PARIS)
    told = await replies("@ 2026-11-23T11:00\n", "turns.over", database=file, start=back)
    assert [one.values["speaking"] for one in told] == ["@bob:localhost"]


async def test_turns_forgotten_are_not_those_of_the_next_meeting():
    lines = ("alice> !tour", "bob> !tour prendre", "@ 2026-11-24T18:00")
    async with scene(*BEGUN, *lines) as made:
        assert "turns.opened" in await made.keys("alice> !tour")


async def test_turns_asked_for_in_a_direct_message_are_told_in_the_room():
    async with scene(*BEGUN) as made:
        [told] = await made.play("alice (dm)> !tour")
    assert (told.key, told.room) == ("turns.opened", "circle")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!tour suivant 2", "effort.not-understood"),
        ("!tour n’importe quoi", "choice.unknown"),
        ("!tour 3 heures", "turns.too-long"),
    ],
)
async def test_turns_that_cannot_be_read_are_refused(line, key):
    async with scene(*BEGUN, "alice> !tour") as made:
        assert await made.keys(f"alice> {line}") == [key]


@pytest.mark.parametrize("line", ["!tour passer", "!tour suivant", "!tour fin", "!tour voir"])
async def test_without_turns_there_is_nothing_to_leave(line):
    async with scene(*BEGUN) as made:
        assert await made.keys(f"bob> {line}") == ["turns.none"]


# Check-in

WORDS = (
    "alice> !météo Comment arrivez-vous ?",
    "bob + ☀️ W1",
    "carole re W1> un peu fatiguée",
    "alice> !météo ⛅ contente d’être là",
)


async def test_words_said_in_any_way_are_gathered_in_one_message():
    async with scene(*BEGUN, *WORDS) as made:
        told = await names(made, "alice> !météo fin", "checkin.closed")
    said = [(one["member"][1:].partition(":")[0], one["text"]) for one in told["words"]]
    assert said == [
        ("bob", "☀️"),
        ("carole", "un peu fatiguée"),
        ("alice", "⛅ contente d’être là"),
    ]


async def test_a_word_is_answered_by_a_sign_only():
    async with scene(*BEGUN, WORDS[0]) as made:
        [told] = await made.play("carole re W1> un peu fatiguée")
    assert told.text == "✅"


async def test_the_last_word_of_somebody_counts():
    async with scene(*BEGUN, *WORDS, "bob> !météo 🌧️ finalement") as made:
        told = await names(made, "alice> !météo fin", "checkin.closed")
    assert told["words"][-1] == {"member": "@bob:localhost", "text": "🌧️ finalement"}


async def test_a_reaction_does_not_replace_words():
    async with scene(*BEGUN, *WORDS, "carole + 👍 W1") as made:
        told = await names(made, "alice> !météo fin", "checkin.closed")
    assert told["words"][1]["text"] == "un peu fatiguée"


async def test_a_mark_alone_is_no_question():
    async with scene(*BEGUN) as made:
        told = await names(made, "alice> !météo ?", "checkin.opened")
    assert told["question"] == ""


@pytest.mark.parametrize("text", ["plutôt en forme", "!météo plutôt en forme"])
async def test_an_edited_word_is_the_one_that_counts(text):
    lines = (WORDS[0], "carole re W1> fatiguée", f"carole edit -1> {text}")
    async with scene(*BEGUN, *lines) as made:
        told = await names(made, "alice> !météo fin", "checkin.closed")
    assert [one["text"] for one in told["words"]] == ["plutôt en forme"]


async def test_a_word_taken_back_is_not_gathered():
    async with scene(*BEGUN, *WORDS, "bob - ☀️ W1", "carole delete -1") as made:
        told = await names(made, "alice> !météo fin", "checkin.closed")
    assert [one["member"] for one in told["words"]] == ["@alice:localhost"]


async def test_a_reply_to_what_somebody_said_is_a_comment():
    async with scene(*BEGUN, *WORDS) as made:
        room = await made.console._enter("carole", "circle")
        last = room.sent["carole"][-1]
        heard = await made.send("bob", body="courage !", reply_to=last)
    assert heard == []


async def test_after_the_end_a_reaction_or_a_reply_is_a_comment():
    async with scene(*BEGUN, *WORDS, "alice> !météo fin") as made:
        assert await made.keys("dany + ☀️ W1", "dany re W1> trop tard") == []


async def test_a_check_in_that_nobody_ends_is_gathered_by_itself():
    async with scene("@ 2026-11-23T18:00", *BEGUN, *WORDS) as made:
        [told] = await made.play("@ 2026-11-23T21:00")
    assert (told.key, len(told.values["words"])) == ("checkin.closed", 3)


async def test_a_check_in_survives_a_restart(tmp_path):
    file = f"sqlite:///{tmp_path / 'circle.db'}"
    await play("@ 2026-11-23T10:00\n" + FILE + "bob> !météo ☀️\n", file)
    back = datetime(2026, 11, 23, 10, 3, tzinfo=PARIS)
    told = await replies("bob> !météo fin\n", "checkin.closed", database=file, start=back)
    assert [one.values["words"][0]["text"] for one in told] == ["☀️"]


async def test_only_who_opened_it_or_a_steward_ends_a_check_in():
    async with scene(*BEGUN, *WORDS) as made:
        assert await made.keys("bob> !météo fin") == ["refused.not-allowed"]


async def test_a_word_too_long_is_refused():
    async with scene(*BEGUN, *WORDS) as made:
        assert await made.keys(f"bob re W1> {'x' * 400}") == ["text.too-long"]


# Codevelopment

ROLES = ("alice> !codev Trouver des bénévoles client @bob", "carole + 🙋 D1")


async def test_steps_follow_by_word():
    async with scene(*BEGUN, *ROLES) as made:
        told = [await names(made, "alice> !codev suivant", "codev.step") for _ in range(6)]
        over = await made.keys("alice> !codev suivant")
    assert [one["step"] for one in told][::5] == ["topic", "learning"]
    assert over == ["codev.closed"]


async def test_steps_follow_by_the_clock():
    async with scene("@ 2026-11-23T14:00", *BEGUN, *ROLES, "alice> !codev suivant") as made:
        told = await made.play("@ 2026-11-23T15:30")
    assert [one.key for one in told] == ["codev.step"] * 5 + ["codev.closed"]
    assert told[-1].at.strftime("%H:%M") == "15:15"


async def test_a_step_may_last_longer():
    lines = ("alice> !codev suivant", "alice> !codev encore 5 min")
    async with scene("@ 2026-11-23T14:00", *BEGUN, *ROLES, *lines) as made:
        told = await made.play("@ 2026-11-23T14:20")
    assert [one.at.strftime("%H:%M") for one in told] == ["14:15"]


async def test_a_session_goes_on_after_a_restart(tmp_path):
    file = f"sqlite:///{tmp_path / 'circle.db'}"
    lines = "alice> !codev client @bob\nalice> !codev suivant\n"
    await play("@ 2026-11-23T10:00\n" + FILE + lines, file)
    back = datetime(2026, 11, 23, 10, 8, tzinfo=PARIS)
    told = await replies("@ 2026-11-23T10:12\n", "codev.step", database=file, start=back)
    assert [one.values["step"] for one in told] == ["clarification"]


async def test_after_a_long_absence_a_step_is_told_missed_and_can_be_followed(tmp_path):
    file = f"sqlite:///{tmp_path / 'circle.db'}"
    lines = "alice> !codev client @bob\nalice> !codev suivant\n"
    await play("@ 2026-11-23T10:00\n" + FILE + lines, file)
    back = datetime(2026, 11, 23, 12, 0, tzinfo=PARIS)
    script = "@ 2026-11-23T12:01\nalice> !codev suivant\n"
    told = await play(script, file, start=back)
    assert [one.key for one in told] == ["job.missed", "codev.step"]


async def test_a_hand_taken_back_helps_no_more():
    async with scene(*BEGUN, *ROLES, "dany> !codev rejoindre", "carole - 🙋 D1") as made:
        told = await names(made, "alice> !codev", "codev.status")
    assert told["consultants"] == ["@dany:localhost"]


async def test_deleting_another_line_leaves_the_roles_as_they_are():
    lines = ("carole> !codev", "carole delete -1")
    async with scene(*BEGUN, *ROLES, *lines) as made:
        told = await names(made, "alice> !codev", "codev.status")
    assert told["consultants"] == ["@carole:localhost"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("bob> !codev rejoindre", "codev.has-role"),
        ("alice> !codev rejoindre", "codev.has-role"),
        ("alice> !codev client @alice", "codev.one-role"),
        ("alice> !codev encore 5 min", "codev.not-begun"),
        ("alice> !codev suivant vite", "codev.two-things"),
        ("alice> !codev encore", "codev.minutes"),
        ("alice> !codev @bob", "codev.no-client"),
        ("carole> !codev suivant", "refused.not-allowed"),
    ],
)
async def test_what_a_session_refuses(line, key):
    async with scene(*BEGUN, *ROLES) as made:
        assert await made.keys(line) == [key]


async def test_a_session_needs_somebody_who_brings_a_situation():
    async with scene(*BEGUN, "alice> !codev") as made:
        assert await made.keys("alice> !codev suivant") == ["codev.no-client"]
