"""Messages as a terminal shows them: Matrix's HTML (bold, lines to copy) as styled text."""

import unicodedata
from html.parser import HTMLParser
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

_STYLES: Final = {
    "strong": Style(bold=True),
    "b": Style(bold=True),
    "em": Style(italic=True),
    "code": Style(color="#268bd2", bold=True),
}
# rich breaks lines at no-break spaces; while it looks, another character holds their place
_FIXED: Final = str.maketrans({"\u00a0": "\ue0a0", "\u202f": "\ue0a1"})
_FREED: Final = str.maketrans({"\ue0a0": "\u00a0", "\ue0a1": "\u202f"})


class _Reader(HTMLParser):
    """Builds the text as the tags come; those it does not know leave their words."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Text()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.text.append("\n")
        elif tag in _STYLES:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        style = Style.combine([Style.null(), *(_STYLES[tag] for tag in self._open)])
        self.text.append(harmless(data), style)


def from_html(html: str) -> Text:
    """A message's HTML as text with its bold words and its lines to copy."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


def harmless(words: str) -> str:
    """The same words without characters that command a terminal."""
    return "".join(char for char in words if char == "\n" or unicodedata.category(char) != "Cc")


def hung(console: Console, first: Text, rest: Text, body: Text, width: int) -> Text:
    """The body folded within `width` cells, behind `first`, then behind `rest` line after line."""
    held = body.copy()
    held.plain = held.plain.translate(_FIXED)
    lines = held.wrap(console, max(width - first.cell_len, 1)) or [held]
    for line in lines:
        line.plain = line.plain.translate(_FREED)
        line.rstrip()
    marked = [Text.assemble(rest if place else first, line) for place, line in enumerate(lines)]
    return Text("\n").join(marked)
