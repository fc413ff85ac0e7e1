"""Encrypted files, a piece at a time (Matrix: *Sending encrypted attachments*).

nio opens them whole; the memory would then be as large as what people send.
"""

import base64
from binascii import Error as Base64Error
from typing import Any

from Crypto.Cipher import AES
from Crypto.Hash import SHA256
from Crypto.Util import Counter

from bot.matrix.net.errors import AttachmentError
from bot.matrix.net.http import Sink
from bot.matrix.net.untrusted import table

_TO_STANDARD = str.maketrans("-_", "+/")
_PREFIX = 8
"""Bytes of the initial value before its counter."""


class Opener:
    """Decrypts what it is fed into `sink`; `finish` tells whether it was what the message says.

    `sealed` is the message's description of the file: a stranger's choice. Raises
    `AttachmentError`.
    """

    def __init__(self, sealed: dict[str, object], sink: Sink) -> None:
        self._sink = sink
        self._digest = SHA256.new()
        self._promised = _decoded(table(sealed.get("hashes")).get("sha256"))
        self._cipher = _cipher(_decoded(table(sealed.get("key")).get("k")), sealed.get("iv"))

    def feed(self, sealed: bytes) -> None:
        """The next bytes, as they come."""
        self._digest.update(sealed)
        self._sink(self._cipher.decrypt(sealed))

    def finish(self) -> None:
        """That was all: raises `AttachmentError` where it is not what was promised."""
        if self._digest.digest() != self._promised:
            raise AttachmentError("the file is not what its message describes")


def _cipher(key: bytes, iv: object) -> Any:
    start = _decoded(iv)
    try:
        counter = Counter.new(
            64, prefix=start[:_PREFIX], initial_value=int.from_bytes(start[_PREFIX:], "big")
        )
        return AES.new(key, AES.MODE_CTR, counter=counter)
    except (ValueError, OverflowError) as error:
        raise AttachmentError("the key in the message opens no file") from error


def _decoded(told: object) -> bytes:
    """Base64 without padding, in either of its alphabets."""
    if not isinstance(told, str):
        raise AttachmentError("the message does not say how to open the file")
    padded = told.translate(_TO_STANDARD) + "=" * (-len(told) % 4)
    try:
        return base64.b64decode(padded)
    except (Base64Error, ValueError) as error:
        raise AttachmentError("the message does not say how to open the file") from error
