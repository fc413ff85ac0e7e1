"""How a recurrence is told, in both languages."""

from datetime import datetime

import pytest

from locales import catalogue
from tests.sentences.phrases import phrase
from tests.sentences.samples import PARIS

TUESDAY = datetime(2026, 12, 8, 18, tzinfo=PARIS)

TOLD = [
    ("FREQ=WEEKLY;BYDAY=TU", "tous les mardis", "every Tuesday"),
    ("FREQ=WEEKLY", "tous les mardis", "every Tuesday"),
    ("FREQ=WEEKLY;BYDAY=MO,TH", "tous les lundis et jeudis", "every Monday and Thursday"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "un jeudi sur deux", "every other Thursday"),
    ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TH", "un jeudi toutes les 3 semaines", None),
    ("FREQ=DAILY", "chaque jour", "every day"),
    ("FREQ=DAILY;INTERVAL=3", "tous les 3 jours", "every 3 days"),
    ("FREQ=MONTHLY;BYDAY=1TU", "chaque mois, le premier mardi", "every month, the first Tuesday"),
    ("FREQ=MONTHLY;BYDAY=-1FR", "chaque mois, le dernier vendredi", None),
    ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "chaque mois, le deuxième mardi", None),
    ("FREQ=MONTHLY;BYMONTHDAY=15", "chaque mois, le 15", "every month, on day 15"),
    ("FREQ=MONTHLY;BYMONTHDAY=1", "chaque mois, le 1er", None),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "chaque mois, le dernier jour", None),
    ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", "tous les 3 mois, le premier mardi", None),
    ("FREQ=YEARLY", "chaque année", "every year"),
    (
        "FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2,3,4,5,6,7,9,10,11,12",
        "tous les mardis, sauf en août",
        "every Tuesday, except in August",
    ),
    (
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629T160000Z",
        "tous les mardis, jusqu’au mardi 29 juin 2027",
        "every Tuesday, until Tuesday 29 June 2027",
    ),
    ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629", "tous les mardis, jusqu’au mardi 29 juin 2027", None),
    ("FREQ=WEEKLY;BYDAY=TU;COUNT=4", "tous les mardis, 4 fois", "every Tuesday, 4 times"),
]


def told(rule, language):
    words = catalogue(language)
    return phrase("{{ x|recurrence(y) }}", language, words=words, x=rule, y=TUESDAY).text


@pytest.mark.parametrize(("rule", "said"), [(rule, fr) for rule, fr, _ in TOLD])
def test_a_recurrence_in_french(rule, said):
    assert told(rule, "fr") == said


@pytest.mark.parametrize(("rule", "said"), [(rule, en) for rule, _, en in TOLD if en])
def test_a_recurrence_in_english(rule, said):
    assert told(rule, "en") == said
