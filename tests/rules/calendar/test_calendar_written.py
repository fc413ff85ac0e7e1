"""The lines that the calendar writes, to be typed and read back."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from circle.calendar import Day, Moment
from language.calendar import read_moment, write_day, write_moment

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2024, 4, 3, 10, tzinfo=PARIS)  # a Wednesday


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2024, 4, 9), "mardi 9 avril 2024"),
        (date(2024, 5, 1), "mercredi 1er mai 2024"),
        (date(2024, 8, 15), "jeudi 15 août 2024"),
    ],
)
def test_a_day_is_written(day, line):
    assert write_day(Day(day)) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("mardi 14h", "mardi 9 avril 2024 à 14h"),
        ("demain 0h05", "jeudi 4 avril 2024 à 0h05"),
        ("samedi 10h-12h30", "samedi 6 avril 2024 de 10h à 12h30"),
        ("samedi de 22h à 2h", "du samedi 6 avril 2024 à 22h au dimanche 7 avril 2024 à 2h"),
        ("chaque jour à 9h", "chaque jour à 9h à partir du jeudi 4 avril 2024"),
        (
            "les mardis et jeudis de 12h30 à 14h",
            "tous les mardis et jeudis de 12h30 à 14h à partir du jeudi 4 avril 2024",
        ),
        (
            "un jeudi sur deux à 18h",
            "toutes les 2 semaines le jeudi à 18h à partir du jeudi 4 avril 2024",
        ),
        (
            "chaque premier mardi du mois à 18h sauf en août",
            "le premier mardi de chaque mois à 18h à partir du mardi 7 mai 2024 sauf en août",
        ),
        (
            "le dernier vendredi de chaque trimestre à 17h",
            "tous les 3 mois le dernier vendredi à 17h à partir du vendredi 28 juin 2024",
        ),
        (
            "le 1er et le 15 de chaque mois à 10h",
            "le 1er et le 15 de chaque mois à 10h à partir du lundi 15 avril 2024",
        ),
        (
            "le 31 de chaque mois quand il existe à 10h",
            "le 31 de chaque mois quand il existe à 10h à partir du vendredi 31 mai 2024",
        ),
        (
            "le 30 de chaque mois ou le dernier jour à 10h",
            "le 30 de chaque mois ou le dernier jour à 10h à partir du mardi 30 avril 2024",
        ),
        (
            "tous les ans le 21 juin à 18h",
            "chaque année le 21 juin à 18h à partir du vendredi 21 juin 2024",
        ),
        (
            "chaque année le premier mardi de mai à 18h",
            "chaque année le premier mardi de mai à 18h à partir du mardi 7 mai 2024",
        ),
        (
            "tous les mardis à 18h jusqu'en juin",
            "tous les mardis à 18h à partir du mardi 9 avril 2024 jusqu'au dimanche 30 juin 2024",
        ),
        (
            "tous les mardis à 18h sauf le 7 mai",
            "tous les mardis à 18h à partir du mardi 9 avril 2024 sauf le mardi 7 mai 2024",
        ),
        (
            "un jour sur deux à 9h sauf le lundi, 10 fois",
            "tous les 2 jours sauf le lundi à 9h à partir du jeudi 4 avril 2024 10 fois",
        ),
        (
            "tous les vendredis à 20h pendant 12h",
            "tous les vendredis à 20h pendant 12h00 à partir du vendredi 5 avril 2024",
        ),
    ],
)
def test_a_moment_is_written(text, line):
    found = read_moment(text, NOW)
    assert write_moment(found) == line


def test_the_second_of_a_time_that_comes_twice_is_written_as_such():
    second = Moment(datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=PARIS))
    assert write_moment(second) == "dimanche 27 octobre 2024 à 2h30 heure d'hiver"


def test_the_choices_of_a_question_are_lines_that_answer_it():
    question = read_moment("le 31 de chaque mois à 10h", NOW)
    answers = [read_moment(write_moment(choice), NOW) for choice in question.choices]
    assert answers == list(question.choices)
