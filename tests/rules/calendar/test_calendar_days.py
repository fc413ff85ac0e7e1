"""Days: entries look back, deadlines look forward and are complete without an hour."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from circle.calendar import Ambiguous, Day, Looking, Moment, Reason, Refused
from language.calendar import read_day, read_moment, read_when

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2024, 4, 3, 10, tzinfo=PARIS)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("le 2 avril", "2024-04-02"),
        ("le 12 avril", "2023-04-12"),
        ("le 3", "2024-04-03"),
        ("le 4", "2024-03-04"),
        ("le 31", "2024-03-31"),
        ("lundi", "2024-04-01"),
        ("mercredi", "2024-04-03"),
        ("jeudi", "2024-03-28"),
        ("le mardi", "2024-04-02"),
        ("mardi dernier", "2024-04-02"),
        ("hier", "2024-04-02"),
        ("hier soir", "2024-04-02"),
        ("avant-hier", "2024-04-01"),
        ("aujourd’hui", "2024-04-03"),
        ("il y a 3 jours", "2024-03-31"),
        ("3 days ago", "2024-03-31"),
        ("le 29 février", "2024-02-29"),
        ("lundi 1er avril 14h", "2024-04-01"),
        ("01/03", "2024-03-01"),
        ("depuis lundi", "2024-04-01"),
        ("depuis le 1er janvier", "2024-01-01"),
        ("depuis novembre", "2023-11-01"),
        ("since march 1st", "2024-03-01"),
        ("le dernier vendredi de mars", "2024-03-29"),
        ("lundi de la semaine dernière", "2024-03-25"),
    ],
)
def test_an_entry_takes_the_latest_day_past(text, day):
    found = read_day(text, NOW, looking=Looking.BACK)
    assert isinstance(found, Day)
    assert found.date == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("demain", Reason.FUTURE),
        ("mardi prochain", Reason.FUTURE),
        ("le 12 avril 2024", Reason.FUTURE),
        ("le mardi 3 avril", Reason.WEEKDAY_MISMATCH),
        ("le 31 avril", Reason.IMPOSSIBLE_DAY),
        ("tous les mardis", Reason.REPEATED),
        ("lundi 25h", Reason.IMPOSSIBLE_HOUR),
        ("14h", Reason.NOT_UNDERSTOOD),
        ("mercredi 12 septembre 1923", Reason.TOO_FAR),
    ],
)
def test_an_entry_refuses_what_is_no_day_past(text, reason):
    assert read_day(text, NOW, looking=Looking.BACK).reason is reason


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("jusqu'à jeudi", "2024-04-04"),
        ("jusqu’au 15", "2024-04-15"),
        ("jusqu'à ce soir", "2024-04-03"),
        ("jusqu'à la fin du mois", "2024-04-30"),
        ("jusqu'en juin", "2024-06-30"),
        ("avant le 12 décembre", "2024-12-12"),
        ("avant la fin de l'année", "2024-12-31"),
        ("d'ici vendredi", "2024-04-05"),
        ("d'ici deux semaines", "2024-04-17"),
        ("by friday", "2024-04-05"),
        ("before april 30", "2024-04-30"),
        ("mardi prochain", "2024-04-09"),
        ("mercredi", "2024-04-03"),
    ],
)
def test_a_deadline_without_hour_is_a_whole_day(text, day):
    found = read_when(text, NOW)
    assert isinstance(found, Day)
    assert found.date == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("jusqu'à jeudi 18h", datetime(2024, 4, 4, 18, tzinfo=PARIS)),
        ("until friday 6pm", datetime(2024, 4, 5, 18, tzinfo=PARIS)),
        ("jusqu'à 18h", datetime(2024, 4, 3, 18, tzinfo=PARIS)),
        ("dans 2h", datetime(2024, 4, 3, 12, tzinfo=PARIS)),
    ],
)
def test_a_deadline_with_its_hour_is_a_moment(text, instant):
    found = read_when(text, NOW)
    assert isinstance(found, Moment)
    assert found.start == instant


@pytest.mark.parametrize("text", ["fin du mois", "avant fin juin", "demain matin", "avant mars"])
def test_a_vague_deadline_is_asked(text):
    assert isinstance(read_when(text, NOW), Ambiguous)


def test_a_deadline_on_an_impossible_day_is_refused():
    refusal = read_when("jusqu'au 31 avril", NOW)
    assert (refusal.reason, dict(refusal.detail)) == (
        Reason.IMPOSSIBLE_DAY,
        {"day": 31, "month": 4},
    )


def test_a_deadline_is_not_repeated():
    assert read_when("tous les mardis", NOW) == Refused(Reason.REPEATED)


def test_a_moment_can_be_looked_for_in_the_past():
    found = read_moment("mardi 14h", NOW, looking=Looking.BACK)
    assert found.start == datetime(2024, 4, 2, 14, tzinfo=PARIS)


def test_a_moment_to_come_is_refused_where_the_past_is_looked_for():
    assert read_moment("demain 14h", NOW, looking=Looking.BACK).reason is Reason.FUTURE
