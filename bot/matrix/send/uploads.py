"""Files up, before the message that shows them: made, sealed and sent a piece at a time.

The memory of a file is a megabyte, whatever it weighs; what is beyond waits on the disk of the
state directory, without a name, so that nothing is ever left of it.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

import structlog
from nio.crypto.attachments import encrypted_attachment_generator

from bot.matrix.net.errors import RefusedError, RequestError, UploadLaterError
from bot.matrix.net.http import CHUNK, Homeserver
from bot.matrix.net.untrusted import number
from storage.mail import File

_CONFIGS: Final = ("/_matrix/client/v1/media/config", "/_matrix/media/v3/config")
_IN_MEMORY: Final = 1 << 20
_SIDE_BY_SIDE: Final = 4
_TOO_LARGE: Final = 413

Press = Callable[[File, IO[bytes]], File]
"""Writes what a file holds; gives it as it then is, without a body."""

log = structlog.get_logger(__name__)


class Uploads:
    """`largest`: bytes that the homeserver takes in one file; None until `ask`, or untold."""

    def __init__(self, home: Homeserver, press: Press, folder: Path) -> None:
        self._home = home
        self._press = press
        self._folder = folder
        self._turns = asyncio.Semaphore(_SIDE_BY_SIDE)
        self.largest: int | None = None

    async def ask(self) -> None:
        """Ask the homeserver what it takes. Where it does not say, it will refuse by itself."""
        for where in _CONFIGS:
            try:
                told = await self._home.get(where)
            except RequestError as error:
                log.info("media.limit_untold", reason=str(error))
            else:
                self.largest = number(told.get("m.upload.size"))
                return

    async def put(self, file: File, *, encrypted: bool) -> dict[str, Any]:
        """The content fields that show the file; for an encrypted room its bytes are sealed first.

        Raises `RefusedError` where it will never leave, `UploadLaterError` where only this file
        cannot leave for now, other `RequestError`s.
        """
        async with self._turns:
            try:
                with self._temporary() as body:
                    made = await asyncio.to_thread(self._made, file, body)
                    return await self._sent(made, body, encrypted=encrypted)
            except OSError as fault:
                raise UploadLaterError(f"the file cannot be made: {fault.strerror}") from fault

    def _made(self, file: File, into: IO[bytes]) -> File:
        if file.recipe is None:
            into.write(file.body)
            return replace(file, body=b"")
        return self._press(file, into)

    async def _sent(self, made: File, body: IO[bytes], *, encrypted: bool) -> dict[str, Any]:
        size = body.seek(0, 2)
        if self.largest is not None and size > self.largest:
            raise RefusedError(_TOO_LARGE, "M_TOO_LARGE", "more than the homeserver takes", {})
        shown = {"filename": made.name, "info": _info(made, size)}
        if not encrypted:
            return {"url": await self._home.upload(body, size, made.name)} | shown
        with self._temporary() as sealed:
            keys = await asyncio.to_thread(_seal, body, sealed)
            return {"file": keys | {"url": await self._home.upload(sealed, size)}} | shown

    def _temporary(self) -> IO[bytes]:
        return SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(self._folder))


def _seal(body: IO[bytes], into: IO[bytes]) -> dict[str, Any]:
    """Encrypt one file into another; how to open it."""
    keys: dict[str, Any] = {}
    for piece in encrypted_attachment_generator(_pieces(body)):
        if isinstance(piece, bytes):
            into.write(piece)
        else:
            keys = piece
    return keys


def _pieces(body: IO[bytes]) -> Iterator[bytes]:
    body.seek(0)
    while piece := body.read(CHUNK):
        yield piece


def _info(made: File, size: int) -> dict[str, Any]:
    info: dict[str, Any] = {"mimetype": made.mimetype, "size": size}
    return info | ({"w": made.width, "h": made.height} if made.width and made.height else {})
