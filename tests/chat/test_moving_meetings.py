"""Meetings moved and called off, once or for good."""

import pytest

from tests.playing import play, replies

SERIES = """@ 2026-11-23T09:00
alice> !cercle créer Littoral
bob joins
alice> !régulation chaque premier mardi du mois de 18h à 20h à La Halle
"""


async def answer(script):
    return (await play(SERIES + script))[-1]


async def coming(script):
    told = await answer(script + "alice> !réunions\n")
    return [(item["id"], item["start"][:13]) for item in told.values["items"]]


async def test_moving_a_series_asks_which_meetings():
    told = await answer("alice> !déplacer M1 mercredi 2 décembre 19h\n")
    assert told.key == "meeting.which"
    assert "!déplacer M1 mercredi 2 décembre 2026 à 19h cette fois" in told.text


@pytest.mark.parametrize("scope", ["cette fois", "this time"])
async def test_one_occurrence_moves_alone(scope):
    moved = f"alice> !déplacer M1 mercredi 2 décembre 19h {scope}\n"
    assert await coming(moved) == [("M2", "2026-12-02T19"), ("M1", "2027-01-05T18")]


@pytest.mark.parametrize("scope", ["toutes", "désormais", "all"])
async def test_all_that_follow_move_together(scope):
    moved = f"alice> !déplacer M1 mercredi 2 décembre 19h {scope}\n@ 2026-12-03T09:00\n"
    assert await coming(moved) == [("M1", "2027-01-06T19")]


async def test_new_days_need_no_question():
    told = await answer("alice> !déplacer M1 chaque deuxième mercredi du mois 19h\n")
    assert told.values["rrule"] == "FREQ=MONTHLY;BYDAY=2WE"


async def test_days_that_would_be_guessed_are_asked():
    told = await answer("alice> !déplacer M1 mercredi 9 décembre 19h toutes\n")
    assert told.key == "meeting.which-days"


async def test_what_was_on_the_agenda_moves_with_the_occurrence():
    script = "alice> !odj M1 + les clés\nalice> !déplacer M1 mercredi 2 décembre 19h cette fois\n"
    told = await answer(script + "alice> !odj M2\n")
    assert [point["text"] for point in told.values["points"]] == ["les clés"]


async def test_one_occurrence_may_be_called_off():
    assert await coming("alice> !annuler M1 galette cette fois\n") == [("M1", "2027-01-05T18")]


async def test_what_was_called_off_is_not_reminded():
    script = SERIES + "alice> !annuler M1 cette fois\n@ 2026-12-20T09:00\n"
    assert await replies(script, "meeting.reminder") == []


async def test_a_moved_occurrence_is_reminded_once_at_its_time():
    script = SERIES + "alice> !déplacer M1 jeudi 3 décembre 18h cette fois\n@ 2026-12-20T09:00\n"
    told = await replies(script, "meeting.reminder")
    days = [(one.values["id"], one.at.strftime("%d/%m")) for one in told]
    assert days == [("M2", "26/11"), ("M2", "02/12"), ("M2", "03/12")]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!déplacer M1 hier 18h toutes", "date.past"),
        ("!déplacer M1 mardi 20h à 18h", "date.end-before-start"),
        ("!déplacer M9 mardi 18h", "id.unknown"),
        ("!déplacer M1 mardi 1er décembre 18h toutes", "meeting.same-time"),
        ("!régulation hier 18h", "date.past"),
        ("!régulation mardi 20h à 18h", "date.end-before-start"),
        ("!présent M9", "id.unknown"),
    ],
)
async def test_what_cannot_be_is_refused_in_one_answer(line, key):
    assert (await answer(f"alice> {line}\n")).key == key


@pytest.mark.parametrize("line", ["!déplacer M1 mardi 18h", "!annuler M1", "!présent M1"])
async def test_a_cancelled_meeting_stays_cancelled(line):
    told = await answer(f"alice> !annuler M1\nalice> {line}\n")
    assert told.key == "meeting.already-cancelled"
