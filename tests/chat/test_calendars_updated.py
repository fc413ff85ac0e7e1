"""What calendars are told when a meeting of a series moves or is called off."""

import vobject

from tests.chat.ballot_box import BallotBox
from tests.chat.scene import scene

SERIES = (
    "alice> !cercle créer Littoral",
    "alice> !régulation chaque premier mardi du mois de 18h à 20h",
)
ONCE = "alice> !déplacer M1 mercredi 2 décembre 19h cette fois"


async def calendars(*lines):
    """The calendar files attached, each as its events."""
    async with scene() as made:
        box = BallotBox(made)
        await box.play(*SERIES, *lines)
    files = [one.letter.file for one in box.posted if one.letter.file]
    bodies = [file.body.decode() for file in files if file.mimetype == "text/calendar"]
    return [vobject.readOne(body).vevent_list for body in bodies]


def told(event):
    moved = getattr(event, "recurrence_id", None)
    return event.dtstart.value.strftime("%d/%m %H"), moved and moved.value.strftime("%d/%m %H")


async def lengths(*lines):
    files = await calendars("alice> !réunion Café jeudi 14h", *lines)
    return [(event.dtend.value - event.dtstart.value).seconds // 60 for [event] in files]


async def test_a_meeting_whose_end_nobody_said_lasts_an_hour_in_calendars():
    assert await lengths() == [120, 60]


async def test_a_circle_says_how_long_its_meetings_last():
    setting = "alice> !réglage durée-réunion 1h30"
    assert await lengths(setting, "alice> !réunion Soupe jeudi 16h") == [120, 60, 90]


async def test_a_moved_occurrence_updates_its_series():
    planned, after = await calendars(ONCE)
    assert [told(event) for event in after] == [("01/12 18", None), ("02/12 19", "01/12 18")]
    assert {event.uid.value for event in after} == {planned[0].uid.value}


async def test_each_change_is_a_later_version():
    files = await calendars(ONCE, "alice> !déplacer M2 jeudi 3 décembre 19h", "alice> !annuler M2")
    assert [int(events[0].sequence.value) for events in files] == [0, 1, 2, 3]


async def test_a_moved_occurrence_moved_again_replaces_the_same_one():
    after = (await calendars(ONCE, "alice> !déplacer M2 jeudi 3 décembre 19h"))[-1]
    assert told(after[1]) == ("03/12 19", "01/12 18")


async def test_a_moved_occurrence_called_off_leaves_its_first_day_out():
    [series] = (await calendars(ONCE, "alice> !annuler M2"))[-1]
    assert [day.strftime("%d/%m %H") for day in series.exdate.value] == ["01/12 18"]


async def test_one_occurrence_called_off_is_left_out_of_a_later_version():
    [series] = (await calendars("alice> !annuler M1 cette fois"))[-1]
    assert [day.strftime("%d/%m %H") for day in series.exdate.value] == ["01/12 18"]
    assert series.sequence.value == "1"


async def test_a_moved_occurrence_goes_on_alone_when_its_series_is_called_off():
    series, alone = (await calendars(ONCE, "alice> !annuler M1"))[-2:]
    assert series[0].status.value == "CANCELLED"
    assert (alone[0].status.value, told(alone[0])) == ("CONFIRMED", ("02/12 19", None))
    assert alone[0].uid.value != series[0].uid.value
