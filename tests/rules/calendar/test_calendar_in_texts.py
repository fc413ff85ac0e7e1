"""Dates inside texts: the longest is taken, none is shortened into another, none is torn."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from circle.calendar import Ambiguous, Day, Looking, Moment, Reason, Refused
from language.calendar import Want, longest_prefix, longest_suffix, read_moment

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2024, 4, 3, 10, tzinfo=PARIS)  # a Wednesday
LONG = 20_000


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        ("demain 9h appeler bob", "demain 9h", "appeler bob"),
        ("demain 9h : appeler bob", "demain 9h", "appeler bob"),
        ("demain 9h, appeler  bob", "demain 9h", "appeler  bob"),
        ("demain 9h 3 choses à faire", "demain 9h", "3 choses à faire"),
        ("demain 9h à 10 personnes", "demain 9h", "à 10 personnes"),
        ("demain 9h et appeler 3 amis", "demain 9h", "et appeler 3 amis"),
        ("mardi 9\u202fh\u00a030 relancer la MEL", "mardi 9h30", "relancer la MEL"),
        ("mardi 14h–16h atelier", "mardi 14h-16h", "atelier"),
        ("dans 20 minutes sortir le gâteau", "dans 20 minutes", "sortir le gâteau"),
        ("le 15 de chaque mois à 10h relevé", "le 15 de chaque mois à 10h", "relevé"),
        ("every tuesday at 9am water plants", "every tuesday at 9am", "water plants"),
        ("tomorrow 2pm call bob in 3 days", "tomorrow 2pm", "call bob in 3 days"),
        ("14h mon dossier", "14h", "mon dossier"),
        ("demain 9h", "demain 9h", ""),
    ],
)
def test_the_longest_beginning_is_the_date_and_the_rest_is_kept(text, date, rest):
    assert longest_prefix(text, NOW) == (read_moment(date, NOW), rest)


@pytest.mark.parametrize(
    "text",
    [
        "bientôt appeler",
        "«demain 9h» appeler",
        "appeler bob demain 9h",
        "9hello",
        "",
        "   ",
    ],
)
def test_a_text_that_begins_with_no_date_has_none(text):
    assert longest_prefix(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("le 31 avril à 10h appeler", Reason.IMPOSSIBLE_DAY),
        ("mardi 10 avril à 14h appeler", Reason.WEEKDAY_MISMATCH),
        ("hier 9h appeler", Reason.PAST),
        ("le 12 avrl 14h appeler", Reason.NOT_UNDERSTOOD),
        ("9h mardii appeler", Reason.NOT_UNDERSTOOD),
        ("mardi 14h et jeudi 14h appeler", Reason.NOT_UNDERSTOOD),
        ("mardi 14h jeudi 16h appeler", Reason.NOT_UNDERSTOOD),
        ("tous les mardis à 18h sauf pendant les vacances arroser", Reason.NOT_UNDERSTOOD),
    ],
)
def test_a_beginning_that_cannot_be_taken_is_refused_not_shortened(text, reason):
    found, _ = longest_prefix(text, NOW)
    assert isinstance(found, Refused)
    assert found.reason is reason


def test_a_beginning_without_hour_is_asked_for_it():
    assert longest_prefix("demain relancer", NOW)[0].reason is Reason.HOUR_MISSING


def test_a_beginning_can_be_asked_for_a_day_only():
    found, rest = longest_prefix("le 2 affiches", NOW, looking=Looking.BACK, want=Want.DAY)
    assert (isinstance(found, Day), rest) == (True, "affiches")


@pytest.mark.parametrize(
    ("text", "head", "date"),
    [
        ("Réunion mardi 14h", "Réunion", "mardi 14h"),
        ("Bilan  2026 le 3 mai 10h", "Bilan  2026", "le 3 mai 10h"),
        ("Préparer le budget 2026 demain 9h", "Préparer le budget 2026", "demain 9h"),
        ("Point V3 à 18h", "Point V3", "à 18h"),
        ("Réunion : mardi 14h", "Réunion", "mardi 14h"),
        ("Réunion – mardi 14h", "Réunion", "mardi 14h"),
        ("Réunion (mardi 14h)", "Réunion", "mardi 14h"),
        ("Réunion du mardi 9 avril à 14h", "Réunion", "mardi 9 avril à 14h"),
        ("Régulation d'avril mardi 14h", "Régulation d'avril", "mardi 14h"),
        ('"Café du samedi" demain 10h', '"Café du samedi"', "demain 10h"),
        ("Fête de fin d'année vendredi 20 décembre 19h", "Fête de fin d'année", "20 décembre 19h"),
        ("Accueil de chaque membre mardi 18h", "Accueil de chaque membre", "mardi 18h"),
        ("Comité tous les mardis à 18h sauf en août", "Comité", "chaque mardi 18h sauf août"),
        ("Team meeting next tuesday at 2pm", "Team meeting", "next tuesday at 2pm"),
        ("mardi 14h", "", "mardi 14h"),
    ],
)
def test_the_longest_end_is_the_date_and_the_head_is_kept(text, head, date):
    assert longest_suffix(text, NOW) == (head, read_moment(date, NOW))


@pytest.mark.parametrize("text", ["Réunion bientôt", "Réunion", "", "Réunion « mardi 14h »"])
def test_a_text_that_ends_with_no_date_has_none(text):
    assert longest_suffix(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Réunion le 31 avril à 10h", Reason.IMPOSSIBLE_DAY),
        ("Réunion mardi 10 avril à 14h", Reason.WEEKDAY_MISMATCH),
        ("Atelier mardi et jeudi 14h", Reason.NOT_UNDERSTOOD),
        ("Atelier mardi, jeudi 14h", Reason.NOT_UNDERSTOOD),
        ("Atelier entre mardi et jeudi 14h", Reason.NOT_UNDERSTOOD),
        ("Réunion vers le 15 à 18h", Reason.NOT_UNDERSTOOD),
        ("Réunion mardi 14h jeudi 16h", Reason.NOT_UNDERSTOOD),
        ("Réunion jusqu'à jeudi 18h", Reason.NOT_UNDERSTOOD),
        ("Réunion pas mardi 14h", Reason.NOT_UNDERSTOOD),
        ("Réunion une semaine après mardi 14h", Reason.NOT_UNDERSTOOD),
        ("Meeting a week on tuesday at 9am", Reason.NOT_UNDERSTOOD),
        ("Réunion le 12 mardi 14h", Reason.NOT_UNDERSTOOD),
        ("Résidence 12 - 14 avril 10h", Reason.NOT_UNDERSTOOD),
        ("Réunion chaque semaine paire mardi 18h", Reason.NOT_UNDERSTOOD),
        ("Réunion chaque mardi sauf vacances 18h", Reason.NOT_UNDERSTOOD),
    ],
)
def test_an_end_that_cannot_be_taken_is_refused_not_shortened(text, reason):
    found = longest_suffix(text, NOW)[1]
    assert isinstance(found, Refused)
    assert found.reason is reason


@pytest.mark.parametrize(
    "text",
    [
        "Atelier mardii 14h",
        "Atelier 12 avrl 14h",
        "Réunion jeu 14h",
        "Réunion bientôt 14h",
        "Réunion mardi si possible 14h",
        "Brunch lundi de Pâques 10h",
        "Meeting thursday week at 2pm",
    ],
)
def test_an_hour_beside_a_day_that_was_not_read_is_asked(text):
    assert longest_suffix(text, NOW)[1].reason is Reason.DAY_MISSING


def test_two_days_are_asked_between():
    head, found = longest_suffix("Atelier mardi ou jeudi 14h", NOW)
    assert (head, isinstance(found, Ambiguous), len(found.choices)) == ("Atelier", True, 2)


def test_a_very_long_text_after_a_date_is_kept_whole():
    rest = "mot " * LONG
    found = longest_prefix(f"demain 9h {rest}", NOW)
    assert found == (read_moment("demain 9h", NOW), rest)


def test_a_very_long_text_before_a_date_is_kept_whole():
    head = "mot " * LONG + "fin"
    assert longest_suffix(f"{head} demain 9h", NOW) == (head, read_moment("demain 9h", NOW))


def test_spaces_without_end_do_not_hide_a_date():
    text = f"Réunion{' ' * LONG}mardi{' ' * LONG}14h"
    assert isinstance(longest_suffix(text, NOW)[1], Moment)


def test_a_very_long_text_is_no_date():
    assert read_moment("mardi " * LONG, NOW) == Refused(Reason.NOT_UNDERSTOOD)
