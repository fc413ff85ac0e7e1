"""A document as the structs that describe it: msgspec reads them, we tell what it refuses.

What is expected at a key is the description of its type.
"""

import difflib
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Struct, ValidationError, convert

from bot.config.source import ConfigError, Hidden, shortened
from bot.config.values import Secret
from circle.text import composed

S = TypeVar("S", bound=Struct)
_LISTED: Final = 60
_AS_WRITTEN: Final = ("password", "access_token")
_REFUSAL: Final = re.compile(
    r"(?:Object contains unknown field `(.*?)`"
    r"|Object missing required field `(\w+)`"
    r"|.*?)(?: - at (?:`key` in )?`\$([\w.\[\]]*)`)?",
    re.DOTALL,
)


def built(
    kind: type[S], document: dict[str, Any], checks: Mapping[str, Callable[[str], object]]
) -> S:
    """The struct that a document is; `checks` look at it by path. Raises `ConfigError`."""
    groups = {name for name, hint in _hints(kind).items() if _is_group(hint)}
    whole = _tidy(document | {name: {} for name in groups if document.get(name) is None})
    try:
        struct = convert(whole, kind, strict=False, dec_hook=_made)
    except ValidationError as error:
        raise _refusal(kind, whole, str(error)) from None
    for path, check in checks.items():
        if not _holds(check, attrgetter(path)(struct)):
            raise _wrong(kind, whole, path)
    return struct


def _tidy(found: Any, key: str = "") -> Any:
    """Texts without spaces around them, their letters composed; passwords as they are written."""
    match found:
        case dict():
            return {name: _tidy(value, name) for name, value in found.items()}
        case list():
            return [_tidy(value) for value in found]
        case str() if key not in _AS_WRITTEN:
            return composed(found).strip()
    return found


def _made(kind: type, found: object) -> object:
    """What msgspec does not know."""
    if not isinstance(found, str) or not found.strip():
        raise ValueError
    return Path(found).expanduser() if kind is Path else kind(found)


def _holds(check: Callable[[str], object], value: str | Secret) -> bool:
    try:
        return bool(check(value.reveal() if isinstance(value, Secret) else value))
    except (KeyError, OSError, ValueError):
        return False


def _refusal(kind: type[Struct], document: Mapping[str, Any], told: str) -> ConfigError:
    """What msgspec tells in words of its own."""
    refused = _REFUSAL.fullmatch(told)
    unknown, missing, path = refused.groups("") if refused else ("", "", "")
    path = path.removeprefix(".")
    if not unknown:
        return _wrong(kind, document, _join(path, missing))
    known = list(_hints(_hint(kind, path)))
    at = _join(path, shortened(unknown))
    meant = _meant(unknown, known, () if path else _within(kind))
    return ConfigError(at, unknown, f"a known key ({meant})")


def _wrong(kind: type[Struct], document: Mapping[str, Any], path: str) -> ConfigError:
    path = path.removesuffix("[...]")
    hint, found = _hint(kind, path), _found(document, path)
    hidden = _hides(hint) and found is not None
    return ConfigError(path, _scheme(path, found) if hidden else found, _expected(hint, found))


def _scheme(path: str, found: object) -> object:
    """Which kind of database was named; nothing else of what may hold a password."""
    kind, there, _ = str(found).partition("://")
    return f"{kind}://…" if there and path == "database" and kind.isascii() else Hidden


def _expected(hint: Any, found: object) -> str:
    if _is_group(hint):
        return "a group of keys"
    if get_origin(hint) is tuple and not isinstance(found, list):
        return "a list, each item on a line that begins with a dash"
    described = getattr(hint, "__metadata__", ())
    return described[0].description if described else _expected(get_args(hint)[0], found)


def _hides(hint: Any) -> bool:
    return hint is Secret or any(map(_hides, get_args(hint)))


def _is_group(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Struct)


def _hints(kind: type[Struct]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _hint(kind: Any, path: str) -> Any:
    """The type of the key, or of the item of a list, at that path."""
    for step in re.findall(r"\w+", path):
        kind = get_args(kind)[0] if step.isdecimal() else _hints(kind)[step]
    return kind


def _found(document: Any, path: str) -> object:
    for step in re.findall(r"\w+", path):
        document = document[int(step)] if isinstance(document, list) else document.get(step)
    return document


def _within(kind: type[Struct]) -> list[str]:
    """The keys of its groups, by their paths."""
    groups = {name: hint for name, hint in _hints(kind).items() if _is_group(hint)}
    return [_join(name, key) for name, hint in groups.items() for key in _hints(hint)]


def _meant(key: str, known: list[str], deeper: Sequence[str]) -> str:
    """What was meant, perhaps; `deeper`: keys of the groups, where it may belong."""
    near = difflib.get_close_matches(key, known, n=1)
    near = near or [path for path in deeper if path.endswith(f".{key}")]
    every = textwrap.shorten(", ".join(known), _LISTED, placeholder="…")
    return f'perhaps "{near[0]}"' if near else f"one of {every}"


def _join(path: str, key: str) -> str:
    return ".".join(filter(None, (path, key)))
