"""Where a homeserver is, and whether it is one: what may be asked without an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp

from bot.matrix.net.errors import UnreachableError
from bot.matrix.net.http import decode, why
from bot.matrix.net.untrusted import table, text

_TIMEOUT: Final = aiohttp.ClientTimeout(total=10.0)
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Looked:
    """What a homeserver says of itself: the versions it speaks, and its clock where it tells it."""

    versions: tuple[str, ...]
    clock: datetime | None


async def look(url: str) -> Looked:
    """Ask the homeserver at that address; raises `UnreachableError` where there is none."""
    answer, headers = await _get(f"{url.rstrip('/')}/_matrix/client/versions")
    versions = answer.get("versions")
    if not isinstance(versions, list):
        raise UnreachableError("it does not say which versions of Matrix it speaks")
    return Looked(tuple(map(str, versions)), _date(headers.get("Date")))


async def address_of(server_name: str) -> str | None:
    """The address that a server's name stands for (`.well-known`); None where it names none."""
    try:
        answer, _ = await _get(f"https://{server_name}/.well-known/matrix/client")
    except UnreachableError:
        return None
    return text(table(answer.get("m.homeserver")).get("base_url"))


async def _get(url: str) -> tuple[dict[str, Any], Mapping[str, str]]:
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT) as session,
            session.get(url) as response,
        ):
            body = await response.read()
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise UnreachableError(why(error)) from error
    if response.status != _OK:
        raise UnreachableError(f"it answers with status {response.status}", response.status)
    return decode(body), response.headers


def _date(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
