"""Parts of the day, and where they place an hour said on twelve."""

from enum import Enum

HOUR = 60
NOON = 12 * HOUR
DAY = 24 * HOUR


class Part(Enum):
    """A part of the day."""

    AM = "am"
    PM = "pm"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


_WINDOWS = {  # from, to, and the hours that are moved by twelve
    Part.AM: (0, 12, range(0)),
    Part.MORNING: (0, 12, range(0)),
    Part.PM: (12, 24, range(1, 12)),
    Part.AFTERNOON: (12, 20, range(1, 8)),
    Part.EVENING: (17, 25, range(5, 12)),
}


def placed(minutes: int, part: Part) -> int | None:
    """Return the minutes since midnight meant in that part of the day.

    `8h` in the evening is 20:00; None where the two contradict (`ce soir à 14h`).
    """
    first, last, moved = _WINDOWS[part]
    if part is Part.AM and minutes // HOUR == NOON // HOUR:
        return minutes - NOON
    if minutes // HOUR in moved:
        minutes += NOON
    return minutes if first * HOUR <= minutes < last * HOUR else None
