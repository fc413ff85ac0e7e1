"""Deadlines: a word that introduces one, and the day or the hour after it."""

import re

from circle.calendar import Looking, When
from language.calendar.meaning import Want
from language.calendar.torn import near_a_name
from language.dates import Dates, Run
from language.line import Line
from language.spans import Question, Span, SpanKind

_DUE = re.compile(
    r"(?:(?:a (?:faire|rendre|finir|terminer|boucler|livrer|envoyer)|to (?:do|finish|be done) )?"
    r"(?: ?)(?:avant|dici|d'ici|au plus tard|pas plus tard que|echeance|deadline"
    r"|date limite"
    r"|dernier"
    r" delai|delai|jusqu'?au?|jusqua|jusquau|jusquen|sous|within|pour|a (?:rendre"
    r"|finir|terminer|boucler|livrer)"
    r"|before|by|due|no later than|at the latest|until|till|for))"
    r"(?: ?[:=])?(?: (?:le|la|au|avant|on|by|l))?(?= |$|\d)"
)
_CLOSING = re.compile(
    r"(?:(?:la )?(?:cloture|fin(?: du vote)?|ferme|fermeture|se (?:termine"
    r"|cloture|clot)|date limite"
    r"|reponses?|repondre|avant|limite|dici|d'ici|a rendre|vote ouvert|ouvert|closing|closes|ends?"
    r"|by|before|deadline|until|till|au plus tard))"
    r"(?: ?:)?(?: (?:le|au|avant|du|on|by|jusqu'?au?|jusqua|jusquau))*(?= |$|\d)"
)
_REVIEW = re.compile(
    r"(?:revision|a revoir|revoir|review)(?: ?:)?(?: (?:le|en|au|on|in))?(?= |$|\d)"
)
_UNTIL = frozenset({"jusqua", "jusquau", "jusquen", "until", "till"})
_WITHIN = frozenset({"dici", "sous", "within"})
_BACK = frozenset({"le", "la", "au", "on", "l"})
_TAILS = (
    *(
        "au plus tard",
        "dernier delai",
        "inclus",
        "incluse",
        "compris",
        "comprise",
        "maximum",
        "max",
    ),
    *("grand maximum", "at the latest", "included", "inclusive", "sans faute", "pile"),
)
_FOR = frozenset({"pour", "for"})


def due(line: Line, at: int, dates: Dates) -> Span | None:
    """`avant le 12 décembre`, `pour vendredi`, `échéance : 3 mars`, `d'ici la fin du mois`."""
    if line.word(at) == "avanthier" and line.text[line.start(at) : line.end(at)].count("-") == 0:
        return Span(SpanKind.DUE, at, at + 1, lead="avant", question=Question("date.past"))
    return _introduced(line, at, dates, _DUE, SpanKind.DUE)


def closing(line: Line, at: int, dates: Dates) -> Span | None:
    """`jusqu'au 15.12`, `clôture le 30 novembre`, `avant dimanche inclus`."""
    return _introduced(line, at, dates, _CLOSING, SpanKind.CLOSING)


def review(line: Line, at: int, dates: Dates) -> Span | None:
    """`à revoir le 1er juin`."""
    return _introduced(line, at, dates, _REVIEW, SpanKind.REVIEW)


def _introduced(
    line: Line, at: int, dates: Dates, word: re.Pattern[str], kind: SpanKind
) -> Span | None:
    lead = line.word(at)
    bound = dates.last_day(at) if kind is not SpanKind.REVIEW and lead in _UNTIL else None
    bound = dates.run(at) if kind is not SpanKind.REVIEW and lead in _WITHIN else bound
    found = line.match(word, at)
    run = _longest(bound, _run(line, found[1], dates) if found else None)
    if run is not None:
        return Span(kind, at, _with_tail(line, run.end), run, how=_manner(run), lead=lead)
    if found and lead not in _FOR and near_a_name(line.word(found[1])):
        return Span(SpanKind.SLIP, at, found[1] + 1, line.word(found[1]))
    return None


def _longest(one: Run | None, other: Run | None) -> Run | None:
    return max((run for run in (one, other) if run), key=lambda run: run.end, default=None)


def _run(line: Line, after: int, dates: Dates) -> Run | None:
    """The date after the introducing words, whose last may be its own article."""
    found = dates.run(after)
    if line.word(after - 1) in _BACK:
        found = _longest(dates.run(after - 1), found)
    said = found and (found.said.day or found.said.hours or found.said.until)
    return found if said else None


def _with_tail(line: Line, end: int) -> int:
    for _ in range(2):
        end = next((to for words in _TAILS if (to := line.tokens.follows(end, words))), end)
    return end


def _manner(run: Run) -> str:
    if run.said.day is None:
        return "hour"
    return type(run.said.day).__name__.lower()


def meaning(run: Run, dates: Dates) -> When:
    """The day (whole) or the instant of a deadline, or why there is none."""
    return dates.means(run, Want.WHEN, Looking.FORWARD)
