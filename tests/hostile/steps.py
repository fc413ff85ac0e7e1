"""One thing that somebody does, as a value: what is drawn from a seed, dropped, played again.

What a step is about is told by places (the nth message, the nth letter), never by ids: it means
something however many of the steps before it are left out.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Verb(StrEnum):
    """What may be done."""

    SAYS = "says"
    EDITS = "edits"
    DELETES = "deletes"
    REACTS = "reacts"
    POLLS = "polls"
    ENDS = "ends"
    JOINS = "joins"
    LEAVES = "leaves"
    KICKS = "kicks"
    RENAMES = "renames"
    POWERS = "powers"
    MOVES = "moves"
    CLOCK = "clock"
    REPEATS = "repeats"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Somebody does something somewhere.

    `text`: the line, the emoji, the new name. `place`: the nth last message or letter that it is
    about. `of`: whose message, or whom it happens to. `barges`: the homeserver lets in who is not
    in the room. `reply`, `thread`, `html`, `file`: what the message also has. `number`: seconds by
    which the event's own instant is forged, hours of the clock, a power.
    """

    verb: Verb
    who: str = ""
    where: str = "circle"
    text: str = ""
    place: int = 0
    of: str = ""
    barges: bool = False
    reply: bool = False
    thread: bool = False
    html: bool = False
    file: bool = False
    number: int = 0

    def __str__(self) -> str:
        """As a line of the console where it has one, else in words."""
        room = "" if self.where in {"circle", "dm"} else f"[{self.where}] "
        who = f"{room}{self.who}{' (dm)' if self.where == 'dm' else ''}"
        text = self.text if len(self.text) < _SHOWN else f"{self.text[:_SHOWN]}…"
        last = self.place + 1
        lines = {
            Verb.SAYS: f"{who}> {text}",
            Verb.EDITS: f"{who} edit -{last}> {text}",
            Verb.DELETES: f"{who} delete -{last}",
            Verb.REACTS: f"{who} + {text} (letter -{last})",
            Verb.JOINS: f"{who} joins",
            Verb.LEAVES: f"{who} leaves",
            Verb.CLOCK: f"# {self.number} hours later",
        }
        other = f"# {who} {self.verb} {text} {self.of} {self.place} {self.number}"
        return lines[self.verb] + self._marks() if self.verb in lines else other

    def _marks(self) -> str:
        marks = {
            f"of {self.of}": self.of not in {"", self.who},
            "not in the room": self.barges,
            f"in answer to letter -{self.place + 1}": self.reply,
            f"in the thread of letter -{self.place + 1}": self.thread,
            "html": self.html,
            "with a file": self.file,
            f"stamped {self.number} s": self.number != 0 and self.verb is not Verb.CLOCK,
        }
        told = ", ".join(mark for mark, there in marks.items() if there)
        return f"  # {told}" if told else ""


_SHOWN: Final = 160
