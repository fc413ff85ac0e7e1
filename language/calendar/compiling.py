"""From a repetition as said to the rules it can mean."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from circle.calendar.months import MONTHS_A_YEAR, WEEK, may_exist
from circle.calendar.rules import by_day, rule_of
from circle.calendar.values import Reason, Refused, refused
from language.calendar.repeats import Freq, Lacking, Repeat, RepeatDoubt, Skips

_SURE_DAY, _LONGEST = 28, 31
_LEAP_DAY = (29, 2)
_QUARTER_STARTS, _QUARTER_ENDS = (1, 4, 7, 10), (3, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """The rules a repetition can mean; more than one, or a reason, is to be asked."""

    options: tuple["CompiledRule", ...]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, and the same without interval, by which its first day is found."""

    text: str
    every: str


def compiled(said: Repeat, skips: Skips) -> CompiledRules | Refused:
    """Return the rules that a placed repetition can mean."""
    wrong = _impossible(said) or _empty(said, skips)
    if wrong:
        return wrong
    readings, reason = _readings(said)
    rules = tuple(_rule(one, skips) for one in readings)
    return CompiledRules(rules, reason)


def _impossible(said: Repeat) -> Refused | None:
    wrong = (day for day in said.monthdays if day != -1 and not may_exist(day, said.month))
    day = next(wrong, None)
    if day is None:
        return None
    return refused(Reason.IMPOSSIBLE_DAY, day=day, **({"month": said.month} if said.month else {}))


def _empty(said: Repeat, skips: Skips) -> Refused | None:
    """Refuse what leaves nothing, and weekdays left out of what does not count in weeks."""
    if skips.weekdays and said.freq not in (Freq.DAILY, Freq.WEEKLY):
        return refused(Reason.NOT_UNDERSTOOD)
    weekdays = set(said.weekdays or range(WEEK)) - set(skips.weekdays)
    year = {said.month} if said.month else set(range(1, MONTHS_A_YEAR + 1))
    months = year - set(skips.months)
    days = said.monthdays or (1,)
    held = any(day == -1 or may_exist(day, month) for day in days for month in months)
    return None if weekdays and held else refused(Reason.NO_OCCURRENCE)


def _readings(said: Repeat) -> tuple[tuple[Repeat, ...], Reason | None]:
    """Return what a repetition can mean, and the question to ask."""
    if said.doubt is RepeatDoubt.HABIT:
        return (said,), Reason.ONCE_OR_REPEATED
    if said.doubt is RepeatDoubt.QUARTER:
        return (said, replace(said, quarterly=True)), Reason.QUARTER_START
    if said.doubt is RepeatDoubt.SECOND:
        other = Repeat(Freq.WEEKLY, 2, tuple(weekday for _, weekday in said.ranked))
        return (said, other), Reason.EVERY_SECOND
    if said.lacking is Lacking.ASK and _may_lack(said):
        ways = (replace(said, lacking=Lacking.SKIP), replace(said, lacking=Lacking.LAST))
        return (ways if _has_last(said) else ways[:1]), Reason.SHORT_MONTH
    return (said,), None


def _may_lack(said: Repeat) -> bool:
    if said.month:
        return (*said.monthdays, said.month) == _LEAP_DAY
    return any(day > _SURE_DAY for day in said.monthdays)


def _has_last(said: Repeat) -> bool:
    """Tell whether `or the last day` can be written as one rule."""
    return len(said.monthdays) == 1 or all(
        day <= _SURE_DAY or day == _LONGEST for day in said.monthdays
    )


def _rule(said: Repeat, skips: Skips) -> CompiledRule:
    months = [month for month in range(1, MONTHS_A_YEAR + 1) if month not in skips.months]
    kept = [said.month] if said.month else (months if skips.months else [])
    parts = {"FREQ": said.freq.value, "BYMONTH": _listed(kept), **_days(said, skips)}
    quarter = [month for month in _quarter(said) if month in months]
    every = {**parts, "BYMONTH": _listed(quarter)} if quarter else parts
    interval = str(said.interval) if said.interval > 1 else ""
    return CompiledRule(rule_of({**parts, "INTERVAL": interval}), rule_of(every))


def _listed(values: Iterable[int | str]) -> str:
    return ",".join(str(value) for value in values)


def _quarter(said: Repeat) -> tuple[int, ...]:
    """Return the months in which the position of a quarter falls."""
    if not said.quarterly:
        return ()
    return _QUARTER_ENDS if said.ranked and said.ranked[0][0] < 0 else _QUARTER_STARTS


def _days(said: Repeat, skips: Skips) -> dict[str, str]:
    if said.ranked:
        return {"BYDAY": _listed(by_day(weekday, rank) for rank, weekday in said.ranked)}
    if said.monthdays:
        return _month_days(said)
    kept = [day for day in said.weekdays or range(WEEK) if day not in skips.weekdays]
    if not said.weekdays and not skips.weekdays:
        return {}
    weekly = said.freq is Freq.DAILY and said.interval == 1
    return {"BYDAY": _listed(map(by_day, kept)), **({"FREQ": "WEEKLY"} if weekly else {})}


def _month_days(said: Repeat) -> dict[str, str]:
    """Return the days of the month; 30 `or the last day` is the last of 28, 29 and 30."""
    days = said.monthdays
    if said.lacking is not Lacking.LAST or not _may_lack(said):
        return {"BYMONTHDAY": _listed(days)}
    if said.month or _LONGEST in days:
        last = [-1 if day == _LONGEST or said.month else day for day in days]
        return {"BYMONTHDAY": _listed(last)}
    return {"BYMONTHDAY": _listed(range(_SURE_DAY, days[0] + 1)), "BYSETPOS": "-1"}
