"""A timer rings once, in the room, restart or not."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.playing import play, replies

TIMER = """@ 2026-11-23T18:00
alice> !cercle créer Littoral
bob> !minuteur 5 min tour de table
"""


async def test_a_timer_rings_when_its_time_is_over():
    (told,) = await replies(TIMER + "@ 2026-11-23T19:00\n", "timer.over")
    assert (told.at.strftime("%H:%M"), told.values["text"]) == ("18:05", "tour de table")


async def test_a_timer_survives_a_restart(tmp_path):
    file = f"sqlite:///{tmp_path / 'circle.db'}"
    await play(TIMER, file)
    back = datetime(2026, 11, 23, 18, 3, tzinfo=ZoneInfo("Europe/Paris"))
    assert len(await replies("@ 2026-11-23T19:00\n", "timer.over", database=file, start=back)) == 1


async def test_a_timer_may_be_stopped():
    script = TIMER + "bob> !annuler R1\n@ 2026-11-23T19:00\n"
    assert await replies(script, "timer.over") == []


async def test_a_timer_is_no_reminder_for_another_day():
    assert (await play(TIMER + "bob> !minuteur 3 jours\n"))[-1].key == "timer.too-long"


async def test_a_timer_without_unit_is_asked_about_minutes():
    told = (await play(TIMER + "bob> !minuteur 10\n"))[-1]
    assert (told.key, told.values["lines"]) == ("effort.unit-missing", ["!minuteur 10 min"])
