"""Numbers and ranks, in figures and in words, French and English."""

from language.calendar.line import CalendarLine

_UP_TO_NINETEEN = (
    *("zero", "un une one", "deux two", "trois three", "quatre four", "cinq five", "six"),
    *("sept seven", "huit eight", "neuf nine", "dix ten", "onze eleven", "douze twelve"),
    *("treize thirteen", "quatorze fourteen", "quinze fifteen", "seize sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_UNITS = {name: value for value, both in enumerate(_UP_TO_NINETEEN) for name in both.split()}
_FROM_TWENTY = ("vingt twenty", "trente thirty", "quarante forty", "cinquante fifty")
_TENS = {
    **{name: 10 * tens for tens, both in enumerate(_FROM_TWENTY, 2) for name in both.split()},
    "soixante": 60,
    "sixty": 60,
    "ninety": 90,
}
_IN_WORDS = {*_UNITS, *_TENS, "quatre"}
_RANKS = {
    **dict.fromkeys(("premier", "premiers", "premiere", "first"), 1),
    **dict.fromkeys(("deuxieme", "deuxiemes", "second", "seconds"), 2),
    **dict.fromkeys(("troisieme", "troisiemes", "third"), 3),
    **dict.fromkeys(("quatrieme", "quatriemes", "fourth"), 4),
    **dict.fromkeys(("cinquieme", "cinquiemes", "fifth"), 5),
    **dict.fromkeys(("dernier", "derniers", "derniere", "last"), -1),
}
_FRENCH_ENDINGS = ("er", "ers", "ere", "e", "es", "eme", "emes", "ieme", "iemes", "nd")
_ENGLISH_ENDINGS = ("st", "nd", "rd", "th")
_TEN = 10
_LAST_RANK = 5
_MOST_FIGURES = 4


def figures(line: CalendarLine, at: int) -> int | None:
    """Return the number written in figures at a place, of four figures at most."""
    word = line.word(at)
    return int(word) if word.isdecimal() and len(word) <= _MOST_FIGURES else None


def number(line: CalendarLine, at: int) -> tuple[int, int] | None:
    """Return a number in figures or in words (up to 99) and the place after it."""
    in_figures = figures(line, at)
    if in_figures is not None:
        return in_figures, at + 1
    if line.word(at) not in _IN_WORDS:
        return None
    return _eighties(line, at) or _tens(line, at) or _units(line, at)


def _units(line: CalendarLine, at: int) -> tuple[int, int] | None:
    unit = _UNITS.get(line.word(at))
    if unit is None:
        return None
    more = _UNITS.get(line.word(at + 1), 0)
    if unit == _TEN and _UNITS["sept"] <= more < _TEN:
        return unit + more, at + 2
    return unit, at + 1


def _tens(line: CalendarLine, at: int) -> tuple[int, int] | None:
    tens = _TENS.get(line.word(at))
    if tens is None:
        return None
    return _completed(line, tens, at + 1)


def _completed(line: CalendarLine, tens: int, at: int) -> tuple[int, int]:
    """Return tens with their units: `vingt et un`, `trente deux`, `soixante quinze`."""
    found = _units(line, line.after(at, "et"))
    room = 2 * _TEN if tens in (_TENS["soixante"], 4 * 2 * _TEN) else _TEN
    if found and 0 < found[0] < room:
        return tens + found[0], found[1]
    return tens, at


def _eighties(line: CalendarLine, at: int) -> tuple[int, int] | None:
    after = line.follows(at, "quatre vingt") or line.follows(at, "quatre vingts")
    return _completed(line, 4 * 2 * _TEN, after) if after else None


def begins(line: CalendarLine, at: int) -> bool:
    """Tell whether a number, or a rank, may stand at a place."""
    word = line.word(at)
    return word.isdecimal() or word in _IN_WORDS or word in _RANKS


def ordinal(line: CalendarLine, at: int) -> tuple[int, int] | None:
    """Return a number with its English ending: `9th`, `1st`."""
    value = figures(line, at)
    if value is None or not line.glued(at + 1) or line.word(at + 1) not in _ENGLISH_ENDINGS:
        return None
    return value, at + 2


def rank(line: CalendarLine, at: int) -> tuple[int, int] | None:
    """Return a rank from 1 to 5, or -1 for the last, and the place after it."""
    in_words = _RANKS.get(line.word(at))
    if in_words is not None:
        return in_words, at + 1
    value = figures(line, at)
    ended = line.glued(at + 1) and line.word(at + 1) in _FRENCH_ENDINGS + _ENGLISH_ENDINGS
    return (value, at + 2) if value and value <= _LAST_RANK and ended else None


def day_number(line: CalendarLine, at: int) -> tuple[int, int] | None:
    """Return a day of the month as said (`9`, `neuf`, `1er`, `premier`, `9th`), 0 to 99.

    Whether the month has such a day is not asked here.
    """
    if line.word(at) in ("premier", "first"):
        return 1, at + 1
    value = figures(line, at)
    if value == 1 and line.glued(at + 1) and line.word(at + 1) == "er":
        return 1, at + 2
    found = ordinal(line, at) or number(line, at)
    return found if found and found[0] < _TEN * _TEN else None
