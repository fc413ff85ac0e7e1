"""Clocks that change: in March and October, and when the machine's own is set back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.console.console import parse_now
from tests.chat.scene import Scene, scene
from tests.playing import play

PARIS = ZoneInfo("Europe/Paris")
CIRCLE = "alice> !cercle créer Littoral\nbob joins\n"
SPRING = ("2027-03-26T12:00", "2027-03-29T23:00")  # the Sunday between them has 23 hours
AUTUMN = ("2027-10-29T12:00", "2027-11-01T23:00")  # and here 25


async def rung(line: str, span: tuple[str, str], key: str) -> list[datetime]:
    """When this was told, with the bot awake all the time."""
    first, last = span
    script = f"@ {first}\n{CIRCLE}{line}\n@ {last}\n"
    start = parse_now(first, "Europe/Paris")
    return [one.at for one in await play(script, start=start) if one.key == key]


def local(instants: list[datetime]) -> list[str]:
    return [at.astimezone(PARIS).strftime("%d %H:%M %z") for at in instants]


async def test_a_reminder_of_each_day_stays_at_its_hour_in_march():
    told = await rung("bob> !rappel chaque jour à 10h les clés", SPRING, "reminder.ring")
    assert local(told) == ["27 10:00 +0100", "28 10:00 +0200", "29 10:00 +0200"]


async def test_a_reminder_of_each_day_stays_at_its_hour_in_october():
    told = await rung("bob> !rappel chaque jour à 10h les clés", AUTUMN, "reminder.ring")
    assert local(told) == ["30 10:00 +0200", "31 10:00 +0100", "01 10:00 +0100"]


async def test_an_hour_that_does_not_exist_in_march_rings_once_all_the_same():
    told = await rung("bob> !rappel chaque jour à 2h30 le pain", SPRING, "reminder.ring")
    assert [at[:2] for at in local(told)] == ["27", "28", "29"]


async def test_an_hour_that_comes_twice_in_october_rings_once():
    told = await rung("bob> !rappel chaque jour à 2h30 le pain", AUTUMN, "reminder.ring")
    assert [at[:8] for at in local(told)] == ["30 02:30", "31 02:30", "01 02:30"]


@pytest.mark.parametrize("span", [SPRING, AUTUMN], ids=["march", "october"])
async def test_a_meeting_after_the_change_is_recalled_at_its_local_hour(span):
    line = "alice> !réunion Café chaque lundi à 18h"
    told = await rung(line, span, "meeting.reminder")
    assert [at[3:8] for at in local(told)] == ["18:00", "17:00"]  # the day and the hour before


@pytest.mark.parametrize("span", [SPRING, AUTUMN], ids=["march", "october"])
async def test_the_summary_after_the_change_comes_at_its_local_hour(span):
    told = await rung("bob> !contribution 1h accueil", span, "summary.week")
    assert [at[3:8] for at in local(told)] == ["09:00"]


@pytest.mark.parametrize(("span", "hours"), [(SPRING, 23), (AUTUMN, 25)], ids=["march", "october"])
async def test_a_vote_until_a_day_lasts_to_the_end_of_that_day(span, hours):
    sunday = datetime.fromisoformat(span[0]).date() + timedelta(days=2)
    line = f"alice> !vote Peindre ? jusqu'au {sunday:%d/%m/%Y}"
    [closed] = await rung(line, span, "vote.closed")
    midnight = datetime(sunday.year, sunday.month, sunday.day, tzinfo=PARIS)
    lasted = closed.timestamp() - midnight.timestamp()
    assert (closed.date(), round(lasted / 3600)) == (sunday, hours)


# The machine's clock is set back an hour


async def set_back(made: Scene) -> None:
    made.console.now -= timedelta(hours=1)


async def later(made: Scene, minutes: int):
    """What is said in the next minutes, by the clock as it is now."""
    return await made.play(f"@ {(made.console.now + timedelta(minutes=minutes)).isoformat()}")


async def test_nothing_rings_twice_when_the_clock_is_set_back():
    async with scene(*CIRCLE.splitlines(), "bob> !rappel 9h30 les clés") as made:
        first = await later(made, 45)
        await set_back(made)
        again = await later(made, 120)
    assert ([one.key for one in first], again) == (["reminder.ring"], [])


async def test_what_is_set_after_the_clock_was_set_back_rings_by_the_new_time():
    async with scene(*CIRCLE.splitlines()) as made:
        await later(made, 45)
        await set_back(made)
        await made.play("bob> !minuteur 5 min")
        assert [one.key for one in await later(made, 6)] == ["timer.over"]


async def test_what_was_to_come_still_comes_once():
    async with scene(*CIRCLE.splitlines(), "bob> !rappel 10h les clés") as made:
        await later(made, 45)
        await set_back(made)
        told = [*await later(made, 60), *await later(made, 60), *await later(made, 60)]
    assert [one.key for one in told] == ["reminder.ring"]


async def test_ids_and_answers_go_on_when_the_clock_is_set_back():
    async with scene(*CIRCLE.splitlines(), "alice> !action Affiches") as made:
        await later(made, 45)
        await set_back(made)
        [added] = await made.play("alice> !action Accueil")
        [listed] = await made.play("alice> !actions")
    assert (added.values["id"], len(listed.values["items"])) == ("A2", 2)
