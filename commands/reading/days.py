"""Dates as the calendar reads them, for the slots of a line (LANGUAGE: days)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from circle.calendar import (
    Ambiguous,
    Day,
    Looking,
    Moment,
    Reason,
    Refused,
    Span,
    read_day,
    read_moment,
    read_span,
    read_when,
)
from commands.reading.slots import Around, Unread
from commands.reading.words import Piece

Reading = Day | Moment | Ambiguous | Refused

_ASKED: Mapping[Reason, str] = {
    Reason.HOUR_MISSING: "date.hour-missing",
    Reason.DAY_MISSING: "date.day-missing",
    Reason.VAGUE: "date.vague",
}
_REFUSED: Mapping[Reason, str] = {
    Reason.IMPOSSIBLE_DAY: "date.impossible",
    Reason.IMPOSSIBLE_HOUR: "date.impossible",
    Reason.WEEKDAY_MISMATCH: "date.mismatch",
    Reason.PAST: "date.past",
    Reason.FUTURE: "date.future",
    Reason.END_BEFORE_START: "date.end-before-start",
    Reason.NO_OCCURRENCE: "date.no-occurrence",
    Reason.REPEATED: "date.repeated",
    Reason.TOO_FAR: "date.too-far",
}
_LAST_DAY_WORDS = ("hier", "avant-hier", "aujourd'hui", "yesterday", "today")


def past_day(piece: Piece, around: Around) -> date | None:
    """A local day, the latest one past: `le 12 mars`, `lundi`. A vague one is no day."""
    reading = read_day(piece.text, around.now, Looking.BACK)
    if isinstance(reading, Ambiguous) and reading.reason is Reason.VAGUE:
        return None
    return _day(piece, reading)


def bare_past_day(piece: Piece, around: Around) -> date | None:
    """`hier` and its like, which need no introducing word."""
    return past_day(piece, around) if piece.plain in _LAST_DAY_WORDS else None


def next_day(piece: Piece, around: Around) -> date | None:
    """A local day, the next one, today included."""
    return _day(piece, read_day(piece.text, around.now, Looking.FORWARD))


def deadline(piece: Piece, around: Around) -> date | datetime | None:
    """A day (complete) or an instant that is not past."""
    reading = read_when(piece.text, around.now, Looking.FORWARD)
    if isinstance(reading, Moment):
        return _instant(piece, reading, around)
    day = _day(piece, reading)
    if day is not None and day < around.now.date():
        raise Unread("date.past", piece, date=day)
    return day


def moment(piece: Piece, around: Around) -> Moment | None:
    """A moment with its hour, perhaps an end, perhaps repeated."""
    reading = read_moment(piece.text, around.now)
    if isinstance(reading, Moment):
        return reading
    _refuse(piece, reading)
    return None


def span(piece: Piece, around: Around) -> Span | None:
    """A period of whole local days: `2026`, `mars 2026`, `trimestre`."""
    reading = read_span(piece.text, around.now)
    if isinstance(reading, Span):
        return reading
    _refuse(piece, reading)
    return None


def _instant(piece: Piece, reading: Moment, around: Around) -> datetime:
    if reading.rrule is not None or reading.end is not None:
        raise Unread("date.repeated", piece)
    if reading.start <= around.now:
        raise Unread("date.past", piece, start=reading.start)
    return reading.start


def _day(piece: Piece, reading: Reading) -> date | None:
    if isinstance(reading, Day):
        return reading.date
    _refuse(piece, reading)
    return None


def _refuse(piece: Piece, reading: Reading) -> None:
    """Raise what the calendar asks or refuses; nothing where the words are no date at all."""
    if isinstance(reading, Ambiguous):
        _ask(piece, reading)
    if isinstance(reading, Refused) and reading.reason in _REFUSED:
        raise Unread(_REFUSED[reading.reason], piece, **reading.detail)


def _ask(piece: Piece, reading: Ambiguous) -> None:
    key = _ASKED.get(reading.reason, "date.ambiguous")
    choices = tuple(one.date if isinstance(one, Day) else one.start for one in reading.choices)
    said = tuple(map(typed, choices))
    raise Unread(key, piece, *said, choices=choices, reason=reading.reason)


def typed(when: date | datetime) -> str:
    """A date as one can type it in both languages, year and all: `09/04/2024 14:00`."""
    return f"{when:%d/%m/%Y %H:%M}" if isinstance(when, datetime) else f"{when:%d/%m/%Y}"


Reader = Callable[[Piece, Around], object]
