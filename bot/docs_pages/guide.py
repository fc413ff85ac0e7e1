"""The user guide, made of the manual's conversations: `make docs`.

Comments become the text, what people type and what souci answers stand between, as they are; the
instants that a conversation moves to become dates. Conversations come in the order of their names.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from speech.sentences import Speech

TALKS: Final = Path(__file__).parents[2] / "docs" / "conversations"
PAGES: Final = {"fr": "mode-d-emploi.md", "en": "guide.md"}
_INSTANT: Final = re.compile(r"@ (\d{4}-\d\d-\d\dT\d\d:\d\d)")
_NUMBERED: Final = re.compile(r"\d+[a-z]?-")
_Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class _Talk:
    """A conversation: what it is about, in a few words and in a sentence, and its lines."""

    title: str
    about: str
    lines: tuple[str, ...]


def guide(language: str) -> str:
    """The guide of one language, in Markdown."""
    speech = Speech()

    def say(key: str, **values: object) -> str:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        return speech.say(key, values, language, zone=UTC, now=at).text.strip()

    talks = [_read(path) for path in sorted((TALKS / language).glob("*.txt"), key=_place)]
    parts = [f"# {say('guide.title')}", say("guide.intro"), "\n".join(map(_entry, talks))]
    for talk in talks:
        parts += [f"## {talk.title}", talk.about, *_told(talk.lines, say)]
    return "\n\n".join(parts) + "\n"


def _place(path: Path) -> tuple[int, str]:
    """Numbered ones first, by their numbers."""
    number = re.match(r"\d+", path.stem)
    return (int(number[0]) if number else 10**6, path.stem)


def _read(path: Path) -> _Talk:
    lines = path.read_text("utf-8").splitlines()
    if lines[0].startswith("# options:"):
        lines = lines[1:]
    heads = [line.removeprefix("# ") for line in _while_comment(lines)]
    name = _NUMBERED.sub("", path.stem).replace("-", " ")
    about = " ".join(heads)
    title = re.split(r" ?: |\. ", about, maxsplit=1)[0].rstrip(".") or name
    return _Talk(title, about, tuple(lines[len(heads) :]))


def _while_comment(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("# "):
            return
        yield line


def _entry(talk: _Talk) -> str:
    """A line of the contents, linked as Markdown readers name the headings."""
    anchor = re.sub(r"[^\w\- ]", "", talk.title.casefold()).replace(" ", "-")
    return f"- [{talk.title}](#{anchor})"


def _told(lines: Iterable[str], say: _Say) -> Iterator[str]:
    for kind, group in groupby(lines, key=_kind):
        several = list(group)
        match kind:
            case "said":
                yield "\n".join(["```text", *several, "```"])
            case "comment":
                yield " ".join(line.lstrip("#- ") for line in several)
            case "instant":
                yield f"*{say('guide.instant', at=_instant(several[-1]))}*"
            case _:
                pass


def _kind(line: str) -> str:
    if not line.strip():
        return "empty"
    if line.startswith("# "):
        return "comment"
    return "instant" if _INSTANT.match(line) else "said"


def _instant(line: str) -> datetime:
    found = _INSTANT.match(line)
    if found is None:
        raise ValueError(line)
    return datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
