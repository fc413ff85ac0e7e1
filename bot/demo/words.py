"""The demonstration's own sentences, from the catalogue (`demo.…`), as a terminal shows them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.text import Text

from bot.demo.markup import from_html
from bot.demo.stage import TIMEZONE
from speech.sentences import Speech


class DemoWords:
    """Says the sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._speech = Speech()
        self._zone = ZoneInfo(TIMEZONE)

    def now(self) -> datetime:
        """The instant, where the circle lives."""
        return datetime.now(self._zone)

    def say(self, key: str, **values: object) -> Text:
        said = self._speech.say(key, values, self.language, zone=self._zone, now=self.now())
        return from_html(said.html)
