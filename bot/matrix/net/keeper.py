"""Who we are to the homeserver: logged in once, remembered in the state directory."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from bot.matrix.net import files
from bot.matrix.net.errors import (
    LoggedOutError,
    LoginError,
    RefusedError,
    RequestError,
    WrongDeviceError,
)
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.instance import Instance
from bot.matrix.net.retry import Patience
from bot.matrix.net.settings import MatrixSettings
from circle.time import to_ms

NAME: Final = "session.json"
_UNAUTHORISED: Final = 401
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Login:
    """An account's device, and the token that speaks for it.

    `since_ms`: when this device was logged in, as far as we know. What it has said before that is
    forgotten by the homeserver, which drops a device's transactions with the device.
    """

    user_id: str
    device_id: str
    token: str
    since_ms: int = 0


class SessionKeeper:
    """Restores the session of before, takes the configured one, or logs in by password."""

    def __init__(
        self,
        settings: MatrixSettings,
        folder: Path,
        home: Homeserver,
        patience: Patience,
        instance: Instance,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._file = folder / NAME
        self._home = home
        self._patience = patience
        self._instance = instance
        self._clock = clock

    async def open(self, stored_device: str | None) -> Login:
        """A session the homeserver accepts; its token is set on the homeserver's client.

        `stored_device` is the device whose encryption keys we hold, if any: a session of another
        one is refused (`WrongDeviceError`) before anything is made on the server. A device that
        was logged out comes back only where no other copy has started (`OvertakenError`).
        """
        session = self._known()
        if session is None:
            session = await self._log_in(stored_device)
        elif not await self._accepted(session):
            session = await self._log_in(session.device_id)
        if stored_device not in (None, session.device_id):
            raise _wrong_device(stored_device, session.device_id)
        self._home.token = session.token
        return session

    def _known(self) -> Login | None:
        configured = self._configured()
        if configured is not None:
            return configured
        kept = files.read(self._file)
        if kept is None:
            return None
        session = msgspec.convert(kept, Login)
        if session.user_id != self._settings.user_id:
            raise LoginError(
                f"the state directory belongs to {session.user_id}, "
                f"the configuration names {self._settings.user_id}"
            )
        return session

    def _configured(self) -> Login | None:
        settings = self._settings
        if settings.access_token is None:
            return None
        if not settings.device_id:
            raise LoginError("an access token needs the id of its device (matrix.device_id)")
        return Login(settings.user_id, settings.device_id, settings.access_token)

    async def _accepted(self, session: Login) -> bool:
        """Whether the homeserver still knows this session, as the one it is said to be."""
        self._home.token = session.token
        try:
            who = await self._patience.insist(lambda: self._home.get(path("account", "whoami")))
        except RefusedError as error:
            if error.status != _UNAUTHORISED:
                raise LoginError(f"the homeserver refuses the access token: {error}") from error
            log.warning("session.expired", device_id=session.device_id)
            return False
        if who.get("user_id") != session.user_id:
            raise LoginError(f"the access token belongs to {who.get('user_id')}")
        if who.get("device_id") != session.device_id:
            raise WrongDeviceError(
                f"the access token belongs to device {who.get('device_id')}, "
                f"not to {session.device_id}"
            )
        return True

    async def why_logged_out(self) -> LoginError:
        """Why our session is known no longer; raises `OvertakenError` where another copy did it."""
        gone = "the homeserver no longer knows our session"
        if self._settings.password is None:
            return LoginError(f"{gone}: log in anew, and give the new access token")
        await self._refuse_if_retired()
        return LoggedOutError(f"{gone}: the next start opens another one")

    async def _log_in(self, device: str | None) -> Login:
        """By password, as the same device as before where there was one: its keys hold."""
        if self._settings.password is None:
            raise LoginError("the homeserver refuses the access token, and no password is set")
        if device is not None:
            await self._refuse_if_retired()
        session = await self._entered(self._login_body(device))
        files.write(self._file, session)
        log.info("session.opened", user_id=session.user_id, device_id=session.device_id)
        return session

    async def _refuse_if_retired(self) -> None:
        """Look at the account's data as a device of its own, for no longer than that takes.

        To log in as our device of before would end whoever else speaks as that device by now.
        """
        guest = await self._entered(self._login_body(None))
        self._home.token = guest.token
        try:
            latest = await self._patience.insist(lambda: self._instance.latest(self._home))
        finally:
            with suppress(RequestError):
                await self._home.post(path("logout"), {})
            self._home.token = None
        self._instance.retire(latest)

    async def _entered(self, body: dict[str, Any]) -> Login:
        self._home.token = None
        since_ms = to_ms(self._clock())
        try:
            answer = await self._patience.insist(lambda: self._home.post(path("login"), body))
        except RefusedError as error:
            raise LoginError(f"the homeserver refuses the login: {error}") from error
        session = _session(answer, since_ms)
        if session.user_id != self._settings.user_id:
            raise LoginError(f"the password belongs to {session.user_id}")
        return session

    def _login_body(self, device: str | None) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self._settings.user_id},
            "password": self._settings.password,
            "initial_device_display_name": self._settings.device_name,
        }
        return body | ({"device_id": device} if device else {})


def _session(answer: dict[str, Any], since_ms: int) -> Login:
    user_id, device_id, token = (
        str(answer[name]) for name in ("user_id", "device_id", "access_token")
    )
    return Login(user_id, device_id, token, since_ms)


def _wrong_device(stored: str | None, ours: str) -> WrongDeviceError:
    return WrongDeviceError(
        f"the encryption keys in the state directory belong to device {stored}, not to {ours}: "
        "restore the state directory that goes with this device, or start with an empty one"
    )
