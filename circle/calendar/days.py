"""One day, however it is said."""

from circle.calendar.dated import dated
from circle.calendar.dotted import dotted
from circle.calendar.feasts import feast
from circle.calendar.line import Line, read_once
from circle.calendar.periods import ranked, within
from circle.calendar.relative import relative
from circle.calendar.specs import Spec
from circle.calendar.weekdays import on_weekday
from circle.calendar.words import longest


@read_once
def day(line: Line, at: int) -> tuple[Spec, int] | None:
    """Return the day said at a place, not yet placed in a calendar, and the place after it."""
    readers = (dated, dotted, feast, relative, on_weekday, ranked, within)
    return longest(*(reader(line, at) for reader in readers))
