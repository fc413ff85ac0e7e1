"""One day, however it is said."""

from language.calendar.dated import dated
from language.calendar.dotted import dotted
from language.calendar.feasts import feast
from language.calendar.line import CalendarLine, read_once
from language.calendar.periods import ranked, within
from language.calendar.relative import relative
from language.calendar.specs import Spec
from language.calendar.weekdays import on_weekday
from language.calendar.words import longest


@read_once
def day(line: CalendarLine, at: int) -> tuple[Spec, int] | None:
    """Return the day said at a place, not yet placed in a calendar, and the place after it."""
    readers = (dated, dotted, feast, relative, on_weekday, ranked, within)
    return longest(*(reader(line, at) for reader in readers))
