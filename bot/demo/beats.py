"""What a story is made of: beats in scenes, and the days that their lines tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from speech.formats import Wording

_TUESDAY: Final = 1
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One thing that somebody does, and that the bot must answer.

    `expects` is the reply key of the answer, `values` some of its values, `file` the name of a
    file that comes with it.
    """

    who: str
    expects: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitesBeat(Beat):
    """Invites the bot into the circle's room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaysBeat(Beat):
    """A message, in each language; `StoryDays` fills it.

    `to`: a reply to what announced it; `edits`: in the place of one's last message.
    """

    fr: str
    en: str
    to: str | None = None
    edits: bool = False
    coordination: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactsBeat(Beat):
    """A reaction on what announced `to`."""

    emoji: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesBeat(Beat):
    """An answer to the native poll of a vote, by its place."""

    vote: str
    answer: int


@dataclass(frozen=True, slots=True)
class StoryScene:
    """A part of the story; `title` is the key of its title."""

    title: str
    beats: Sequence[Beat]


class StoryDays:
    """The days of lines in one language: `{ago[12]}`, `{ahead[20]}` days away, `{meeting}`."""

    def __init__(self, language: str, today: date) -> None:
        self._language = language
        self._wording = Wording(language)
        self._today = today

    def text(self, beat: SaysBeat) -> str:
        """What is typed on that day."""
        line = beat.fr if self._language == "fr" else beat.en
        return line.format(ago=_Away(self, -1), ahead=_Away(self, 1), meeting=self._meeting())

    def away(self, days: int) -> str:
        """`10 novembre`, that many days from today."""
        day = self._today + timedelta(days=days)
        return f"{self._wording.day_of_month(day)} {self._wording.month(day)}"

    def _meeting(self) -> str:
        """The Tuesday after the coming week."""
        soonest = (self._today + _WEEK).weekday()
        return self.away(_WEEK.days + (_TUESDAY - soonest) % 7)


@dataclass(frozen=True, slots=True)
class _Away:
    """Days before or after today, for `str.format`."""

    days: StoryDays
    sign: int

    def __getitem__(self, count: int) -> str:
        return self.days.away(self.sign * count)
