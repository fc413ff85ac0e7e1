"""Deadlines and terms that come, recalled once a morning to those who hold them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.playing import play, replies

CIRCLE = """@ 2026-11-23T08:00
alice> !cercle créer Littoral
bob joins
"""
HELD = CIRCLE + "bob> !action Affiches avant le 28 novembre\nbob> !prendre A1\n"
MONTH = "@ 2026-12-23T12:00\n"


def told(heard):
    values = heard.values
    ids = [[item["id"] for item in values[name]] for name in ("near", "past")]
    return (heard.at.strftime("%d/%m %H:%M"), *ids)


async def test_an_action_is_recalled_before_its_date_and_after_it_once():
    heard = await replies(HELD + MONTH, "reminder.dates")
    assert list(map(told, heard)) == [("26/11 09:00", ["A1"], []), ("29/11 09:00", [], ["A1"])]


async def test_an_action_that_is_done_is_not_recalled():
    assert await replies(HELD + "bob> !fait A1\n" + MONTH, "reminder.dates") == []


async def test_several_actions_are_recalled_in_one_message():
    script = HELD + "alice> !action Tracts avant le 28 novembre\n@ 2026-11-26T12:00\n"
    heard = await replies(script, "reminder.dates")
    assert list(map(told, heard)) == [("26/11 09:00", ["A1", "A2"], [])]


async def test_a_term_that_ends_is_recalled_two_weeks_before_and_on_its_day():
    script = CIRCLE + "alice> !rôle @bob soucieux jusqu'au 20 décembre\n" + MONTH
    heard = await replies(script, "reminder.dates")
    assert [one.at.strftime("%d/%m") for one in heard] == ["06/12", "20/12"]
    assert heard[0].values["terms"][0]["member"] == "@bob:localhost"


async def test_a_circle_without_reminders_is_not_recalled_its_dates():
    script = HELD + "alice> !réglage rappels non\n" + MONTH
    assert await replies(script, "reminder.dates") == []


async def test_an_absence_is_looked_back_at_once(tmp_path):
    file = f"sqlite:///{tmp_path / 'circle.db'}"
    await play(HELD, file)
    back = datetime(2026, 12, 10, 12, tzinfo=ZoneInfo("Europe/Paris"))
    heard = await replies("@ 2026-12-15T12:00\n", "reminder.dates", database=file, start=back)
    assert list(map(told, heard)) == [("10/12 12:00", [], ["A1"])]
