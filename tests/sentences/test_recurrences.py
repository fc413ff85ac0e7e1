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
        "FREQ=YEARLY;BYMONTHDAY=21;BYMONTH=6",
        "chaque année, le 21 juin",
        "every year, on 21 June",
    ),
    ("FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=5", "chaque année, le 1er mai", "every year, on 1 May"),
    ("FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2", "chaque année, le 29 février", None),
    (
        "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2",
        "chaque année, le dernier jour de février",
        "every year, on the last day of February",
    ),
    (
        "FREQ=YEARLY;BYDAY=1TU;BYMONTH=4",
        "chaque année, le premier mardi d’avril",
        "every year, the first Tuesday of April",
    ),
    (
        "FREQ=YEARLY;INTERVAL=2;BYDAY=1TU;BYMONTH=3",
        "tous les 2 ans, le premier mardi de mars",
        None,
    ),
    ("FREQ=YEARLY;BYMONTH=6", "chaque année, en juin", "every year, in June"),
    (
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        "le 30 de chaque mois, ou le dernier jour",
        "on day 30 of every month, or the last day",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=30",
        "chaque mois, le 30 quand il existe",
        "every month, on day 30 where there is one",
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=1,15", "chaque mois, le 1er et le 15", None),
    (
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTH=1,4,7,10",
        "chaque mois, le premier lundi, en janvier, avril, juillet et octobre",
        "every month, the first Monday, in January, April, July and October",
    ),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "du lundi au vendredi", "from Monday to Friday"),
    (
        "FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2,3,4,5,6,9,10,11,12",
        "tous les mardis, sauf en juillet et en août",
        "every Tuesday, except in July and August",
    ),
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
