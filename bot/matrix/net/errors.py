"""What can go wrong with the network or with what is kept on disk."""

from typing import Final

_UNAUTHORISED: Final = 401
_TOKEN_UNKNOWN: Final = ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN")


class ShellError(Exception):
    """The shell cannot go on; its text is one clear line for whoever runs the bot."""


class StateDirError(ShellError):
    """The state directory cannot be used, or holds what we cannot read."""


class StateAwayError(StateDirError):
    """The state directory cannot be written for now: begin again from it when it can."""


class SecondInstanceError(ShellError):
    """Another process already uses this state directory."""


class LoginError(ShellError):
    """The homeserver does not let us in with what the configuration says."""


class LoggedOutError(LoginError):
    """The homeserver no longer knows our session, and no newer token can be had for it.

    It is no word on what was asked: whoever asked does not go on from it (`SessionKeeper` says
    what is to be done).
    """


class OvertakenError(ShellError):
    """Another copy of this account is the live one: we are to be silent."""


class WrongDeviceError(ShellError):
    """The encryption keys on disk belong to another device than the one we are."""


class RequestError(Exception):
    """A request to the homeserver that did not succeed."""


class UnreachableError(RequestError):
    """No usable answer (network, timeout, 5xx, a proxy's page): the same may succeed later.

    `status` is that of an answer that was none; None where nothing came back.
    """

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


class UploadLaterError(UnreachableError):
    """A file could not be made or taken for now; it says nothing of other files and messages."""


class LimitedError(RequestError):
    """The homeserver asks us to wait `retry_after` seconds (429)."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"asked to wait {retry_after:.1f} s")
        self.retry_after = retry_after


class RefusedError(RequestError):
    """The homeserver understood and said no; asking the same again changes nothing.

    `body` is the whole answer: interactive authentication continues from it.
    """

    def __init__(self, status: int, errcode: str, text: str, body: dict[str, object]) -> None:
        super().__init__(f"{status} {errcode}: {text}")
        self.status = status
        self.errcode = errcode
        self.body = body

    @property
    def of_our_token(self) -> bool:
        """Whether it is our token that is known no longer; other 401 ask for something else."""
        return self.status == _UNAUTHORISED and self.errcode in _TOKEN_UNKNOWN


class IssuerRefusedError(RequestError):
    """Who signs people in said no: `error` is what the standard names (RFC 6749, RFC 8628)."""

    def __init__(self, error: str, text: str) -> None:
        super().__init__(f"{error}: {text}" if text else error)
        self.error = error


class DiskError(Exception):
    """A file cannot be written or read back for now: it concerns nothing but that file."""


class AttachmentError(Exception):
    """A file that somebody sent is not what its message describes: it never will be."""


class TooLargeError(AttachmentError):
    """A file that somebody sent is larger than may be."""
