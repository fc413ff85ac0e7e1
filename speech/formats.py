"""Numbers, money, efforts, days and hours as each language writes them (Babel's data)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from circle.money import Money
from speech.typography import FIXED

_MINUS: Final = "\N{MINUS SIGN}"
_HOUR: Final = 60
_CENTS: Final = 100


@dataclass(frozen=True, slots=True)
class Manner:
    """How a language writes hours, efforts and spans; `first` is the first day of a month."""

    locale: str
    hour: str
    clock: str
    effort: str
    first: str
    dash: str


MANNERS: Final = {
    "fr": Manner(
        locale="fr",
        hour=f"{{h}}{FIXED}h",
        clock=f"{{h}}{FIXED}h{FIXED}{{m:02}}",
        effort=f"{{h}}{FIXED}h{FIXED}{{m:02}}",
        first="1er",
        dash=f"{FIXED}– ",
    ),
    "en": Manner(
        locale="en_GB",
        hour="{h}:00",
        clock="{h}:{m:02}",
        effort=f"{{h}}{FIXED}h{FIXED}{{m}}{FIXED}min",
        first="1",
        dash="–",
    ),
}


class Wording:
    """The figures of one language."""

    def __init__(self, language: str) -> None:
        self._manner = MANNERS[language]
        self._locale = Locale.parse(self._manner.locale)
        standard = self._locale.currency_formats["standard"].pattern
        self._whole = standard.replace("0.00", "0")

    def number(self, value: int) -> str:
        """`12 345`, or `12,345` in English."""
        return format_decimal(value, locale=self._locale).replace("-", _MINUS)

    def money(self, amount: Money) -> str:
        """`1 234,50 €`; `80 €` where there are no cents."""
        whole = amount.cents % _CENTS == 0
        written = format_currency(
            Decimal(amount.cents) / _CENTS,
            amount.currency,
            format=self._whole if whole else None,
            locale=self._locale,
            currency_digits=not whole,
        )
        return written.replace("-", _MINUS)

    def effort(self, minutes: int) -> str:
        """`45 min`, `2 h`, `2 h 30`."""
        hours, rest = divmod(abs(minutes), _HOUR)
        sign = _MINUS if minutes < 0 else ""
        if not hours:
            return f"{sign}{rest}{FIXED}min"
        shape = self._manner.effort if rest else f"{{h}}{FIXED}h"
        return sign + shape.format(h=self.number(hours), m=rest)

    def clock(self, moment: time | datetime) -> str:
        """`18 h`, `9 h 30`; `18:00` in English."""
        shape = self._manner.clock if moment.minute else self._manner.hour
        return shape.format(h=moment.hour, m=moment.minute)

    def day_of_month(self, day: date) -> str:
        """`8`, `1er`."""
        return self._manner.first if day.day == 1 else str(day.day)

    def month(self, day: date) -> str:
        """`décembre`."""
        return format_date(day, "MMMM", locale=self._locale)

    def weekday(self, day: date) -> str:
        """`mardi`."""
        return format_date(day, "EEEE", locale=self._locale)

    def day(self, day: date, *, year: bool = True) -> str:
        """`mardi 8 décembre 2026`, with or without its year."""
        written = f"{self.weekday(day)} {self.day_of_month(day)} {self.month(day)}"
        return f"{written} {day.year}" if year else written

    def span(self, start: str, end: str) -> str:
        """Two ends with the dash between them."""
        return f"{start}{self._manner.dash}{end}"

    def listed(self, parts: list[str]) -> str:
        """`bob, carole et dany`."""
        return format_list(parts, locale=self._locale)

    def either(self, parts: list[str]) -> str:
        """`bob, carole ou dany`."""
        return format_list(parts, style="or", locale=self._locale)

    def is_one(self, number: int | Money) -> bool:
        """Whether this number, or this amount, takes the singular."""
        count = Decimal(number.cents) / _CENTS if isinstance(number, Money) else number
        return self._locale.plural_form(count) == "one"
