"""The calendar reader: dates as people say them, in French and in English.

Text and a zone-aware now go in; a day, a moment, a period, a question with its choices or a
refusal with its reason come out. Never a silent guess, no clock, no words for people.
"""

from language.calendar.meaning import Want
from language.calendar.reading import read_day, read_moment, read_when
from language.calendar.spans import read_span
from language.calendar.spoken import longest_prefix, longest_suffix
from language.calendar.written import write_day, write_moment

__all__ = [
    "Want",
    "longest_prefix",
    "longest_suffix",
    "read_day",
    "read_moment",
    "read_span",
    "read_when",
    "write_day",
    "write_moment",
]
