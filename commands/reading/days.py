"""Dates as the calendar reads them, for the slots of a line (docs/words.md: Days and moments)."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from circle.calendar import Ambiguous, Day, Looking, Moment, Reason, Refused, When
from circle.time import Days
from commands.reading.slots import Around, Unreadable
from commands.reading.words import Piece, between
from language.calendar import (
    longest_prefix,
    longest_suffix,
    read_day,
    read_moment,
    read_span,
    read_when,
    write_day,
    write_moment,
)

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
_BARE_DAY = re.compile(r"\d{1,2}(?:er)?")
WEEKDAYS = (
    ("lundi", "monday"),
    ("mardi", "tuesday"),
    ("mercredi", "wednesday"),
    ("jeudi", "thursday"),
    ("vendredi", "friday"),
    ("samedi", "saturday"),
    ("dimanche", "sunday"),
)
_AN_HOUR = (" 18:00", " à 18h")
_LAST_DAY_WORDS = ("hier", "avant-hier", "aujourd'hui", "yesterday", "today")


def past_day(piece: Piece, around: Around) -> date | None:
    """A local day, the latest one past: `le 12 mars`, `lundi`. A vague one is no day."""
    reading = read_day(_said(piece), around.now, looking=Looking.BACK)
    if isinstance(reading, Ambiguous) and reading.reason is Reason.VAGUE:
        return None
    return _day(piece, reading, around)


def bare_past_day(piece: Piece, around: Around) -> date | None:
    """`hier` and its like, which need no introducing word."""
    return past_day(piece, around) if piece.plain in _LAST_DAY_WORDS else None


def next_day(piece: Piece, around: Around) -> date | None:
    """A local day, the next one, today included."""
    return _day(piece, read_day(_said(piece), around.now, looking=Looking.FORWARD), around)


def deadline(piece: Piece, around: Around) -> date | datetime | None:
    """A day (complete) or an instant that is not past."""
    reading = read_when(_said(piece), around.now)
    if isinstance(reading, Moment):
        return _instant(piece, reading)
    return _day(piece, reading, around)


def moment(piece: Piece, around: Around) -> Moment | None:
    """A moment with its hour, perhaps an end, perhaps repeated."""
    return _moment(piece, read_moment(piece.text, around.now), around)


def moment_first(piece: Piece, around: Around) -> tuple[Moment, Piece] | None:
    """The longest beginning that is a moment, and the rest. Raises Unread for a torn date."""
    found = longest_prefix(piece.text, around.now)
    if found is None:
        return None
    reading, rest = found
    after = piece.without_start(len(piece.text) - len(rest))
    said = between(piece.source, piece.start, after.start if rest else piece.end)
    read = _moment(said, reading, around)
    return (read, after) if read is not None else None


def moment_last(piece: Piece, around: Around) -> tuple[Moment, Piece] | None:
    """The longest end that is a moment, and what precedes it. Raises Unread for a torn date."""
    found = longest_suffix(piece.text, around.now)
    if found is None:
        return None
    head, reading = found
    before = between(piece.source, piece.start, piece.start + len(head))
    read = _moment(
        between(piece.source, before.end if head else piece.start, piece.end), reading, around
    )
    return (read, before) if read is not None else None


def dated(piece: Piece, reading: When | None, around: Around) -> date | Moment:
    """The day or the moment of a reading; Unread for what the calendar asks or refuses."""
    if isinstance(reading, Moment):
        return reading
    found = _day(piece, reading, around) if reading is not None else None
    if found is None:
        raise Unreadable("date.not-understood", piece)
    return found


def span(piece: Piece, around: Around) -> Days | None:
    """A period of whole local days: `2026`, `mars 2026`, `trimestre`."""
    reading = read_span(piece.text, around.now)
    if isinstance(reading, Days):
        return reading
    _refuse(piece, reading, around)
    return None


def _said(piece: Piece) -> str:
    """The words, with the `le` that `jusqu'au 12` and `le 12` have left before them."""
    return f"le {piece.text}" if _BARE_DAY.fullmatch(piece.plain) else piece.text


def _instant(piece: Piece, reading: Moment) -> datetime | None:
    if reading.end is not None:
        return None
    if reading.rrule is not None:
        raise Unreadable("date.repeated", piece)
    return reading.start


def _day(piece: Piece, reading: When, around: Around) -> date | None:
    if isinstance(reading, Day):
        return reading.date
    _refuse(piece, reading, around)
    return None


def _moment(piece: Piece, reading: When, around: Around) -> Moment | None:
    if isinstance(reading, Moment):
        return reading
    _refuse(piece, reading, around)
    return None


def _refuse(piece: Piece, reading: When | Days, around: Around) -> None:
    """Raise what the calendar asks or refuses; nothing where the words are no date at all."""
    if isinstance(reading, Ambiguous):
        _ask(piece, reading, around)
    if isinstance(reading, Refused) and reading.reason in _REFUSED:
        refused = Unreadable(_REFUSED[reading.reason], piece, *_without_weekday(piece, reading))
        refused.values = dict(reading.detail)
        raise refused


def _without_weekday(piece: Piece, reading: Refused) -> tuple[str, ...]:
    """The words without the weekday that contradicts the date."""
    said = reading.detail.get("said")
    names = WEEKDAYS[said] if isinstance(said, int) else ()
    at = next((at for at, word in enumerate(piece.words) if word.plain in names), None)
    return () if at is None else (f"{piece[:at].text} {piece[at + 1 :].text}".strip(),)


def _ask(piece: Piece, reading: Ambiguous, around: Around) -> None:
    key = _ASKED.get(reading.reason, "date.ambiguous")
    choices = tuple(one.date if isinstance(one, Day) else one.start for one in reading.choices)
    language = around.rules.language
    hour = _AN_HOUR[language == "fr"] if reading.reason is Reason.HOUR_MISSING else ""
    said = tuple(f"{typed(one, language)}{hour}" for one in reading.choices)
    raise Unreadable(key, piece, *said, choices=choices, reason=reading.reason)


def typed(when: Day | Moment, language: str) -> str:
    """A date as one can type it without being asked, year and all."""
    if language == "fr" or (isinstance(when, Moment) and (when.rrule or when.end)):
        return write_day(when) if isinstance(when, Day) else write_moment(when)
    return f"{when.date:%Y-%m-%d}" if isinstance(when, Day) else f"{when.start:%Y-%m-%d %H:%M}"
