"""What holds of any text and any moment."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from circle.calendar import Ambiguous, Day, Looking, Moment
from language.calendar import (
    longest_prefix,
    longest_suffix,
    read_day,
    read_moment,
    read_span,
    read_when,
    write_day,
    write_moment,
)

ZONES = [ZoneInfo(name) for name in ("Europe/Paris", "Indian/Reunion", "America/Guadeloupe")]
PARIS = ZONES[0]
NOWS = st.sampled_from(
    [
        datetime(2024, 4, 3, 10, tzinfo=PARIS),
        datetime(2024, 1, 31, 10, tzinfo=PARIS),
        datetime(2024, 2, 29, 23, 59, tzinfo=PARIS),
        datetime(2024, 3, 30, 22, tzinfo=PARIS),
        datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=PARIS),
        datetime(2024, 12, 31, 23, 59, tzinfo=ZONES[1]),
        datetime(2026, 11, 22, 10, tzinfo=ZONES[2]),
    ],
)

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janvier", "février", "avril", "juin", "août", "décembre", "march", "may")
DAYS = st.one_of(
    st.sampled_from(
        [
            "demain",
            "après-demain",
            "aujourd'hui",
            "dans 3 jours",
            "le 15",
            "le 31",
            "mardi prochain",
            "jeudi en huit",
            "tomorrow",
            "le premier mardi de mai",
            "2026-12-24",
            "12/11/2026",
        ],
    ),
    st.sampled_from(WEEKDAYS),
    st.builds("{} {}".format, st.integers(1, 31), st.sampled_from(MONTHS)),
    st.builds("{} {} {}".format, st.integers(1, 31), st.sampled_from(MONTHS), st.just(2027)),
)
HOURS = st.one_of(
    st.builds("à {}h".format, st.integers(0, 23)),
    st.builds("{}h{:02}".format, st.integers(0, 23), st.integers(0, 59)),
    st.builds("de {}h à {}h30".format, st.integers(8, 12), st.integers(13, 20)),
    st.sampled_from(["midi", "2pm", "de 22h à 2h", "20h-minuit", "14h pendant 2h"]),
)
MONTH_DAYS = st.sampled_from([1, 15, 28, 29, 30, 31])
REPETITIONS = st.one_of(
    st.builds("tous les {}s".format, st.sampled_from(WEEKDAYS)),
    st.builds("les {}s et {}s".format, st.sampled_from(WEEKDAYS), st.sampled_from(WEEKDAYS)),
    st.builds("un {} sur {}".format, st.sampled_from(WEEKDAYS), st.integers(2, 5)),
    st.builds("toutes les {} semaines le {}".format, st.integers(2, 9), st.sampled_from(WEEKDAYS)),
    st.builds(
        "chaque {} {} du mois".format,
        st.sampled_from(["premier", "deuxième", "3e", "dernier", "5e"]),
        st.sampled_from(WEEKDAYS),
    ),
    st.builds("le {} de chaque mois".format, MONTH_DAYS),
    st.builds("tous les {} mois le {}".format, st.integers(2, 6), MONTH_DAYS),
    st.builds("chaque année le {} {}".format, MONTH_DAYS, st.sampled_from(MONTHS)),
    st.sampled_from(
        [
            "chaque jour",
            "tous les 3 jours",
            "tous les jours ouvrés",
            "tous les jours sauf le lundi",
            "un jour sur deux sauf le lundi",
            "le 1er et le 15 de chaque mois",
            "le dernier jour de chaque mois",
            "le premier mardi de chaque trimestre",
            "tous les trimestres le dernier vendredi",
            "chaque année le dernier dimanche de mai",
            "tous les trimestres à partir du 31 mai",
            "toutes les 2 semaines à partir de jeudi",
            "every second tuesday",
            "every other day",
        ],
    ),
)
LIMITS = st.sampled_from(
    [
        "",
        "sauf en août",
        "sauf en juillet et août",
        "jusqu'en juin",
        "jusqu'au 30 novembre",
        "10 fois",
        "sauf le 1er mai",
        "sauf en mai et le 14 juillet",
    ],
)
PHRASES = st.one_of(
    st.builds("{} {}".format, DAYS, HOURS),
    st.builds("{} {}".format, HOURS, DAYS),
    st.builds("{} {} {}".format, REPETITIONS, HOURS, LIMITS),
    st.builds("du {} 14h au {} 12h".format, DAYS, DAYS),
    st.builds("{} ou {} à 18h".format, DAYS, DAYS),
)
SPACES = ("\u00a0", "\u202f", "  ", "\t", "\u2009")
EXAMPLES = settings(deadline=None, max_examples=300)


def _same(one, other):
    """Equal in real time: two instants of a zone may show the same local hour."""
    ends = [moment.end.astimezone(UTC) if moment.end else None for moment in (one, other)]
    starts = [moment.start.astimezone(UTC) for moment in (one, other)]
    rules = [(moment.rrule, moment.exdates) for moment in (one, other)]
    return starts[0] == starts[1] and ends[0] == ends[1] and rules[0] == rules[1]


def _moments(found):
    choices = found.choices if isinstance(found, Ambiguous) else (found,)
    return [choice for choice in choices if isinstance(choice, Moment)]


@EXAMPLES
@given(PHRASES, NOWS)
def test_whatever_is_read_is_written_so_that_it_reads_back(text, now):
    moments = _moments(read_moment(text, now))
    assume(moments)
    for moment in moments:
        again = read_moment(write_moment(moment), now)
        assert isinstance(again, Moment), (write_moment(moment), again)
        assert _same(again, moment), (write_moment(moment), again, moment)


@EXAMPLES
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2060, 12, 31)),  # noqa: DTZ001
    st.timedeltas(timedelta(minutes=1), timedelta(days=4)),
    st.booleans(),
    st.sampled_from(ZONES),
)
def test_any_moment_is_written_so_that_it_reads_back(wall, length, ended, zone):
    instant = wall.replace(second=0, microsecond=0, tzinfo=zone).astimezone(UTC)
    minutes = timedelta(minutes=length // timedelta(minutes=1))
    end = (instant + minutes).astimezone(zone) if ended else None
    moment = Moment(instant.astimezone(zone), end)
    again = read_moment(write_moment(moment), datetime(2024, 6, 1, tzinfo=zone))
    assert isinstance(again, Moment), write_moment(moment)
    assert _same(again, moment)


@EXAMPLES
@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_any_day_is_written_so_that_it_reads_back(day):
    now = datetime(2024, 6, 1, tzinfo=PARIS)
    looking = Looking.BACK if day <= now.date() else Looking.FORWARD
    assert read_day(write_day(Day(day)), now, looking=looking) == Day(day)


@EXAMPLES
@given(st.text(), NOWS)
def test_no_text_makes_the_reader_fail(text, now):
    read_moment(text, now)
    read_when(text, now)
    read_day(text, now, looking=Looking.BACK)
    read_span(text, now)
    longest_prefix(text, now)
    longest_suffix(text, now)


WORDS = (
    *("mardi", "le", "31", "avril", "à", "14h", "2024", "chaque", "premier", "dernier", "du"),
    *("mois", "sauf", "jusqu'au", "en", "dans", "9999", "ans", "jours", "semaine", "trimestre"),
    *("29", "février", "0", "de", "au", "et", "ou", "un", "sur", "deux", "fin", "mi", "soir"),
    *("minuit", "12/13/2024", "00:00", "24h", "-", ",", "every", "other", "at", "9", "pm", "in"),
    *("last", "friday", "of", "the", "month", "next", "week", "fois", "99", "tous", "les", "T4"),
    *("prochain", "huit", "il", "y", "a", "années", "02/30", "9999-12-31", "0000-00-00", "1er"),
)


@settings(deadline=None, max_examples=600)
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), NOWS)
def test_no_heap_of_date_words_makes_the_reader_fail(text, now):
    for moment in _moments(read_moment(text, now)):
        assert moment.start.tzinfo is now.tzinfo
    read_when(text, now)
    read_day(text, now, looking=Looking.BACK)
    read_span(text, now)
    longest_prefix(text, now)
    longest_suffix(text, now)


def _without_accents(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@EXAMPLES
@given(PHRASES, NOWS, st.sampled_from(SPACES))
def test_spaces_capitals_and_accents_change_nothing(text, now, space):
    read = read_moment(text, now)
    assert read_moment(text.upper(), now) == read
    assert read_moment(_without_accents(text), now) == read
    assert read_moment(unicodedata.normalize("NFD", text), now) == read
    assert read_moment(f"{space}{text.replace(' ', space)}{space}", now) == read
    assert read_moment(text.replace("'", "’"), now) == read


@EXAMPLES
@given(PHRASES, NOWS)
def test_a_date_before_or_after_a_text_is_the_same_date(text, now):
    read = read_moment(text, now)
    assume(isinstance(read, Moment) and read.notes == ())
    assert longest_prefix(f"{text} xyz", now) == (read, "xyz")
    assert longest_suffix(f"Xyz {text}", now) == ("Xyz", read)
