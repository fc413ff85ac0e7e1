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


def written(meeting, title="x"):
    return calendar_file(meeting, title, NOW, usual=timedelta(hours=1))


def read(meeting, title="Régulation"):
    calendar = Calendar.from_ical(written(meeting, title))
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


def test_a_meeting_without_place_says_none():
    _, event = read(replace(MEETING, place=None))
    assert "LOCATION" not in event


def test_a_meeting_without_end_lasts_as_long_as_usual():
    _, event = read(replace(MEETING, end=None))
    assert event.decoded("DTEND") == datetime(2026, 12, 8, 19, tzinfo=PARIS)


def test_a_meeting_without_end_lasts_as_long_while_the_clocks_change():
    _, event = read(replace(MEETING, start=datetime(2027, 3, 28, 1, 30, tzinfo=PARIS), end=None))
    assert event.decoded("DTEND") == datetime(2027, 3, 28, 3, 30, tzinfo=PARIS)


def test_a_series_keeps_its_hour_across_clock_changes():
    _, event = read(SERIES)
    starts = list(rrulestr(event["RRULE"].to_ical().decode(), dtstart=event.decoded("DTSTART")))
    assert {start.hour for start in starts} == {18}
    assert {start.utcoffset() for start in starts} == {timedelta(hours=1), timedelta(hours=2)}
    assert starts[-1] == datetime(2027, 4, 6, 18, tzinfo=PARIS)


def test_a_series_says_when_it_does_not_take_place():
    _, event = read(SERIES)
    assert [one.dt for one in event["EXDATE"].dts] == [datetime(2026, 12, 1, 18, tzinfo=PARIS)]


@pytest.mark.parametrize(
    "zone",
    [
        *("Europe/Paris", "Europe/Dublin", "America/New_York", "America/Nuuk", "America/Santiago"),
        *("Africa/Cairo", "Africa/Casablanca", "Asia/Gaza", "Australia/Lord_Howe"),
        *("Antarctica/Troll", "Indian/Reunion", "UTC"),
    ],
)
def test_another_reader_finds_the_same_hours_in_the_zone_described(zone):
    start = SERIES.start.replace(tzinfo=ZoneInfo(zone))
    text = written(replace(SERIES, start=start, end=None)).decode()
    described, known = tzical(StringIO(text)).get(zone), ZoneInfo(zone)
    morning = datetime(2026, 10, 7, 9)  # noqa: DTZ001 - local times, given each zone below
    local = [morning + timedelta(hours=12 * n) for n in range(2000)]
    assert [t.replace(tzinfo=described).utcoffset() for t in local] == [
        t.replace(tzinfo=known).utcoffset() for t in local
    ]


def observances(zone, year=2026):
    start = MEETING.start.replace(tzinfo=ZoneInfo(zone), year=year)
    [described] = read(replace(MEETING, start=start, end=None))[0].walk("VTIMEZONE")
    return {one.name: one for one in described.subcomponents}


@pytest.mark.parametrize(
    ("zone", "summer", "winter"),
    [
        ("Europe/Paris", "BYDAY=-1SU;BYMONTH=3", "BYDAY=-1SU;BYMONTH=10"),
        ("Europe/Dublin", "BYDAY=-1SU;BYMONTH=3", "BYDAY=-1SU;BYMONTH=10"),
        ("America/Miquelon", "BYDAY=2SU;BYMONTH=3", "BYDAY=1SU;BYMONTH=11"),
        ("Australia/Sydney", "BYDAY=1SU;BYMONTH=10", "BYDAY=1SU;BYMONTH=4"),
        (
            *("America/Santiago", "BYDAY=SU;BYMONTHDAY=2,3,4,5,6,7,8;BYMONTH=9"),
            "BYDAY=SU;BYMONTHDAY=2,3,4,5,6,7,8;BYMONTH=4",
        ),
    ],
)
def test_clocks_that_change_by_rule_are_told_as_a_rule(zone, summer, winter):
    told = observances(zone)
    rules = {name: one["RRULE"].to_ical().decode() for name, one in told.items()}
    assert rules == {"DAYLIGHT": f"FREQ=YEARLY;{summer}", "STANDARD": f"FREQ=YEARLY;{winter}"}
    assert all("RDATE" not in one for one in told.values())


@pytest.mark.parametrize("zone", ["Pacific/Noumea", "America/Martinique", "Indian/Reunion", "UTC"])
def test_clocks_that_do_not_change_are_told_once(zone):
    [(name, only)] = observances(zone).items()
    assert (name, only["TZOFFSETFROM"].to_ical()) == ("STANDARD", only["TZOFFSETTO"].to_ical())
    assert not {"RRULE", "RDATE"} & set(only)


def test_clocks_that_follow_no_yearly_rule_have_their_days_listed():
    told = observances("Africa/Casablanca")
    assert all("RRULE" not in one for one in told.values())
    assert len(told["DAYLIGHT"]["RDATE"].dts) > 20


def test_a_rule_that_came_to_an_end_is_not_told_as_one_that_goes_on():
    told = observances("America/Sao_Paulo", year=2017)  # which gave summer time up in 2019
    assert all("RRULE" not in one for one in told.values())


def test_the_clocks_change_at_two_in_winter_time():
    text = written(MEETING).decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20250330T020000" in text


def test_a_meeting_outside_of_any_zone_is_refused():
    naive = replace(MEETING, start=MEETING.start.replace(tzinfo=None))
    with pytest.raises(TypeError):
        written(naive)
