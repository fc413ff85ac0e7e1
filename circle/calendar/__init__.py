"""Days, moments and repetitions as values; the rules that give their instants. No words."""

from circle.calendar.rules import next_occurrence, occurrences
from circle.calendar.values import (
    Ambiguous,
    Day,
    Looking,
    Moment,
    Note,
    Reason,
    Refused,
    When,
)

__all__ = [
    "Ambiguous",
    "Day",
    "Looking",
    "Moment",
    "Note",
    "Reason",
    "Refused",
    "When",
    "next_occurrence",
    "occurrences",
]
