"""What was said directly about a circle acts there or nowhere, whatever circles one has by now.

bob declared in Littoral by a direct message, left it, and is the steward of Oise since.
"""

import pytest

from bot import events
from bot.console.console import room_id, user_id
from tests.chat.scene import Scene, scene

BEGUN = (
    "[littoral] alice> !cercle créer Littoral",
    "[littoral] bob> bonjour",
    "bob (dm)> !contribution 1h semer 5 €",
    "bob (dm)> !action Planter",
    "[littoral] bob leaves",
    "[oise] bob> !cercle créer Oise",
    "[oise] carole> !contribution 2h tournesol 9 €",
    "[oise] carole> !action Arroser",
)


@pytest.fixture
async def made():
    async with scene(*BEGUN) as made:
        yield made


async def left_alone(made: Scene) -> bool:
    """Whether both circles are as they were."""
    told = []
    for who, room in (("alice", "littoral"), ("bob", "oise")):
        lines = [f"[{room}] {who}> !{word}" for word in ("contributions", "actions")]
        told.append(
            [one["id"] for heard in await made.play(*lines) for one in heard.values["items"]]
        )
        [budget] = await made.play(f"[{room}] {who}> !budget")
        told.append(budget.values["asked"]["cents"])
    return told == [["C1", "A1"], 500, ["C1", "A1"], 900]


async def directly(
    made: Scene, event: type[events.Event], subject: str, **more: object
) -> list[str]:
    """What bob is told after an event of his about a letter in his direct room."""
    place = made.console._rooms[room_id("dm-bob")]
    target = place.announced[subject]
    told = {name: target if value is None else value for name, value in more.items()}
    common = made.console._common("bob", place)
    return [heard.key for heard in await made.console._admit(event(**common, **told))]


@pytest.mark.parametrize("back", [1, 2])
async def test_a_deletion_after_one_has_left_touches_neither_circle(made, back):
    assert await made.keys(f"bob (dm) delete -{back}") == ["refused.not-member"]
    assert await left_alone(made)


@pytest.mark.parametrize(
    ("back", "line"), [(1, "!action Arracher"), (2, "!contribution 9h semer 90 €")]
)
async def test_an_edit_after_one_has_left_touches_neither_circle(made, back, line):
    assert await made.keys(f"bob (dm) edit -{back}> {line}") == ["refused.not-member"]
    assert await left_alone(made)


async def test_an_edit_of_a_refused_line_stays_with_the_circle_of_then():
    begun = (*BEGUN[:2], "bob (dm)> !contribution semer", *BEGUN[4:])
    async with scene(*begun) as other:
        said = await other.keys("bob (dm) edit -1> !contribution 1h semer")
        assert said == ["refused.not-member"]


async def test_an_edit_names_no_other_circle(made):
    await made.play("[littoral] bob joins")
    said = await made.keys("bob (dm) edit -1> !action Planter dans Oise")
    assert said == ["refused.edit-circle"]
    assert await left_alone(made)


async def test_with_two_circles_an_edit_acts_where_its_message_did(made):
    await made.play("[littoral] bob joins")
    assert await made.keys("bob (dm) edit -1> !action Semer") == ["action.changed"]
    [theirs] = await made.play("[oise] bob> !actions")
    assert [one["title"] for one in theirs.values["items"]] == ["Arroser"]


@pytest.mark.parametrize(("subject", "key"), [("A1", "✅"), ("A1", "🙋")])
async def test_a_reaction_to_an_old_letter_touches_neither_circle(made, subject, key):
    said = await directly(made, events.Reaction, subject, target=None, key=key)
    assert said == ["refused.not-member"]
    assert await left_alone(made)


@pytest.mark.parametrize("line", ["!fait", "!contribution 3h", "!annuler"])
@pytest.mark.parametrize("subject", ["A1", "C1"])
async def test_an_answer_to_an_old_letter_touches_neither_circle(made, subject, line):
    said = await directly(made, events.Message, subject, reply_to=None, body=line)
    assert said == ["refused.not-member"]
    assert await left_alone(made)


async def test_a_refused_answer_to_an_old_letter_is_not_mended_elsewhere(made):
    place = made.console._rooms[room_id("dm-bob")]
    common = made.console._common("bob", place)
    answer = events.Message(**common, reply_to=place.announced["A1"], body="!contribution")
    await made.console._admit(answer)
    common = made.console._common("bob", place)
    edit = events.Message(**common, edits=answer.id, body="!contribution 3h semer")
    assert [heard.key for heard in await made.console._admit(edit)] == ["refused.not-member"]
    assert await left_alone(made)


async def test_with_two_circles_an_answer_acts_where_its_letter_was_about(made):
    await made.play("[littoral] bob joins")
    assert await directly(made, events.Message, "A1", reply_to=None, body="!fait") == [
        *("action.done", "action.done"),  # its room hears of it too
    ]
    [ours] = await made.play("[littoral] alice> !actions faites")
    assert [one["title"] for one in ours.values["items"]] == ["Planter"]


async def test_a_file_sent_to_an_old_letter_is_no_receipt(made):
    file = events.Attachment(name="a", mimetype="image/png", size=9, url="mxc://localhost/a")
    said = await directly(made, events.Message, "C1", reply_to=None, body="", attachment=file)
    assert said == ["refused.not-member"]


async def test_in_a_room_given_to_another_circle_old_messages_mean_the_former_one(made):
    """Littoral moved out of its room; Flandre has the same numbers, and lives there now."""
    place = made.console._rooms[room_id("littoral")]
    moved = {"replacement": room_id("new")}
    await made.play("[littoral] alice> !contribution 1h autre 7 €")
    await made.play("[new] alice> bonjour")
    common = made.console._common("alice", place)
    await made.console._admit(events.RoomMoved(**common, **moved))
    await made.play("[littoral] alice> !cercle créer Flandre", "[littoral] alice> !action Une")
    told, *_ = await made.play("[littoral] alice delete -3")
    assert (told.key, told.values["id"]) == ("entry.cancelled", "C2")
    assert user_id("alice") in place.joined
