"""The days that the words of an envelope's period tell: `2026`, `T3 2026`, `mars 2027`."""

from datetime import datetime

from circle.time import Days
from language.calendar import read_span


def days_of(period: str, at: datetime) -> Days | None:
    """Its days, both included, as they are read at that instant, which has the circle's zone.

    None: the words tell no days.
    """
    found = read_span(period, at)
    return found if isinstance(found, Days) else None
