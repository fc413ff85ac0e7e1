"""How each value of the configuration is read: what YAML gives, to what the bot holds.

Every reader takes one YAML value and gives the typed one, or raises `ValueError` whose text is
what was expected, ready to follow the word "expected".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from circle.text import composed

Reader = Callable[[object], object]

_DAYS: Final = (
    ("monday", "lundi"),
    ("tuesday", "mardi"),
    ("wednesday", "mercredi"),
    ("thursday", "jeudi"),
    ("friday", "vendredi"),
    ("saturday", "samedi"),
    ("sunday", "dimanche"),
)
_UNITS: Final = {"w": "weeks", "s": "weeks", "d": "days", "j": "days", "h": "hours"}
_SIZES: Final = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


class Secret:
    """A text that shows nothing of itself when printed or logged; `reveal()` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one who needs it."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end`, local time, usually across midnight: nobody is disturbed."""

    start: time
    end: time


def text(value: object) -> str:
    """Any text that is not blank."""
    return _text(value, "a text between quotes")


def secret(value: object) -> Secret:
    """A text taken as it is written, spaces included."""
    expected = "a text between quotes"
    if not isinstance(value, str):
        raise ValueError(expected)  # noqa: TRY004
    _text(value, expected)
    return Secret(value)


def path(value: object) -> Path:
    return Path(_text(value, "the path of a file or folder")).expanduser()


def homeserver(value: object) -> str:
    """An http(s) address, without the slash at its end."""
    expected = "an address such as https://matrix.example.org"
    found = _url(value, expected)
    plain = found.scheme in {"http", "https"} and found.hostname and "@" not in found.netloc
    if not plain or found.query or found.fragment or re.search(r"\s", found.geturl()):
        raise ValueError(expected)
    return found.geturl().rstrip("/")


def user_id(value: object) -> str:
    return _matching(r"@[^@:\s]+:[^@\s]+", value, 'a Matrix id such as "@souci:example.org"')


def room(value: object) -> str:
    """A room's id (its domain is absent from version 12 on) or its alias."""
    expected = 'a room such as "!abc123:example.org" or "#coordination:example.org"'
    return _matching(r"![^\s:]+(:\S+)?|#[^\s:]+:\S+", value, expected)


def invite_pattern(value: object) -> str:
    expected = 'a pattern such as "*:example.org" or "@alice:example.org"'
    return _matching(r"[@*?][^@:\s]*:[^@\s]+", value, expected)


def prefix(value: object) -> str:
    return _matching(r"\S{1,8}", value, 'one to eight characters without space, such as "!"')


def language(value: object) -> str:
    return _matching("fr|en", value, '"fr" or "en"')


def log_level(value: object) -> str:
    expected = "one of debug, info, warning, error"
    return _matching("debug|info|warning|error", value, expected)


def timezone(value: object) -> str:
    expected = "a time zone such as Europe/Paris"
    name = _text(value, expected)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(expected) from None
    return name


def database(value: object) -> Secret:
    """A database's URL; hidden as a whole, since it may hold a password."""
    expected = "a URL such as sqlite:///souci.db or postgresql://user:password@host/name"
    url = _url(value, expected)
    file = url.scheme == "sqlite" and not url.netloc and len(url.path) > 1
    server = url.scheme in {"postgres", "postgresql"} and len(url.path) > 1
    if not file and not server:
        raise ValueError(expected)
    return Secret(_text(value, expected))


def weekday(value: object) -> int:
    """A day's name in English or French, to 0 (Monday) … 6 (Sunday)."""
    expected = "a day such as monday or lundi"
    name = _text(value, expected).casefold()
    for number, names in enumerate(_DAYS):
        if name in names:
            return number
    raise ValueError(expected)


def clock_time(value: object) -> time:
    expected = 'a time such as "09:00"'
    return _time(_text(value, expected), expected)


def quiet_hours(value: object) -> QuietHours:
    expected = 'two times such as "21:00-08:00"'
    start, dash, end = _text(value, expected).partition("-")
    if not dash or start.strip() == end.strip():
        raise ValueError(expected)
    return QuietHours(_time(start.strip(), expected), _time(end.strip(), expected))


def duration(value: object) -> timedelta:
    """`2w`, `7d`, `1h`, `30min`; `s` and `j` are the French week and day."""
    expected = "a duration such as 7d, 1h or 30min"
    found = re.fullmatch(r"(\d{1,3}) ?(w|s|d|j|h|min)", _text(value, expected).casefold())
    if found is None or int(found[1]) == 0:
        raise ValueError(expected)
    return timedelta(**{_UNITS.get(found[2], "minutes"): int(found[1])})


def years(value: object) -> int:
    """A number of years."""
    written = str(value)
    if not re.fullmatch(r"[1-9]\d?", written):
        raise ValueError("a number of years such as 10")
    return int(written)


def count(value: object) -> int:
    """How many of something."""
    written = str(value)
    if not re.fullmatch(r"[1-9]\d{0,3}", written):
        raise ValueError("a number such as 5")
    return int(written)


def days(value: object) -> timedelta:
    """A duration of whole days: `30d`, `4w`."""
    told = duration(value)
    if told % timedelta(days=1):
        raise ValueError("a number of days such as 30d")
    return told


def size(value: object) -> int:
    """`10 MB`, `10 Mo`, `500 kB`, or a bare number of bytes; to bytes."""
    expected = 'a size such as "10 MB"'
    written = str(value) if type(value) is int else _text(value, expected)
    found = re.fullmatch(r"(\d{1,12})\s*(?:([kmg]?)[bo])?", written.casefold())
    if found is None or int(found[1]) == 0:
        raise ValueError(expected)
    return int(found[1]) * _SIZES[found[2] or ""]


def hourly(value: object) -> int:
    """An amount in euros: `12`, `"12.50"`, `"12,50 €"`; to cents."""
    expected = 'an amount in euros such as "12.50"'
    written = str(value) if type(value) is int else _text(value, expected)
    found = re.fullmatch(r"(\d{1,4})(?:[.,](\d\d))?\s*€?", written)
    if found is None:
        raise ValueError(expected)
    return int(found[1]) * 100 + int(found[2] or 0)


def wiki_name(value: object) -> str:
    """A name that MediaWiki takes for a page, a template or a field."""
    expected = "a name without any of [ ] { } | < > # = or a line end"
    return _matching(r"[^\[\]{}|<>#=\n]+", value, expected)


def wiki_fields(*known: str) -> Reader:
    """A reader of the names that a template gives to these fields of ours."""

    def read(value: object) -> object:
        expected = f"names for some of {', '.join(known)}"
        if not isinstance(value, dict) or not value.keys() <= set(known):
            raise ValueError(expected)
        return {key: wiki_name(name) for key, name in value.items()}

    return read


def port(value: object) -> int:
    """A TCP port."""
    found = re.fullmatch(r"[0-9]{1,5}", str(value))
    if found is None or not 0 < int(found[0]) < 2**16:
        raise ValueError("a port such as 9464")
    return int(found[0])


def address(value: object) -> str:
    """The address of an interface to listen on."""
    expected = 'an IP address such as "127.0.0.1"'
    try:
        return str(ip_address(_text(value, expected)))
    except ValueError:
        raise ValueError(expected) from None


def each(reader: Reader) -> Reader:
    """A reader of lists: its items are read one by one, so that the error names the right one."""

    def read(value: object) -> object:
        if not isinstance(value, list):
            raise ValueError("a list, each item on a line that begins with a dash")  # noqa: TRY004
        return tuple(_item(reader, number, item) for number, item in enumerate(value))

    return read


class ItemError(ValueError):
    """One item of a list cannot be read; `number` counts from 0."""

    def __init__(self, number: int, found: object, expected: str) -> None:
        super().__init__(expected)
        self.number = number
        self.found = found


def _item(reader: Reader, number: int, item: object) -> object:
    try:
        return reader(item)
    except ValueError as error:
        raise ItemError(number, item, str(error)) from None


def _text(value: object, expected: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(expected)
    return composed(value).strip()


def _url(value: object, expected: str) -> SplitResult:
    try:
        found = urlsplit(_text(value, expected))
        _ = found.hostname, found.port  # both are only read, and refused, when asked for
    except ValueError:
        raise ValueError(expected) from None
    return found


def _matching(pattern: str, value: object, expected: str) -> str:
    found = _text(value, expected)
    if re.fullmatch(pattern, found) is None:
        raise ValueError(expected)
    return found


def _time(written: str, expected: str) -> time:
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", written)
    if found is None:
        raise ValueError(expected)
    return time(int(found[1]), int(found[2]))
