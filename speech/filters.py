"""Values in words, while one sentence is said: what the catalogue's filters do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from fractions import Fraction
from typing import Final

from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from speech import recurrence
from speech.formats import Wording
from speech.markup import Marked, pill
from speech.typography import clean

_WEEK: Final = 7
_HALF_YEAR: Final = 183
_NOTHING: Final = "—"

Fill = Callable[[str, Mapping[str, object], "Telling"], str]


@dataclass(frozen=True, slots=True)
class Telling:
    """What one sentence needs around its values: the wording, the instant, who is mentioned."""

    wording: Wording
    now: datetime
    typeset: Callable[[str], str]
    fill: Fill
    people: list[Person] = field(default_factory=list)

    def tell(self, value: object) -> str:  # noqa: PLR0911 - one line a kind of value
        """Any value of a reply, as words that hold no mark but their own."""
        match value:
            case Marked():
                return value
            case Enum():
                return self.word(value)
            case str():
                return clean(value)
            case None:
                return _NOTHING
            case bool():
                return self._form("yes" if value else "no")
            case datetime() | date() | time():
                return self._moment(value)
            case tuple() | list():
                return self.listed(value)
        return self._figure(value)

    def _figure(self, value: object) -> str:
        match value:
            case int():
                return self.wording.number(value)
            case Money():
                return clean(self.wording.money(value))
            case Person():
                return clean(value.name) or self._form("someone")
            case Ref():
                return str(value)
            case Fraction():
                return f"{value.numerator}/{value.denominator}"
        raise TypeError(f"no words for {type(value).__name__} {value}")

    def word(self, value: object, family: str | None = None) -> str:
        """The catalogue's word for a value: `role.steward` for Role.STEWARD.

        The family of a plain string must be told: `{{ "steward"|word("role") }}`.
        """
        if isinstance(value, Enum):
            return self._say(f"{family or _family(type(value))}.{value.value}")
        return self._say(f"{family}.{value}")

    def plural(self, number: int | Money, one: str, other: str, none: str | None = None) -> str:
        """`3|plural("# personne", "# personnes")`: the form that suits, `#` being the number."""
        form = one if self.wording.is_one(number) else other
        if number == 0 and none is not None:
            form = none
        return self.typeset(clean(form)).replace("#", self.tell(number))

    def effort(self, minutes: int) -> str:
        """`2 h 30`."""
        return self.wording.effort(minutes)

    def pill(self, person: Person) -> str:
        """A person as a link to them: only for who must act, they are notified."""
        if person not in self.people:
            self.people.append(person)
        return pill(self.people.index(person))

    def listed(self, items: Iterable[object]) -> str:
        """`bob, carole et dany`."""
        return self.wording.listed([self.tell(item) for item in items])

    def either(self, items: Iterable[object]) -> str:
        """`A12, C12 ou V12`."""
        return self.wording.either([self.tell(item) for item in items])

    # Days and hours

    def clock(self, moment: time | datetime) -> str:
        """`18 h`."""
        return self.wording.clock(self._local(moment) if isinstance(moment, datetime) else moment)

    def weekday(self, moment: date | datetime) -> str:
        """`mardi`."""
        return self.wording.weekday(self._day(moment))

    def month(self, moment: date | datetime) -> str:
        """`décembre`."""
        return self.wording.month(self._day(moment))

    def daymonth(self, day: date) -> str:
        """`23/11`, where there is room for no more."""
        return f"{day.day:02}/{day.month:02}"

    def numeric(self, day: date) -> str:
        """`23/11/26`, where there is room for no more and the year counts."""
        return f"{self.daymonth(day)}/{day:%y}"

    def short(self, moment: date | datetime, *, hour: bool = True) -> str:
        """`mardi 8 décembre`, with the hour of an instant; the year only where it may surprise."""
        day = self._day(moment)
        written = self.wording.day(day, year=self._far(day))
        if hour and isinstance(moment, datetime):
            return f"{written}, {self.clock(moment)}"
        return written

    def near(self, moment: date | datetime) -> str:
        """`demain`, `jeudi à 18 h`, further away the day in full: for what happens soon."""
        day = self._near_day(self._day(moment))
        if not isinstance(moment, datetime):
            return day
        return self._form("day-at", day=Marked(day), clock=Marked(self.clock(moment)))

    def span(self, start: datetime, end: datetime | None) -> str:
        """`mardi 8 décembre 2026, 18 h – 20 h`."""
        if end is None:
            return self._moment(start)
        same = self._day(start) == self._day(end)
        written = self.clock(end) if same else self.short(end)
        return self.wording.span(self._moment(start), written)

    def period(self, since: date, until: date) -> str:
        """`du 23 au 29 novembre`, both days included."""
        since, until = self._day(since), self._day(until)
        years = until.year != self.now.year or since.year != until.year
        end = f"{self.wording.day_of_month(until)} {self.wording.month(until)}"
        start = self.wording.day_of_month(since)
        if (since.year, since.month) != (until.year, until.month):
            start = f"{start} {self.wording.month(since)}"
        if since.year != until.year:
            start = f"{start} {since.year}"
        end = f"{end} {until.year}" if years else end
        return self._form("period", since=Marked(start), until=Marked(end))

    def recurrence(self, rule: str, start: datetime) -> str:
        """`chaque premier mardi du mois`, from an RRULE and its first instant."""
        return self._form("recurrence", each=recurrence.read(rule, self._local(start)))

    def _moment(self, moment: date | datetime | time) -> str:
        if isinstance(moment, time):
            return self.wording.clock(moment)
        day = self.wording.day(self._day(moment))
        return f"{day}, {self.clock(moment)}" if isinstance(moment, datetime) else day

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.now.tzinfo)

    def _day(self, moment: date | datetime) -> date:
        return self._local(moment).date() if isinstance(moment, datetime) else moment

    def _far(self, day: date) -> bool:
        away = abs((day - self.now.date()).days)
        return day.year != self.now.year and away > _HALF_YEAR

    def _near_day(self, day: date) -> str:
        away = (day - self.now.date()).days
        named = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(away)
        if named:
            return self._form(named)
        return self.wording.weekday(day) if 1 < away < _WEEK else self.short(day)

    def _form(self, name: str, **values: object) -> str:
        return self._say(f"form.{name}", **values)

    def _say(self, key: str, **values: object) -> str:
        return Marked(self.fill(key, values, self))


def _family(kind: type[Enum]) -> str:
    """`circle-kind` for CircleKind."""
    name = kind.__name__
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).strip("-")
