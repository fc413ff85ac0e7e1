"""What a command makes of each kind of value, by how it is said and where it stands: a table.

ASKED_FOR = (
ask(how="rate"),                 # the first row that fits holds
ask(standing=COMPLEMENT),
read(),
)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from language.grammar import words
from language.spans import SpanKind
from language.standing import Candidates, Stand, Stood

HEAD, TAIL, FREE = Stand.HEAD, Stand.TAIL, Stand.FREE
INSIDE, COMPLEMENT, QUESTION = Stand.INSIDE, Stand.COMPLEMENT, Stand.QUESTION
ENDS = (HEAD, TAIL)
LOOSE = (HEAD, TAIL, FREE)

Given = Callable[[Stood, Candidates], bool]


class Verdict(StrEnum):
    """What a value is for a command."""

    READ = "read"
    TEXT = "text"
    ASK = "ask"
    NONE = "none"
    """No candidate at all: what stands there is left to be explained by others, or asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; what is empty does not matter. `key` is what is asked."""

    verdict: Verdict
    how: frozenset[str] = frozenset()
    lead: frozenset[str] = frozenset()
    standing: frozenset[Stand] = frozenset()
    governor: frozenset[str] = frozenset()
    given: Given | None = None
    key: str = "reading.unsure"

    def fits(self, stood: Stood, among: Candidates) -> bool:
        """Whether the row is about a value that stands so."""
        span = stood.span
        return (
            (not self.how or span.how in self.how)
            and (not self.lead or span.lead in self.lead)
            and (not self.standing or stood.standing in self.standing)
            and (not self.governor or stood.governor in self.governor)
            and (self.given is None or self.given(stood, among))
        )


Rows = tuple[Row, ...]
Table = Mapping[SpanKind, Rows]

Standings = Stand | tuple[Stand, ...]


def _row(
    verdict: Verdict,
    how: str,
    lead: str,
    standing: Standings,
    governor: str,
    given: Given | None,
    key: str,
) -> Row:
    places = (standing,) if isinstance(standing, Stand) else standing
    hows, leads, governors = words(how), words(lead), words(governor)
    return Row(verdict, hows, leads, frozenset(places), governors, given, key)


def read(
    *,
    how: str = "",
    lead: str = "",
    standing: Standings = (),
    governor: str = "",
    given: Given | None = None,
) -> Row:
    """It is the value of the command."""
    return _row(Verdict.READ, how, lead, standing, governor, given, "")


def text(
    *,
    how: str = "",
    lead: str = "",
    standing: Standings = (),
    governor: str = "",
    given: Given | None = None,
) -> Row:
    """It belongs to the text."""
    return _row(Verdict.TEXT, how, lead, standing, governor, given, "")


def none(
    *,
    how: str = "",
    lead: str = "",
    standing: Standings = (),
    governor: str = "",
    given: Given | None = None,
) -> Row:
    """It is no candidate."""
    return _row(Verdict.NONE, how, lead, standing, governor, given, "")


def ask(
    key: str = "reading.unsure",
    *,
    how: str = "",
    lead: str = "",
    standing: Standings = (),
    governor: str = "",
    given: Given | None = None,
) -> Row:
    """It must be asked about."""
    return _row(Verdict.ASK, how, lead, standing, governor, given, key)


def beside(*kinds: SpanKind) -> Given:
    """Where another value of one of these kinds stands in the line."""
    return lambda stood, among: bool(among.others(stood.span, *kinds))


def alone(*kinds: SpanKind) -> Given:
    """Where no other value of these kinds stands in the line."""
    return lambda stood, among: not among.others(stood.span, *kinds)


def judge(rows: Rows, stood: Stood, among: Candidates) -> Row:
    """The first row that fits."""
    return next((row for row in rows if row.fits(stood, among)), _TEXT)


_TEXT = Row(Verdict.TEXT)
