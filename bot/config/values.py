"""What the keys of the configuration may hold: patterns on what is written, and what is expected.

The description of each ends a line that begins with "expected". What no pattern says is in
`CHECKS`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import Meta

from circle.time import DAY, WEEK
from reports.wikitext import ACTION_FIELDS, CIRCLE_FIELDS, ActionField, CircleField

DAYS: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
)
"""The days of the week, in both languages."""

_UNITS: Final = {
    **dict.fromkeys("ws", WEEK),
    **dict.fromkeys("dj", DAY),
    "h": timedelta(hours=1),
    "n": timedelta(minutes=1),
}
"""By the last letter of a duration."""

_DURATION: Final = r"(?!0+\D)\d{1,3} ?(?i:w|s|d|j|h|min)"
_IN_UNITS: Final = r"\d{1,12}\s*(?i:[kmg][bo])"
_IN_BYTES: Final = r"\d{4,12}\s*(?i:[bo])?"  # below a thousand, a unit was forgotten
_TIME: Final = r"([01]?\d|2[0-3]):[0-5]\d"


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


def _like(pattern: str, expected: str) -> Meta:
    return Meta(pattern=rf"\A(?:{pattern})\Z", description=expected)


def _number(most: int, expected: str) -> Meta:
    return Meta(ge=1, le=most, description=expected)


def _names(known: tuple[str, ...]) -> Meta:
    return Meta(description=f"names for some of {', '.join(known)}")


# a room's id has no domain from version 12 on
_ROOM: Final = _like(
    r"![^\s:]+(:\S+)?|#[^\s:]+:\S+",
    'a room such as "!abc123:example.org" or "#coordination:example.org"',
)
_INVITING: Final = _like(
    r"[@*?][^@:\s]*:[^@\s]+", 'a pattern such as "*:example.org" or "@alice:example.org"'
)
_DATABASE: Final = Meta(
    description="a URL such as sqlite:///souci.db or postgresql://user:password@host/name"
)

Text = Annotated[str, _like(r"(?s:.*\S.*)", "a text between quotes")]
HiddenText = Annotated[Secret, Meta(description="a text between quotes")]
FilePath = Annotated[Path, Meta(description="the path of a file or folder")]
Homeserver = Annotated[
    str,
    _like(r"(?i:https?)://[^\s/@?#]+(/[^\s?#]*)?", "an address such as https://matrix.example.org"),
]
UserId = Annotated[str, _like(r"@[^@:\s]+:[^@\s]+", 'a Matrix id such as "@souci:example.org"')]
RoomName = Annotated[str, _ROOM]
Inviting = Annotated[str, _INVITING]
Database = Annotated[Secret, _DATABASE]
Prefix = Annotated[str, _like(r"\S{1,8}", 'one to eight characters without space, such as "!"')]
Language = Annotated[str, _like("fr|en", '"fr" or "en"')]
LogLevel = Annotated[str, _like("debug|info|warning|error", "one of debug, info, warning, error")]
TimeZone = Annotated[str, Meta(description="a time zone such as Europe/Paris")]
Weekday = Annotated[str, _like(f"(?i:{'|'.join(DAYS)})", "a day such as monday or lundi")]
ClockTime = Annotated[str, _like(_TIME, 'a time such as "09:00"')]
Hours = Annotated[
    str, _like(rf"(?!(\S+) *- *\1\Z){_TIME} *- *{_TIME}", 'two times such as "21:00-08:00"')
]
Duration = Annotated[str, _like(_DURATION, "a duration such as 7d, 1h or 30min")]
DaysLong = Annotated[str, _like(_DURATION, "a number of days such as 30d")]
Years = Annotated[int, _number(99, "a number of years such as 10")]
Count = Annotated[int, _number(9999, "a number such as 5")]
Port = Annotated[int, _number(65535, "a port such as 9464")]
Size = Annotated[str, _like(rf"(?!0+(?!\d))({_IN_UNITS}|{_IN_BYTES})", 'a size such as "10 MB"')]
Euros = Annotated[str, _like(r"\d{1,4}([.,]\d\d)?\s*€?", 'an amount in euros such as "12.50"')]
WikiName = Annotated[
    str, _like(r"[^\[\]{}|<>#=\n]+", "a name without any of [ ] { } | < > # = or a line end")
]
CircleFields = Annotated[dict[CircleField, WikiName], _names(CIRCLE_FIELDS)]
ActionFields = Annotated[dict[ActionField, WikiName], _names(ACTION_FIELDS)]
Address = Annotated[str, Meta(description='an IP address such as "127.0.0.1"')]


def duration(written: str) -> timedelta:
    """`2w`, `7d`, `1h`, `30min`; `s` and `j` are the French week and day."""
    number, unit = written[:-1].rstrip(" mi"), written[-1].casefold()
    return int(number) * _UNITS[unit]


def _is_homeserver(url: str) -> bool:
    parts = urlsplit(url)
    _ = parts.port  # is only read, and refused, when asked for
    return bool(parts.hostname)


def _is_database(url: str) -> bool:
    _ = urlsplit(url).port
    return bool(re.fullmatch(r"sqlite:///.+|postgres(ql)?://[^/]*/.+", url))


def _is_whole_days(written: str) -> bool:
    return not duration(written) % DAY


CHECKS: Final[Mapping[str, Callable[[str], object]]] = {
    "matrix.homeserver": _is_homeserver,
    "database": _is_database,
    "timezone": ZoneInfo,
    "privacy.messages": _is_whole_days,
    "privacy.backups": _is_whole_days,
    "monitoring.address": ip_address,
}
"""By path: what else is to be true; or it raises KeyError, OSError or ValueError."""
