"""The days that the words of an envelope's period tell: `2026`, `T3 2026`, `mars 2027`."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from circle.calendar import DaySpan
from circle.envelopes import Envelope
from language.calendar import read_span

_YEAR = re.compile(r"(?:19|20)\d\d")


def dated(envelopes: Iterable[Envelope]) -> tuple[Envelope, ...]:
    """The envelopes with the days of their periods, as far as their words tell them."""
    return tuple(map(_dated, envelopes))


def _dated(envelope: Envelope) -> Envelope:
    if not envelope.period:
        return envelope
    reading = read_span(envelope.period, envelope.at)
    if isinstance(reading, DaySpan):
        return replace(envelope, since=reading.since, until=reading.until)
    year = _YEAR.search(envelope.period)
    return replace(envelope, since=date(int(year[0]), 1, 1)) if year else envelope
