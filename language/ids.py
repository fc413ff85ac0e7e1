"""Ids where they stand: `A12`, `#A12`, several joined by `et` or commas."""

import re

from circle.refs import Kind as Thing
from circle.refs import Ref
from language.grammar import AND
from language.line import Line
from language.spans import Span, SpanKind

_ID = re.compile(r"(?P<sign>#)?(?P<kind>[acemrv])(?P<number>\d{1,6})(?![a-z0-9])")
_LEADS = frozenset({"sur", "action", "vote", "pour", "on", "for", "de", "l"})


def reference(line: Line, at: int) -> Span | None:
    """One id. `lead` is its sign, or the word that introduces it."""
    found = line.match(_ID, at)
    if found is None or (line.glued(at) and _continues(line, at)):
        return None
    match, end = found
    ref = Ref(Thing(match["kind"].upper()), int(match["number"]))
    return Span(SpanKind.ID, at, end, ref, lead=match["sign"] or _lead(line, at))


def _continues(line: Line, at: int) -> bool:
    """Whether it is the end of a longer word (`F-2026-A12`)."""
    return line.word(at - 1).isalnum() or line.word(at - 1) in ("-", "/", ".")


def _lead(line: Line, at: int) -> str:
    return line.word(at - 1) if line.word(at - 1) in _LEADS else ""


def references(line: Line, at: int) -> tuple[tuple[Ref, ...], int]:
    """All the ids that stand side by side, and the place after them."""
    found: list[Ref] = []
    place = end = at
    while one := reference(line, place):
        found.append(one.value)
        end = one.end
        place = end
        while line.word(place) in AND or line.word(place) == ",":
            place += 1
    return tuple(dict.fromkeys(found)), end
