"""What was due while the bot was off: done once and said to be late, or told, never dropped."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot import events
from circle.jobs import JobKind
from commands import HANDLERS
from tests.chat.scene import Scene, scene
from tests.playing import replies

PARIS = ZoneInfo("Europe/Paris")
CIRCLE = ("alice> !cercle créer Littoral", "bob joins", "carole joins", "dany joins")


def at(day: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-{day}T{hour}").replace(tzinfo=PARIS)


async def back(made: Scene, day: str, hour: str):
    """The bot was off until then; what it says when it starts again."""
    made.console.now = at(day, hour)
    return await made.play(f"@ 2026-{day}T{hour}")


async def said_by(made: Scene, who: str, when: datetime, body: str):
    """A message that somebody sent at that instant, received now."""
    place = await made.console._enter(who, "circle")
    sent = made.console._common(who, place) | {"at": int(when.timestamp() * 1000)}
    return await made.console._admit(events.Message(**sent, body=body))


def keys(heard) -> list[str]:
    return [one.key for one in heard]


async def absent_until(line, day, hour):
    """What is told when the bot comes back at that instant after the line, and a second time."""
    async with scene(*CIRCLE, line) as made:
        return await back(made, day, hour), await back(made, day, hour)


# Within its grace

IN_GRACE = {
    "reminder.ring": ("bob> !rappel demain 10h les clés", "11-24", "15:00"),
    "timer.over": ("bob> !minuteur 5 min", "11-23", "09:20"),
    "meeting.reminder": ("alice> !réunion Café demain à 18h", "11-24", "17:30"),
    "vote.reminder": ("alice> !vote Peindre ? jusqu'au 25 novembre à 9h", "11-24", "13:00"),
}


@pytest.mark.parametrize(("key", "case"), IN_GRACE.items(), ids=IN_GRACE)
async def test_what_was_due_in_an_absence_happens_once_and_says_that_it_is_late(key, case):
    told, again = await absent_until(*case)
    [late] = [one for one in told if one.key == key]
    assert (late.values["late"], "’étais absent" in late.text, again) == (True, True, [])


async def test_what_happens_at_its_time_is_not_said_to_be_late():
    script = "\n".join((*CIRCLE, "bob> !rappel demain 10h les clés", "@ 2026-11-24T10:00"))
    [told] = await replies(script, "reminder.ring", start=at("11-23", "09:00"))
    assert (told.values["late"], "absent" in told.text) == (False, False)


async def test_a_summary_of_before_yesterday_is_posted_and_says_that_it_is_late():
    async with scene(*CIRCLE, "bob> !contribution 1h accueil") as made:
        told = await back(made, "12-01", "15:00")
    [summary] = [one for one in told if one.key == "summary.week"]
    assert summary.values["belated"] is True
    assert summary.values["until"] == "2026-11-29"
    assert "J’étais absent" in summary.text


# Beyond it

TOO_LATE = {
    "reminder": ("bob> !rappel demain 10h les clés", "11-25", "15:00"),
    "timer": ("bob> !minuteur 5 min", "11-23", "10:00"),
    "meeting-reminder": ("alice> !réunion Café demain à 18h", "11-24", "18:30"),
    "weekly-summary": ("bob> !contribution 1h accueil", "12-03", "15:00"),
}


@pytest.mark.parametrize(("kind", "case"), TOO_LATE.items(), ids=TOO_LATE)
async def test_what_is_too_late_is_told_once(kind, case):
    told, again = await absent_until(*case)
    missed = [one.values["kind"] for one in told if one.key == "job.missed"]
    assert (missed, again) == ([kind], [])


async def test_a_recurring_reminder_goes_on_after_a_long_absence():
    async with scene(*CIRCLE, "bob> !rappel chaque jour à 10h les clés") as made:
        told = await back(made, "12-05", "09:00")
        rung = await made.play("@ 2026-12-07T10:00")
    assert keys(told).count("job.missed") == 2  # the reminder's, and the week's
    times = [one.at.strftime("%d %H:%M") for one in rung if one.key == "reminder.ring"]
    assert times == ["05 10:00", "06 10:00", "07 10:00"]


async def test_the_summary_after_a_missed_one_comes_at_its_time():
    async with scene(*CIRCLE, "bob> !contribution 1h accueil") as made:
        await back(made, "12-03", "15:00")
        await made.play("bob> !contribution 2h affiches")
        told = await made.play("@ 2026-12-07T09:00")
    [summary] = [one for one in told if one.key == "summary.week"]
    assert (summary.at.strftime("%d %H:%M"), summary.values["belated"]) == ("07 09:00", False)


# Votes that ended meanwhile

VOTE = "alice> !vote Peindre ? jusqu'au 24 novembre à 18h"
CLOSES = at("11-24", "18:00")


async def test_a_vote_that_ended_meanwhile_closes_at_its_own_instant():
    async with scene(*CIRCLE, VOTE) as made:
        [closed] = [one for one in await back(made, "11-26", "10:00") if one.key == "vote.closed"]
    assert closed.values["closes"] == CLOSES.isoformat()
    assert (closed.values["late"], "’étais absent" in closed.text) == (True, True)


async def test_a_ballot_sent_before_the_end_and_received_after_it_counts():
    async with scene(*CIRCLE, VOTE) as made:
        made.console.now = at("11-26", "10:00")
        cast = await said_by(made, "bob", at("11-24", "17:59"), "!bulletin V1 pour")
        told = await made.play("@ 2026-11-26T10:00")
    [closed] = [one for one in told if one.key == "vote.closed"]
    assert (keys(cast), closed.values["counts"]["yes"]) == (["ballot.cast"], 1)


async def test_a_ballot_sent_after_the_end_does_not_count_though_the_vote_was_not_closed():
    async with scene(*CIRCLE, VOTE) as made:
        made.console.now = at("11-26", "10:00")
        cast = await said_by(made, "bob", at("11-24", "18:01"), "!bulletin V1 pour")
        told = await made.play("@ 2026-11-26T10:00")
    [closed] = [one for one in told if one.key == "vote.closed"]
    assert (keys(cast), closed.values["cast"]) == (["vote.already-closed"], 0)


async def test_a_vote_that_ended_is_not_recalled_any_more():
    async with scene(*CIRCLE, VOTE) as made:
        assert "vote.reminder" not in keys(await back(made, "11-26", "10:00"))


# A fault of the program


@pytest.fixture
def broken(monkeypatch):
    """Reminders fail, as with a fault of ours in them."""

    async def fails(_due, _uow):
        raise ZeroDivisionError

    monkeypatch.setitem(HANDLERS, JobKind.REMINDER, fails)


@pytest.mark.usefixtures("broken")
async def test_a_failed_job_is_told_once_under_a_reference():
    async with scene(*CIRCLE, "bob> !rappel demain 10h les clés") as made:
        told = await made.play("@ 2026-11-24T12:00")
        again = await made.play("@ 2026-11-24T13:00")
    [failed] = told
    assert (failed.key, failed.values["kind"], again) == ("job.failed", "reminder", [])
    assert failed.values["reference"] in failed.text


@pytest.mark.usefixtures("broken")
async def test_a_failed_job_holds_up_no_other():
    lines = ("bob> !rappel demain 10h les clés", "alice> !réunion Café demain à 18h")
    async with scene(*CIRCLE, *lines) as made:
        told = await made.play("@ 2026-11-24T17:30")
    assert keys(told) == ["meeting.reminder", "job.failed", "meeting.reminder"]


@pytest.mark.usefixtures("broken")
async def test_a_failed_job_is_tried_again_at_the_next_start(monkeypatch, tmp_path):
    url = f"sqlite:///{tmp_path / 'circle.db'}"
    async with scene(*CIRCLE, "bob> !rappel demain 10h les clés", url=url) as made:
        await made.play("@ 2026-11-24T10:01")
    monkeypatch.undo()
    start = at("11-24", "10:02")
    told = await replies("@ 2026-11-24T10:03", "reminder.ring", database=url, start=start)
    assert len(told) == 1
