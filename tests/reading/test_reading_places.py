"""Where a meeting takes place, told apart from its hour (docs/words.md: Days and moments)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from commands.kernel.reply import Refusal

PARIS = ZoneInfo("Europe/Paris")


def thursday(*hour):
    return datetime(2026, 11, 26, *hour, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("typed", "hour", "place"),
    [
        ("jeudi à 9h30", (9, 30), None),
        ("jeudi à 9 h 30", (9, 30), None),
        ("jeudi à 9h", (9,), None),
        ("jeudi à 18 heures", (18,), None),
        ("jeudi à quatorze heures", (14,), None),
        ("jeudi à midi", (12,), None),
        ("jeudi 14h à La Halle", (14,), "La Halle"),
        ("jeudi à 14h à La Halle", (14,), "La Halle"),
        ("jeudi à 9h30 à La Halle", (9, 30), "La Halle"),
        ("jeudi à midi à la mairie", (12,), "la mairie"),
        ("jeudi à La Halle à 18h", (18,), "La Halle"),
        ("jeudi 14h à Salle 9", (14,), "Salle 9"),
        ("jeudi 14h, à la salle du 12 mai", (14,), "la salle du 12 mai"),
        ("jeudi 14h à « la salle du 3 à 5 »", (14,), "la salle du 3 à 5"),
        ("jeudi 14h au Tiers-lieu", (14,), "Tiers-lieu"),
        ("jeudi 14h @ La Halle", (14,), "La Halle"),
        ("jeudi 14h chez Bob", (14,), "chez Bob"),
        ("jeudi 14h en visio", (14,), "en visio"),
        ("jeudi 14h https://visio.example/x", (14,), "https://visio.example/x"),
        ("jeudi 14h à https://visio.example/x", (14,), "https://visio.example/x"),
        ("thursday at 9:30", (9, 30), None),
        ("thursday at 2pm", (14,), None),
        ("thursday at noon", (12,), None),
        ("thursday at 2 in the afternoon", (14,), None),
        ("thursday 2pm at The Hall", (14,), "The Hall"),
        ("thursday at 2pm in the old hall", (14,), "the old hall"),
        ("thursday 2 in the afternoon at The Hall", (14,), "The Hall"),
        ("thursday at 2pm online", (14,), "online"),
    ],
)
@pytest.mark.parametrize("title", ["Café", "Café à Lorient", "Atelier à l'ouest"])
def test_the_place_stands_after_the_hour(read, title, typed, hour, place):
    given = read(f"!réunion {title} {typed}")
    assert (given.title, given.when.start, given.place) == (title, thursday(*hour), place)


@pytest.mark.parametrize(
    ("typed", "end", "place"),
    [
        ("jeudi de 18h à 20h", (20,), None),
        ("jeudi 18h à 20h", (20,), None),
        ("jeudi de 18h à 20h30", (20, 30), None),
        ("jeudi de 18h à 20h à La Halle", (20,), "La Halle"),
        ("jeudi à La Halle de 18h à 20h", (20,), "La Halle"),
        ("jeudi 18h-20h à La Halle", (20,), "La Halle"),
        ("jeudi à 18h pendant 2h à La Halle", (20,), "La Halle"),
        ("thursday from 6pm to 8pm at The Hall", (20,), "The Hall"),
    ],
)
def test_a_range_of_hours_is_no_place(read, typed, end, place):
    given = read(f"!régulation {typed}")
    assert (given.when.start, given.when.end) == (thursday(18), thursday(*end))
    assert given.place == place


@pytest.mark.parametrize(
    ("typed", "rule", "place"),
    [
        ("chaque premier jeudi du mois à 9h30", "FREQ=MONTHLY;BYDAY=1TH", None),
        ("chaque premier jeudi du mois à 9h30 à La Halle", "FREQ=MONTHLY;BYDAY=1TH", "La Halle"),
        ("every first thursday at 9:30 am at The Hall", "FREQ=MONTHLY;BYDAY=1TH", "The Hall"),
        ("tous les jeudis à 9h30 chez Bob", "FREQ=WEEKLY;BYDAY=TH", "chez Bob"),
    ],
)
def test_a_repeated_meeting_has_its_place(read, typed, rule, place):
    given = read(f"!réunion Café {typed}")
    assert (given.title, given.when.rrule, given.place) == ("Café", rule, place)
    assert (given.when.start.hour, given.when.start.minute) == (9, 30)


@pytest.mark.parametrize(
    ("after", "before"),
    [
        ("mardi 18h à La Halle jusqu'au 30 juin", "mardi 18h jusqu'au 30 juin à La Halle"),
        ("mardi 18h à La Halle sauf en août", "mardi 18h sauf en août à La Halle"),
    ],
)
def test_what_ends_a_repetition_is_no_part_of_the_place(read, after, before):
    given = read(f"!réunion Café chaque {after}")
    assert given == read(f"!réunion Café chaque {before}")
    assert given.place == "La Halle"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("jeudi à La Halle", "date.hour-missing"),
        ("mardi 30 février 14h à La Halle", "date.impossible"),
        ("jeudi 20h à 18h à La Halle", "date.end-before-start"),
    ],
)
def test_a_date_before_a_place_is_asked_or_refused_as_ever(read, typed, key):
    with pytest.raises(Refusal) as refused:
        read(f"!réunion Café {typed}")
    assert refused.value.key == key
