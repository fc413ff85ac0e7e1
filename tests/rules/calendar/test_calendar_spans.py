"""Periods: whole days, both ends included; without year, the latest one begun."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from circle.calendar import Ambiguous, Reason
from circle.time import Days
from language.calendar import read_span

NOW = datetime(2024, 4, 3, 10, tzinfo=ZoneInfo("Europe/Paris"))  # a Wednesday


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("l'année 2023", "2023-01-01", "2023-12-31"),
        ("novembre 2026", "2026-11-01", "2026-11-30"),
        ("novembre", "2023-11-01", "2023-11-30"),
        ("april", "2024-04-01", "2024-04-30"),
        ("en mars", "2024-03-01", "2024-03-31"),
        ("février 2024", "2024-02-01", "2024-02-29"),
        ("2023-11", "2023-11-01", "2023-11-30"),
        ("11/2023", "2023-11-01", "2023-11-30"),
        ("novembre prochain", "2024-11-01", "2024-11-30"),
        ("trimestre 4 2026", "2026-10-01", "2026-12-31"),
        ("T4 2026", "2026-10-01", "2026-12-31"),
        ("T4", "2023-10-01", "2023-12-31"),
        ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("4e trimestre 2023", "2023-10-01", "2023-12-31"),
        ("premier trimestre 2024", "2024-01-01", "2024-03-31"),
        ("semestre 1 2024", "2024-01-01", "2024-06-30"),
        ("S2 2023", "2023-07-01", "2023-12-31"),
        ("cette semaine", "2024-04-01", "2024-04-07"),
        ("la semaine dernière", "2024-03-25", "2024-03-31"),
        ("last week", "2024-03-25", "2024-03-31"),
        ("semaine 12", "2024-03-18", "2024-03-24"),
        ("week 12 of 2023", "2023-03-20", "2023-03-26"),
        ("ce mois-ci", "2024-04-01", "2024-04-30"),
        ("le mois dernier", "2024-03-01", "2024-03-31"),
        ("trimestre", "2024-04-01", "2024-06-30"),
        ("ce trimestre", "2024-04-01", "2024-06-30"),
        ("le trimestre dernier", "2024-01-01", "2024-03-31"),
        ("this quarter", "2024-04-01", "2024-06-30"),
        ("cette année", "2024-01-01", "2024-12-31"),
        ("l'an dernier", "2023-01-01", "2023-12-31"),
        ("2025-2026", "2025-01-01", "2026-12-31"),
        ("du 9 au 11 mars", "2024-03-09", "2024-03-11"),
        ("du 1er mars au 30 avril", "2024-03-01", "2024-04-30"),
        ("du 1er décembre au 15 janvier 2024", "2023-12-01", "2024-01-15"),
        ("de mars à mai 2023", "2023-03-01", "2023-05-31"),
        ("de novembre à janvier", "2023-11-01", "2024-01-31"),
        ("from march 1 to march 15", "2024-03-01", "2024-03-15"),
        ("du 1er mars à hier", "2024-03-01", "2024-04-02"),
        ("du 1er mars à aujourd'hui", "2024-03-01", "2024-04-03"),
        ("les 7 derniers jours", "2024-03-28", "2024-04-03"),
        ("last 30 days", "2024-03-05", "2024-04-03"),
        ("hier", "2024-04-02", "2024-04-02"),
    ],
)
def test_a_period_is_read(text, since, until):
    found = read_span(text, NOW)
    assert isinstance(found, Days)
    assert (found.since, found.until) == (date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("bidule", Reason.NOT_UNDERSTOOD),
        ("T5 2024", Reason.NOT_UNDERSTOOD),
        ("semaine 60", Reason.NOT_UNDERSTOOD),
        ("semaine 53 2024", Reason.IMPOSSIBLE_DAY),
        ("le 31 avril", Reason.IMPOSSIBLE_DAY),
        ("du 1er au 31 avril 2023", Reason.IMPOSSIBLE_DAY),
        ("du 11 au 9 mars 2024", Reason.END_BEFORE_START),
        ("mardi prochain", Reason.FUTURE),
        ("", Reason.NOT_UNDERSTOOD),
    ],
)
def test_what_is_no_period_is_refused(text, reason):
    assert read_span(text, NOW).reason is reason


def test_a_vague_period_is_asked():
    assert isinstance(read_span("fin mars", NOW), Ambiguous)
