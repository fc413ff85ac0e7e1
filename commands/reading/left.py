"""Words that look like a value and that nothing reads: asked about, never passed over."""

from commands.reading.doubts import Doubt, Way, as_text
from language import bare
from language.cover import Judged
from language.line import Line
from language.spans import Span, SpanKind
from language.tables import Row, Table, Verdict

_READ = Row(Verdict.READ)


def left_doubt(line: Line, left: tuple[int, ...], table: Table) -> Doubt:
    """The question about the first run of tokens that are left."""
    start = left[0]
    end = start + 1
    while end in left:
        end += 1
    text = Span(SpanKind.LABEL, start, end)
    return Doubt("reading.left", start, end, {}, (*_as_amount(line, start, table), as_text(text)))


def _as_amount(line: Line, at: int, table: Table) -> tuple[Way, ...]:
    """`80`: euros, where the command reads amounts."""
    found = bare.bare(line, at) if SpanKind.AMOUNT in table else None
    if found is None or found.value is None:
        return ()
    return ((Judged(Span(SpanKind.AMOUNT, at, found.end, found.value, how="decided"), _READ),),)
