"""The pages made from the program: every command, and the guide. `python -m bot.docs_pages`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.docs_pages import guide, rights
from commands import COMMANDS
from commands.kernel.command import Command, Right
from commands.reading.parse import usage
from speech.sentences import Speech

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"fr": "commandes.md", "en": "commands.md"}
SECURITY = "security.md"
_WHENEVER = datetime(2026, 1, 1, tzinfo=UTC)
_OPEN = {Right.ANYONE, Right.MEMBER}


def pages() -> Iterator[tuple[str, str]]:
    """Every page: its name in `docs/`, and its text."""
    yield from ((name, page(language)) for language, name in PAGES.items())
    yield from ((name, guide.guide(language)) for language, name in guide.PAGES.items())
    yield SECURITY, rights.with_table((DOCS / SECURITY).read_text(encoding="utf-8"))


def page(language: str) -> str:
    """The page of one language, in Markdown."""
    words = _Words(language)
    parts = [f"# {words.say('page.title')}", words.say("page.intro")]
    parts += [words.command(command) for command in COMMANDS]
    return "\n\n".join(parts) + "\n"


class _Words:
    """The words of one language, for pages."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._speech = Speech()

    def say(self, key: str, **values: object) -> str:
        """A sentence of the catalogue, as plain text."""
        said = self._speech.say(key, values, self._language, zone=UTC, now=_WHENEVER)
        return said.text.strip()

    def command(self, command: Command[Any]) -> str:
        """A command: what it does, how it is said, who may, examples."""
        shown = command.name_in(self._language)
        others = [f"`!{name}`" for name in command.names if name != shown]
        about = self.say(f"about.{command.key}")
        lines = [f"## !{shown}", f"{about[0].upper()}{about[1:]}."]
        lines.append(f"`{usage(command, self._language, '!')}`")
        if command.right not in _OPEN:
            lines.append(self.say("page.reserved", right=command.right))
        if others:
            lines.append(self.say("page.also") + " " + ", ".join(others))
        examples = [f"!{example}" for example in command.examples[self._language]]
        return "\n\n".join([*lines, "\n".join(["```", *examples, "```"])])


def main() -> int:
    """Write every page."""
    for name, text in pages():
        (DOCS / name).write_text(text, encoding="utf-8")
    return 0
