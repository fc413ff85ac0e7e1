"""The bot is put out of a circle's room, and asked back: what was written stays."""

from bot import events
from bot.console.console import BOT, Heard
from tests.chat.scene import Scene, scene

LIFE = (
    "alice> !cercle créer Littoral territorial",
    "bob joins",
    "alice> !doter 1200 €",
    "bob> !contribution 2h affiches 80 €",
)


async def moves(played: Scene, *, joined: bool) -> list[Heard]:
    """What the bot says of it."""
    room = await played.console._enter("alice", "circle")
    common = played.console._common("souci", room)
    event = events.MemberChanged(**common, user=BOT, joined=joined)
    return await played.console._admit(event)


async def test_what_was_written_stays_when_the_bot_is_put_out():
    async with scene(*LIFE) as played:
        await moves(played, joined=False)
        heard = await moves(played, joined=True)
        assert [one.key for one in heard] == ["welcome.back"]
        [budget] = await played.play("alice> !budget")
        assert budget.values["asked"]["cents"] == 8000


async def test_who_left_while_the_bot_was_away_is_of_the_circle_no_more():
    async with scene(*LIFE) as played:
        await moves(played, joined=False)
        room = await played.console._enter("alice", "circle")
        room.joined.discard("@bob:localhost")  # nobody tells a bot that is not there
        await moves(played, joined=True)
        [told] = await played.play("alice> !membres")
        assert [one["member"] for one in told.values["items"]] == ["@alice:localhost"]


async def test_a_returning_bot_is_no_member_of_the_circle():
    async with scene(*LIFE) as played:
        await moves(played, joined=True)
        [told] = await played.play("alice> !membres")
        assert BOT not in [one["member"] for one in told.values["items"]]
