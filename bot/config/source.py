"""The configuration's file as it is written: YAML where every value stays the text one sees.

YAML guesses types (`18:00` is 1080, `no` is false, an unquoted `@` or `!` is a syntax of its own);
the people who write this file do not expect it, so nothing is guessed here.
"""

import re
from pathlib import Path
from typing import Any, Final, cast

import yaml

_SHOWN: Final = 40
_TAB: Final = "spaces where there is a tab"
_BLANK: Final = {"", "~", "null"}
_NEEDS_QUOTES: Final = re.compile(r"^\s*(?:- +)?(?:[\w-]+: +)?(?:\[ *)?([@!*&%`]|#(?=\S))")
_LOGIN_IN_URL: Final = re.compile(r"(?<=://)[^/]*@")


class Hidden:
    """Stands for what was found where it must not be shown."""


class ConfigError(Exception):
    """A configuration that cannot be used: where, what was found there, what was expected.

    `found` is the text or structure found, None for nothing, `Hidden` for what is not shown.
    """

    def __init__(self, path: str, found: object, expected: str) -> None:
        super().__init__(path, found, expected)
        self.path = path
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        line = f"{self.path}: expected {self.expected}"
        return line if self.found is Hidden else f"{line}, found {_shown(self.found)}"


def read_document(path: Path) -> dict[str, Any]:
    """The file's keys and values: texts, lists, mappings, None. Raises `ConfigError`."""
    try:
        written = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        advice = "; souci setup makes one" if isinstance(error, FileNotFoundError) else ""
        expected = f"a file that can be read ({reason}{advice})"
        raise ConfigError(str(path), Hidden, expected) from None
    _check_quotes(path, written)
    try:
        document = yaml.load(written, Loader=_Loader)  # noqa: S506 - of texts, lists, mappings
    except yaml.MarkedYAMLError as error:
        expected = _TAB if "\\t" in str(error.problem) else f"valid YAML ({error.problem})"
        raise ConfigError(_line(path, error), Hidden, expected) from None
    except yaml.YAMLError:
        raise ConfigError(str(path), Hidden, "valid YAML (a character is not allowed)") from None
    if not isinstance(document, dict):
        raise ConfigError(str(path), Hidden, "keys and values, as in config.example.yaml")
    return cast("dict[str, Any]", document)


def shortened(text: str) -> str:
    """The beginning of what people wrote, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def _check_quotes(path: Path, written: str) -> None:
    for number, line in enumerate(written.splitlines(), start=1):
        found = _NEEDS_QUOTES.match(line)
        if found and not line.lstrip().startswith("#"):
            expected = f'quotes around a value that begins with "{found[1]}"'
            raise ConfigError(f"{path}, line {number}", Hidden, expected)


def _line(path: Path, error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark
    return f"{path}, line {mark.line + 1}" if mark else str(path)


def _shown(found: object) -> str:
    match found:
        case None:
            return "nothing"
        case dict():
            return "a group of keys"
        case list():
            return "a list"
        case _:
            return f'"{shortened(_LOGIN_IN_URL.sub("…@", str(found)))}"'


class _Loader(yaml.BaseLoader):
    """Every scalar is its text, a blank one is None, a key said twice is refused."""

    def construct_scalar(self, node: yaml.ScalarNode) -> Any:
        blank = node.style is None and node.value.casefold() in _BLANK
        return None if blank else super().construct_scalar(node)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in keys | _BLANK:
                problem = "a key is there twice, or is no word"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            keys.add(key.value)
        return super().construct_mapping(node, deep=deep)
