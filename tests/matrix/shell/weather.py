"""A proxy before the homeserver, in which faults can be made to happen."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from tests.heard import WITHIN

Fault = Callable[[web.Request, "Weather"], Awaitable[web.StreamResponse]]
HTML = "<html><body>Bad gateway</body></html>"


class Weather:
    """Passes everything on, except what a fault is set for: `(method, part of the path)`."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._session = aiohttp.ClientSession()
        self._faults: list[tuple[str, str, Fault]] = []
        self.url = ""
        self.passed: list[tuple[str, str]] = []
        self._happened = asyncio.Event()

    def once(self, method: str, part: str, fault: Fault) -> None:
        """The next such request meets this fault."""
        self._happened.clear()
        self._faults.append((method, part, fault))

    async def happens(self) -> None:
        """Waits until a fault has happened."""
        async with asyncio.timeout(WITHIN):
            await self._happened.wait()

    @property
    def calm(self) -> bool:
        """Whether every fault has happened."""
        return not self._faults

    async def answer(self, request: web.Request) -> web.StreamResponse:
        for waiting in self._faults:
            method, part, fault = waiting
            if request.method == method and part in request.path:
                self._faults.remove(waiting)
                self._happened.set()
                return await fault(request, self)
        try:
            return await self.forward(request)
        except aiohttp.ClientConnectionError:  # who asked has left, and so have we
            if not self._session.closed:
                raise
            return cut(request)

    async def forward(self, request: web.Request) -> web.Response:
        kept = {k: v for k, v in request.headers.items() if k in ("Authorization", "Content-Type")}
        body = await request.read()
        async with self._session.request(
            request.method, self._target + request.raw_path, data=body, headers=kept
        ) as answer:
            self.passed.append((request.method, request.path))
            return web.Response(
                status=answer.status,
                body=await answer.read(),
                headers={"Content-Type": answer.headers.get("Content-Type", "")},
            )

    async def close(self) -> None:
        await self._session.close()


@asynccontextmanager
async def weather_before(target: str, kind: type[Weather] = Weather) -> AsyncIterator[Any]:
    """A proxy on a free port of loopback."""
    weather = kind(target)
    application = web.Application(client_max_size=10**8)
    application.router.add_route("*", "/{path:.*}", weather.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    weather.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield weather
    finally:
        await runner.cleanup()
        await weather.close()


def limited(headers: dict[str, str], body: dict[str, object]) -> Fault:
    """429, in one of the forms that homeservers have."""

    async def fault(_request: web.Request, _weather: Weather) -> web.StreamResponse:
        content = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests"} | body
        return web.json_response(content, status=429, headers=headers)

    return fault


def failing(status: int) -> Fault:
    """A page of the proxy's own."""

    async def fault(_request: web.Request, _weather: Weather) -> web.StreamResponse:
        return web.Response(status=status, text=HTML, content_type="text/html")

    return fault


def giving(content: dict[str, object]) -> Fault:
    """An answer that says this, whatever the homeserver would have said."""

    async def fault(_request: web.Request, _weather: Weather) -> web.StreamResponse:
        return web.json_response(content)

    return fault


async def answer_lost(request: web.Request, weather: Weather) -> web.StreamResponse:
    """The homeserver did what was asked, and its answer never arrived."""
    await weather.forward(request)
    return cut(request)


async def reset(request: web.Request, _weather: Weather) -> web.StreamResponse:
    """The connection breaks before anything was done."""
    return cut(request)


async def half(request: web.Request, weather: Weather) -> web.StreamResponse:
    """The answer breaks off in its middle."""
    whole = (await weather.forward(request)).body
    response = web.StreamResponse(headers={"Content-Length": str(len(whole))})
    await response.prepare(request)
    await response.write(whole[: len(whole) // 2])
    return cut(request)


def cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
