"""Days and moments where they stand: runs of the calendar's own clauses, each kind once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from circle.calendar import Looking, When
from circle.calendar.parts import Part
from circle.calendar.view import View
from language.calendar.days import day
from language.calendar.hours import hours, length
from language.calendar.limits import between, since, skips, times, until
from language.calendar.line import CalendarLine as Tokens
from language.calendar.line import CalendarToken
from language.calendar.meaning import Want, meaning
from language.calendar.names import ANY_WEEKDAY, MONTHS, PARTS, SHORT_WEEKDAYS
from language.calendar.phrase import Phrase
from language.calendar.reading import interpret
from language.calendar.recurrence import REPEATING, repeat
from language.calendar.specs import Shifted, Within
from language.calendar.words import longest
from language.grammar import words
from language.line import Line
from language.numbers import WORDS
from language.weeks import of_week

_SEPARATORS = (",", "(", ")", ":", "-")
_PART_LEADS = ("dans la", "dans l", "in the", "the", "le", "au", "en", "l")
_ENGLISH = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june"
    " july august september october november december tomorrow yesterday today tonight next noon"
    " midnight"
    " am pm oclock every morning afternoon evening the"
)
_MOST = 48
"""Tokens: no date is longer."""
_FIRST = (
    frozenset(ANY_WEEKDAY)
    | frozenset(SHORT_WEEKDAYS)
    | frozenset(MONTHS)
    | frozenset(PARTS)
    | frozenset(WORDS)
    | words(
        "le la l les du au a de d des ce cet cette ces dans il sous dici jusqua jusquau jusquen "
        "depuis apartir tous toutes chaque demain apresdemain hier avanthier aujourdhui midi "
        "minuit fin debut mi courant en premier premiere deuxieme troisieme dernier derniere "
        "prochain semaine s j veille weekend vers entre pendant durant duree sauf hors excepte "
        "hormis mois trimestre annee noel nouvel jour toussaint armistice saint reveillon "
        "epiphanie chandeleur halloween assomption fete tomorrow yesterday today tonight next "
        "last on at every each from until till since for in the first second third noon "
        "midnight end early late mid week day this coming by between christmas new valentine @ "
        "t except starting beginning through environ about around july may eve"
    )
)

_NEAR = 5
_WEAK = words(
    "le la l les du au a de d des ce cet cette ces dans il un une en by on at in the for from this"
    " each every sous pendant durant vers entre sauf hors tous toutes chaque premier premiere last"
)
_STRONG = _FIRST - _WEAK
_NEARBY = _STRONG | words("heure heures minute minutes hour hours")
"""Words that make a date of the small ones before them: `dans une demi-heure`."""


def is_date_word(word: str) -> bool:
    """Whether a word belongs to dates more than to anything else."""
    return word.isdecimal() or word in _STRONG


@dataclass(frozen=True, slots=True)
class Run:
    """Clauses of a date that stand side by side, from one token to another."""

    said: Phrase
    start: int
    end: int

    @property
    def whole(self) -> bool:
        """Whether it says both a day, or days, and an hour."""
        return self.said.hours is not None and (
            self.said.day is not None or self.said.repeat is not None
        )


class _Dated(Tokens):
    """The tokens, in the language of the dates among them: `on change` is no English."""

    __slots__ = ()

    def __init__(self, tokens: tuple[CalendarToken, ...]) -> None:
        super().__init__(tokens)
        self.english = any(token.text in _ENGLISH for token in tokens)


class Dates:
    """The dates of one line; each clause is read once at each place."""

    def __init__(self, line: Line, now: datetime) -> None:
        self._line = line
        self._tokens = _Dated(line.tokens.tokens)
        self._now = now
        self._known: dict[int, tuple[tuple[Phrase, int], ...]] = {}
        repeats = not REPEATING.isdisjoint(self._tokens.words)
        self._readers = (*_REPEATED, *_READERS) if repeats else _READERS

    @property
    def today(self) -> date:
        return self._now.date()

    def run(self, at: int, *, hours: bool = True) -> Run | None:
        """The longest chain of clauses that begins there. `hours`: of the day, too."""
        if not self._may_begin(at):
            return None
        run = self._chain(Phrase(), at, at, hours=hours)
        return run if run.end > at else None

    def _chain(self, said: Phrase, at: int, place: int, *, hours: bool) -> Run:
        """What is said from a place on, added to what was said before it."""
        end = place
        while place - at < _MOST and not self._is_quoted(place):
            if place > at and (after := self._after_separator(place, end)):
                place = after
                continue
            found = longest(*self._fitting(place, hours=hours, first=place == at, said=said))
            if found is None or any(map(self._is_quoted, range(place, found[1]))):
                break
            both = said.with_(found[0])
            if both is None:
                break
            said, place, end = both, found[1], found[1]
        return Run(said, at, end)

    def day(self, at: int) -> Run | None:
        """The day alone that begins there."""
        found = day(self._tokens, at) or of_week(self._tokens, at, self.today)
        return Run(Phrase(day=found[0]), at, found[1]) if found else None

    def last_day(self, at: int) -> Run | None:
        """`jusqu'au 15`: the day after such a word, with its hours."""
        found = until(self._tokens, at)
        if found is None:
            return None
        return self._chain(Phrase(day=found[0]), at, found[1], hours=True)

    def means(self, run: Run, want: Want, looking: Looking = Looking.FORWARD) -> When:
        """What a run means: a day, a moment, a question or a refusal."""
        return meaning(run.said, View(self._now, looking), want)

    def reads(self, start: int, end: int, want: Want) -> When:
        """What some tokens mean as a whole, two dates tied by a word included."""
        view = View(self._now, Looking.FORWARD)
        return interpret(self._tokens.cut(start, end), view, want)

    def _is_quoted(self, at: int) -> bool:
        return at >= len(self._line) or self._line.quoted[at]

    def _after_separator(self, at: int, end: int) -> int:
        """The place after a mark that a date goes on behind, 0 where none stands."""
        word = self._line.word(at)
        if word not in _SEPARATORS:
            return 0
        inside = word in "-:" and self._line.glued(at) and self._line.glued(at + 1)
        return 0 if inside or (word == "(" and at > end) else at + 1

    def _fitting(
        self, at: int, *, hours: bool, first: bool, said: Phrase
    ) -> tuple[tuple[Phrase, int], ...]:
        """The clauses that may stand there: no part of the day begins a run (`Soirée jeux`)."""
        marked = self._line.word(at - 1) in (":", "-", "(")
        return tuple(
            one
            for one in self._clauses(at)
            if (hours or one[0].hours is None or self._told_hour(at, said))
            and not (one[0].part and one[0].day is None and (first or marked or said == Phrase()))
            and not (marked and not first and isinstance(one[0].day, Within))
        )

    def _told_hour(self, at: int, said: Phrase) -> bool:
        """`hier à 14h`: an hour that goes with the day, no effort."""
        led = self._line.word(at) in ("a", "at", "vers") and self._line.word(at + 1) != "midi"
        return said.day is not None and led

    def _may_begin(self, at: int) -> bool:
        """Whether a date may begin there: small words only where a word of dates is near."""
        word = self._line.word(at)
        if word == "the" and not self._line.raw(at, at + 1).isascii():
            return False  # `Thé jeudi 16h`
        if word in _WEAK:
            near = range(at + 1, at + 1 + _NEAR)
            return any(self._line.is_number(n) or self._line.word(n) in _NEARBY for n in near)
        return word.isdecimal() or word in _FIRST

    def _clauses(self, at: int) -> tuple[tuple[Phrase, int], ...]:
        if at not in self._known:
            self._known[at] = tuple(self._read(at)) if self._may_begin(at) else ()
        return self._known[at]

    def _read(self, at: int) -> list[tuple[Phrase, int]]:
        tokens, found = self._tokens, list[tuple[Phrase, int]]()
        for name, reader in self._readers:
            if one := reader(tokens, at):
                found.append((replace(_SILENT, **{name: one[0]}), one[1]))
        if both := between(tokens, at):
            found.append((Phrase(since=both[0][0], until=both[0][1]), both[1]))
        if week := of_week(tokens, at, self.today):
            found.append((Phrase(day=week[0]), week[1]))
        return found + self._parts(at)

    def _parts(self, at: int) -> list[tuple[Phrase, int]]:
        tokens = self._tokens
        if tokens.word(at) == "tonight":
            return [(Phrase(day=Shifted(), part=Part.EVENING), at + 1)]
        led = (tokens.follows(at, lead) for lead in _PART_LEADS)
        places = [at, *(place for place in led if place)]
        found = ((PARTS.get(tokens.word(place)), place) for place in places)
        return [(Phrase(part=part), place + 1) for part, place in found if part]


_SILENT = Phrase()
_Reader = tuple[str, Callable[[Tokens, int], tuple[Any, int] | None]]
_REPEATED: tuple[_Reader, ...] = (("repeat", repeat),)
_READERS: tuple[_Reader, ...] = (
    ("day", day),
    ("hours", hours),
    ("since", since),
    ("until", until),
    ("skips", skips),
    ("times", times),
    ("length", length),
)
