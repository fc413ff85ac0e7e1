"""Calendar files, read back by the library that wrote them and by another reader."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from icalendar import Calendar

from circle.meetings import Meeting, MeetingKind
from circle.people import PersonKey
from reports.ics import calendar_file
from tests.sentences.samples import NOW, PARIS

MEETING = Meeting(
    number=1,
    kind=MeetingKind.REGULATION,
    title="",
    start=datetime(2026, 12, 8, 18, tzinfo=PARIS),
    end=datetime(2026, 12, 8, 20, tzinfo=PARIS),
    place="La Halle; 3, rue « du » Port\nBâtiment B",
    uid="m1@souci",
    by=PersonKey("alice"),
)
SERIES = replace(
    MEETING,
    start=datetime(2026, 10, 6, 18, tzinfo=PARIS),
    end=datetime(2026, 10, 6, 20, tzinfo=PARIS),
    rrule="FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270501T000000Z",
    exdates=(date(2026, 12, 1),),
)


def read(meeting, title="Régulation"):
    calendar = Calendar.from_ical(calendar_file(meeting, title, NOW))
    return calendar, calendar.walk("VEVENT")[0]


def test_a_meeting_is_read_back():
    _, event = read(MEETING)
    assert event["SUMMARY"] == "Régulation"
    assert event["LOCATION"] == MEETING.place
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (MEETING.start, MEETING.end)
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"


def test_what_a_program_knows_it_by_is_kept():
    calendar, event = read(replace(MEETING, sequence=3))
    assert (event["UID"], event["SEQUENCE"]) == ("m1@souci", 3)
    assert event.decoded("DTSTAMP") == NOW
    assert (calendar["METHOD"], event["STATUS"]) == ("PUBLISH", "CONFIRMED")


def test_a_cancelled_meeting_is_taken_away():
    calendar, event = read(replace(MEETING, cancelled=True))
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")


def test_a_meeting_without_end_or_place_says_none():
    _, event = read(replace(MEETING, end=None, place=None))
    assert "DTEND" not in event
    assert "LOCATION" not in event


def test_a_series_keeps_its_hour_across_clock_changes():
    _, event = read(SERIES)
    starts = list(rrulestr(event["RRULE"].to_ical().decode(), dtstart=event.decoded("DTSTART")))
    assert {start.hour for start in starts} == {18}
    assert {start.utcoffset() for start in starts} == {timedelta(hours=1), timedelta(hours=2)}
    assert starts[-1] == datetime(2027, 4, 6, 18, tzinfo=PARIS)


def test_a_series_says_when_it_does_not_take_place():
    _, event = read(SERIES)
    assert [one.dt for one in event["EXDATE"].dts] == [datetime(2026, 12, 1, 18, tzinfo=PARIS)]


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Indian/Reunion", "UTC"])
def test_another_reader_finds_the_same_hours_in_the_zone_described(zone):
    start = SERIES.start.replace(tzinfo=ZoneInfo(zone))
    text = calendar_file(replace(SERIES, start=start, end=None), "x", NOW).decode()
    described, known = tzical(StringIO(text)).get(zone), ZoneInfo(zone)
    noon = datetime(2026, 10, 7, 12)  # noqa: DTZ001 - local times, given each zone below
    local = [noon + timedelta(hours=12 * n) for n in range(2000)]
    assert [t.replace(tzinfo=described).utcoffset() for t in local] == [
        t.replace(tzinfo=known).utcoffset() for t in local
    ]


def test_the_clocks_change_at_two_in_winter_time():
    text = calendar_file(MEETING, "x", NOW).decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000" in text


def test_a_meeting_outside_of_any_zone_is_refused():
    naive = replace(MEETING, start=MEETING.start.replace(tzinfo=None))
    with pytest.raises(TypeError):
        calendar_file(naive, "x", NOW)
