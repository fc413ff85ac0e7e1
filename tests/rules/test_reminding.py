"""When meetings are reminded: how long before, at which local hour, never at night."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from circle.meetings import Meeting, MeetingKind
from circle.people import PersonKey
from circle.reminding import next_reminder
from circle.rhythm import Quiet, Rhythm, after_quiet

PARIS = ZoneInfo("Europe/Paris")
NIGHT = Quiet(time(21), time(8))


def at(*parts):
    return datetime(*parts, tzinfo=PARIS)


def meeting(start, rrule=None):
    return Meeting(
        number=1,
        kind=MeetingKind.OTHER,
        title="Café",
        start=start,
        end=None,
        place=None,
        uid="m1",
        by=PersonKey("alice"),
        rrule=rrule,
    )


def reminders(planned, after, rhythm=Rhythm(), limit=20):  # noqa: B008 - a frozen value
    found = []
    while len(found) < limit and (due := next_reminder(planned, rhythm, after)) is not None:
        found.append(due)
        after = due
    return found


def test_a_meeting_is_reminded_a_week_a_day_and_an_hour_before():
    told = reminders(meeting(at(2026, 12, 8, 18)), at(2026, 11, 1, 9))
    assert told == [at(2026, 12, 1, 18), at(2026, 12, 7, 18), at(2026, 12, 8, 17)]


def test_what_is_past_is_not_reminded():
    assert reminders(meeting(at(2026, 12, 8, 18)), at(2026, 12, 7, 20)) == [at(2026, 12, 8, 17)]


def test_a_meeting_that_has_begun_has_no_reminder_left():
    assert next_reminder(meeting(at(2026, 12, 8, 18)), Rhythm(), at(2026, 12, 8, 18)) is None


def test_a_weekly_meeting_is_not_reminded_a_week_before():
    told = reminders(meeting(at(2026, 12, 1, 18), "FREQ=WEEKLY;BYDAY=TU"), at(2026, 12, 1, 18))
    assert told[:3] == [at(2026, 12, 7, 18), at(2026, 12, 8, 17), at(2026, 12, 14, 18)]


def test_each_occurrence_of_a_series_has_its_reminders():
    monthly = meeting(at(2026, 12, 3, 18), "FREQ=MONTHLY;BYDAY=1TH;COUNT=2")
    told = reminders(monthly, at(2026, 11, 1, 9))
    assert [due.date().isoformat()[5:] for due in told] == [
        *("11-26", "12-02", "12-03"),
        *("12-31", "01-06", "01-07"),
    ]


def test_an_exception_is_not_reminded():
    monthly = meeting(at(2026, 12, 3, 18), "FREQ=MONTHLY;BYDAY=1TH;COUNT=2")
    left = replace(monthly, exdates=(at(2026, 12, 3).date(),))
    assert reminders(left, at(2026, 11, 1, 9))[0] == at(2026, 12, 31, 18)


@pytest.mark.parametrize(("day", "before"), [((2027, 3, 28), 27), ((2026, 10, 25), 24)])
def test_a_day_before_keeps_its_local_hour_across_a_clock_change(day, before):
    told = reminders(meeting(at(*day, 18)), at(day[0], day[1], before, 9))
    assert told == [at(day[0], day[1], before, 18), at(*day, 17)]


def test_an_hour_before_is_a_true_hour_across_a_clock_change():
    rhythm = Rhythm(meetings=(timedelta(hours=10),), quiet=None)
    told = next_reminder(meeting(at(2027, 3, 28, 9)), rhythm, at(2027, 3, 1))
    assert told == at(2027, 3, 27, 22)


@pytest.mark.parametrize(
    ("instant", "told"),
    [
        (at(2026, 12, 1, 20, 59), at(2026, 12, 1, 20, 59)),
        (at(2026, 12, 1, 21), at(2026, 12, 2, 8)),
        (at(2026, 12, 1, 23, 30), at(2026, 12, 2, 8)),
        (at(2026, 12, 2, 3), at(2026, 12, 2, 8)),
        (at(2026, 12, 2, 8), at(2026, 12, 2, 8)),
    ],
)
def test_the_night_is_kept_quiet(instant, told):
    assert after_quiet(instant, NIGHT) == told


def test_quiet_hours_may_be_those_of_one_day():
    noon = Quiet(time(12), time(14))
    assert after_quiet(at(2026, 12, 1, 13), noon) == at(2026, 12, 1, 14)


def test_without_quiet_hours_the_night_is_as_the_day():
    assert after_quiet(at(2026, 12, 1, 23), None) == at(2026, 12, 1, 23)


def test_a_reminder_due_at_night_waits_for_the_morning():
    assert at(2026, 12, 7, 8) in reminders(meeting(at(2026, 12, 7, 22)), at(2026, 12, 6, 20))


def test_a_reminder_put_off_until_after_the_meeting_is_left_out():
    early = meeting(at(2026, 12, 7, 7, 30))
    assert reminders(early, at(2026, 12, 6, 12)) == []
