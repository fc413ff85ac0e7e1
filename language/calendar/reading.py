"""Reading a whole text as a moment, a day, or either."""

from datetime import datetime

from circle.calendar.values import Ambiguous, Day, Looking, Moment, Reason, Refused, When, refused
from circle.calendar.view import View
from language.calendar.limits import UNTIL, since, until
from language.calendar.line import CalendarLine
from language.calendar.meaning import Want, meaning
from language.calendar.pairs import either, stretch, stretched
from language.calendar.phrase import Phrase, phrase
from language.calendar.words import MOST_WORDS, line_of

MOST_CHARACTERS = 600
_LEADS = ("avant", "depuis", "dici", "by", "before", "since", "des", "apartir", "from", *UNTIL)


def read_moment(text: str, now: datetime, *, looking: Looking = Looking.FORWARD) -> When:
    """Return the moment a text says; the hour is required, a repetition is allowed.

    `now` is zone-aware, and its zone is the one meant. Never a Day.
    """
    return _read(text, View(now, looking), Want.MOMENT)


def read_day(text: str, now: datetime, *, looking: Looking) -> Day | Ambiguous | Refused:
    """Return the local day a text says; an hour said with it must exist, and is let go.

    The text may begin with the word that introduces it (`le`, `depuis`, `avant`, `dès`…).
    """
    found = _read(text, View(now, looking), Want.DAY)
    return Day(found.start.date(), found.notes) if isinstance(found, Moment) else found


def read_when(text: str, now: datetime, *, looking: Looking = Looking.FORWARD) -> When:
    """Return the day or the moment a text says (deadlines): a day without hour is complete.

    The text may begin with the word that introduces it (`jusqu'à`, `avant`, `d'ici`…).
    """
    return _read(text, View(now, looking), Want.WHEN)


def _read(text: str, view: View, want: Want) -> When:
    return interpret(whole_line(text), view, want)


def whole_line(text: str) -> CalendarLine:
    """Return the tokens of a text; of one too long to be a date, none."""
    spaced = " ".join(text.split())
    return line_of(spaced) if len(spaced) <= MOST_CHARACTERS else CalendarLine(())


def readable(found: When) -> bool:
    """Tell whether a text was read as a date, if only to refuse it."""
    return not (isinstance(found, Refused) and found.reason is Reason.NOT_UNDERSTOOD)


def interpret(line: CalendarLine, view: View, want: Want) -> When:
    """Return what a whole line means; what is not a date is NOT_UNDERSTOOD."""
    line = _without_full_stop(line)
    if len(line) > MOST_WORDS or (want is Want.MOMENT and line.word(0) in ("au", "jusquau")):
        return refused(Reason.NOT_UNDERSTOOD)
    said = phrase(line) if want is Want.MOMENT else introduced(line)
    if said and (said.repeat or not said.bounded):
        return meaning(said, view, want)
    both = stretch(line) if want is Want.MOMENT else None
    if both:
        return stretched(both, view)
    return either(line, view, want) or refused(Reason.NOT_UNDERSTOOD)


def _without_full_stop(line: CalendarLine) -> CalendarLine:
    end = len(line)
    while end and line.word(end - 1) in (".", "!"):
        end -= 1
    return line.cut(0, end)


def introduced(line: CalendarLine) -> Phrase | None:
    """Return a phrase with or without the word that introduces a day."""
    bound = until(line, 0) or since(line, 0)
    if bound:
        rest = line.cut(bound[1], len(line))
        hours = phrase(rest) if len(rest) else Phrase()
        whole = Phrase(day=bound[0]).with_(hours) if hours else None
        if whole:
            return whole
    said = phrase(line)
    if said or line.word(0) not in _LEADS:
        return said
    start = line.after(1, "a", "de", "du", "d", "en")
    return phrase(line.cut(start, len(line))) or phrase(line.cut(1, len(line)))
