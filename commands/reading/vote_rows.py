"""What votes make of the values in their lines: before the last `?` is the question, then options.

Without a `?`, options stand at the end (docs/words.md: Reading a line).
"""

from circle.refs import Kind as Thing
from commands.reading.rows import reads, rest
from commands.reading.settling import of_kinds
from language.grammar import ARTICLES, PREPOSITIONS
from language.spans import SpanKind
from language.standing import Candidates, Stood
from language.tables import COMPLEMENT, ENDS, FREE, HEAD, INSIDE, QUESTION, TAIL, ask, read, text

_GOVERNED = " ".join(ARTICLES | PREPOSITIONS)
_UNTIL = "jusqua jusquau jusquen until till cloture fermeture closing closes"
_LED = "a aux un une la l au avec par with by the"
_WORD, _RULE = 1.5, 1.0
_SMALL = frozenset(
    {"et", "avec", "le", "a", "vote", "au", "la", "and", "with", "the", "en", "par", "by", "de"}
)
_RULES = frozenset({"quorum", "majorite", "unanimite", "majority"})


def _is_option(stood: Stood, among: Candidates) -> bool:
    """Whether it stands after the mark that ends the question."""
    return 0 <= among.mark < stood.span.start


def _at_end(stood: Stood, among: Candidates) -> bool:
    return among.is_tail(stood.span.end)


def _is_alone(stood: Stood, among: Candidates) -> bool:
    """Whether nothing but marks stands beside it."""
    line = among.line
    beside = (*range(stood.span.start), *range(stood.span.end, len(line)))
    return not any(line.word(at).isalnum() for at in beside)


def _is_all(stood: Stood, among: Candidates) -> bool:
    return stood.span.start == among.first


MAJORITY = (
    read(given=_is_option),
    text(standing=QUESTION, governor=_GOVERNED),
    text(standing=QUESTION, lead=_LED),
    ask("vote.rule-unsure", standing=QUESTION),
    text(standing=INSIDE),
    text(governor=" ".join(ARTICLES)),
    read(given=_at_end),
    text(),
)
QUORUM = MAJORITY
UNANIMITY = (
    ask("majority.unanimity", given=_is_option),
    text(standing=(QUESTION, INSIDE, COMPLEMENT)),
    text(governor=_GOVERNED),
    ask("majority.unanimity"),
)
SECRET = (
    read(given=_is_option),
    text(standing=(QUESTION, INSIDE)),
    text(how="word", governor=f"{_GOVERNED} vote"),
    text(governor=" ".join(ARTICLES)),
    ask("vote.rule-unsure", how="whole", lead="au a en par by in", given=_at_end),
    read(given=_at_end),
    text(),
)
HIDDEN = (
    read(given=_is_option),
    text(standing=(QUESTION, INSIDE)),
    text(governor=" ".join(ARTICLES)),
    read(given=_at_end),
    text(),
)
MINIMUM = HIDDEN
REVIEW = (
    read(given=_is_option),
    text(standing=(QUESTION, INSIDE, COMPLEMENT)),
    read(given=_at_end),
)
CLOSING = (
    read(given=_is_option),
    text(standing=(QUESTION, INSIDE)),
    read(lead=_UNTIL, given=_at_end),
    text(lead="fin end ends reponse reponses repondre limite ouvert sur sous for open"),
    ask("vote.closing-unsure", how="bare", standing=FREE),
    text(how="bare"),
    ask("vote.closing-unsure", given=_at_end),
    text(),
)
BUDGET = (
    text(lead="article"),
    text(standing=QUESTION, how="year bare followed"),
    ask("money.year", how="year", given=_is_option),
    text(standing=HEAD, how="year"),
    text(how="followed"),
    ask("money.year", how="year"),
    read(),
)
AMOUNT = (ask("money.budget", given=_is_option), text())
ID = (ask("reading.id-alone", given=_is_alone), read(lead="#"), text())
ANSWER = (ask("reading.answer", given=_is_all), text())


def _weigh(among: Candidates, at: int) -> float:
    word = among.line.word(at)
    if among.mark >= 0:
        return _WORD if at > among.mark and word.isalnum() and word not in _SMALL else 0.0
    governed = among.before(at) in ARTICLES | PREPOSITIONS
    return _RULE if word in _RULES and not governed and at > among.first else 0.0


VOTE_TEXT = rest(
    (SpanKind.AMOUNT, AMOUNT),
    (SpanKind.UNANIMITY, UNANIMITY),
    (SpanKind.ANSWER, ANSWER),
    weigh=_weigh,
    question=True,
)
VOTE_BUDGET = reads((SpanKind.BUDGET, BUDGET))
VOTE_ACTION = reads((SpanKind.ID, ID), settle=of_kinds(Thing.ACTION))
VOTE_CLOSING = reads((SpanKind.CLOSING, CLOSING))
VOTE_QUORUM = reads((SpanKind.QUORUM, QUORUM))
VOTE_MAJORITY = reads((SpanKind.MAJORITY, MAJORITY))
VOTE_SECRET = reads((SpanKind.SECRET, SECRET))
VOTE_HIDDEN = reads((SpanKind.HIDDEN, HIDDEN))
VOTE_MINIMUM = reads((SpanKind.MINIMUM, MINIMUM))
VOTE_REVIEW = reads((SpanKind.REVIEW, REVIEW))

_LAST = (read(standing=(TAIL, HEAD)), text())
LIST_CLOSING = reads(
    (
        SpanKind.CLOSING,
        (read(lead=_UNTIL, standing=ENDS), read(lead="pendant during", standing=TAIL), text()),
    )
)
LIST_QUORUM = reads((SpanKind.QUORUM, _LAST))
LIST_SECRET = reads((SpanKind.SECRET, (text(how="word", governor="| ¦ , ou or"), *_LAST)))
LIST_HIDDEN = reads((SpanKind.HIDDEN, _LAST))
