"""A line read by spans: its values where they stand, its text what remains, or one question."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Any

from commands.reading.canonical import written
from commands.reading.doubts import UNKNOWN, Doubt, Way, of_question, of_row, twice
from commands.reading.fields import Field, only, value_of
from commands.reading.leading import leading
from commands.reading.left import left_doubt
from commands.reading.naming import named_by
from commands.reading.people import near_people
from commands.reading.rows import Reads
from commands.reading.scenes import scene_of
from commands.reading.slots import Around, Option, Spot, Text, Unreadable, Value
from commands.reading.words import Piece, between, says_something, unquoted
from language.cover import Cover, Judged, cover, judged
from language.dates import is_date_word
from language.line import line_of
from language.scan import look, scan
from language.spans import Span, SpanKind
from language.standing import candidates
from language.tables import Rows, Verdict, ask
from language.text import remaining

_SHOWN = 80
_NARROW = 8
_MOST_FIGURES = 100
_LONGEST_REWRITTEN = 500
"""Characters; of a longer line, no other line is written out."""
_ROOM = 600
"""Characters that values may take beside a text of its full length."""
_ASKED = ask()

_APART = ("|", "¦")
"""What stands between the items of a list."""


def is_spanned(fields: tuple[Field, ...]) -> bool:
    """Whether a command's line is read by spans."""
    return any(field.reads is not None for field in fields)


Retelling = Callable[["Reading"], Mapping[str, object]]


def read_spans(
    fields: tuple[Field, ...],
    piece: Piece,
    around: Around,
    retelling: Retelling = lambda _reading: {},
) -> dict[str, object]:
    """The values by field, and what `retelling` says of how they were read. Raises Unread."""
    first, others = apart(fields)
    around = replace(around, has_text=bool(only(Text, fields)))
    values, rest = leading(first, piece, around)
    reading = Reading(others, rest, around)
    with asked(reading, piece, rest):
        return {**values, **reading.values(), **retelling(reading)}


@contextmanager
def asked(reading: "Reading", whole: Piece, piece: Piece) -> Iterator[None]:
    """What is doubted inside, as a question with the lines that nothing would be asked about."""
    try:
        yield
    except Doubt as doubt:
        rests = reading.lines(doubt.ways)
        rests = tuple(f"{_before(whole, piece)}{line}" for line in rests)
        unread = Unreadable(doubt.key, reading.piece_of(doubt.start, doubt.end), rests=rests)
        unread.values = dict(doubt.values)
        raise unread from None
    except Unreadable as unread:
        unread.rests = tuple(f"{_before(whole, piece)}{line}" for line in unread.rests)
        raise


def apart(fields: tuple[Field, ...]) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The fields whose value leads the line, and the others."""
    first = tuple(field for field in fields if isinstance(field.slot, Value) and not field.reads)
    return first, tuple(field for field in fields if field not in first)


def _before(piece: Piece, rest: Piece) -> str:
    """What stands before the words that are read by spans, a space after it."""
    said = piece.source[piece.start : rest.start if rest.words else piece.end].strip()
    return f"{said} " if said else ""


class Reading:
    """One line before the tables of one command."""

    def __init__(self, fields: tuple[Field, ...], piece: Piece, around: Around) -> None:
        self._fields = fields
        self._piece = piece
        self._around = around
        self._rest = _rest_of(fields)
        self._check_length()
        self._line = line_of(piece.text)
        self._check_figures()
        self._table = {kind: rows for one in _all(fields) for kind, rows in one.table.items()}
        self._look = look(self._line, scene_of(around))
        spans = scan(self._look, self._table)
        self._among = candidates(self._line, spans, question=self._rest.question)
        self._judged = judged(self._among, self._table)

    def _check_length(self) -> None:
        limit = max((slot.limit for _, slot in only(Text, self._fields)), default=0) + _ROOM
        if len(self._piece.text) > limit:
            length = len(self._piece.text)
            raise Unreadable("text.too-long", self._piece, length=length, limit=limit - _ROOM)

    def _check_figures(self) -> None:
        """So many numbers and dates are no line that somebody typed: asked for shorter ones."""
        said = map(self._line.word, range(len(self._line)))
        figures = sum(word == "@" or is_date_word(word) for word in said)
        if figures > _MOST_FIGURES:
            raise Unreadable("reading.too-much", self._piece[:_SHOWN], count=figures)

    def values(self, decided: Way = ()) -> dict[str, object]:
        """The values, some words being decided. Raises Doubt or Unread."""
        found = self._decided(decided) if decided else self.covered
        self._check(found, decided)
        values = self._found(found)
        self._missing(values)
        return values

    @cached_property
    def covered(self) -> Cover:
        """The reading that leaves the least unexplained."""
        return cover(self._among, self._judged, self._rest.weigh)

    def _found(self, found: Cover) -> dict[str, object]:
        """What the chosen spans are worth, and the text that remains."""
        values = self._filled(found.read)
        self._text(values, tuple(span for span in found.read if not span.keep))
        return values

    def ending(self) -> tuple[dict[str, object], int]:
        """The values that end the line, and where in its text they begin."""
        found = self.covered
        end, last = self._among.last, []
        for span in reversed(found.read):
            if self._among.past_marks(span.end) < end:
                break
            end = span.start
            last.append(span)
        for span in last:
            if span.question is not None:
                raise of_question(span, span.question, _ASKED)
        values = self._filled(tuple(reversed(last)))
        if self._line.word(end - 1) in _APART:  # `A | merci`: an item, no thanks
            end = end - 1 if last else len(self._line)
        return values, self._line.end(end - 1) if end else 0

    def _decided(self, way: Way) -> Cover:
        """The same, some words being decided."""
        free = (
            one for one in self._judged if not any(one.span.overlaps(other.span) for other in way)
        )
        return cover(self._among, (*free, *way), self._rest.weigh)

    def _check(self, found: Cover, decided: Way) -> None:
        for one in found.chosen:
            span = self._with_people_alike(one.span)
            if one.row.verdict is Verdict.ASK:
                raise of_row(span, one.row)
            if one.row.verdict is Verdict.READ and span.question is not None:
                raise of_question(span, span.question, one.row)
        if found.left:
            doubt = left_doubt(self._line, found.left, self._table)
            self._check_required(found.read, () if decided else doubt.ways)
            raise doubt

    def _with_people_alike(self, span: Span) -> Span:
        """For an account that nobody has, people of a name like it."""
        if span.question is None or span.question.key != UNKNOWN:
            return span
        led = span.lead in ("pour", "for")
        alike = near_people(self.piece_of(span.start + led, span.end), self._around)
        return replace(span, question=replace(span.question, choices=alike))

    def _check_required(self, read: tuple[Span, ...], ways: tuple[Way, ...]) -> None:
        """What must be said comes before what is left over, which may be just that."""
        for field in self._fields:
            value = value_of(field.slot)
            meant = value.default(self._around) if value else None
            if field.required and value is not None and not _of(field, read) and meant is None:
                self._refuse(value, self.lines(ways))

    def _filled(self, read: tuple[Span, ...]) -> dict[str, object]:
        values: dict[str, object] = {}
        for field in self._fields:
            said = _of(field, read)
            if said and field.reads is not None:
                settle = field.reads.settle
                values[field.name] = settle(said, values) if settle else _agreed(said)
        return values

    def _text(self, values: dict[str, object], taken: tuple[Span, ...]) -> None:
        field = next((field for field in self._fields if _takes_rest(field)), None)
        if field is None:
            self._nothing_else(taken)
            return
        text = unquoted(remaining(self._line, (self._among.first, self._among.last), taken))
        self._check_limit(field, text)
        if isinstance(field.slot, Option):
            text = named_by(field.slot, text, self._around)
        if says_something(text):
            values[field.name] = text

    def _check_limit(self, field: Field, text: str) -> None:
        limit = field.slot.limit if isinstance(field.slot, Text) else len(text)
        if len(text) > limit:
            raise Unreadable("text.too-long", self._piece, length=len(text), limit=limit)

    def _nothing_else(self, taken: tuple[Span, ...]) -> None:
        """A command without text has no use for other words."""
        bounds = self._among.first, self._among.last
        words = remaining(self._line, bounds, taken)
        if any(char.isalnum() for char in words):
            raise Unreadable("line.extra", self._piece, "", text=words[:_SHOWN])

    def _missing(self, values: dict[str, object]) -> None:
        for field in self._fields:
            if field.name in values:
                continue
            value = value_of(field.slot)
            meant = value.default(self._around) if value else None
            if meant is not None:
                values[field.name] = meant
            elif field.required and value is None:
                raise Unreadable("text.missing", rests=self._with_text(field, values))
            elif field.required:
                self._refuse(value)

    def _with_text(self, field: Field, values: Mapping[str, object]) -> tuple[str, ...]:
        """The values that were said, and what the text is called in its place."""
        if not self._piece.words or not isinstance(field.slot, Text):
            return ()
        name = field.slot.label.in_language(self._around.rules.language)
        line = written({**values, field.name: name}, self._fields, self._around, self._reads_as)
        return (line,) if line else ()

    def _refuse(self, value: Any, rests: tuple[str, ...] = ()) -> None:
        if not self._piece.words:
            raise Unreadable(value.missing)
        value.refuse(self._piece[:1])
        said = self._piece[:1] if value.width <= _NARROW else self._piece
        raise Unreadable(value.wrong, said, rests=rests or self._with_such(value))

    def _with_such(self, value: Any) -> tuple[str, ...]:
        """The person's own words, with a value like the one that is missing on either side."""
        such, text = value.such.in_language(self._around.rules.language), self._piece.text
        if not such or len(text) > _LONGEST_REWRITTEN:
            return ()
        either = (f"{such} {text}", f"{text} {such}")
        return either[::-1] if only(Spot, self._fields) else either

    def lines(self, ways: Iterable[Way]) -> tuple[str, ...]:
        """Lines that say each of these ways and that nothing is asked about."""
        if len(self._piece.text) > _LONGEST_REWRITTEN:
            return ()
        found = (self._line_of(way) for way in ways)
        return tuple(dict.fromkeys(line for line in found if line))

    def _line_of(self, way: Way) -> str:
        way = tuple(self._at_home(one) for one in way)
        if any(map(self._is_lost, way)):
            return ""
        try:
            values = self.values(way)
        except Doubt:
            return ""
        except Unreadable as unread:  # nothing but the text is missing
            return next(iter(unread.rests), "") if unread.key == "text.missing" else ""
        return written(values, self._fields, self._around, self._reads_as)

    def _at_home(self, one: Judged) -> Judged:
        """A value of a kind that no field holds, as the nearest kind that one does."""
        held = any(_holds(field, one.span.kind) for field in self._fields)
        if one.row.verdict is Verdict.READ and one.span.kind is SpanKind.AMOUNT and not held:
            return replace(one, span=replace(one.span, kind=SpanKind.BUDGET))
        return one

    def _is_lost(self, one: Judged) -> bool:
        """Whether a value that is read would be in no field: no line to propose."""
        taken = one.span.kind is SpanKind.PLEASANTRY or one.row.verdict is not Verdict.READ
        return not taken and not any(_holds(field, one.span.kind) for field in self._fields)

    def _reads_as(self, line: str, values: Mapping[str, object]) -> bool:
        try:
            return type(self)(*self._again(_split(line))).values() == values
        except (Doubt, Unreadable):
            return False

    def _again(self, piece: Piece) -> tuple[Any, ...]:
        """What another line is read with."""
        return self._fields, piece, self._around

    def piece_of(self, start: int, end: int) -> Piece:
        """Some tokens as a piece of the line, to be shown."""
        offset = self._piece.start
        first, last = self._line.start(start), self._line.end(end - 1)
        return between(self._piece.source, offset + first, offset + last)


def _split(line: str) -> Piece:
    return between(line, 0, len(line))


def _all(fields: tuple[Field, ...]) -> tuple[Reads, ...]:
    return tuple(field.reads for field in fields if field.reads is not None)


def _rest_of(fields: tuple[Field, ...]) -> Reads:
    found = (field.reads for field in fields if _takes_rest(field))
    return next((reads for reads in found if reads is not None), Reads({}))


def _takes_rest(field: Field) -> bool:
    taken = field.reads is not None and field.reads.takes_rest
    return isinstance(field.slot, Text) or taken


def _holds(field: Field, kind: SpanKind) -> bool:
    """Whether a field is filled from values of a kind."""
    return (
        field.reads is not None and kind in field.reads.table and not isinstance(field.slot, Text)
    )


def _of(field: Field, read: tuple[Span, ...]) -> tuple[Span, ...]:
    table: Mapping[SpanKind, Rows] = field.reads.table if field.reads else {}
    if _takes_rest(field):
        return ()
    return tuple(span for span in read if span.kind in table)


_ADDED = frozenset({SpanKind.AMOUNT, SpanKind.BARE, SpanKind.EFFORT})


def _agreed(said: tuple[Span, ...]) -> object:
    """The one value that some spans say; two amounts are never one, even equal. Raises Doubt."""
    several = len(said) > 1 and (said[0].kind in _ADDED or len({_key(one) for one in said}) > 1)
    if several:
        raise twice(said)
    return said[0].value


def _key(span: Span) -> object:
    return span.value if span.value.__hash__ else repr(span.value)
