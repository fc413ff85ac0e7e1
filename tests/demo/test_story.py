"""The story of the demonstration, told to the bot in the console: no homeserver is needed."""

from datetime import date
from types import SimpleNamespace

import pytest

from bot.cli.console_cli import open_console
from bot.console.script import read
from bot.demo.beats import InvitesBeat, ReactsBeat, StoryDays, VotesBeat
from bot.demo.stage import COORDINATOR, NAMES
from bot.demo.story import SCENES

BEATS = [beat for scene in SCENES for beat in scene.beats if not isinstance(beat, InvitesBeat)]
# What is to come is in another year, then what is past.
TODAY = [date(2026, 12, 31), date(2027, 1, 3)]


def line(beat, days):
    """A beat as the console writes it; there an answer to the poll is a ballot."""
    if isinstance(beat, ReactsBeat):
        return f"{beat.who} + {beat.emoji} {beat.to}"
    if isinstance(beat, VotesBeat):
        return f"{beat.who}> !bulletin {beat.vote} pour"
    room = "[coordination] " if beat.coordination else ""
    how = f" re {beat.to}" if beat.to else " edit -1" if beat.edits else ""
    return f"{room}{beat.who}{how}> {days.text(beat)}"


async def told(language, today):
    """Each beat with the first thing that the bot says to it."""
    days = StoryDays(language, today)
    options = SimpleNamespace(
        coordinator=[COORDINATOR],
        steward=[],
        tz="Europe/Paris",
        language=language,
        database="sqlite://",
        start=None,
    )
    async with open_console(options) as console:
        lines = [f"@ {today}T10:00", *(f"{name} joins" for name in NAMES)]
        for step in read(lines):
            await console.play(step)
        return [
            (beat, (await console.play(step))[0])
            for beat, step in zip(BEATS, read(line(b, days) for b in BEATS), strict=True)
        ]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("today", TODAY, ids=str)
async def test_every_line_is_understood(language, today):
    heard = await told(language, today)
    assert [answer.key for _, answer in heard] == [beat.expects for beat, _ in heard]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_answer_has_the_values_expected(language):
    heard = await told(language, TODAY[0])
    found = [{name: answer.values[name] for name in beat.values} for beat, answer in heard]
    assert found == [beat.values for beat, _ in heard]


def test_the_meeting_is_on_a_tuesday_after_a_week():
    said = StoryDays("fr", date(2026, 11, 22))._meeting()
    assert said == "1er décembre"
