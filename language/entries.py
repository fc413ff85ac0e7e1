"""The days that entries tell of: past ones, the latest first; what is to come is asked."""

from datetime import date

from circle.calendar import Day, Looking
from language.answers import whole_day
from language.calendar.meaning import Want
from language.calendar.names import MONTHS, WEEKDAYS
from language.calendar.specs import Dated, Later, OnWeekday, Within
from language.dates import Dates, Run
from language.grammar import AND, OR
from language.line import Line
from language.spans import Question, Span, SpanKind

_TIES = AND | OR | {"au", "a", "to", "-", "puis", "then", "jusqua", "jusquau", "until", ","}
_TO = ("au", "jusquau", "to", "until")
_HALF_A_YEAR = 183
_WANTED = Want.DAY


def days(line: Line, at: int, dates: Dates) -> list[Span]:
    """The days that begin there: the longest run, and the day alone.

    `how`: tied (several), bound, later, period, month, figures, weekday, hours, plain.
    """
    run = dates.run(at, hours=False)
    if run is None:
        return []
    tied = _tied(line, run, dates)
    if tied:
        question = Question("date.several")
        how = "stretch" if line.word(run.end) in _TO else "tied"
        return [_span(line, run, tied, how, None, question)]
    alone = dates.day(at)
    runs = (run,) if alone is None or alone.end == run.end else (run, alone)
    return [_read(line, one, dates) for one in runs]


def _tied(line: Line, run: Run, dates: Dates, more: int = 4) -> int:
    """Where a second day ends that is tied to the first; 0 where there is none."""
    if line.word(run.end) not in _TIES or run.said.day is None or not more:
        return 0
    for start in (run.end + 1, run.end):
        other = dates.run(start, hours=False)
        if other and other.said.day is not None and other.end > run.end + 1:
            later = _tied(line, other, dates, more - 1)
            return later or other.end
    return 0


def _read(line: Line, run: Run, dates: Dates) -> Span:
    day, question = _day(run, dates)
    return _span(line, run, run.end, _manner(line, run), day, question)


def _span(
    line: Line, run: Run, end: int, how: str, day: date | None, question: Question | None
) -> Span:
    lead = line.word(run.start)
    return Span(SpanKind.DAY, run.start, end, day, how=how, lead=lead, question=question)


def _day(run: Run, dates: Dates) -> tuple[date | None, Question | None]:
    day, question = whole_day(dates.means(run, _WANTED, Looking.BACK))
    if day is None or not _is_doubtful(run, day, dates.today):
        return day, question
    ahead = dates.means(run, _WANTED, Looking.FORWARD)
    if not isinstance(ahead, Day) and (dates.today - day).days > _HALF_A_YEAR:
        return (day, None) if _is_dated_fully(run) else whole_day(ahead)
    if not isinstance(ahead, Day) or not _is_nearer(run, ahead.date, day, dates.today):
        return day, None
    return None, Question("date.future", values={"date": ahead.date})


def _is_doubtful(run: Run, day: date, today: date) -> bool:
    """Whether a day to come may as well be meant."""
    spec = run.said.day
    bare = isinstance(spec, Dated) and spec.month is None and spec.weekday is None
    return bare or (today - day).days > _HALF_A_YEAR


def _is_dated_fully(run: Run) -> bool:
    """Whether the year, or the way to look, is said."""
    spec = run.said.day
    if isinstance(spec, Dated):
        return spec.year is not None or spec.toward is not None
    return not isinstance(spec, OnWeekday)


def _is_nearer(run: Run, ahead: date, day: date, today: date) -> bool:
    return not _is_dated_fully(run) and ahead - today < today - day


def _manner(line: Line, run: Run) -> str:
    said, spec = run.said, run.said.day
    if spec is None:
        both = said.since and said.until
        return "stretch" if both else "bound" if said.since or said.until else "none"
    if isinstance(spec, Later):
        return "later"
    if isinstance(spec, Within):
        whole = line.word(run.start) in MONTHS or line.word(run.start) in ("mois", "may")
        return "month" if whole else "period"
    if line.is_number(run.start) and line.word(run.start + 1) in ("/", ".", "-"):
        return "figures"
    bare = isinstance(spec, OnWeekday) and line.word(run.start) in WEEKDAYS
    return "weekday" if bare and run.end == run.start + 1 else "plain"
