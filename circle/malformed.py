"""A refused file: where, what was found, what was expected. Its words are written elsewhere."""

import json

_LONGEST = 60


class MalformedError(ValueError):
    """A file that cannot be read as it stands.

    `where` is a path (`options[2].cost`) or a line; `found` is what stands there as people would
    type it, None where nothing does; `expected` names the sentence to say, `details` fill it.
    """

    def __init__(self, where: str, found: str | None, expected: str, *details: str) -> None:
        super().__init__(where, found, expected, *details)
        self.where = where
        self.found = found
        self.expected = expected
        self.details = details


def shown(value: object) -> str:
    """`value` as JSON on one short line, safe to print on any terminal."""
    text = json.dumps(value, ensure_ascii=False)
    text = text if text.isprintable() else ascii(text)[1:-1]
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
