from dataclasses import replace

import pytest

from circle.circles import Rules


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2h", 120),
        ("2H", 120),
        ("2h30", 150),
        ("2 h 30", 150),
        ("2\u00a0h\u00a030", 150),
        ("2h30min", 150),
        ("2 h 30 min", 150),
        ("2 heures 30", 150),
        ("2h05", 125),
        ("90 min", 90),
        ("90min", 90),
        ("90 minutes", 90),
        ("90mn", 90),
        ("90'", 90),
        ("1,5h", 90),
        ("1.5 h", 90),
        ("1,25 heure", 75),
        ("0,33h", 20),
        ("½ journée", 210),
        ("½j", 210),
        ("1/2 journée", 210),
        ("1½ jour", 630),
        ("0,5 j", 210),
        ("3 jours", 1260),
        ("3j", 1260),
        ("1 jour et demi", 630),
        ("1h et demie", 90),
        ("2 heures et demie", 150),
        ("demi-journée", 210),
        ("une demi-journée", 210),
        ("2 demi-journées", 420),
        ("2 demi journees", 420),
        ("une heure", 60),
        ("trois heures", 180),
        ("1 jour 2h", 540),
        ("1 jour et 2 heures", 540),
        ("2 hours", 120),
        ("2hrs", 120),
        ("half a day", 210),
        ("half day", 210),
        ("a day", 420),
        ("an hour and a half", 90),
        ("1 hour and a half", 90),
        ("2h,", 120),
        ("٢h", 120),
        ("1 min", 1),
    ],
)
def test_an_effort_is_read_in_minutes(read, typed, minutes):
    given = read(f"!contribution {typed} affiches")
    assert (given.minutes, given.what) == (minutes, "affiches")


def test_figures_that_may_begin_the_text_ask(refusal):
    asked = refusal("!contribution 2h 30 affiches")
    assert (asked.key, asked.values["choices"]) == ("effort.ambiguous", (150, 120))


def test_figures_that_end_the_line_are_minutes(read):
    assert read("!corriger C12 2h 30").minutes == 150


@pytest.mark.parametrize("place", [0, 1])
def test_each_line_of_an_ambiguous_effort_is_one_of_its_choices(read, refusal, place):
    asked = refusal("!contribution 2h 30 affiches").values
    assert read(asked["lines"][place]).minutes == asked["choices"][place]


def test_a_day_is_as_long_as_the_circle_says(read):
    rules = replace(Rules(), minutes_per_day=480)
    assert read("!contribution ½ journée compta", rules=rules).minutes == 240


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("2h et affiches", "affiches"),
        ("2h 100 tracts", "100 tracts"),
        ("3 jours 2 affiches", "2 affiches"),
        ("2h d'accueil", "accueil"),
        ("2h un atelier", "un atelier"),
    ],
)
def test_the_text_after_an_effort_stays_whole(read, typed, what):
    assert read(f"!contribution {typed}").what == what


@pytest.mark.parametrize("typed", ["affiches", "h2", "-2h", "2x", "2h60", "matinée"])
def test_what_is_no_effort_is_not_understood(refusal, typed):
    assert refusal(f"!contribution {typed} collage").key == "effort.not-understood"


@pytest.mark.parametrize(("typed", "example"), [("2", "2h"), ("1,5", "1,5h")])
def test_a_number_without_unit_is_told_so(refusal, typed, example):
    refused = refusal(f"!contribution {typed} affiches")
    assert refused.key == "effort.unit-missing"
    assert refused.values["example"] == f"!contribution {example} affiches"


@pytest.mark.parametrize("typed", ["0h", "0 min", "9000h", "999999 jours"])
def test_an_effort_beyond_reason_is_refused(refusal, typed):
    assert refusal(f"!contribution {typed} affiches").key == "effort.out-of-range"


def test_an_effort_is_read_where_it_stands(read):
    given = read("!contribution affiches et réseaux 2h30 #A1")
    assert (given.minutes, given.what) == (150, "affiches et réseaux")


def test_no_effort_is_missing(refusal):
    assert refusal("!contribution").key == "effort.missing"


def test_an_effort_that_may_be_left_out_is_not_asked_for(read):
    given = read("!corriger C12 45 peinture")
    assert (given.minutes, given.amount, given.what) == (None, 4500, "peinture")
