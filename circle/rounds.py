"""What goes on inside a meeting: speaking turns, a check-in, a codevelopment session.

A round is kept while it goes on. Once over, nothing of it is: what was said stays in the room.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from circle.codev import Codev
from circle.people import PersonKey
from circle.turns import Turns

FORGOTTEN = timedelta(hours=12)
"""A round that nobody ended is over by then: the next meeting begins its own."""


class RoundKind(StrEnum):
    """The kinds of rounds; one of each at most goes on in a circle."""

    TURNS = "turns"
    CHECKIN = "checkin"
    CODEV = "codev"


@dataclass(frozen=True, slots=True)
class RoundWord:
    """What somebody said in a check-in; `source` is the event that said it.

    `shown`: by a reaction, which gives way to words but never replaces them.
    """

    person: PersonKey
    text: str
    source: str
    shown: bool = False


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A round in which everybody says a word; of each person the last one counts."""

    question: str = ""
    words: tuple[RoundWord, ...] = ()

    def said(self, word: RoundWord) -> "CheckIn":
        """With that word, in the place of the one its author said before."""
        others = tuple(one for one in self.words if one.person != word.person)
        return replace(self, words=(*others, word))

    def has_words_of(self, person: PersonKey) -> bool:
        """Whether that person has said something in words."""
        return any(one.person == person and not one.shown for one in self.words)

    def unsaid(self, source: str) -> "CheckIn":
        """Without the word that this event said."""
        return replace(self, words=tuple(one for one in self.words if one.source != source))


Held = Turns | CheckIn | Codev
KINDS: dict[type[Held], RoundKind] = {
    Turns: RoundKind.TURNS,
    CheckIn: RoundKind.CHECKIN,
    Codev: RoundKind.CODEV,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round of a circle, as it now stands; `due` is when its timer rings next."""

    number: int
    by: PersonKey
    opened_at: datetime
    held: Held
    due: datetime | None = None

    @property
    def kind(self) -> RoundKind:
        """What is held."""
        return KINDS[type(self.held)]
