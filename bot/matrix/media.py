"""Files: up before the message that shows them, down (decrypted) when a command needs them."""

from typing import Any, Final

from nio.crypto.attachments import encrypt_attachment

from bot import events
from bot.matrix.errors import RefusedError, TooLargeError
from bot.matrix.http import Homeserver, Sink, decode, path
from bot.matrix.sealing import Opener
from storage.mail import File

_UPLOAD: Final = "/_matrix/media/v3/upload"
_DOWNLOADS: Final = ("/_matrix/client/v1/media/download", "/_matrix/media/v3/download")
_NOT_FOUND: Final = 404
_TOO_LARGE: Final = 413


async def upload(home: Homeserver, file: File, *, encrypted: bool) -> dict[str, Any]:
    """The content fields that show the file; in an encrypted room its bytes are sealed first."""
    body, sealed = encrypt_attachment(file.body) if encrypted else (file.body, None)
    name = {} if encrypted else {"filename": file.name}
    answer = decode(await home.raw("POST", _UPLOAD, params=name, body=body))
    url = answer["content_uri"]
    shown = {"url": url} if sealed is None else {"file": {**sealed, "url": url}}
    return {**shown, "filename": file.name, "info": _info(file)}


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


def _info(file: File) -> dict[str, Any]:
    info: dict[str, Any] = {"mimetype": file.mimetype, "size": len(file.body)}
    return info | ({"w": file.width, "h": file.height} if file.width and file.height else {})
