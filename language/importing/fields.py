"""What the cells of imported tables hold, in French and ISO forms. Refusals are `WrongError`s."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from circle.text import name_key

_SPACES: Final = re.compile(r"[\s\u00a0\u202f']+")
_ACCOUNT: Final = re.compile(r"@[^\s:@]+:\S+")
_PLAIN: Final = re.compile(r"\d+(?:[.,]\d{1,2})?")
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:,\d{3})+\.\d{1,2}")
_HOURS: Final = re.compile(r"(\d{1,4})h(\d{1,2})?(?:min)?")
_HOUR_AFTER: Final = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2})?\Z")
_HOUR: Final = 60
_CENTS: Final = 100
_YES: Final = frozenset({"oui", "yes", "x", "1", "vrai", "true", "o", "y", "benevole"})
_NO: Final = frozenset({"", "non", "no", "0", "faux", "false", "n"})
_FORMS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")


class WrongError(ValueError):
    """A cell that cannot be read; its text is the code of what was expected."""


def fold(text: str) -> str:
    """A word without case, accents, nor signs: `Payé le` is `paye le`."""
    return name_key(text.replace("·", ""))


def cents(text: str) -> int:
    """`1 200,50`, `1200.5 €`: cents. Negative amounts and `1.200` are refused."""
    plain = _SPACES.sub("", text.casefold()).removesuffix("€").removesuffix("eur")
    if _GROUPED.fullmatch(plain):
        mark = max(plain.rfind("."), plain.rfind(","))
        plain = re.sub("[.,]", "", plain[:mark]) + "." + plain[mark + 1 :]
    elif not _PLAIN.fullmatch(plain):
        raise WrongError("amount")
    whole, _, part = plain.replace(",", ".").partition(".")
    return int(whole) * _CENTS + int(part.ljust(2, "0") if part else 0)


def minutes(text: str) -> int:
    """`2h30`, `2,5` (hours), `90 min`: minutes."""
    plain = _SPACES.sub("", text.casefold())
    if found := _HOURS.fullmatch(plain):
        return int(found[1]) * _HOUR + int(found[2] or 0)
    if found := re.fullmatch(r"(\d{1,5})min", plain):
        return int(found[1])
    if not _PLAIN.fullmatch(plain):
        raise WrongError("hours")
    whole, _, part = plain.replace(",", ".").partition(".")
    return int(whole) * _HOUR + round(int(part.ljust(2, "0") if part else 0) * _HOUR / _CENTS)


def day(text: str) -> date:
    """`31/12/2026` or `2026-12-31`; the hour that spreadsheets put after it is not read."""
    said = _HOUR_AFTER.sub("", text.strip())
    for form in _FORMS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    raise WrongError("day")


def account(text: str) -> str:
    """`@bob:example.org`."""
    if not _ACCOUNT.fullmatch(text):
        raise WrongError("account")
    return text


def yes(text: str) -> bool:
    """Yes or no; an empty cell is no."""
    said = fold(text)
    if said in _YES or said in _NO:
        return said in _YES
    raise WrongError("yes-no")


def one_of(words: Mapping[str, str], text: str, code: str) -> str:
    """What the word means, by these folded words."""
    found = words.get(fold(text))
    if found is None:
        raise WrongError(code)
    return found
