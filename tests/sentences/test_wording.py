"""Numbers, money, efforts, days and hours, as people of each language write them."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from circle.money import Money
from circle.people import Person, PersonKey, Role
from circle.refs import Kind, Ref
from tests.sentences.phrases import phrase
from tests.sentences.samples import ALICE, BOB, CAROLE, PARIS

N = "\u202f"
F = "\u00a0"


@pytest.mark.parametrize(
    ("cents", "fr", "en"),
    [
        (8000, f"80{F}€", "€80"),
        (0, f"0{F}€", "€0"),
        (123450, f"1{N}234,50{F}€", "€1,234.50"),
        (5, f"0,05{F}€", "€0.05"),
        (120000, f"1{N}200{F}€", "€1,200"),
        (123456789, f"1{N}234{N}567,89{F}€", "€1,234,567.89"),
        (-5000, f"−50{F}€", "−€50"),
    ],
)
def test_money(cents, fr, en):
    told = [phrase("{{ x }}", language, x=Money(cents)).text for language in ("fr", "en")]
    assert told == [fr, en]


@pytest.mark.parametrize(
    ("minutes", "fr", "en"),
    [
        (150, f"2{F}h{F}30", f"2{F}h{F}30{F}min"),
        (45, f"45{F}min", f"45{F}min"),
        (1890, f"31{F}h{F}30", f"31{F}h{F}30{F}min"),
        (120, f"2{F}h", f"2{F}h"),
        (65, f"1{F}h{F}05", f"1{F}h{F}5{F}min"),
        (0, f"0{F}min", f"0{F}min"),
        (72000, f"1{N}200{F}h", f"1,200{F}h"),
    ],
)
def test_effort(minutes, fr, en):
    told = [phrase("{{ x|effort }}", language, x=minutes).text for language in ("fr", "en")]
    assert told == [fr, en]


@pytest.mark.parametrize(
    ("moment", "fr", "en"),
    [
        (date(2026, 12, 8), "mardi 8 décembre 2026", "Tuesday 8 December 2026"),
        (date(2026, 12, 1), "mardi 1er décembre 2026", "Tuesday 1 December 2026"),
        (
            datetime(2026, 12, 8, 18, tzinfo=PARIS),
            f"mardi 8 décembre 2026, 18{F}h",
            "Tuesday 8 December 2026, 18:00",
        ),
        (
            datetime(2026, 12, 8, 9, 5, tzinfo=PARIS),
            f"mardi 8 décembre 2026, 9{F}h{F}05",
            "Tuesday 8 December 2026, 9:05",
        ),
        (time(0, 30), f"0{F}h{F}30", "0:30"),
        (12345, f"12{N}345", "12,345"),
        (Fraction(2, 3), "2/3", "2/3"),
        (Ref(Kind.ACTION, 12), "A12", "A12"),
        (None, "—", "—"),
    ],
)
def test_values_tell_themselves(moment, fr, en):
    told = [phrase("{{ x }}", language, x=moment).text for language in ("fr", "en")]
    assert told == [fr, en]


def test_an_instant_is_told_in_the_zone_asked_for():
    noon = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("UTC"))
    assert phrase("{{ x|clock }}", x=noon).text == f"14{F}h"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (2, f"mardi 8 décembre 2026, 18{F}h{F}– 20{F}h"),
        (10, f"mardi 8 décembre 2026, 18{F}h{F}– mercredi 9 décembre, 4{F}h"),
    ],
)
def test_a_span(hours, said):
    start = datetime(2026, 12, 8, 18, tzinfo=PARIS)
    assert phrase("{{ x|span(y) }}", x=start, y=start + timedelta(hours=hours)).text == said


def test_a_span_without_end_is_its_start():
    start = datetime(2026, 12, 8, 18, tzinfo=PARIS)
    assert phrase("{{ x|span(none) }}", "en", x=start).text == "Tuesday 8 December 2026, 18:00"


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "du 23 au 29 novembre"),
        (date(2026, 11, 30), date(2026, 12, 6), "du 30 novembre au 6 décembre"),
        (date(2026, 10, 1), date(2026, 10, 31), "du 1er au 31 octobre"),
        (date(2026, 12, 28), date(2027, 1, 3), "du 28 décembre 2026 au 3 janvier 2027"),
        (date(2025, 11, 3), date(2025, 11, 9), "du 3 au 9 novembre 2025"),
    ],
)
def test_a_period(since, until, said):
    assert phrase("{{ x|period(y) }}", x=since, y=until).text == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 8), "mardi 8 décembre"),
        (date(2027, 1, 5), "mardi 5 janvier"),
        (date(2026, 2, 3), "mardi 3 février"),
        (date(2025, 3, 4), "mardi 4 mars 2025"),
        (date(2028, 1, 4), "mardi 4 janvier 2028"),
    ],
)
def test_a_short_day_tells_its_year_where_it_may_surprise(day, said):
    assert phrase("{{ x|short }}", x=day).text == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "aujourd’hui"),
        (1, "demain"),
        (-1, "hier"),
        (3, "jeudi"),
        (6, "dimanche"),
        (7, "lundi 7 décembre"),
        (-2, "samedi 28 novembre"),
    ],
)
def test_a_near_day(days, said):
    assert phrase("{{ x|near }}", x=date(2026, 11, 30) + timedelta(days)).text == said


def test_a_near_instant_tells_its_hour():
    tomorrow = datetime(2026, 12, 1, 18, tzinfo=PARIS)
    assert phrase("{{ x|near }}", "en", x=tomorrow).text == "tomorrow at 18:00"


@pytest.mark.parametrize(
    ("number", "fr", "en"),
    [
        (0, "0 mois", "0 months"),
        (1, "1 mois", "1 month"),
        (2, "2 mois", "2 months"),
        (1500, f"1{N}500 mois", "1,500 months"),
    ],
)
def test_plurals_follow_the_language(number, fr, en):
    forms = {"fr": "'# mois', '# mois'", "en": "'# month', '# months'"}
    told = [
        phrase(f"{{{{ x|plural({forms[lang]}) }}}}", lang, x=number).text for lang in ("fr", "en")
    ]
    assert told == [fr, en]


@pytest.mark.parametrize(("number", "said"), [(0, "rien"), (1, "un seul"), (2, "2 en tout")])
def test_nothing_may_have_words_of_its_own(number, said):
    assert phrase("{{ x|plural('un seul', '# en tout', 'rien') }}", x=number).text == said


@pytest.mark.parametrize(
    ("cents", "said"),
    [(150, f"1,50{F}€ payé"), (200, f"2{F}€ payés"), (0, f"0{F}€ payé")],
)
def test_amounts_agree(cents, said):
    assert phrase("{{ x|plural('# payé', '# payés') }}", x=Money(cents)).text == said


def test_lists_end_with_and():
    people = (ALICE, BOB, CAROLE)
    told = [phrase("{{ x }}", language, x=people).text for language in ("fr", "en")]
    assert told == ["alice, bob et carole", "alice, bob and carole"]


def test_choices_end_with_or():
    assert phrase("{{ x|either }}", x=("a", "b", "c")).text == "a, b ou c"


def test_an_enum_is_told_by_its_word():
    assert phrase("{{ x }}", x=Role.STEWARD).text == "soucieux·se"


def test_a_plain_word_needs_its_family():
    assert phrase("{{ 'steward'|word('role') }}").text == "soucieux·se"


def test_yes_and_no_are_words():
    assert phrase("{{ x }}, {{ y }}", x=True, y=False).text == "oui, non"


def test_somebody_erased_has_no_name_left():
    gone = Person(PersonKey("p1"), "")
    assert phrase("{{ x }}", x=gone).text == "une personne"
