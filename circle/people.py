"""People behind opaque keys, and their roles (docs/domain.md: Circles and people)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NewType

PersonKey = NewType("PersonKey", str)
UNTIL_BACK: Final = date.max
"""The end of a pause that lasts until the person is back."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person or a structure. Entries hold the key only; name and account can be erased.

    `matrix_id` is None for somebody without an account; `structure` for a place or association.
    `mention`: they agreed to be named outside their circles (exports, public pages); no by default.
    `weekly`: they are sent each Monday what waits for them. `pause`: the last day on which nothing
    is asked of them, `UNTIL_BACK` where they did not say which.
    """

    key: PersonKey
    name: str
    matrix_id: str | None = None
    language: str | None = None
    structure: bool = False
    mention: bool = False
    weekly: bool = False
    pause: date | None = None

    def rests_on(self, day: date) -> bool:
        """Whether they are on pause on that day: nothing is asked of them then."""
        return self.pause is not None and day <= self.pause


class Role(StrEnum):
    """What somebody is in a circle."""

    STEWARD = "steward"
    CONTRIBUTOR = "contributor"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a circle: `joined` while in its room; a role may end after the day `until`."""

    person: Person
    role: Role
    joined: bool
    since: date
    until: date | None = None

    def role_on(self, day: date) -> Role:
        """The role on that day: a role whose term is over leaves a contributor."""
        over = self.until is not None and day > self.until
        return Role.CONTRIBUTOR if over else self.role
