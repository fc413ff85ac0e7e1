"""A moment wherever it stands, its title before it, its place after it; or one question."""

from dataclasses import replace
from datetime import date, datetime, time, tzinfo

from circle.calendar import Ambiguous, Day, Looking, Moment, Reason, Refused, When
from circle.calendar.view import View
from circle.refs import Ref
from commands.reading.doubts import Doubt, Way, as_text, decided
from commands.reading.fields import Field, only, value_of
from commands.reading.leading import leading
from commands.reading.moment_places import TitleAndPlace as Words
from commands.reading.moment_places import title_and_place
from commands.reading.slots import Around, Spot, Text, Unreadable
from commands.reading.spanned import Reading, apart, asked
from commands.reading.words import Piece, says_something
from language.answers import question
from language.calendar.meaning import Want, meaning
from language.calendar.phrase import Phrase
from language.calendar.specs import Dated
from language.cover import Cover, Judged
from language.dates import Run
from language.spans import Question, Span, SpanKind
from language.tables import Verdict

_MOST = 2
_APART = (SpanKind.MOMENT, SpanKind.KEPT)
_QUARTER = Question("date.ambiguous", values={"reason": Reason.QUARTER_START})
_EVENING = 18


def is_moment(fields: tuple[Field, ...]) -> bool:
    """Whether a command's line is about when something happens."""
    return any(field.reads and SpanKind.MOMENT in field.reads.table for field in fields)


def read_moment(fields: tuple[Field, ...], piece: Piece, around: Around) -> dict[str, object]:
    """The values by field. Raises Unread."""
    first, others = apart(fields)
    values, rest = leading(first, piece, around)
    meeting = next((one for one in values.values() if isinstance(one, Ref)), None)
    reading = _MomentReading(others, rest, around, meeting)
    with asked(reading, piece, rest):
        return values | reading.values()


class _MomentReading(Reading):
    """`meeting`: the one that is moved, whose day and hour are kept where none is said."""

    def __init__(
        self, fields: tuple[Field, ...], piece: Piece, around: Around, meeting: Ref | None
    ) -> None:
        super().__init__(fields, piece, around)
        self._meeting = meeting
        self._titled = bool(only(Spot, fields)) and bool(only(Text, fields))

    def _again(self, piece: Piece) -> tuple[object, ...]:
        return *super()._again(piece), self._meeting

    def _found(self, found: Cover) -> dict[str, object]:
        spans = tuple(span for span in found.read if span.kind is SpanKind.MOMENT)
        head = None if self._titled or not self._has_text else self._at_head(found)
        values = self._filled(
            tuple(span for span in found.read if span.kind not in (SpanKind.MOMENT, SpanKind.KEPT))
        )
        said = (head,) if head else spans
        field = self._when
        if not said:
            self._refuse(value_of(field.slot))
        values[field.name] = self._moment(said)
        return values | self._words(said, found)

    def _check(self, found: Cover, decided: Way) -> None:
        if self._titled or not self._has_text or not self._at_head(found):
            super()._check(found, decided)

    @property
    def _has_text(self) -> bool:
        return bool(only(Text, self._fields))

    @property
    def _when(self) -> Field:
        return next(one for one in self._fields if one.reads and SpanKind.MOMENT in one.reads.table)

    def _at_head(self, found: Cover) -> Span | None:
        """A reminder's whole moment that begins the line: all the rest is its text."""
        readable = (one.span for one in self._judged if one.row.verdict is Verdict.READ)
        heads = [one for one in (*found.read, *readable) if one.start == self._among.first]
        heads.sort(key=lambda one: (one.how != "decided", -one.end))
        whole = (one for one in heads if one.how in ("whole", "later", "offset", "decided"))
        return next(
            (one for one in whole if one.kind is SpanKind.MOMENT), None
        ) or self._hour_first(heads)

    def _hour_first(self, heads: list[Span]) -> Span | None:
        """`18h sortir les poubelles`: today, unless a day is said further on."""
        hour = next((one for one in heads if one.how in ("hours", "noon")), None)
        days = [one for one in self._among.spans if one.how in ("day", "whole") and hour]
        return None if hour is None or any(one.start >= hour.end for one in days) else hour

    def _moment(self, said: tuple[Span, ...]) -> Moment:
        governor = self._among.before(said[0].start)
        if governor in ("avant", "apres", "before", "after", "vers"):
            raise Doubt("date.unsure", said[0].start, said[-1].end)
        moments = [one.value for one in said if isinstance(one.value, Moment)]
        if len(said) == 1 and moments:
            return moments[0]
        return self._combined(said)

    def _combined(self, said: tuple[Span, ...]) -> Moment:
        if len(said) == 1 and said[0].how == "tied":
            view = self._look.dates.reads(said[0].start, said[0].end, Want.MOMENT)
            return self._sure(view, said)
        phrase = self._phrase(said)
        if self._meeting is not None:
            return self._moved(phrase, said)
        lone = phrase.day is None and phrase.repeat is None
        if lone and (self._titled or not self._has_text or len(said) > 1):
            raise self._no_day(phrase, said)
        return self._sure(self._meaning(phrase), said)

    def _phrase(self, said: tuple[Span, ...]) -> Phrase:
        """One phrase out of the runs, which must complete each other."""
        runs = [one.value for one in said if isinstance(one.value, Run)]
        both = runs[0].said if len(runs) == len(said) and len(said) <= _MOST else None
        for run in runs[1:]:
            both = both.with_(run.said) if both else None
        if both is None or any(one.how == "tied" for one in said):
            ways = tuple(
                (decided(one, one.value), *_others(said, one)) for one in said if one.how == "whole"
            )
            raise Doubt("date.several", said[0].start, said[-1].end, {}, ways)
        return both

    def _meaning(self, phrase: Phrase, now: datetime | None = None) -> When:
        view = View(now or self._around.now, Looking.FORWARD)
        return meaning(phrase, view, Want.MOMENT)

    def _sure(self, reading: When, said: tuple[Span, ...]) -> Moment:
        """The moment, or the question that the calendar asks."""
        if isinstance(reading, Moment) and not _which_quarter(reading, said):
            return reading
        asks = question(reading) or _QUARTER
        ways = tuple(
            (decided(said[0], one), *map(_gone, said[1:]))
            for one in _moments(reading, self._around.now.tzinfo)
        )
        values = {**asks.values, **({"choices": asks.choices} if asks.choices else {})}
        raise Doubt(
            asks.key, said[0].start, said[-1].end, values, ways or self._other_weekday(said)
        )

    def _other_weekday(self, said: tuple[Span, ...]) -> tuple[Way, ...]:
        """The same date without the weekday that contradicts it."""
        runs = [one.value for one in said if isinstance(one.value, Run)]
        spec = runs[0].said.day if len(runs) == 1 else None
        if not isinstance(spec, Dated) or spec.weekday is None:
            return ()
        found = self._meaning(replace(runs[0].said, day=replace(spec, weekday=None)))
        return ((decided(said[0], replace(found, notes=())),),) if isinstance(found, Moment) else ()

    def _no_day(self, phrase: Phrase, said: tuple[Span, ...]) -> Doubt:
        """An hour alone is never completed with today: it is asked, today first."""
        today = self._meaning(phrase)
        refused = question(today) if isinstance(today, Refused) else None
        if refused is not None:
            return Doubt(refused.key, said[0].start, said[-1].end, refused.values)
        choices = (replace(today, notes=()),) if isinstance(today, Moment) else ()
        ways = tuple((decided(said[0], one), *map(_gone, said[1:])) for one in choices)
        starts = tuple(one.start for one in choices)
        values = {"choices": starts, "reason": Reason.DAY_MISSING}
        return Doubt("date.day-missing", said[0].start, said[-1].end, values, ways)

    def _moved(self, phrase: Phrase, said: tuple[Span, ...]) -> Moment:
        """The new time of a meeting: its own day where only an hour is said, its own hour too."""
        start = self._around.known.meetings.get(self._meeting.number if self._meeting else 0)
        if start is None:
            return self._sure(self._meaning(phrase), said)
        if phrase.day is None and phrase.repeat is None and phrase.hours is not None:
            midnight = start.replace(hour=0, minute=0)
            return self._sure(_on_day(self._meaning(phrase, midnight), start), said)
        found = self._meaning(phrase)
        day = _only_day(found) if phrase.part is None else None
        if day is not None:
            return Moment(datetime.combine(day, start.timetz()))
        return self._sure(found, said)

    def _words(self, said: tuple[Span, ...], found: Cover) -> dict[str, object]:
        """The text, and the place where the command has one."""
        taken = tuple(span for span in found.read if span.kind is not SpanKind.MOMENT)
        words = Words(self._line, (self._among.first, self._among.last), said, taken)
        title, place = title_and_place(words, placed=bool(only(Spot, self._fields)))
        values: dict[str, object] = {}
        for field, slot in only(Text, self._fields):
            if len(title) > slot.limit:
                raise Unreadable("text.too-long", self._piece, length=len(title), limit=slot.limit)
            if says_something(title):
                values[field.name] = title
        for field, _ in only(Spot, self._fields):
            if place:
                values[field.name] = place
        if title and not self._has_text and any(char.isalnum() for char in title):
            raise Unreadable("line.extra", self._piece, "", text=title[:80])
        return values


def _which_quarter(reading: Moment, said: tuple[Span, ...]) -> bool:
    """`tous les trimestres le 1er`: from which month on is not said."""
    quarterly = (reading.rrule or "").startswith("FREQ=MONTHLY;INTERVAL=3")
    runs = [one.value for one in said if isinstance(one.value, Run)]
    return quarterly and bool(runs) and all(run.said.since is None for run in runs)


def _only_day(reading: When) -> date | None:
    """The one day of which only the hour is missing."""
    if not isinstance(reading, Ambiguous) or reading.reason is not Reason.HOUR_MISSING:
        return None
    days = [one.date for one in reading.choices if isinstance(one, Day)]
    return days[0] if len(days) == 1 else None


def _on_day(reading: When, start: datetime) -> When:
    """A moment of any day, on the day of a start."""
    if not isinstance(reading, Moment):
        return reading
    shift = start.date() - reading.start.date()
    end = reading.end + shift if reading.end else None
    return replace(reading, start=reading.start + shift, end=end, notes=())


def _moments(reading: When, zone: tzinfo | None) -> tuple[Moment, ...]:
    """What a question proposes; a day without hour, in the evening."""
    choices = reading.choices if isinstance(reading, Ambiguous) else ()
    return tuple(_at_evening(one, zone) for one in choices)


def _at_evening(choice: Day | Moment, zone: tzinfo | None) -> Moment:
    if isinstance(choice, Moment):
        return replace(choice, notes=())
    return Moment(datetime.combine(choice.date, time(_EVENING), zone))


def _gone(span: Span) -> Judged:
    return decided(replace(span, kind=SpanKind.PLEASANTRY), None)


def _others(said: tuple[Span, ...], kept: Span) -> Way:
    return tuple(as_text(one)[0] for one in said if one is not kept)
