"""Placing what was said of a day in the calendar of a given now."""

from datetime import date, timedelta

from circle.calendar.months import WEEK, monday, month_end, month_start
from circle.calendar.values import Note, Reason, Refused, refused
from circle.calendar.view import View
from language.calendar.placed import PlacedDays
from language.calendar.placing_dates import place_dated
from language.calendar.placing_months import place_ranked, place_within
from language.calendar.specs import Dated, OnWeekday, Ranked, Shifted, Spec, Which, Within

_WEEKS = {Which.LAST_WEEK: -1, Which.THIS_WEEK: 0, Which.NEXT_WEEK: 1}
_TWO_WEEKS = 2 * WEEK


def place(spec: Spec, view: View, minutes: int | None) -> PlacedDays | Refused:
    """Return the local day meant, or the days to ask about, or why there is none.

    `minutes` is the hour said, since midnight: it decides whether today is still to come.
    """
    match spec:
        case Dated():
            return _place_dated(spec, view, minutes)
        case OnWeekday():
            return _place_weekday(spec, view, minutes)
        case Shifted():
            return _place_shifted(spec, view)
        case Within():
            return place_within(spec, view)
        case Ranked():
            return place_ranked(spec, view, minutes)
    return refused(Reason.NOT_UNDERSTOOD)


def _place_dated(said: Dated, view: View, minutes: int | None) -> PlacedDays | Refused:
    if said.toward is None or said.toward is view.looking:
        return place_dated(said, view, minutes)
    return _the_way_said(said, View(view.now, said.toward), view)


def _the_way_said(said: Dated, other: View, view: View) -> PlacedDays | Refused:
    """Place `le 12 mai dernier` where the next one would be looked for: refused, and told."""
    found = place_dated(said, other, None)
    return found if isinstance(found, Refused) else view.wrong_way(found.options[0]) or found


def place_hour(view: View, minutes: int) -> PlacedDays:
    """Return today, or the day beside where the hour does not lie the right way today."""
    here = view.allows(view.today, minutes)
    day = view.today if here else view.today + timedelta(days=view.step)
    return PlacedDays((day,), notes=(Note.DAY_ASSUMED,))


def _place_weekday(said: OnWeekday, view: View, minutes: int | None) -> PlacedDays | Refused:
    if said.which in _WEEKS:
        week = monday(view.today) + timedelta(days=WEEK * _WEEKS[said.which])
        return _checked(week + timedelta(days=said.weekday), view)
    if said.which is Which.NEXT:
        return _next_weekday(said.weekday, view)
    if said.which is Which.LAST:
        back = (view.today.weekday() - said.weekday - 1) % WEEK + 1
        return _checked(view.today - timedelta(days=back), view)
    if said.which in (Which.IN_EIGHT, Which.IN_FIFTEEN):
        return _weeks_on(said, view)
    if said.which is Which.THIS and view.today.weekday() == said.weekday:
        return _checked(view.today, view)  # `ce mercredi`, on a Wednesday, is no other one
    days = (view.today + timedelta(days=view.step * count) for count in range(WEEK + 1))
    fitting = (day for day in days if day.weekday() == said.weekday)
    return PlacedDays((next(day for day in fitting if view.allows(day, minutes)),))


def _next_weekday(weekday: int, view: View) -> PlacedDays | Refused:
    """Place `mardi prochain`: asked while this week's is still to come."""
    this_week = monday(view.today) + timedelta(days=weekday)
    next_week = this_week + timedelta(days=WEEK)
    wrong = view.wrong_way(next_week)
    if wrong or this_week <= view.today:
        return wrong or PlacedDays((next_week,))
    return PlacedDays((this_week, next_week), Reason.NEXT_WEEKDAY)


def _weeks_on(said: OnWeekday, view: View) -> PlacedDays | Refused:
    """Place `jeudi en huit`: a week after the coming Thursday; asked on a Thursday."""
    ahead = (said.weekday - view.today.weekday()) % WEEK
    more = WEEK if said.which is Which.IN_EIGHT else _TWO_WEEKS
    day = view.today + timedelta(days=ahead + more)
    wrong = view.wrong_way(day)
    if wrong or ahead:
        return wrong or PlacedDays((day,))
    return PlacedDays((day, day + timedelta(days=WEEK)), Reason.NEXT_WEEKDAY)


def _place_shifted(said: Shifted, view: View) -> PlacedDays | Refused:
    moved = _by_months(view.today, said.months)
    if moved is None:
        return refused(Reason.TOO_FAR)
    day = moved + timedelta(days=said.days)
    wrong = view.wrong_way(day)
    if wrong:
        return wrong
    if said.round_days:
        return PlacedDays(tuple(sorted((day, day - timedelta(days=view.step)))), Reason.ROUND_DAYS)
    shorter = said.months and day.day != view.today.day
    return PlacedDays((day,), notes=(Note.MONTH_SHORTER,) if shorter else ())


def _by_months(day: date, months: int) -> date | None:
    first = month_start(day.year, day.month, months)
    return first.replace(day=min(day.day, month_end(first).day)) if first else None


def _checked(day: date, view: View) -> PlacedDays | Refused:
    return view.wrong_way(day) or PlacedDays((day,))
