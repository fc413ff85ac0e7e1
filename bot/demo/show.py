"""The demonstration on a terminal: who says what, the bot's answers indented in its orange."""

from collections.abc import Callable
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.demo.feed import Feed, RoomEvent
from bot.demo.markup import hung
from bot.demo.narrate import Narrator
from bot.demo.stage import BOT, NAMES, DemoStage
from bot.demo.words import DemoWords

MARIGOLD: Final = Style(color="#e8820c")
_QUIET: Final = Style(dim=True)
_COLOURS: Final = dict(zip(NAMES, ("#2aa198", "#859900", "#6c71c4", "#d33682"), strict=True))
_WIDEST: Final = 100
_COLUMN: Final = max(map(len, NAMES)) + 2
_BAR: Final = "▎ "


def style_of(name: str) -> Style:
    """The colour of a person's name, that can be read on dark and on light."""
    return Style(color=_COLOURS.get(name), bold=True)


class Show:
    """Says things on the terminal; shows what is heard once the curtain is up.

    `put` prints a text: a chat replaces it, to print above its prompt.
    """

    def __init__(self, console: Console, words: DemoWords) -> None:
        self._console = console
        self._words = words
        self._narrator = Narrator(words)
        self._stage: DemoStage | None = None
        self._room = ""
        self.put: Callable[[Text], None] = console.print

    def curtain_up(self, stage: DemoStage) -> None:
        self._stage = stage
        self._room = stage.circle

    def say(self, key: str, **values: object) -> None:
        """One of our own sentences."""
        lines = self._words.say(key, **values).split("\n", allow_blank=True)
        self.put(Text("\n").join(self._fold(Text(), Text(), line) for line in lines))

    def invite(self, name: str) -> None:
        """The end of the story: from here on, the newcomer is one of the people."""
        self.put(Text())
        self.say("demo.yours", name=name)
        self.put(Text())
        self.accounts()
        self.put(Text())

    def accounts(self) -> None:
        """How to come with one's own client."""
        if self._stage is not None:
            names, password = list(self._stage.people), self._stage.password
            address = self._stage.address
            self.say("demo.accounts", address=address, names=names, password=password)

    def room_label(self, room: str) -> str:
        """A room other than the circle's, in short."""
        if self._stage is None or room == self._stage.circle:
            return ""
        shared = room == self._stage.coordination
        return self._words.say("demo.room.coordination" if shared else "demo.room.direct").plain

    def scene(self, key: str) -> None:
        """The title of a part."""
        title = Text("── ").append_text(self._words.say(key)).append(" ")
        title.append("─" * max(self._width - title.cell_len, 0))
        title.stylize_before(MARIGOLD)
        self.put(Text("\n").append_text(title))

    def heard(self, feed: Feed, event: RoomEvent) -> None:
        """Shows an event of a room, if it is one that people see."""
        if self._stage is None:
            return
        told = self._narrator.tell(feed, event)
        if told is not None:
            placed = self._label(event).append_text(told)
            placed.no_wrap, placed.overflow = told.no_wrap, told.overflow
            self.put(self._of_bot(placed) if event.name == BOT else self._of_person(event, placed))
            self._room = event.room

    @property
    def _width(self) -> int:
        return min(self._console.width, _WIDEST) - 1

    def _fold(self, first: Text, rest: Text, body: Text) -> Text:
        return hung(self._console, first, rest, body, self._width)

    def _of_bot(self, told: Text) -> Text:
        bar = Text(f"{_BAR:>{_COLUMN}}", MARIGOLD)
        told.stylize_before(MARIGOLD)
        return self._fold(bar, bar, told)

    def _of_person(self, event: RoomEvent, told: Text) -> Text:
        name = Text(f"{event.name:{_COLUMN}}", style_of(event.name))
        return self._fold(name, Text(" " * _COLUMN), told)

    def _label(self, event: RoomEvent) -> Text:
        """The room, unless it is the circle's; an answer is where its question was."""
        clear = event.name == BOT and event.room == self._room
        label = "" if clear else self.room_label(event.room)
        return Text().append(label and f"{label} ", _QUIET)
