"""Series whose occurrences move or are called off, as two readers of calendar files see them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import vobject
from icalendar import Calendar

from reports.ics import calendar_file
from tests.sentences.samples import NOW, PARIS
from tests.sentences.test_calendar_files import MEETING

FIRST = datetime(2026, 12, 1, 18, tzinfo=PARIS)
SERIES = replace(
    MEETING,
    start=FIRST,
    end=FIRST.replace(hour=20),
    rrule="FREQ=MONTHLY;BYDAY=1TU;COUNT=4",
    exdates=(date(2027, 1, 5), date(2027, 3, 2)),
    sequence=2,
)
MOVED = replace(
    SERIES,
    number=2,
    uid="m2@souci",
    start=datetime(2027, 1, 6, 19, tzinfo=PARIS),
    end=datetime(2027, 1, 6, 21, tzinfo=PARIS),
    rrule=None,
    exdates=(),
    series=1,
    instead=datetime(2027, 1, 5, 18, tzinfo=PARIS),
)


def written(series, moved):
    return calendar_file(series, "x", NOW, moved, usual=timedelta(hours=1))


def events(*moved, series=SERIES):
    return Calendar.from_ical(written(series, moved)).walk("VEVENT")


def seen(*moved):
    """The starts that the second reader shows: those of the series, the moved ones in place."""
    read = vobject.readOne(written(SERIES, moved).decode())
    series, *apart = read.vevent_list
    replaced = {one.recurrence_id.value for one in apart}
    starts = [start for start in series.getrruleset() if start not in replaced]
    return sorted([*starts, *(one.dtstart.value for one in apart)])


def test_a_moved_occurrence_stays_one_of_its_series():
    series, moved = events(MOVED)
    assert moved["UID"] == series["UID"] == "m1@souci"
    assert moved.decoded("RECURRENCE-ID") == MOVED.instead
    assert moved.decoded("DTSTART") == MOVED.start


def test_the_day_of_a_moved_occurrence_is_not_left_out():
    assert [one.dt.date() for one in events(MOVED)[0]["EXDATE"].dts] == [date(2027, 3, 2)]


def test_another_reader_shows_the_new_time_and_neither_the_old_one_nor_the_day_left_out():
    told = [start.strftime("%d/%m %H") for start in seen(MOVED)]
    assert told == ["01/12 18", "06/01 19", "02/02 18"]


def test_a_moved_occurrence_called_off_is_a_day_left_out():
    [series] = events(replace(MOVED, cancelled=True))
    days = [one.dt.date() for dates in series["EXDATE"] for one in dates.dts]
    assert days == [date(2027, 1, 5), date(2027, 3, 2)]


def test_a_series_called_off_takes_all_of_it_away():
    [series] = events(MOVED, series=replace(SERIES, cancelled=True))
    assert series["STATUS"] == "CANCELLED"
