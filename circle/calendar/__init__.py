"""The calendar reader: dates as people say them, in French and in English.

Text and a zone-aware now go in; a day, a moment, a period, a question with its choices or a
refusal with its reason come out. Never a silent guess, no clock, no words for people.
"""

from circle.calendar.meaning import Want
from circle.calendar.reading import read_day, read_moment, read_when
from circle.calendar.rules import next_occurrence, occurrences
from circle.calendar.spans import read_span
from circle.calendar.spoken import longest_prefix, longest_suffix
from circle.calendar.values import (
    Ambiguous,
    Day,
    Looking,
    Moment,
    Note,
    Reason,
    Refused,
    Span,
    When,
)
from circle.calendar.written import write_day, write_moment

__all__ = [
    "Ambiguous",
    "Day",
    "Looking",
    "Moment",
    "Note",
    "Reason",
    "Refused",
    "Span",
    "Want",
    "When",
    "longest_prefix",
    "longest_suffix",
    "next_occurrence",
    "occurrences",
    "read_day",
    "read_moment",
    "read_span",
    "read_when",
    "write_day",
    "write_moment",
]
