"""Files that people send, down and decrypted, a piece at a time."""

from typing import Final

from bot import events
from bot.matrix.net.errors import RefusedError, TooLargeError
from bot.matrix.net.http import Homeserver, Sink, path
from bot.matrix.send.sealing import Opener

_DOWNLOADS: Final = ("/_matrix/client/v1/media/download", "/_matrix/media/v3/download")
_NOT_FOUND: Final = 404
_TOO_LARGE: Final = 413


async def download(
    home: Homeserver, attachment: events.Attachment, limit_bytes: int, sink: Sink
) -> None:
    """Hand the file somebody sent to `sink`, decrypted; what it got is worth nothing on an error.

    Raises `AttachmentError` where trying again is of no use, else `RequestError`s.
    """
    if attachment.size > limit_bytes:
        raise TooLargeError("the file is announced larger than the limit")
    opener = Opener(attachment.file, sink) if attachment.file else None
    try:
        await _fetch(home, attachment.url, limit_bytes, opener.feed if opener else sink)
    except RefusedError as error:
        if error.status == _TOO_LARGE:
            raise TooLargeError(str(error)) from error
        raise
    if opener is not None:
        opener.finish()


async def _fetch(home: Homeserver, url: str, limit_bytes: int, sink: Sink) -> None:
    """From the authenticated place, or on older homeservers from the one before it."""
    server, _, media = url.removeprefix("mxc://").partition("/")
    here, before = (path(server, media, base=base) for base in _DOWNLOADS)
    try:
        await home.download(here, limit_bytes, sink)
    except RefusedError as error:
        if error.status != _NOT_FOUND:
            raise
        await home.download(before, limit_bytes, sink)
