"""What can go wrong with the network or with what is kept on disk."""


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
    """The homeserver no longer knows our session: the password may open another one."""


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


class DiskError(Exception):
    """A file cannot be written or read back for now: it concerns nothing but that file."""


class AttachmentError(Exception):
    """A file that somebody sent is not what its message describes: it never will be."""


class TooLargeError(AttachmentError):
    """A file that somebody sent is larger than may be."""
