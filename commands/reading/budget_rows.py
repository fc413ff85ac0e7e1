"""What grants, workstreams and decisions make of the values in their lines."""

from circle.refs import Kind as Thing
from commands.reading.rows import reads, rest
from language.spans import SpanKind
from language.standing import Candidates, Stood
from language.tables import COMPLEMENT, ENDS, FREE, HEAD, TAIL, ask, beside, none, read, text

_FIGURE, _UNIT, _WORD = 2.0, 3.0, 1.0
_CURRENCY = frozenset({"€", "euros", "euro", "eur", "cts"})
_FOR = frozenset({"pour", "for"})


def _is_entry(stood: Stood, _among: Candidates) -> bool:
    return bool(stood.span.value.kind is Thing.ENTRY)


def _weigh_grant(among: Candidates, at: int) -> float:
    word = among.line.word(at)
    if word in _FOR and at > among.first:
        return _WORD
    return _FIGURE if word.isdecimal() else _UNIT if word in _CURRENCY else 0.0


def _weigh_money(among: Candidates, at: int) -> float:
    return _UNIT if among.line.word(at) in _CURRENCY else 0.0


_AMOUNT = (
    ask("money.rate", how="hourly rate priced"),
    none(how="slang"),
    read(standing=(*ENDS, FREE)),
    ask("money.unsure", standing=COMPLEMENT),
    read(),
)
_BARE = (
    text(given=beside(SpanKind.AMOUNT)),
    ask("money.ambiguous", how="ambiguous"),
    read(),
)
GRANT_AMOUNT = reads((SpanKind.AMOUNT, _AMOUNT), (SpanKind.BARE, _BARE))
GRANT_STREAM = reads((SpanKind.WORKSTREAM, (read(),)))
GRANT_PERIOD = reads((SpanKind.PERIOD, (read(),)))
GRANT_FUNDER = rest((SpanKind.LABEL, (text(how="code rank"), none())), weigh=_weigh_grant)

_BUDGET = (ask("money.year", how="year"), ask("money.budget", how="rate hourly"), read())
STREAM_NAME = rest(
    (SpanKind.AMOUNT, (ask("money.budget", standing=(TAIL, FREE)), text())), weigh=_weigh_money
)
STREAM_STEWARD = reads((SpanKind.STEWARD, (read(),)))
STREAM_ENVELOPE = reads((SpanKind.BUDGET, _BUDGET))

DECISION_REASON = rest((SpanKind.ID, (ask("id.several", standing=HEAD, given=_is_entry), text())))
