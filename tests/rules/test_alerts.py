"""When the coordination is told to look closer at a circle, and why."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.alerts import AlertKind, alerts, elapsed
from circle.circles import Circle, CircleId, CircleKind, CircleState
from circle.envelopes import Envelope, Use
from circle.figures import Figures
from circle.ledger import Postings
from circle.overview import Standing
from circle.people import PersonKey, Role
from commands.shared.periods import days_of

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
SOON = NOW + timedelta(days=3)
NOBODY = dict.fromkeys(Role, 0)


def standing(state=CircleState.ACTIVE, **rest):
    born = NOW - timedelta(days=400)
    circle = Circle(CircleId(1), "Littoral", CircleKind.TERRITORIAL, state, "!room", born)
    known = {
        "members": NOBODY | {Role.STEWARD: 1},
        "figures": Figures(0, 0, 0, 0, 0, 0),
        "waiting_since": None,
        "last": NOW.date(),
    }
    counts = dict.fromkeys(
        ("open", "late", "done", "votes", "minutes", "contributors", "waiting"), 0
    )
    return Standing(circle=circle, **(counts | known | rest))


def envelope(spent, amount=100, period="2026"):
    granted = Envelope(number=1, amount=amount, at=NOW, by=PersonKey("alice"), period=period)
    days = days_of(period, NOW) if period else None
    if days:
        granted = replace(granted, since=days.since, until=days.until)
    return Use(granted, spent)


def reasons(told=None, uses=(), meeting=SOON, gap=None, now=NOW):
    found = alerts(told or standing(), uses, meeting, gap or Postings(), now)
    return [alert.kind for alert in found]


def test_a_circle_that_is_well_gives_no_alert():
    assert reasons() == []


@pytest.mark.parametrize(("days", "told"), [(29, []), (30, [AlertKind.SILENT])])
def test_a_circle_is_silent_after_thirty_days(days, told):
    assert reasons(standing(last=NOW.date() - timedelta(days=days))) == told


def test_a_circle_that_never_gave_a_sign_is_silent_since_its_birth():
    assert reasons(standing(last=None)) == [AlertKind.SILENT]


@pytest.mark.parametrize(("days", "told"), [(60, []), (61, [AlertKind.WAITING])])
def test_an_item_may_wait_for_sixty_days(days, told):
    since = NOW - timedelta(days=days)
    assert reasons(standing(waiting=1, waiting_since=since)) == told


@pytest.mark.parametrize(("spent", "told"), [(90, []), (91, [AlertKind.NEARLY_SPENT])])
def test_an_envelope_is_nearly_spent_above_nine_tenths(spent, told):
    assert reasons(uses=[envelope(spent)]) == told


@pytest.mark.parametrize(("spent", "told"), [(20, []), (19, [AlertKind.BARELY_SPENT])])
def test_late_in_its_period_an_envelope_is_barely_spent_under_a_fifth(spent, told):
    assert reasons(uses=[envelope(spent)]) == told


@pytest.mark.parametrize(
    ("day", "told"), [(date(2026, 8, 31), []), (date(2026, 9, 1), [AlertKind.BARELY_SPENT])]
)
def test_late_is_two_thirds_of_the_period(day, told):
    then = NOW.replace(month=day.month, day=day.day)
    assert reasons(standing(last=day), [envelope(0)], now=then) == told


@pytest.mark.parametrize("period", ["2025", "2027", "T1 2026"])
def test_an_envelope_of_another_period_gives_no_alert(period):
    assert reasons(uses=[envelope(0, period=period), envelope(99, period=period)]) == []


def test_an_envelope_without_period_has_from_its_entry_to_the_end_of_the_year():
    assert reasons(uses=[envelope(0, period=None)]) == []
    assert reasons(uses=[envelope(99, period=None)]) == [AlertKind.NEARLY_SPENT]


def test_an_envelope_of_nothing_gives_no_alert():
    assert reasons(uses=[envelope(0, amount=0)]) == []


def test_a_circle_without_steward_is_told():
    assert reasons(standing(members=NOBODY)) == [AlertKind.NO_STEWARD]


def test_a_circle_without_meeting_is_told():
    assert reasons(meeting=None) == [AlertKind.NO_MEETING]


@pytest.mark.parametrize("figure", ["granted", "asked", "regulated", "invoiced", "paid"])
def test_sums_that_do_not_add_up_are_told(figure):
    assert reasons(gap=Postings(**{figure: -1})) == [AlertKind.UNBALANCED]


@pytest.mark.parametrize("state", [CircleState.DORMANT, CircleState.CLOSED])
def test_a_circle_asleep_is_left_alone(state):
    told = standing(state, members=NOBODY, last=None)
    assert reasons(told, [envelope(99)], meeting=None) == []


def test_sums_are_checked_even_in_a_closed_circle():
    assert reasons(standing(CircleState.CLOSED), gap=Postings(paid=3)) == [AlertKind.UNBALANCED]


def test_what_presses_most_comes_first():
    told = reasons(standing(members=NOBODY, last=None), meeting=None, gap=Postings(paid=1))
    assert told == [
        AlertKind.UNBALANCED,
        AlertKind.NO_STEWARD,
        AlertKind.SILENT,
        AlertKind.NO_MEETING,
    ]


@given(st.integers(0, 200), st.integers(1, 200))
def test_an_envelope_is_never_both_nearly_and_barely_spent(spent, amount):
    found = reasons(uses=[envelope(spent, amount)])
    assert len(found) <= 1


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_period_elapses_from_nothing_to_the_whole(day):
    assert 0 < elapsed(date(2026, 1, 1), date(2026, 12, 31), day) <= 1
