"""What is asked, and what an answer may be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from msgspec import ValidationError, convert

from bot.config import values as v

_APART: Final = re.compile(r"[,;\s]+")


@dataclass(frozen=True, slots=True)
class Installation:
    """A configuration as one answers for it; the password is empty where it comes later."""

    homeserver: str
    user_id: str
    password: str
    coordinators: tuple[str, ...]
    allow: tuple[str, ...]
    database: str
    language: str


class WrongAnswerError(ValueError):
    """That answer cannot be; `expected` names, in the catalogue, what was expected."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = f"setup.expected.{expected}"


def is_address(answer: str) -> bool:
    """Whether it is an address already, rather than the name of a server."""
    return "://" in answer


def a_server(answer: str) -> str:
    """`example.org`, or the address of a homeserver; raises WrongAnswerError."""
    checked = _checked(
        answer if is_address(answer) else f"https://{answer}", v.Homeserver, "server"
    )
    return checked.rstrip("/") if is_address(answer) else answer


def an_account(server: str) -> Callable[[str], str]:
    """`souci` or `@souci:example.org` at that server."""

    def read(answer: str) -> str:
        whole = answer if ":" in answer else f"@{answer.removeprefix('@')}:{server}"
        return _checked(whole, v.UserId, "account")

    return read


def accounts(answer: str) -> tuple[str, ...]:
    """Any number of Matrix ids, with spaces or commas in between."""
    return tuple(_checked(one, v.UserId, "accounts") for one in _several(answer))


def patterns(answer: str) -> tuple[str, ...]:
    """Any number of patterns of Matrix ids; a bare server stands for all of its accounts."""
    whole = (one if ":" in one else f"*:{one}" for one in _several(answer))
    return tuple(_checked(one, v.Inviting, "invitations") for one in whole)


def a_database(answer: str) -> str:
    """The URL of a database."""
    if not v.CHECKS["database"](answer):
        raise WrongAnswerError("database")
    return answer


def _several(answer: str) -> list[str]:
    return [one for one in _APART.split(answer) if one]


def _checked(answer: str, kind: Any, expected: str) -> str:
    try:
        return str(convert(answer, kind))
    except ValidationError:
        raise WrongAnswerError(expected) from None
