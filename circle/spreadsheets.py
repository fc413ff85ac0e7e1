"""How a text is kept from what spreadsheets do to it in a CSV: an apostrophe before it."""

from typing import Final

MARK: Final = "'"


def unguarded(text: str) -> str:
    """The text that an apostrophe guards; any other text as it is.

    An apostrophe that somebody wrote stays (`'t Hof`, `'quoted'`): what follows it begins with a
    letter, and holds no figure.
    """
    rest = text[len(MARK) :]
    guards = text.startswith(MARK) and rest
    return rest if guards and _may_change(rest) else text


def _may_change(text: str) -> bool:
    return not text[0].isalpha() or any(char.isdigit() for char in text)
