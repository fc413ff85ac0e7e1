"""Instants keep their value and find the zone their circle had."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storage.times import EPOCH, LocalTime, from_micros, to_micros

PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
instants = some.datetimes(
    min_value=datetime(1900, 1, 2),  # noqa: DTZ001 - the zone is given beside
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=some.sampled_from([UTC, PARIS, REUNION, timezone(timedelta(hours=-9.5))]),
)


@given(instants)
def test_an_instant_comes_back_exactly(instant: datetime) -> None:
    assert from_micros(to_micros(instant), UTC) == instant.astimezone(UTC)


@given(instants, instants)
def test_the_order_of_instants_is_kept(one: datetime, other: datetime) -> None:
    earlier = one.astimezone(UTC) < other.astimezone(UTC)
    assert (to_micros(one) < to_micros(other)) == earlier


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(TypeError):
        to_micros(datetime(2026, 11, 24))  # noqa: DTZ001


def test_without_change_the_zone_is_the_default() -> None:
    assert LocalTime("Europe/Paris").at(EPOCH) == datetime(1970, 1, 1, 1, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("instant", "zone"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=REUNION), PARIS),
        (datetime(2027, 1, 1, tzinfo=REUNION), REUNION),
    ],
)
def test_a_new_zone_holds_from_its_own_midnight_on(instant: datetime, zone: ZoneInfo) -> None:
    times = LocalTime("Europe/Paris", [(date(2027, 1, 1), "Indian/Reunion")])
    assert times.at(instant).tzinfo == zone


def test_changes_may_come_in_any_order() -> None:
    changes = [(date(2027, 1, 1), "Indian/Reunion"), (date(2026, 1, 1), "UTC")]
    times = LocalTime("Europe/Paris", changes)
    assert times.zone(datetime(2026, 6, 1, tzinfo=UTC)) == ZoneInfo("UTC")


def test_an_instant_that_is_missing_stays_missing() -> None:
    assert LocalTime("Europe/Paris").at_or_none(None) is None


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_lived_twice_in_october_is_told_apart(fold: int) -> None:
    instant = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=fold)
    told = LocalTime("Europe/Paris").at(instant.astimezone(UTC))
    assert (told, told.fold) == (instant, fold)
