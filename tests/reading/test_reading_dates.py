from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

PARIS = ZoneInfo("Europe/Paris")


def at(*parts):
    return datetime(*parts, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("avant le 12 décembre", date(2026, 12, 12)),
        ("avant vendredi", date(2026, 11, 27)),
        ("AVANT VENDREDI", date(2026, 11, 27)),
        ("avant vendredi 18h", at(2026, 11, 27, 18)),
        ("avant demain", date(2026, 11, 26)),
        ("avant aujourd’hui", date(2026, 11, 25)),
        ("avant le 1er", date(2026, 12, 1)),
        ("d'ici vendredi", date(2026, 11, 27)),
        ("before friday", date(2026, 11, 27)),
        ("by friday", date(2026, 11, 27)),
        ("avant le 12/12/2026", date(2026, 12, 12)),
    ],
)
def test_a_deadline_is_the_next_day_or_instant(read, typed, due):
    given = read(f"!action Affiches {typed}")
    assert (given.title, given.due) == ("Affiches", due)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("le 12 novembre", date(2026, 11, 12)),
        ("le 12", date(2026, 11, 12)),
        ("le mardi 24 novembre", date(2026, 11, 24)),
        ("le 24/11", date(2026, 11, 24)),
        ("hier", date(2026, 11, 24)),
        ("avant-hier", date(2026, 11, 23)),
        ("aujourd'hui", date(2026, 11, 25)),
        ("on 12 november", date(2026, 11, 12)),
        ("yesterday", date(2026, 11, 24)),
    ],
)
def test_the_day_of_an_entry_is_the_latest_past(read, typed, day):
    given = read(f"!contribution 2h affiches {typed}")
    assert (given.what, given.day) == ("affiches", day)


@pytest.mark.parametrize(
    "text",
    ["accueil le marché", "ranger le 5e étage", "voir d'hier à demain"],
)
def test_a_date_word_before_anything_else_is_text(read, text):
    given = read(f"!contribution 2h {text}")
    assert (given.what, given.day) == (text, None)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!contribution 2h affiches le 31 novembre", "date.impossible"),
        ("!contribution 2h affiches le lundi 24 novembre", "date.mismatch"),
        ("!contribution 2h affiches le 12 décembre 2030", "date.future"),
        ("!action Affiches avant le 31 avril", "date.impossible"),
        ("!action Affiches avant le 3 mars 2020", "date.past"),
        ("!action Affiches avant hier", "date.past"),
        ("!action Affiches avant aujourd'hui 9h", "date.past"),
        ("!action Affiches avant fin du mois", "date.vague"),
        ("!action Affiches avant chaque lundi 9h", "date.repeated"),
        ("!vote Oui ? jusqu'au 31 novembre", "date.impossible"),
        ("!prolonger V3 hier", "date.past"),
        ("!prolonger V3", "date.missing"),
        ("!prolonger V3 bientôt", "date.not-understood"),
        ("!régulation mardi", "date.hour-missing"),
        ("!régulation 14h à 12h", "date.end-before-start"),
        ("!régulation", "date.missing"),
        ("!régulation bientôt", "date.not-understood"),
        ("!rappel bientôt appeler", "date.not-understood"),
        ("!rappel mardi 10 décembre 9h appeler", "date.mismatch"),
        ("!réunion Café", "date.not-understood"),
        ("!réunion Café mardii 14h", "date.day-missing"),
        ("!déplacer M1 mercredi", "date.hour-missing"),
    ],
)
def test_a_date_that_cannot_be_taken_is_refused(refusal, line, key):
    assert refusal(line).key == key


def test_a_weekday_that_is_another_one_tells_both(refusal):
    values = refusal("!action Affiches avant le mardi 11 décembre").values
    assert (values["said"], values["real"], values["date"]) == (1, 4, date(2026, 12, 11))


def test_a_weekday_that_is_another_one_is_put_right_in_the_example(refusal):
    refused = refusal("!régulation mardi 10 décembre 18h à La Halle")
    assert refused.values["example"] == "!régulation jeudi 10 décembre 2026 à 18h à La Halle"


def test_next_tuesday_asks_while_this_one_is_to_come(refusal):
    asked = refusal("!action Affiches avant mardi prochain", now=at(2026, 11, 23, 10))
    assert asked.key == "date.ambiguous"
    assert asked.values["choices"] == (date(2026, 11, 24), date(2026, 12, 1))


@pytest.mark.parametrize("place", [0, 1])
def test_each_line_of_an_ambiguous_date_is_one_of_its_choices(read, refusal, place):
    now = at(2026, 11, 23, 10)
    asked = refusal("!action Affiches avant mardi prochain budget 400 €", now=now).values
    assert read(asked["lines"][place], now=now).due == asked["choices"][place]


def test_a_missing_hour_is_put_in_the_example(read, refusal):
    example = refusal("!régulation mardi à La Halle").values["example"]
    assert read(example).place == "La Halle"


@pytest.mark.parametrize(
    ("line", "start", "place"),
    [
        ("mardi 14h", at(2026, 12, 1, 14), None),
        ("mardi à 14h", at(2026, 12, 1, 14), None),
        ("mardi à 14h à La Halle", at(2026, 12, 1, 14), "La Halle"),
        ("mardi de 14h à 16h à la mairie", at(2026, 12, 1, 14), "la mairie"),
        ("mardi 14h au Relais", at(2026, 12, 1, 14), "Relais"),
        ("mardi 14h à l'école à Roubaix", at(2026, 12, 1, 14), "l'école à Roubaix"),
        ('mardi 14h à "La Halle"', at(2026, 12, 1, 14), "La Halle"),
        ("mardi 14h à https://visio.example/a", at(2026, 12, 1, 14), "https://visio.example/a"),
        ("mardi à midi à 3 rue du Port", at(2026, 12, 1, 12), "3 rue du Port"),
        ("tuesday at 2pm at the hall", at(2026, 12, 1, 14), "the hall"),
        ("chaque premier mardi du mois à 18h à La Halle", at(2026, 12, 1, 18), "La Halle"),
    ],
)
def test_a_moment_and_a_place_are_told_apart(read, line, start, place):
    given = read(f"!régulation {line}")
    assert (given.when.start, given.place) == (start, place)


@pytest.mark.parametrize(
    ("line", "title", "place"),
    [
        ("Café mardi 14h", "Café", None),
        ("Café à Lille mardi 14h", "Café à Lille", None),
        ("Café à Lille mardi à 14h au Relais", "Café à Lille", "Relais"),
        ('"Café mardi 9h" mardi 14h', "Café mardi 9h", None),
        ("Bilan 2025 mardi 14h", "Bilan 2025", None),
        ("Café : mardi 14h", "Café", None),
    ],
)
def test_a_title_stands_before_the_longest_readable_end(read, line, title, place):
    given = read(f"!réunion {line}")
    assert (given.title, given.place, given.when.start) == (title, place, at(2026, 12, 1, 14))


def test_a_meeting_without_title_is_refused(refusal):
    assert refusal("!réunion mardi 14h").key == "text.missing"


@pytest.mark.parametrize(
    ("line", "start", "text"),
    [
        ("demain 9h appeler la mairie", at(2026, 11, 26, 9), "appeler la mairie"),
        ("mardi à 14h : relire « l'accord »", at(2026, 12, 1, 14), "relire « l'accord »"),
        ("dans deux semaines à 14h le bilan", at(2026, 12, 9, 14), "le bilan"),
        ("tomorrow 9am call", at(2026, 11, 26, 9), "call"),
    ],
)
def test_the_longest_readable_beginning_is_the_moment(read, line, start, text):
    given = read(f"!rappel {line}")
    assert (given.when.start, given.text) == (start, text)


def test_a_reminder_repeats(read):
    given = read("!rappel tous les lundis à 9h faire le point")
    assert (given.when.rrule, given.text) == ("FREQ=WEEKLY;BYDAY=MO", "faire le point")


@pytest.mark.parametrize(
    ("typed", "since"),
    [
        ("depuis lundi", date(2026, 11, 23)),
        ("depuis le 1er novembre", date(2026, 11, 1)),
        ("since monday", date(2026, 11, 23)),
    ],
)
def test_since_looks_back(read, typed, since):
    assert read(f"!bilan {typed}").since == since


def test_a_setting_holds_from_a_day_to_come(read):
    assert read("!réglage quorum 1/2 dès le 1er janvier").since == date(2027, 1, 1)


def test_a_bare_day_after_its_word_is_read(read):
    assert read("!rôle bob soucieux jusqu'au 12").until == date(2026, 12, 12)


def test_a_role_ends_on_a_day_to_come(read):
    assert read("!rôle bob soucieux jusqu'au 31 décembre").until == date(2026, 12, 31)


def test_a_period_is_a_span_of_days(read):
    given = read("!relevé bob T3 2026")
    assert (given.period.since, given.period.until) == (date(2026, 7, 1), date(2026, 9, 30))
