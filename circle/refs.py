"""What people call things: A12, C7, E1, V3, M2, R1, numbered per circle from 1."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of things a circle numbers."""

    ACTION = "A"
    ENTRY = "C"
    ENVELOPE = "E"
    VOTE = "V"
    MEETING = "M"
    REMINDER = "R"
    TURNS = "T"
    CHECKIN = "W"
    CODEV = "D"
    BROADCAST = "B"
    CIRCLE = "K"
    PROMPT = "Q"


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing of a circle, by kind and number; its text is what people type."""

    kind: Kind
    number: int

    def __str__(self) -> str:
        return f"{self.kind}{self.number}"
