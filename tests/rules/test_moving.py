"""A series moved: the days on which it then happens, or None where they are not said."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from circle.calendar import Moment
from circle.meetings import Meeting, MeetingKind
from circle.moving import apart, moved, without
from circle.people import PersonKey

PARIS = ZoneInfo("Europe/Paris")


def at(*parts):
    return datetime(*parts, tzinfo=PARIS)


def series(rrule, *start):
    return Meeting(
        number=1,
        kind=MeetingKind.REGULATION,
        title="",
        start=at(*start, 18),
        end=at(*start, 20),
        place="La Halle",
        uid="m1",
        by=PersonKey("alice"),
        rrule=rrule,
    )


MONTHLY = series("FREQ=MONTHLY;BYDAY=1TU", 2026, 12, 1)
WEEKLY = series("FREQ=WEEKLY;BYDAY=TU", 2026, 12, 1)


@pytest.mark.parametrize(
    ("meeting", "when", "rule"),
    [
        (WEEKLY, (2026, 12, 2, 19), "FREQ=WEEKLY;BYDAY=WE"),
        (WEEKLY, (2026, 12, 1, 19), "FREQ=WEEKLY;BYDAY=TU"),
        (MONTHLY, (2026, 12, 1, 17, 30), "FREQ=MONTHLY;BYDAY=1TU"),
        (MONTHLY, (2026, 12, 2, 19), "FREQ=MONTHLY;BYDAY=1WE"),
        (MONTHLY, (2026, 12, 9, 19), None),
        (
            series("FREQ=MONTHLY;BYDAY=-1FR", 2026, 11, 27),
            (2026, 11, 26, 18),
            "FREQ=MONTHLY;BYDAY=-1TH",
        ),
        (
            series("FREQ=MONTHLY;BYMONTHDAY=15", 2026, 12, 15),
            (2026, 12, 16, 18),
            "FREQ=MONTHLY;BYMONTHDAY=16",
        ),
        (series("FREQ=MONTHLY;BYMONTHDAY=15", 2026, 12, 15), (2026, 12, 31, 18), None),
        (series("FREQ=WEEKLY;BYDAY=TU,TH", 2026, 12, 1), (2026, 12, 2, 18), None),
        (
            series("FREQ=WEEKLY;BYDAY=TU,TH", 2026, 12, 1),
            (2026, 12, 1, 9),
            "FREQ=WEEKLY;BYDAY=TU,TH",
        ),
        (series("FREQ=DAILY", 2026, 12, 1), (2026, 12, 2, 18), None),
    ],
)
def test_a_new_day_says_the_new_rule_or_nothing(meeting, when, rule):
    after = moved(meeting, meeting.start, Moment(at(*when)))
    assert (after.rrule if after else None) == rule


def test_a_series_with_a_count_keeps_what_is_left_of_it():
    five = series("FREQ=WEEKLY;BYDAY=TU;COUNT=5", 2026, 12, 1)
    after = moved(five, at(2026, 12, 15, 18), Moment(at(2026, 12, 16, 18)))
    assert after.rrule == "FREQ=WEEKLY;BYDAY=WE;COUNT=3"


def test_what_was_left_out_stays_left_out():
    left = replace(WEEKLY, exdates=(date(2026, 12, 22),))
    after = moved(left, left.start, Moment(at(2026, 12, 2, 18)))
    assert after.exdates == (date(2026, 12, 23),)


def test_a_moved_meeting_keeps_its_length():
    after = moved(WEEKLY, WEEKLY.start, Moment(at(2026, 12, 2, 9)))
    assert (after.end, after.sequence) == (at(2026, 12, 2, 11), 1)


def test_an_occurrence_set_apart_is_a_meeting_of_its_own():
    one = apart(WEEKLY, at(2026, 12, 8, 18), Moment(at(2026, 12, 9, 9)), 2, "m2")
    assert (one.number, one.uid, one.rrule, one.end) == (2, "m2", None, at(2026, 12, 9, 11))


def test_a_series_without_an_occurrence_tells_calendars_again():
    left = without(WEEKLY, date(2026, 12, 8))
    assert (left.exdates, left.sequence, left.uid) == ((date(2026, 12, 8),), 1, "m1")
