"""A day of the week: `mardi`, `mardi prochain`, `jeudi en huit`, `tuesday of next week`."""

from language.calendar.line import CalendarLine, Phrases
from language.calendar.names import LAST, NEXT, THIS, WEEKDAYS
from language.calendar.relative import weeks_on
from language.calendar.specs import OnWeekday, Which

_WEEKS = Phrases(
    {
        **dict.fromkeys(("semaine prochaine", "semaine qui vient", "next week"), Which.NEXT_WEEK),
        **dict.fromkeys(("semaine derniere", "semaine passee", "last week"), Which.LAST_WEEK),
        **dict.fromkeys(("cette semaine", "this week"), Which.THIS_WEEK),
    }
)
_LEADS = {
    **dict.fromkeys(THIS, Which.THIS),
    "coming": Which.COMING,
    **dict.fromkeys(NEXT, Which.NEXT),
    "last": Which.LAST,
}


def on_weekday(line: CalendarLine, at: int) -> tuple[OnWeekday, int] | None:
    """Return the weekday said, and which one."""
    return _after_its_week(line, at) or _alone(line, at)


def _alone(line: CalendarLine, at: int) -> tuple[OnWeekday, int] | None:
    start = line.after(line.after(at, "le", "du", "on"), "the")
    lead = _LEADS.get(line.word(start))
    start = start + 1 if lead else start
    if lead and line.word(start) == "coming":
        lead, start = Which.COMING, start + 1
    weekday = WEEKDAYS.get(line.word(start))
    if weekday is None:
        return None
    which, after = _which(line, start + 1)
    if which is Which.PLAIN:
        which = lead or (Which.HABITUAL if line.word(start - 1) == "le" else Which.PLAIN)
    elif lead and which is not Which.COMING:
        return None
    return OnWeekday(weekday, which), after


def _which(line: CalendarLine, at: int) -> tuple[Which, int]:
    if line.word(at) in NEXT and line.word(at + 1) != "week":
        return Which.NEXT, at + 1
    if line.word(at) in LAST and line.word(at + 1) != "week":
        return Which.LAST, at + 1
    if after := line.follows(at, "qui vient"):
        return Which.COMING, after
    days, after = weeks_on(line, at)
    if days:
        return (Which.IN_EIGHT if days == len(set(WEEKDAYS.values())) else Which.IN_FIFTEEN), after
    return _WEEKS.at(line, line.after(line.after(at, "de", "of"), "la")) or (Which.PLAIN, at)


def _after_its_week(line: CalendarLine, at: int) -> tuple[OnWeekday, int] | None:
    """`la semaine prochaine, mardi`, `next week on tuesday`."""
    week = _WEEKS.at(line, line.after(at, "la"))
    if week is None:
        return None
    start = line.after(line.after(week[1], ","), "le", "on")
    weekday = WEEKDAYS.get(line.word(start))
    return None if weekday is None else (OnWeekday(weekday, week[0]), start + 1)
