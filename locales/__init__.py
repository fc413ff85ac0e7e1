"""Every sentence that people read: a folder a language, a file a family, key to Jinja template.

How to read a file:

- `**bold**`, and between backquotes a line to copy; a `!` that begins it is the circle's prefix.
- In French, plain spaces before ; ! ? : » € %, after « and before h, min become no-break ones.
- A line that its conditions leave empty disappears.
- Values tell themselves: money, days, instants, people, references, numbers, yes and no, lists,
  enums (by the words `family.value` of `words.yaml`).
- Filters: effort, short, near, clock, weekday, month, span(end), period(until), recurrence(start),
  listed, pill (notifies: only for who must act), word("family"), plural("# form", "# forms").
- In French, above each key: the values it needs; those in brackets may be None. Every one must be
  given. `items` are mappings; `more` counts what a list leaves out.
- Keys `part.*` and `form.*` are pieces that other sentences include.
"""

from importlib.resources import files
from typing import Final

import yaml

LANGUAGES: Final = ("fr", "en")


def texts(language: str) -> tuple[str, ...]:
    """The files of a language, as written, in the order of their names."""
    folder = files(__name__).joinpath(language)
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(file.read_text("utf-8") for file in found if file.name.endswith(".yaml"))


def catalogue(language: str) -> dict[str, str]:
    """The sentences of a language, by key."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    sentences: dict[str, str] = {}
    for text in texts(language):
        sentences |= yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
    return sentences
