"""Days said together: the first shares the month and year of the second."""

from dataclasses import replace

from language.calendar.specs import Dated, SaidPeriod, Spec, Within


def completed(one: Spec | None, other: Spec | None) -> Spec | None:
    """Return the first day of `du 9 au 11 avril 2024` with the month and year it shares."""
    if isinstance(one, Within) and isinstance(other, Within):
        return replace(one, period=_same_year(one.period, other.period))
    if not isinstance(one, Dated) or not isinstance(other, Dated) or one.year or one.shift:
        return one
    month = one.month or other.month
    return replace(one, month=month, year=_year_before(month, other.month, other.year))


def _same_year(one: SaidPeriod, other: SaidPeriod) -> SaidPeriod:
    if one.unit is not other.unit or one.year or one.number is None:
        return one
    return replace(one, year=_year_before(one.number, other.number, other.year))


def _year_before(one: int | None, other: int | None, year: int | None) -> int | None:
    """Return the year of a month that comes before another: December before January."""
    return year - 1 if year and one and other and one > other else year
