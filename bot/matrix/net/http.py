"""Requests to the homeserver: JSON in, JSON out, every failure one of three kinds.

nio's own client sleeps through rate limits, returns server errors as values and reads answers
twice; this is all we need of HTTP, and it says what happened (errors.py).
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from errno import ECONNREFUSED
from typing import IO, Any, Final, Self, TypeVar
from urllib.parse import quote

import aiohttp
import msgspec

from bot.matrix.net.errors import (
    LimitedError,
    LoggedOutError,
    RefusedError,
    UnreachableError,
    UploadLaterError,
)
from bot.matrix.net.renewal import Renewal

CLIENT: Final = "/_matrix/client/v3"
_UPLOAD: Final = "/_matrix/media/v3/upload"
_BYTES: Final = "application/octet-stream"
_TIMEOUT: Final = 60.0
_SILENCE: Final = 30.0
_LONGEST_TRANSFER: Final = 300.0
_SLOWEST: Final = 50_000
"""Bytes a second that a file leaves with at least."""

CHUNK: Final = 64 * 1024
_CONNECT: Final = 10.0
_DEFAULT_PAUSE: Final = 5.0
_LONGEST_PAUSE: Final = 3600.0
_REQUEST_TIMEOUT: Final = 408
_TOO_LARGE: Final = 413
_TOO_MANY: Final = 429
_BAD_REQUEST: Final = 400
_SERVER_ERROR: Final = 500
_LOCKED: Final = "M_USER_LOCKED"
_RENEWALS: Final = 3
"""How many newer tokens in a row may be unknown: where the loop stood still they had ended."""

T = TypeVar("T")
Params = Mapping[str, str]
Sink = Callable[[bytes], object]
"""Takes the bytes of a file as they come."""
_NO_HOMESERVER: Final = ": a web page rather than a homeserver, see matrix.homeserver"
_WHY: Final = (
    (aiohttp.ClientConnectorCertificateError, "its certificate is not to be trusted"),
    (aiohttp.ClientConnectorSSLError, "it does not speak https there: another port, or http://"),
    (aiohttp.ClientConnectorDNSError, "no machine has that name"),
    (aiohttp.ClientResponseError, "it does not speak http there: another port, or https://"),
    (TimeoutError, "it did not answer in time"),
)
_json = msgspec.json.Decoder(dict[str, Any])


def path(*parts: str, base: str = CLIENT) -> str:
    """A request path; each part is quoted whole, so no id can reach another endpoint."""
    return "/".join((base, *(quote(part, safe="") for part in parts)))


class Homeserver:
    """One homeserver, asked as one account once `token` is set.

    Where `renewal` is set as well, the token is replaced in time, and whenever it is known no
    longer; what was asked with it is then asked again.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None
        self.token: str | None = None
        self.renewal: Renewal | None = None

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[Self]:
        """The same homeserver, to be asked as nobody or as somebody else for a moment."""
        other = type(self)(self.url)
        try:
            yield other
        finally:
            await other.close()

    async def close(self) -> None:
        if self.renewal is not None:
            await self.renewal.close()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(self, where: str, params: Params | None = None) -> dict[str, Any]:
        return decode(await self.raw("GET", where, params=params))

    async def post(self, where: str, body: object) -> dict[str, Any]:
        return decode(await self.raw("POST", where, body=body))

    async def put(self, where: str, body: object) -> dict[str, Any]:
        return decode(await self.raw("PUT", where, body=body))

    async def raw(
        self,
        method: str,
        where: str,
        *,
        params: Params | None = None,
        body: object = None,
        timeout: float = _TIMEOUT,  # noqa: ASYNC109 — a limit of the request, told to aiohttp
    ) -> bytes:
        """The body of a successful answer; raises one of the three `RequestError`s.

        As all that is asked with our token, `LoggedOutError` where that is known no longer.
        """
        data = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        kind = _BYTES if isinstance(body, bytes) else "application/json"
        wanted = aiohttp.ClientTimeout(total=timeout, sock_connect=_CONNECT)
        return await self._as_ourselves(
            lambda: self._raw(method, where, params, data, kind, wanted)
        )

    async def _raw(
        self,
        method: str,
        where: str,
        params: Params | None,
        data: bytes | None,
        kind: str,
        wanted: aiohttp.ClientTimeout,
    ) -> bytes:
        headers = self._headers() | {"Content-Type": kind}
        try:
            async with self._open().request(
                method, self.url + where, params=params, data=data, headers=headers, timeout=wanted
            ) as response:
                answer = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnreachableError(why(error)) from error
        if response.status >= _BAD_REQUEST:
            raise _failure(response.status, response.headers, answer)
        return answer

    async def download(self, where: str, limit_bytes: int, sink: Sink) -> None:
        """Hand a file's bytes to `sink`; raises `RefusedError` 413 as soon as they are too many.

        What `sink` raises is raised, unless it looks like a fault of the network (`OSError`).
        """
        await self._as_ourselves(lambda: self._download(where, limit_bytes, sink))

    async def _download(self, where: str, limit_bytes: int, sink: Sink) -> None:
        wanted = aiohttp.ClientTimeout(
            total=_LONGEST_TRANSFER, sock_connect=_CONNECT, sock_read=_SILENCE
        )
        try:
            async with self._open().get(
                self.url + where, headers=self._headers(), timeout=wanted
            ) as response:
                if response.status >= _BAD_REQUEST:
                    raise _failure(response.status, response.headers, await _few(response.content))
                await _up_to(response.content, limit_bytes, sink)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnreachableError(str(error) or type(error).__name__) from error

    async def upload(self, body: IO[bytes], size: int, name: str | None = None) -> str:
        """The address of a new file; raises `UploadLaterError` where only it cannot leave for now.

        A server that finds a file too large may end the connection in the middle of it.
        """
        return await self._as_ourselves(lambda: self._upload(body, size, name))

    async def _upload(self, body: IO[bytes], size: int, name: str | None) -> str:
        limit = aiohttp.ClientTimeout(total=_TIMEOUT + size / _SLOWEST, sock_connect=_CONNECT)
        headers = self._headers() | {"Content-Type": _BYTES, "Content-Length": str(size)}
        where, params = self.url + _UPLOAD, {"filename": name} if name else None
        try:
            async with self._open().post(
                where, params=params, data=_sent(body), headers=headers, timeout=limit
            ) as response:
                answer = await response.read()
        except aiohttp.ClientConnectorError as error:
            raise UnreachableError(str(error)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UploadLaterError(str(error) or type(error).__name__) from error
        if response.status < _BAD_REQUEST:
            return str(decode(answer)["content_uri"])
        failure = _failure(response.status, response.headers, answer)
        if isinstance(failure, UnreachableError):
            raise UploadLaterError(str(failure), failure.status)
        raise failure

    async def _as_ourselves(self, ask: Callable[[], Awaitable[T]]) -> T:
        """What `ask` gives; asked again with the next token where ours is known no longer.

        Raises `LoggedOutError` where there is no next one, or where those are not known either.
        """
        if self.renewal is not None:
            self.renewal.ahead()
        for _ in range(1 + _RENEWALS):
            used = self.token
            try:
                return await ask()
            except RefusedError as error:
                if used is None or not error.of_our_token:
                    raise
                refusal = error
            if self.renewal is None:
                break
            await self.renewal.after(used)
        raise LoggedOutError(f"the homeserver no longer knows our session: {refusal}")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session


async def _sent(body: IO[bytes]) -> AsyncIterator[bytes]:
    body.seek(0)
    while piece := body.read(CHUNK):
        yield piece


async def _up_to(stream: aiohttp.StreamReader, limit_bytes: int, sink: Sink) -> None:
    received = 0
    async for chunk in stream.iter_chunked(CHUNK):
        received += len(chunk)
        if received > limit_bytes:
            raise RefusedError(_TOO_LARGE, "M_TOO_LARGE", "the file exceeds the limit", {})
        sink(chunk)


async def _few(stream: aiohttp.StreamReader) -> bytes:
    """The beginning of an answer that says why there is no file."""
    return await stream.read(CHUNK)


def decode(answer: bytes) -> dict[str, Any]:
    """A JSON object; anything else is as good as no answer."""
    try:
        return _json.decode(answer)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreachableError(f"the answer is no JSON object{_NO_HOMESERVER}") from error


def why(error: Exception) -> str:
    """Why there was no answer, as one can read it."""
    if isinstance(error, aiohttp.ClientConnectorError) and error.errno == ECONNREFUSED:
        return f"nothing listens at {error.host}:{error.port}"
    found = (told for kind, told in _WHY if isinstance(error, kind))
    return next(found, str(error) or type(error).__name__)


def _failure(
    status: int, headers: Mapping[str, str], answer: bytes
) -> LimitedError | RefusedError | UnreachableError:
    """What a status of 400 or more means; a proxy's page is no word of the homeserver's."""
    try:
        body = decode(answer)
    except UnreachableError:
        body = {}
    errcode, text = str(body.get("errcode", "")), str(body.get("error", ""))
    if status == _TOO_MANY:
        return LimitedError(pause_asked(headers, body))
    if errcode == _LOCKED:
        return UnreachableError(f"the account is locked: {text}", status)
    spoken = bool(errcode) or "flows" in body or status == _TOO_LARGE
    if status >= _SERVER_ERROR or status == _REQUEST_TIMEOUT or not spoken:
        told = f"status {status} {errcode}".rstrip()
        return UnreachableError(told if spoken else f"{told}{_NO_HOMESERVER}", status)
    return RefusedError(status, errcode, text, body)


def pause_asked(headers: Mapping[str, str], body: Mapping[str, Any]) -> float:
    """Seconds to wait: `Retry-After` as the specification now has it, else the older field."""
    fields: tuple[tuple[Any, int], ...] = (
        (headers.get("Retry-After"), 1),
        (body.get("retry_after_ms"), 1000),
    )
    for value, unit in fields:
        try:
            seconds = float(value) / unit
        except (TypeError, ValueError):
            continue
        if seconds >= 0:
            return min(seconds, _LONGEST_PAUSE)
    return _DEFAULT_PAUSE
