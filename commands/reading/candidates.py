"""What one chooses among: texts, or dates where every one of them reads as a date."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from circle.calendar import Ambiguous, Day, Moment, Note, Reason, Refused, When
from circle.text import plain, squash
from commands.reading import days, lists
from commands.reading.slots import Around, Unreadable
from commands.reading.words import Piece
from language.calendar import read_when

_FRACTION = re.compile(r"(\d{1,2})/(\d{1,2})")
_LARGEST_PART = 10
# A month, a week-end, a repetition: things to choose among as they are said.
_TEXTS = {Reason.VAGUE, Reason.EITHER}
_TEXTS_TOO = {Reason.NOT_UNDERSTOOD, Reason.REPEATED}
_BLANK = frozenset({"aucun", "aucune", "aucundesdeux", "blanc", "none", "blank", "noneofthem"})
_PART_OF_DAY = re.compile(
    r"\b(?:matin|matinee|apres-midi|aprem|soir|soiree|nuit|morning|afternoon|evening|night)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the things to choose among; `when` as `circle.votes.Option` writes it."""

    text: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A piece as a text and, where its words are a date, as the calendar reads it."""

    text: str
    piece: Piece = field(compare=False)
    reading: When | None = field(compare=False)


def candidate(piece: Piece, around: Around) -> Read:
    """A text to choose, and the date that it may be."""
    text = lists.item(piece, around)
    reading = None if piece.quoted else _day_alone(read_when(piece.text, around.now))
    return Read(text, piece, reading if _is_dated(reading) else None)


def _day_alone(reading: When) -> When:
    """`jeudi matin` is a day that people choose as they say it: no hour is asked for."""
    if isinstance(reading, Ambiguous) and reading.reason is Reason.HOUR_MISSING:
        return reading.choices[0] if len(reading.choices) == 1 else reading
    return reading


def settled(read: tuple[Read, ...], around: Around) -> tuple[Candidate, ...]:
    """Dates if all of them are; otherwise texts. Raises Unread for a date to ask about."""
    if any(one.reading is None for one in read) or all(map(_is_fraction, read)):
        _check_alike(read)
        return tuple(Candidate(one.text) for one in read)
    dates = tuple(Candidate(one.text, _when(one, around)) for one in read)
    for at, one in enumerate(dates):
        if one.when in {other.when for other in dates[:at]} and not says_more(one.text):
            raise Unreadable("list.twice", read[at].piece)
    return dates


def _check_alike(read: tuple[Read, ...]) -> None:
    """Texts that fold to one word cannot be told apart in a ballot; `aucun` answers by itself."""
    said = [squash(one.text) for one in read]
    for at, text in enumerate(said):
        if text and text in said[:at]:
            raise Unreadable("list.twice", read[at].piece)
        if text in _BLANK:
            raise Unreadable("list.blank", read[at].piece)


def says_more(text: str) -> bool:
    """Whether a date's words hold more than the date: `mardi soir`."""
    return _PART_OF_DAY.search(plain(text)) is not None


def _is_dated(reading: When | None) -> bool:
    match reading:
        case Day():
            return True
        case Moment():
            return reading.rrule is None and Note.DAY_ASSUMED not in reading.notes
        case Ambiguous():
            return reading.reason not in _TEXTS
        case Refused():
            return reading.reason not in _TEXTS_TOO
    return False


def _is_fraction(read: Read) -> bool:
    """`1/2 | 2/3` are more likely parts than days of February and March."""
    found = _FRACTION.fullmatch(read.piece.plain)
    return found is not None and int(found[1]) <= int(found[2]) <= _LARGEST_PART


def _when(read: Read, around: Around) -> str:
    found = days.dated(read.piece, read.reading, around)
    if isinstance(found, Moment):
        ends = (found.start, found.end)
        return "/".join(_instant(end) for end in ends if end is not None)
    return found.isoformat()


def _instant(instant: datetime) -> str:
    return instant.isoformat(timespec="minutes")
