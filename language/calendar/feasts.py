"""Feasts that fall on the same day each year, and their eves: `Noël`, `la veille de Noël`."""

from language.calendar.line import CalendarLine
from language.calendar.periods import year
from language.calendar.specs import Dated

_FEASTS = {
    "noel": (25, 12),
    "christmas day": (25, 12),
    "christmas eve": (24, 12),
    "christmas": (25, 12),
    "nouvel an": (1, 1),
    "jour de l an": (1, 1),
    "premier de l an": (1, 1),
    "new year s day": (1, 1),
    "new year s eve": (31, 12),
    "epiphanie": (6, 1),
    "chandeleur": (2, 2),
    "saint valentin": (14, 2),
    "valentine s day": (14, 2),
    "fete du travail": (1, 5),
    "fete de la musique": (21, 6),
    "fete nationale": (14, 7),
    "assomption": (15, 8),
    "halloween": (31, 10),
    "toussaint": (1, 11),
    "armistice": (11, 11),
    "saint nicolas": (6, 12),
    "saint sylvestre": (31, 12),
    "reveillon de noel": (24, 12),
    "reveillon": (24, 12),
}
_EVES = ("veille de", "veille du", "veille d", "eve of", "day before")
_LAST_DAYS = {1: 31, 2: 28, 3: 31, 5: 31, 7: 31, 8: 31, 10: 31, 12: 31}
_BY_FIRST: dict[str, tuple[str, ...]] = {}
for _name in _FEASTS:
    _first = _name.split()[0]
    _BY_FIRST[_first] = (*_BY_FIRST.get(_first, ()), _name)


def feast(line: CalendarLine, at: int) -> tuple[Dated, int] | None:
    """Return the day of a feast said at a place, and the place after it."""
    start = line.after(line.after(at, "a", "le", "la", "l", "on", "at"), "l", "the")
    eve = next((after for words in _EVES if (after := line.follows(start, words))), 0)
    place = line.after(eve or start, "la", "l", "le")
    for name in _BY_FIRST.get(line.word(place), ()):
        if after := line.follows(place, name):
            day, month = _eve(*_FEASTS[name]) if eve else _FEASTS[name]
            said = year(line, after)
            return Dated(day, month, said[0] if said else None), said[1] if said else after
    return None


def _eve(day: int, month: int) -> tuple[int, int]:
    if day > 1:
        return day - 1, month
    before = (month - 2) % 12 + 1
    return _LAST_DAYS.get(before, 30), before
