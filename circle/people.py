"""People behind opaque keys, and their roles (docs/domain.md: Circles and people)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

PersonKey = NewType("PersonKey", str)


@dataclass(frozen=True, slots=True)
class Person:
    """A person or a structure. Entries hold the key only; name and account can be erased.

    `matrix_id` is None for somebody without an account; `structure` for a place or association.
    `mention`: they agreed to be named outside their circles (exports, public pages); no by default.
    """

    key: PersonKey
    name: str
    matrix_id: str | None = None
    language: str | None = None
    structure: bool = False
    mention: bool = False


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
