"""The file that the answers make: commented, private, and never over one that is there."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bot.setup.answers import Installation

_PRIVATE: Final = 0o600

Say = Callable[[str], str]
"""A comment of the catalogue."""


def text_of(answers: Installation, say: Say) -> str:
    """The configuration in YAML; every value between quotes."""
    return "\n".join(_lines(answers, say)) + "\n"


def write(file: Path, text: str) -> None:
    """Make the file, whole or not at all; raises OSError, FileExistsError where there is one."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.link(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)


def _lines(answers: Installation, say: Say) -> Iterator[str]:
    yield f"# {say('setup.about.file')}"
    yield ""
    yield "matrix:"
    yield f"  # {say('setup.about.account')}"
    yield f"  homeserver: {_quoted(answers.homeserver)}"
    yield f"  user_id: {_quoted(answers.user_id)}"
    yield f"  # {say('setup.about.password')}"
    password = _quoted(answers.password) if answers.password else "null"
    yield f"  password: {password}"
    yield ""
    yield f"# {say('setup.about.database')}"
    yield f"database: {_quoted(answers.database)}"
    yield ""
    yield f"# {say('setup.about.language')}"
    yield f"language: {_quoted(answers.language)}"
    yield ""
    yield f"# {say('setup.about.coordinators')}"
    yield f"coordinators: {_listed(answers.coordinators)}"
    yield ""
    yield f"# {say('setup.about.invitations')}"
    yield "invites:"
    yield f"  allow: {_listed(answers.allow)}"


def _quoted(value: str) -> str:
    """A text of JSON, which is one of YAML."""
    return json.dumps(value, ensure_ascii=False)


def _listed(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"
