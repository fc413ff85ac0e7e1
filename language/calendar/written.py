"""Dates written in the French that the calendar reads back: lines to type, never sentences.

Single spaces, no typography: speech puts that on for people.
"""

from datetime import UTC, date, datetime, timedelta

from circle.calendar.months import MONTHS_A_YEAR
from circle.calendar.parts import HOUR
from circle.calendar.rules import parts_of, ranked_day, until_day
from circle.calendar.values import Day, Moment

_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
_RANKS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième"}
_UNITS = {"DAILY": "jours", "WEEKLY": "semaines", "MONTHLY": "mois", "YEARLY": "ans"}
_ONE_UNIT = {"DAILY": "chaque jour", "WEEKLY": "chaque semaine", "MONTHLY": "chaque mois"}
_SURE_DAY = 28


def write_day(day: Day) -> str:
    """Return `mardi 9 avril 2024`."""
    return _date(day.date)


def write_moment(moment: Moment) -> str:
    """Return `mardi 9 avril 2024 de 9h30 à 16h30`, or the repetition with its first day."""
    if moment.rrule is None:
        return _once(moment.start, moment.end)
    parts = parts_of(moment.rrule)
    clauses = (
        _repetition(parts),
        _hours_of_each(moment.start, moment.end),
        f"à partir du {_date(moment.start.date())}",
        _months_left_out(parts),
        _days_left_out(moment.exdates),
        f"{parts['COUNT']} fois" if "COUNT" in parts else "",
        f"jusqu'au {_date(until_day(parts['UNTIL'], moment.start))}" if "UNTIL" in parts else "",
    )
    return " ".join(clause for clause in clauses if clause)


def _number(day: int) -> str:
    return "1er" if day == 1 else str(day)


def _date(day: date) -> str:
    month = _MONTHS[day.month - 1]
    return f"{_WEEKDAYS[day.weekday()]} {_number(day.day)} {month} {day.year}"


def _hour(instant: datetime) -> str:
    """Return `9h30`, and which one for a time the clocks go through twice."""
    minutes = f"{instant.minute:02}" if instant.minute else ""
    season = " heure d'hiver" if instant.fold else ""
    return f"{instant.hour}h{minutes}{season}"


def _hours(start: datetime, end: datetime | None) -> str:
    return f"de {_hour(start)} à {_hour(end)}" if end else f"à {_hour(start)}"


def _hours_of_each(start: datetime, end: datetime | None) -> str:
    """Return hours, and beyond midnight the length: `à 20h pendant 5h30`."""
    if end is None or end.date() == start.date():
        return _hours(start, end)
    length = end.astimezone(UTC) - start.astimezone(UTC)
    whole, minutes = divmod(length // timedelta(minutes=1), HOUR)
    return f"à {_hour(start)} pendant {whole}h{minutes:02}"


def _once(start: datetime, end: datetime | None) -> str:
    if end is None or end.date() == start.date():
        return f"{_date(start.date())} {_hours(start, end)}"
    last = f"{_date(end.date())} à {_hour(end)}"
    return f"du {_date(start.date())} à {_hour(start)} au {last}"


def _listed(words: list[str]) -> str:
    return " et ".join(words)


def _repetition(parts: dict[str, str]) -> str:
    freq, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if freq == "YEARLY":
        return f"{_every(freq, interval)} {_in_year(parts)}"
    days = parts.get("BYDAY", "").split(",") if parts.get("BYDAY") else []
    if freq == "MONTHLY":
        return _monthly(parts, days, interval)
    if freq == "DAILY":
        return _every(freq, interval) + _weekdays_left_out(days)
    return _weekly(days, interval)


def _every(freq: str, interval: int) -> str:
    if interval > 1:
        return f"{'toutes' if freq == 'WEEKLY' else 'tous'} les {interval} {_UNITS[freq]}"
    return _ONE_UNIT.get(freq, "chaque année")


def _weekly(days: list[str], interval: int) -> str:
    names = [_WEEKDAYS[ranked_day(day)[1]] for day in days]
    if interval > 1:
        return f"{_every('WEEKLY', interval)} {_listed([f'le {name}' for name in names])}"
    return f"tous les {_listed([f'{name}s' for name in names])}"


def _weekdays_left_out(days: list[str]) -> str:
    if not days:
        return ""
    kept = {ranked_day(day)[1] for day in days}
    left_out = [name for index, name in enumerate(_WEEKDAYS) if index not in kept]
    return f" sauf {_listed([f'le {name}' for name in left_out])}"


def _monthly(parts: dict[str, str], days: list[str], interval: int) -> str:
    position = _ranked(days) if days else _month_days(parts)
    lacking = "" if days else _lacking(parts)
    if interval > 1:
        return f"{_every('MONTHLY', interval)} {position}{lacking}"
    return f"{position} de chaque mois{lacking}"


def _ranked(days: list[str]) -> str:
    return _listed([f"le {_rank(rank)} {_WEEKDAYS[day]}" for rank, day in map(ranked_day, days)])


def _rank(rank: int | None) -> str:
    return _RANKS.get(rank or 0, "dernier")


def _days_of(parts: dict[str, str]) -> list[int]:
    """Return the days of the month; of those that stand for a shorter month, the one meant."""
    days = [int(day) for day in parts["BYMONTHDAY"].split(",")]
    return days[-1:] if "BYSETPOS" in parts else days


def _month_days(parts: dict[str, str]) -> str:
    days = _days_of(parts)
    return _listed(["le dernier jour" if day < 0 else f"le {_number(day)}" for day in days])


def _lacking(parts: dict[str, str]) -> str:
    if "BYSETPOS" in parts:
        return " ou le dernier jour"
    return " quand il existe" if max(_days_of(parts)) > _SURE_DAY else ""


def _in_year(parts: dict[str, str]) -> str:
    month = _MONTHS[int(parts["BYMONTH"]) - 1]
    if "BYDAY" in parts:
        return f"{_ranked([parts['BYDAY']])} de {month}"
    day = int(parts["BYMONTHDAY"])
    leap = " quand il existe" if (day, month) == (_SURE_DAY + 1, "février") else ""
    return f"le dernier jour de {month}" if day < 0 else f"le {_number(day)} {month}{leap}"


def _months_left_out(parts: dict[str, str]) -> str:
    if "BYMONTH" not in parts or parts["FREQ"] == "YEARLY":
        return ""
    kept = {int(month) for month in parts["BYMONTH"].split(",")}
    left_out = [month for month in range(1, MONTHS_A_YEAR + 1) if month not in kept]
    return f"sauf {_listed([f'en {_MONTHS[month - 1]}' for month in left_out])}"


def _days_left_out(days: tuple[date, ...]) -> str:
    return f"sauf {_listed([f'le {_date(day)}' for day in days])}" if days else ""
