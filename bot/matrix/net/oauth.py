"""Who signs people in where the homeserver does not itself: its OAuth issuer (MSC2965, MSC4341).

JSON in and out, forms to the token endpoint. What an issuer refuses is judged by `error` alone:
some answer 400, some 403, to the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from bot.matrix.net.errors import (
    IssuerRefusedError,
    LimitedError,
    LoginError,
    RefusedError,
    UnreachableError,
)
from bot.matrix.net.http import Homeserver, decode, pause_asked
from bot.matrix.net.renewal import TokenPair
from bot.matrix.net.untrusted import items, number, text

_METADATA: Final = (
    "/_matrix/client/v1/auth_metadata",
    "/_matrix/client/unstable/org.matrix.msc2965/auth_metadata",
)
_API: Final = "urn:matrix:client:api:*"
_DEVICE: Final = "urn:matrix:client:device:"
_BY_CODE: Final = "urn:ietf:params:oauth:grant-type:device_code"
_REFRESH: Final = "refresh_token"
_LIMIT: Final = aiohttp.ClientTimeout(total=30, sock_connect=10)
_NOT_FOUND: Final = 404
_TOO_MANY: Final = 429
_BAD_REQUEST: Final = 400
_SERVER_ERROR: Final = 500
_PASSING: Final = ("temporarily_unavailable", "server_error")

_NO_CODE: Final = (
    "the homeserver signs people in elsewhere, and there by no code for a device: give "
    "matrix.access_token and matrix.device_id"
)


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """A code of ours, to be entered by hand at `link`; `whole_link` holds it already.

    Good for `lasts` seconds; asked about every `interval` seconds.
    """

    secret: str
    by_hand: str
    link: str
    whole_link: str | None
    lasts: float
    interval: float


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer by what it tells of itself. All raise `UnreachableError`, `LimitedError`.

    And `IssuerRefusedError`. `register` and what follows need those endpoints: see `by_code`.
    """

    name: str
    token: str
    revocation: str | None
    registration: str | None
    device_authorization: str | None
    grants: tuple[str, ...]
    home: str

    def by_code(self) -> "Issuer":
        """The same; raises `LoginError` where nobody signs in by a code there."""
        there = self.registration and self.device_authorization and _BY_CODE in self.grants
        if not there or _REFRESH not in self.grants:
            raise LoginError(_NO_CODE)
        return self

    async def register(self, client_name: str) -> str:
        """The id of a client of that name, without a secret."""
        body = {
            "client_name": client_name,
            "client_uri": f"https://{urlsplit(self.home).netloc}/",
            "grant_types": [_BY_CODE, _REFRESH],
            "token_endpoint_auth_method": "none",
            "application_type": "native",
        }
        answer = await _post(self.registration or "", json=body)
        return _text(answer, "client_id")

    async def device_code(self, client_id: str, device_id: str) -> DeviceCode:
        """A code for a session as that very device."""
        form = {"client_id": client_id, "scope": f"{_API} {_DEVICE}{device_id}"}
        answer = await _post(self.device_authorization or "", data=form)
        return DeviceCode(
            secret=_text(answer, "device_code"),
            by_hand=_text(answer, "user_code"),
            link=_text(answer, "verification_uri"),
            whole_link=text(answer.get("verification_uri_complete")),
            lasts=number(answer.get("expires_in")) or 600,
            interval=max(number(answer.get("interval")) or 5, 1),
        )

    async def granted(self, client_id: str, code: DeviceCode) -> TokenPair:
        """The first pair, once the code was entered; refused with `authorization_pending` before.

        Raises `LoginError` where there is no second one to come.
        """
        form = {"grant_type": _BY_CODE, "device_code": code.secret, "client_id": client_id}
        answer = await _post(self.token, data=form)
        if text(answer.get(_REFRESH)) is None:
            raise LoginError(_NO_CODE)
        return pair_of(answer, "", number(answer.get("expires_in")))

    async def renew(self, client_id: str, refresh_token: str) -> TokenPair:
        """The next pair."""
        form = {"grant_type": _REFRESH, _REFRESH: refresh_token, "client_id": client_id}
        answer = await _post(self.token, data=form)
        return pair_of(answer, refresh_token, number(answer.get("expires_in")))

    async def revoke(self, client_id: str, refresh_token: str) -> None:
        """End a session, if this is its latest token: of another one nothing is said."""
        if self.revocation is not None:
            form = {"token": refresh_token, "token_type_hint": _REFRESH, "client_id": client_id}
            await _posted(self.revocation, data=form)


def pair_of(answer: Mapping[str, Any], former: str, lasts: float | None) -> TokenPair:
    """A pair as issuers and homeservers give it; `former`: kept where no new one comes with it."""
    refresh_token = text(answer.get(_REFRESH)) or former
    return TokenPair(_text(answer, "access_token"), refresh_token, lasts or None)


async def issuer_of(home: Homeserver) -> Issuer | None:
    """The issuer that a homeserver delegates to; None where it signs people in itself.

    Raises `UnreachableError`, `LimitedError`, and `LoginError` for one that cannot be trusted.
    """
    async with home.beside() as nobody:
        for where in _METADATA:
            try:
                return _read(await nobody.get(where), home.url)
            except RefusedError:
                continue
            except UnreachableError as error:
                if error.status != _NOT_FOUND:
                    raise
    return None


def _read(told: Mapping[str, Any], home: str) -> Issuer:
    name, token = text(told.get("issuer")), text(told.get("token_endpoint"))
    if not name or not token:
        raise LoginError(_NO_CODE)
    names = ("revocation_endpoint", "registration_endpoint", "device_authorization_endpoint")
    revocation, registration, device = (text(told.get(name)) for name in names)
    for place in (token, revocation, registration, device):
        if place is not None and urlsplit(place).scheme not in ("https", urlsplit(home).scheme):
            raise LoginError(f"the homeserver names an address without encryption: {place}")
    grants = tuple(map(str, items(told.get("grant_types_supported"))))
    return Issuer(name, token, revocation, registration, device, grants, home)


async def _post(where: str, **body: Any) -> dict[str, Any]:
    return decode(await _posted(where, **body))


async def _posted(where: str, **body: Any) -> bytes:
    try:
        async with (
            aiohttp.ClientSession(timeout=_LIMIT) as client,
            client.post(where, allow_redirects=False, **body) as response,
        ):
            answer = await response.read()
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise UnreachableError(str(error) or type(error).__name__) from error
    if response.status >= _BAD_REQUEST:
        raise _failure(response.status, response.headers, answer)
    return answer


def _failure(
    status: int, headers: Mapping[str, str], answer: bytes
) -> IssuerRefusedError | LimitedError | UnreachableError:
    """What a status of 400 or more means; a page of a proxy's is no word of the issuer's."""
    try:
        body = decode(answer)
    except UnreachableError:
        body = {}
    error = text(body.get("error"))
    if status == _TOO_MANY and error != "slow_down":
        return LimitedError(pause_asked(headers, body))
    if status >= _SERVER_ERROR or error is None or error in _PASSING:
        return UnreachableError(f"who signs us in answers {status} {error or ''}".rstrip(), status)
    return IssuerRefusedError(error, text(body.get("error_description")) or "")


def _text(answer: Mapping[str, Any], key: str) -> str:
    """A text that an answer cannot do without."""
    found = text(answer.get(key))
    if not found:
        raise UnreachableError(f"the answer has no {key}")
    return found
