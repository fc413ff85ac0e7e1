"""At night nothing is posted that may wait for the morning."""

from tests.playing import replies

VOTE = """@ 2026-11-23T09:00
alice> !cercle créer Littoral
bob joins
alice> !vote Peindre en ocre ? jusqu'au 30 novembre
"""


async def test_a_vote_is_recalled_in_the_morning_of_its_last_day():
    (told,) = await replies(VOTE + "@ 2026-12-02T09:00\n", "vote.reminder")
    assert told.at.strftime("%d/%m %H:%M") == "30/11 08:00"


async def test_a_vote_is_recalled_once_however_the_clock_moves():
    steps = "".join(f"@ 2026-11-{day}T{hour}\n" for day in (29, 30) for hour in ("07:59", "23:59"))
    assert len(await replies(VOTE + steps, "vote.reminder")) == 1


async def test_a_reminder_rings_at_the_hour_that_was_asked_for():
    script = VOTE + "bob> !rappel demain 6h ouvrir la halle\n@ 2026-11-25T09:00\n"
    (told,) = await replies(script, "reminder.ring")
    assert told.at.hour == 6
