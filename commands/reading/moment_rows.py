"""What meetings and reminders make of dates (docs/words.md: Days and moments)."""

from commands.reading.rows import reads, rest
from language.calendar.names import ANY_WEEKDAY
from language.grammar import ARTICLES
from language.spans import SpanKind
from language.standing import Candidates, Stood
from language.tables import ENDS, FREE, ask, none, read, text

_DAY = 1.5
_DATED = frozenset(ANY_WEEKDAY) | {
    "demain",
    "hier",
    "tomorrow",
    "noel",
    "aujourdhui",
    "apresdemain",
}
_OF = "du de des d of pour for apres after"
_ARTICLES = " ".join(ARTICLES)


def _has_moment(stood: Stood, among: Candidates) -> bool:
    """A bound is one of a moment that stands elsewhere: `mardi 18h à La Halle jusqu'en juin`."""
    return any(one.how in ("whole", "day") for one in among.others(stood.span, SpanKind.MOMENT))


def _of_a_noun(stood: Stood, among: Candidates) -> bool:
    """`réunion du 12`, `fête de vendredi`."""
    led = among.line.word(stood.span.start) in ("du", "de", "des", "d", "of")
    return stood.noun and led and stood.span.how != "hours"


MOMENT = (
    none(how="part"),
    read(how="bound", given=_has_moment),
    none(how="bound"),
    none(how="noon", governor="du de le ce d the"),
    text(
        how="whole tied",
        governor="d de of",
        given=lambda stood, among: not among.is_tail(stood.span.end),
    ),
    read(how="whole later offset"),
    text(how="month"),
    text(how="vague", governor=_ARTICLES),
    text(how="feast", governor=f"{_OF} {_ARTICLES}"),
    text(how="feast", given=lambda stood, among: not among.is_tail(stood.span.end)),
    text(governor=_OF),
    text(given=_of_a_noun),
    read(),
)
MOVED = (
    none(how="part"),
    ask("date.shift", how="hours", governor="d de + - of by"),
    ask("date.shift", how="later", lead="d de"),
    read(),
)
SERIES = (read(standing=ENDS), read(standing=FREE), text())
SLIP = (ask("date.slip"),)


def _weigh(among: Candidates, at: int) -> float:
    return _DAY if among.line.word(at) in _DATED else 0.0


MEETING_TITLE = rest((SpanKind.SLIP, SLIP), weigh=_weigh)
REMINDER_TEXT = rest(weigh=_weigh)
WHEN_SAID = reads((SpanKind.MOMENT, MOMENT))
WHEN_MOVED = reads((SpanKind.MOMENT, MOVED), (SpanKind.SLIP, SLIP), (SpanKind.KEPT, (read(),)))
WHICH_SAID = reads((SpanKind.SERIES, SERIES))
