"""Free reminders: snoozed, done, by a word or a reaction."""

from tests.playing import play, replies

CIRCLE = """@ 2026-11-23T09:00
alice> !cercle créer Littoral
bob> !rappel demain 9h envoyer la convention
@ 2026-11-24T09:00
"""
LATER = "@ 2026-11-30T12:00\n"


def times(told):
    return [heard.at.strftime("%d/%m %H:%M") for heard in told]


async def test_a_reaction_snoozes_a_reminder_for_an_hour():
    told = await replies(CIRCLE + "bob + ⏰ R1\n" + LATER, "reminder.ring")
    assert times(told) == ["24/11 09:00", "24/11 10:00"]


async def test_a_reminder_is_snoozed_until_one_says():
    told = await replies(CIRCLE + "bob> !reporter R1 demain 8h\n" + LATER, "reminder.ring")
    assert times(told) == ["24/11 09:00", "25/11 08:00"]


async def test_a_reminder_that_is_done_does_not_ring_again():
    script = CIRCLE + "bob> !reporter R1\nbob + ✅ R1\n" + LATER
    assert times(await replies(script, "reminder.ring")) == ["24/11 09:00"]


async def test_a_recurring_reminder_done_rings_at_its_next_time():
    script = CIRCLE.replace("demain 9h", "chaque mardi 9h") + "bob + ✅ R1\n"
    told = await replies(script + "@ 2026-12-02T12:00\n", "reminder.ring")
    assert times(told) == ["24/11 09:00", "01/12 09:00"]


async def test_a_recurring_reminder_snoozed_keeps_its_next_time():
    script = CIRCLE.replace("demain 9h", "chaque mardi 9h") + "bob + ⏰ R1\n"
    told = await replies(script + "@ 2026-12-02T12:00\n", "reminder.ring")
    assert times(told) == ["24/11 09:00", "24/11 10:00", "01/12 09:00"]


async def test_the_reminder_of_somebody_else_is_not_ones_own():
    script = CIRCLE + "carole> !reporter R1\n"
    assert (await play(script))[-1].key == "refused.not-allowed"


async def test_a_reminder_is_not_snoozed_into_the_past():
    assert (await play(CIRCLE + "bob> !reporter R1 hier 9h\n"))[-1].key == "date.past"


async def test_what_is_to_ring_is_listed_soonest_first_without_what_is_cancelled():
    set_ = "bob> !rappel chaque lundi 9h arroser\nbob> !rappel vendredi 9h relancer\n"
    script = CIRCLE + set_ + "bob> !annuler R3\nbob> !rappels\n"
    [told] = await replies(script, "reminder.list")
    listed = [(one["id"], one["at"][:10]) for one in told.values["items"]]
    assert listed == [("R2", "2026-11-30")]


async def test_ones_own_are_listed_to_oneself_alone():
    script = "bob (dm)> !rappel demain 9h appeler\ncarole (dm)> !rappel demain 8h lire\n"
    told = await replies(CIRCLE + script + "bob> !rappels\nbob (dm)> !rappels\n", "reminder.list")
    assert [[one["id"] for one in heard.values["items"]] for heard in told] == [[], ["R2"]]
