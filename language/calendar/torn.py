"""Dates torn apart: a part of what was meant was left in the text beside the date read.

Typing errors are never guessed, but they are noticed: `Atelier mardii 14h` is not today at 14:00.
"""

from functools import lru_cache

from circle.calendar.values import Ambiguous, Day, Moment, Reason, When, refused
from language.calendar.days import day
from language.calendar.hours import hours
from language.calendar.line import CalendarLine
from language.calendar.names import (
    ANY_MONTH,
    ANY_WEEKDAY,
    DAY_WORDS,
    MONTH_WORDS,
    PARTS,
    SHORT_WEEKDAYS,
    WEEK_WORDS,
)
from language.calendar.numbers import number
from language.calendar.phrase import phrase
from language.calendar.recurrence import repeat
from language.calendar.specs import Dated

_AND = ("et", "ou", "and", "or", "puis", "then", "&", "/", "+")
_ON = (*_AND, "au", "a", "to", "-", "jusqua", "jusquau", "jusquen", "until", "till")
_OPEN = (
    *("entre", "between", "avant", "apres", "before", "after", "au", "sauf", "except", "ni"),
    *("vers", "autour", "environ", "about", "around", "circa", "by", "until", "till", "since"),
    *("jusqua", "jusquau", "jusquen", "depuis", "des", "from", "pas", "not", "etre", "maybe"),
)
_UNITS = (*DAY_WORDS, *WEEK_WORDS, *MONTH_WORDS, "fortnight")
_EXCEPT = ("sauf", "except", "excepte", "hormis")
_LOOSE = (
    *("demain", "tomorrow", "hier", "yesterday", "aujourdhui", "today", "prochain", "next"),
    *("dernier", "semaine", "week", "mois", "month", "jour", "jours", "days", "weekend"),
    *("bientot", "soon", "prochainement", "tard", "later", "trimestre", "h", "heures", "am", "pm"),
    *("midi", "minuit", "noon", "midnight", "tonight", "huit", "quinze"),
)
_DATE_WORDS = frozenset({*ANY_WEEKDAY, *ANY_MONTH, *PARTS, *_LOOSE})
_NAMES = tuple(name for name in (*ANY_WEEKDAY, *ANY_MONTH, "demain", "tomorrow") if name != "march")
_REACH, _FAR_REACH = 6, 12
_LONG = 5


def torn_from_rest(found: When, line: CalendarLine, end: int) -> When:
    """Return a reading, or its refusal where the text after it goes on with the date."""
    said = phrase(line.cut(0, end))
    if said is None:
        return found
    unfinished = said.day is None or (isinstance(said.day, Dated) and said.day.month is None)
    next_word = line.word(end)
    joined = (next_word in _ON and _is_dated(line, end + 1)) or _another_begins(line, end)
    dropped = said.repeat is not None and next_word in _EXCEPT
    misspelt = unfinished and not said.repeat and near_a_name(next_word)
    return refused(Reason.NOT_UNDERSTOOD) if joined or dropped or misspelt else found


def torn_from_head(found: When, line: CalendarLine, start: int) -> When:
    """Return a reading, a question or a refusal where the text before it begins the date."""
    said = phrase(line.cut(start, len(line)))
    head = line.cut(max(0, start - _REACH), start)
    before = line.cut(max(0, start - _FAR_REACH), start)
    repeats = _repeats(before) and not (said and said.repeat)
    if repeats or _begins_a_date(head, line.word(start)) or _ends_with_hours(head):
        return refused(Reason.NOT_UNDERSTOOD)
    lone = said is not None and said.day is None and said.repeat is None
    if lone and (_ends_as_a_day(head) or any(map(_names_a_date, head.words))):
        choices = (found,) if isinstance(found, Moment | Day) else ()
        return Ambiguous(choices, Reason.DAY_MISSING)
    return found


def _begins_a_date(head: CalendarLine, first: str) -> bool:
    """Tell whether a head ends as half of a date: `mardi ou`, `mardi,`, `12 -`, `le 12`."""
    at = len(head) - 1
    last, before = head.word(at), head.word(at - 1)
    if last in _OPEN:
        return True
    if last in _AND and _is_date_word(before):
        return True
    if last == "-" and before.isdecimal() and first.isdecimal():
        return True
    if last in _UNITS and (before in ("a", "an") or number(head, at - 1)):
        return True  # `une semaine après`, `a week on tuesday`
    said = head.word(at - 1) if last == "," else last
    return said in ANY_WEEKDAY or (last.isdecimal() and before in ("le", "du"))


def _another_begins(line: CalendarLine, at: int) -> bool:
    """Tell whether a second day with its hour follows: `mardi 14h jeudi 16h`."""
    found = day(line, at)
    return found is not None and hours(line, found[1]) is not None


def _ends_with_hours(head: CalendarLine) -> bool:
    readings = (hours(head, at) for at in range(len(head)))
    return any(found and found[1] == len(head) for found in readings)


def _repeats(head: CalendarLine) -> bool:
    return any(repeat(head, at) for at in range(len(head)))


def _is_dated(line: CalendarLine, at: int) -> bool:
    return any(reader(line, at) for reader in (day, hours, repeat))


def _names_a_date(word: str) -> bool:
    return word in _DATE_WORDS or near_a_name(word)


def _is_date_word(word: str) -> bool:
    return _names_a_date(word) or word.isdecimal()


def _ends_as_a_day(head: CalendarLine) -> bool:
    """Tell whether a head ends with a number of its own, or a short weekday: `3`, `jeu`."""
    last = len(head) - 1
    return head.word(last) in SHORT_WEEKDAYS or (
        head.word(last).isdecimal() and not head.glued(last)
    )


@lru_cache(maxsize=1024)
def near_a_name(word: str) -> bool:
    """Tell whether a word is one slip of the fingers away from a weekday or a month."""
    return word not in _NAMES and any(_one_slip(word, name) for name in _NAMES)


def _one_slip(word: str, name: str) -> bool:
    """Tell whether one letter was added, dropped, changed, or two swapped (long names)."""
    if len(name) < _LONG:
        return len(word) == len(name) == _LONG - 1 and sorted(word) == sorted(name)
    if len(word) < _LONG - 1:
        return False
    while word and name and word[0] == name[0]:
        word, name = word[1:], name[1:]
    while word and name and word[-1] == name[-1]:
        word, name = word[:-1], name[:-1]
    swapped = len(word) == len("ab") and word == name[::-1]
    return swapped or max(len(word), len(name)) <= 1
