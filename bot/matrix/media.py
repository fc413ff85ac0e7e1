"""Files: up before the message that shows them, down (decrypted) when a command needs them."""

from typing import Any, Final

from nio.crypto.attachments import decrypt_attachment, encrypt_attachment
from nio.exceptions import EncryptionError

from bot import events
from bot.matrix.errors import AttachmentError, RefusedError, UnreachableError
from bot.matrix.http import Homeserver, decode, path
from bot.matrix.loose import table
from storage.mail import File

_UPLOAD: Final = "/_matrix/media/v3/upload"
_DOWNLOADS: Final = ("/_matrix/client/v1/media/download", "/_matrix/media/v3/download")
_NOT_FOUND: Final = 404


async def upload(home: Homeserver, file: File, *, encrypted: bool) -> dict[str, Any]:
    """The content fields that show the file; in an encrypted room its bytes are sealed first."""
    body, sealed = encrypt_attachment(file.body) if encrypted else (file.body, None)
    name = {} if encrypted else {"filename": file.name}
    answer = decode(await home.raw("POST", _UPLOAD, params=name, body=body))
    url = answer["content_uri"]
    shown = {"url": url} if sealed is None else {"file": {**sealed, "url": url}}
    return {**shown, "filename": file.name, "info": _info(file)}


async def download(home: Homeserver, attachment: events.Attachment, limit_bytes: int) -> bytes:
    """The file somebody sent, decrypted; raises `AttachmentError`, or `RequestError`s to retry."""
    if attachment.size > limit_bytes:
        raise AttachmentError("the file is announced larger than the limit")
    server, _, media = attachment.url.removeprefix("mxc://").partition("/")
    body = await _fetch(home, server, media, limit_bytes)
    return _opened(body, attachment.file) if attachment.file else body


async def _fetch(home: Homeserver, server: str, media: str, limit_bytes: int) -> bytes:
    """From the authenticated place, or on older homeservers from the one before it."""
    for base in _DOWNLOADS:
        try:
            return await home.download(path(server, media, base=base), limit_bytes)
        except RefusedError as error:
            if error.status != _NOT_FOUND or base == _DOWNLOADS[-1]:
                raise AttachmentError(f"the file cannot be had: {error}") from error
    raise UnreachableError("no place to download from")


def _opened(body: bytes, sealed: dict[str, object]) -> bytes:
    key, digest = table(sealed.get("key")).get("k"), table(sealed.get("hashes")).get("sha256")
    try:
        opened: bytes = decrypt_attachment(body, key, digest, sealed.get("iv"))
    except (EncryptionError, ValueError, TypeError, AttributeError) as error:
        raise AttachmentError("the file is not what its message describes") from error
    return opened


def _info(file: File) -> dict[str, Any]:
    info: dict[str, Any] = {"mimetype": file.mimetype, "size": len(file.body)}
    return info | ({"w": file.width, "h": file.height} if file.width and file.height else {})
