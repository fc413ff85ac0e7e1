"""A value inside a JSON file, with the path that leads to it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from circle.malformed import MalformedError, shown

_PLAIN = re.compile(r"[\w-]+")
_MANY = 10**9


@dataclass(frozen=True, slots=True)
class JsonNode:
    """A value read from JSON. Asking for what it is not raises MalformedError with its path."""

    value: object
    path: str = ""

    def refused(self, expected: str, *details: str) -> MalformedError:
        """The error that tells that `expected` should stand here."""
        return MalformedError(self.path, shown(self.value), expected, *details)

    def fields(self, *known: str) -> "dict[str, JsonNode]":
        """The fields of this object; refuses any other than the `known` ones, when given."""
        if not isinstance(self.value, dict):
            raise self.refused("object")
        nodes = {key: JsonNode(value, self._below(key)) for key, value in self.value.items()}
        for key, node in nodes.items():
            if known and key not in known:
                raise node.refused("field", *known)
        return nodes

    def need(self, key: str, expected: str, *details: str) -> "JsonNode":
        """The field `key`; where it is missing, the error tells that `expected` should be."""
        node = self.fields().get(key)
        if node is None:
            raise MalformedError(self._below(key), None, expected, *details)
        return node

    def items(self, expected: str = "list") -> "list[JsonNode]":
        """The items of this list."""
        if not isinstance(self.value, list):
            raise self.refused(expected)
        return [JsonNode(item, f"{self.path}[{rank}]") for rank, item in enumerate(self.value)]

    def text(self, expected: str = "text") -> str:
        """This text; it says something."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.refused(expected)
        return self.value

    def number(self, least: int = 0, most: int = _MANY) -> int:
        """This whole number, between `least` and `most`."""
        if type(self.value) is not int or not least <= self.value <= most:
            raise self.refused("number", str(least), str(most))
        return self.value

    def one_of(self, words: Iterable[str]) -> str:
        """This text, which is one of `words`."""
        known = [str(word) for word in words]
        if not isinstance(self.value, str) or self.value not in known:
            raise self.refused("word", *known)
        return self.value

    def _below(self, key: str) -> str:
        key = key if _PLAIN.fullmatch(key) else f"[{shown(key)}]"
        return f"{self.path}.{key}" if self.path else key


def parse_json(text: str) -> JsonNode:
    """The root of a JSON file; MalformedError tells where it is not JSON."""
    try:
        return JsonNode(json.loads(text, object_pairs_hook=_once, parse_constant=_not_a_number))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise MalformedError(where, _found(text[error.pos :]), "json") from None
    except MalformedError:
        raise
    except (RecursionError, ValueError):
        # Nested too deep, or a number of thousands of digits.
        raise MalformedError("", None, "reasonable") from None


def _found(rest: str) -> str | None:
    return shown(rest.splitlines()[0]) if rest.strip() else None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for key, value in pairs:
        if key in fields:
            raise MalformedError(shown(key), shown(value), "once")
        fields[key] = value
    return fields


def _not_a_number(word: str) -> NoReturn:
    raise MalformedError("", word, "json")
