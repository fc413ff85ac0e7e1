"""A homeserver's media on loopback, nothing else: files that are there, absent, slow, or wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.matrix.net.http import Homeserver

DEAD = "dead.invalid"
HELD = "held"
PIECE = b"\xa5" * 64 * 1024


class MediaServer:
    """`files`: what it holds, by the id in `mxc://localhost/ID`; a number is that many bytes.

    The end of `mxc://localhost/held` comes once `released`. `received`: the sizes of what was
    uploaded.

    Any other server is dead (502), `tar.invalid` never answers, `gone.invalid` has nothing (404).
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes | int] = {}
        self.asked: list[str] = []
        self.sent = 0
        self.received: list[int] = []
        self.released = asyncio.Event()
        self.url = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        server, media = request.match_info["server"], request.match_info["media"]
        self.asked.append(f"{server}/{media}")
        if server == "tar.invalid":
            await asyncio.Event().wait()
        if server not in ("localhost", "gone.invalid"):
            return web.json_response({"errcode": "M_UNKNOWN"}, status=502)
        found = self.files.get(media)
        if found is None:
            return web.json_response({"errcode": "M_NOT_FOUND"}, status=404)
        return await self._stream(request, found)

    async def take(self, request: web.Request) -> web.StreamResponse:
        """A file comes: only its size is kept."""
        size = 0
        async for piece in request.content.iter_chunked(1 << 16):
            size += len(piece)
        self.received.append(size)
        return web.json_response({"content_uri": f"mxc://localhost/{len(self.received)}"})

    async def _stream(self, request: web.Request, found: bytes | int) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for piece in _pieces(found):
            await response.write(piece)
            self.sent += len(piece)
        if request.match_info["media"] == HELD:
            await self.released.wait()
        await response.write_eof()
        return response


def _pieces(found: bytes | int):
    if isinstance(found, bytes):
        yield found
        return
    whole, rest = divmod(found, len(PIECE))
    for number in range(whole):
        yield number.to_bytes(8, "big") + PIECE[8:]
    yield PIECE[:rest]


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[MediaServer, Homeserver]]:
    """The server, and how the bot asks it."""
    server = MediaServer()
    application = web.Application()
    for base in ("/_matrix/client/v1/media/download", "/_matrix/media/v3/download"):
        application.router.add_get(base + "/{server}/{media}", server.answer)
    application.router.add_post("/_matrix/media/v3/upload", server.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    home = Homeserver(server.url)
    try:
        yield server, home
    finally:
        await home.close()
        await runner.cleanup()
