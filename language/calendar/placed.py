"""Days found for what was said: one, or several to choose from."""

from dataclasses import dataclass
from datetime import date

from circle.calendar.values import Note, Reason


@dataclass(frozen=True, slots=True)
class PlacedDays:
    """One day (`reason` None), or the days to ask about and why."""

    options: tuple[date, ...]
    reason: Reason | None = None
    notes: tuple[Note, ...] = ()
