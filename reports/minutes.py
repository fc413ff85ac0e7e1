"""The minutes of a meeting as Markdown: titles and lists around sentences told elsewhere."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# What Markdown would take for its own marks, wherever it stands in a line.
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
# What begins a list, a title or a rule at the start of a line.
_AT_START = re.compile(r"^(\s*)([-+=]|\d+[.)])")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the minutes: its title, its lines, and lines under each of them.

    `head`, `rows` and `widths` (of the columns) tell the same as a table, `after` what stands
    under it, where the form has tables.
    """

    title: str
    lines: Sequence[str]
    details: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[str] = ()
    after: Sequence[str] = ()


def minutes_file(title: str, lead: Sequence[str], sections: Iterable[Section]) -> bytes:
    """The minutes in UTF-8; sections without lines are left out. Nothing told can be a mark."""
    parts = [f"# {escaped(title)}", *map(escaped, lead)]
    parts += [_section(section) for section in sections if section.lines]
    return ("\n\n".join(parts) + "\n").encode()


def _section(section: Section) -> str:
    details = section.details or ("",) * len(section.lines)
    lines: list[str] = []
    for line, detail in zip(section.lines, details, strict=True):
        lines.append(f"- {escaped(line)}")
        if detail:
            lines.append(f"  - {escaped(detail)}")
    return "\n".join([f"## {escaped(section.title)}", "", *lines])


def escaped(text: str) -> str:
    """A text on one line, of which Markdown makes nothing but itself."""
    line = " ".join(text.split("\n"))
    return _AT_START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", line))
