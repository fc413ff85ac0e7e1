"""A person is notified twenty times a day at most in a room; their name stays."""

from bot.pipeline.mentions import MOST_A_DAY
from circle.circles import Rules
from storage.uow import Store
from tests.chat.scene import scene

CIRCLE = ("alice> !cercle créer Littoral", "bob joins", "bob> !consentement Un banc")


def listening(made):
    """The letters that leave from now on."""
    letters, heard = [], made.console._heard

    def listen(posted):
        letters.append(posted.letter)
        return heard(posted)

    made.console._heard = listen
    return letters


def notified(letters, user="@bob:localhost"):
    said = (one.content.get("m.mentions", {}).get("user_ids", ()) for one in letters)
    return sum(user in users for users in said)


async def test_so_many_objections_notify_the_author_once_an_hour():
    async with scene(*CIRCLE) as made:
        letters = listening(made)
        for number in range(MOST_A_DAY + 5):
            await made.play(f"alice> !objection V1 raison {number}")
        assert (len(letters), notified(letters)) == (MOST_A_DAY + 5, 1)
        assert "bob" in str(letters[-1].content["body"])
        assert letters[-1].content["msgtype"] == "m.notice"


async def test_another_day_begins_anew():
    async with scene(*CIRCLE) as made:
        for number in range(MOST_A_DAY + 1):
            await made.play(f"alice> !objection V1 raison {number}")
        await made.play("@ 2026-11-24T09:00")
        letters = listening(made)
        await made.play("alice> !objection V1 encore")
        assert notified(letters) == 1


async def test_what_is_planned_for_every_day_notifies_no_more_than_that():
    async with scene(*CIRCLE) as made:
        for number in range(MOST_A_DAY + 5):
            await made.play(f"bob> !rappel chaque jour à 10h arroser {number}")
        letters = listening(made)
        await made.play("@ 2026-11-24T11:00")
        first = [one for one in letters if one.scheduled]
        assert notified(first) == 2 * MOST_A_DAY


async def test_the_count_is_by_room_and_person():
    async with scene(*CIRCLE) as made:
        async with Store(made.engine, Rules()).transaction() as uow:
            day = made.console.now.date()
            counts = [await uow.mentions.count("!a", "@z:x", day) for _ in range(3)]
            other = await uow.mentions.count("!b", "@z:x", day)
        assert (counts, other) == ([1, 2, 3], 1)


async def test_who_is_on_pause_is_not_notified_and_the_name_stays():
    async with scene(*CIRCLE, "bob (dm)> pause") as made:
        letters = listening(made)
        await made.play("alice> !objection V1 trop cher")
        assert notified(letters) == 0
        assert "bob" in str(letters[-1].content["body"])


async def test_a_vote_on_ones_own_money_notifies_all_the_same():
    async with scene(*CIRCLE, "bob> !contribution 2h tri 80 €", "bob (dm)> pause") as made:
        letters = listening(made)
        await made.play("alice> !estimation C1")
        assert notified(letters) == 1
        await made.play("@ 2026-11-30T12:00")
        assert notified([one for one in letters if one.subject == "1:V2"]) > 1
