"""Repetitions keep the local hour on both sides of a clock change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import vRecur

from circle.calendar import next_occurrence, occurrences
from language.calendar import read_moment

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2024, 4, 3, 10, tzinfo=PARIS)  # a Wednesday


def _days(found):
    return [instant.date().isoformat() for instant in found]


def test_a_meeting_at_18_stays_at_18_all_year():
    start = datetime(2024, 1, 2, 18, tzinfo=PARIS)
    year = occurrences(start, "FREQ=MONTHLY;BYDAY=1TU", (), start, 12)
    assert {instant.hour for instant in year} == {18}


def test_the_instant_moves_with_the_clocks():
    start = datetime(2024, 3, 26, 18, tzinfo=PARIS)
    found = occurrences(start, "FREQ=WEEKLY;BYDAY=TU", (), start - timedelta(days=1), 2)
    assert [instant.astimezone(UTC).hour for instant in found] == [17, 16]


def test_the_start_counts_when_it_is_still_to_come():
    start = datetime(2024, 4, 9, 18, tzinfo=PARIS)
    assert next_occurrence(start, "FREQ=WEEKLY;BYDAY=TU", (), NOW) == start


def test_the_next_one_is_strictly_after():
    start = datetime(2024, 4, 9, 18, tzinfo=PARIS)
    found = next_occurrence(start, "FREQ=WEEKLY;BYDAY=TU", (), start)
    assert found == datetime(2024, 4, 16, 18, tzinfo=PARIS)


def test_what_happens_once_has_no_next_after_it():
    assert next_occurrence(NOW, None, (), NOW) is None


def test_what_happens_once_is_its_own_next_before_it():
    assert next_occurrence(NOW, None, (), NOW - timedelta(minutes=1)) == NOW


def test_days_left_out_do_not_happen():
    start = datetime(2024, 4, 9, 18, tzinfo=PARIS)
    found = occurrences(start, "FREQ=WEEKLY;BYDAY=TU", (date(2024, 4, 16),), start, 2)
    assert _days(found) == ["2024-04-23", "2024-04-30"]


def test_a_repetition_ends_at_the_end_of_its_last_local_day():
    found = read_moment("tous les mardis à 23h30 jusqu'au 30 avril", NOW)
    every = occurrences(found.start, found.rrule, found.exdates, NOW, 10)
    assert _days(every) == ["2024-04-09", "2024-04-16", "2024-04-23", "2024-04-30"]


def test_a_number_of_times_is_kept():
    found = read_moment("chaque mardi à 18h, 3 fois", NOW)
    assert len(occurrences(found.start, found.rrule, (), NOW, 10)) == 3


def test_the_31st_happens_only_where_it_exists():
    start = datetime(2024, 5, 31, 10, tzinfo=PARIS)
    found = occurrences(start, "FREQ=MONTHLY;BYMONTHDAY=31", (), NOW, 4)
    assert _days(found) == ["2024-05-31", "2024-07-31", "2024-08-31", "2024-10-31"]


def test_the_30th_or_the_last_day_happens_every_month():
    found = read_moment("le 30 de chaque mois ou le dernier jour à 10h", NOW)
    january = datetime(2025, 1, 1, tzinfo=PARIS)
    every = occurrences(found.start, found.rrule, (), january, 3)
    assert _days(every) == ["2025-01-30", "2025-02-28", "2025-03-30"]


def test_each_quarter_follows_the_quarters():
    found = read_moment("le dernier vendredi de chaque trimestre à 17h", NOW)
    every = occurrences(found.start, found.rrule, (), NOW, 4)
    assert _days(every) == ["2024-06-28", "2024-09-27", "2024-12-27", "2025-03-28"]


def test_august_is_left_out():
    found = read_moment("le premier mardi de chaque mois à 18h sauf en août", NOW)
    every = occurrences(found.start, found.rrule, (), NOW, 4)
    assert _days(every) == ["2024-05-07", "2024-06-04", "2024-07-02", "2024-09-03"]


def test_every_other_thursday_keeps_its_pace_from_a_day_long_past():
    found = read_moment("un jeudi sur deux à 18h à partir du 4 janvier 2024", NOW)
    assert _days([found.start]) == ["2024-04-11"]


def test_a_time_that_the_clocks_skip_moves_on_that_day_only():
    start = datetime(2024, 3, 24, 2, 30, tzinfo=PARIS)
    found = occurrences(start, "FREQ=WEEKLY;BYDAY=SU", (), start, 2)
    assert [(instant.hour, instant.minute) for instant in found] == [(3, 30), (2, 30)]


@pytest.mark.parametrize(
    "text",
    [
        "tous les mardis à 18h jusqu'en juin",
        "le 30 de chaque mois ou le dernier jour à 10h",
        "chaque dernier vendredi du mois à 17h sauf en août",
        "tous les ans le 21 juin à 18h",
    ],
)
def test_rules_are_those_of_the_calendar_standard(text):
    rule = read_moment(text, NOW).rrule
    assert vRecur.from_ical(rule)["FREQ"]
