"""The session of a bot that starts: the one of before, the configured one, or one by password."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog

from bot.matrix.net import session as sessions
from bot.matrix.net.errors import (
    LoggedOutError,
    LoginError,
    RefusedError,
    RequestError,
    WrongDeviceError,
)
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.instance import Instance
from bot.matrix.net.oauth import issuer_of
from bot.matrix.net.retry import Patience
from bot.matrix.net.session import Login, accepted, asked_as, keep, seconds, speak_as
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.net.untrusted import text
from circle.time import to_ms

_NOT_FOUND: Final = 404
_ENDS: Final = "expires_in_ms"
log = structlog.get_logger(__name__)


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
        self._folder = folder
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
            log.warning("session.expired", device_id=session.device_id)
            session = await self._log_in(session.device_id)
        if stored_device not in (None, session.device_id):
            raise _wrong_device(stored_device, session.device_id)
        return session

    def _known(self) -> Login | None:
        return self._configured() or sessions.kept(self._folder, self._settings.user_id)

    def _configured(self) -> Login | None:
        settings = self._settings
        if settings.access_token is None:
            return None
        if not settings.device_id:
            raise LoginError("an access token needs the id of its device (matrix.device_id)")
        return Login(settings.user_id, settings.device_id, settings.access_token)

    async def _accepted(self, session: Login) -> bool:
        speak_as(self._home, session, self._folder)
        return await accepted(self._home, self._patience, session)

    async def why_logged_out(self) -> LoginError:
        """Why our session is known no longer; raises `OvertakenError` where another copy did it."""
        if self._settings.password is None:
            return self._gone()
        await self._refuse_if_retired()
        gone = "the homeserver no longer knows our session"
        return LoggedOutError(f"{gone}: the next start opens another one")

    def _gone(self) -> LoginError:
        """What somebody has to do where no password opens another session."""
        if self._settings.access_token is not None:
            gone = "the homeserver no longer knows our session"
            return LoginError(f"{gone}: log in anew, and give the new access token")
        return LoginError(
            f"{self._settings.user_id} is signed out (its session was ended, or its account is "
            "locked): sign in again with souci login; nothing is lost"
        )

    async def _log_in(self, device: str | None) -> Login:
        """By password, as the same device as before where there was one: its keys hold."""
        settings = self._settings
        if settings.access_token is not None:
            raise LoginError("the homeserver refuses the access token, and no password is set")
        if settings.password is None:
            known = sessions.kept(self._folder, settings.user_id) is not None
            raise self._gone() if known else _signed_in_nowhere(settings.user_id)
        if device is not None:
            await self._refuse_if_retired()
        session, lasts = await self._entered_for_long(self._login_body(device))
        keep(self._folder, session)
        speak_as(self._home, session, self._folder, lasts)
        log.info("session.opened", user_id=session.user_id, device_id=session.device_id)
        return session

    async def _refuse_if_retired(self) -> None:
        """Look at the account's data as a device of its own, for no longer than that takes.

        To log in as our device of before would end whoever else speaks as that device by now.
        """
        guest, _ = await self._entered(self._login_body(None))
        async with asked_as(self._home, guest) as other:
            try:
                latest = await self._patience.insist(lambda: self._instance.latest(other))
            finally:
                with suppress(RequestError, LoggedOutError):
                    await other.post(path("logout"), {})
        self._instance.retire(latest)

    async def _entered_for_long(self, body: dict[str, Any]) -> tuple[Login, float | None]:
        """Asks for tokens that are renewed only where those that are not come to an end."""
        session, lasts = await self._entered(body)
        if lasts is None:
            return session, None
        return await self._entered(body | {"device_id": session.device_id, "refresh_token": True})

    async def _entered(self, body: dict[str, Any]) -> tuple[Login, float | None]:
        """A new session by password, and how many seconds its token lasts."""
        since_ms = to_ms(self._clock())
        async with self._home.beside() as nobody:
            try:
                answer = await self._patience.insist(lambda: nobody.post(path("login"), body))
            except RefusedError as error:
                raise await self._refused(error) from error
        session = _session(answer, since_ms)
        if session.user_id != self._settings.user_id:
            raise LoginError(f"the password belongs to {session.user_id}")
        return session, seconds(answer.get(_ENDS))

    async def _refused(self, error: RefusedError) -> LoginError:
        """What to do, where the password is not even asked for."""
        told = f"the homeserver refuses the login: {error}"
        elsewhere = error.status == _NOT_FOUND
        if elsewhere and await self._patience.insist(lambda: issuer_of(self._home)) is not None:
            told += "; it signs in by a code: leave matrix.password out, then souci login"
        return LoginError(told)

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
    refresh_token = text(answer.get("refresh_token"))
    return Login(user_id, device_id, token, since_ms, refresh_token)


def _signed_in_nowhere(user_id: str) -> LoginError:
    return LoginError(
        f"{user_id} is signed in nowhere: sign in by a code with souci login, or give "
        "matrix.password, or matrix.access_token and matrix.device_id"
    )


def _wrong_device(stored: str | None, ours: str) -> WrongDeviceError:
    return WrongDeviceError(
        f"the encryption keys in the state directory belong to device {stored}, not to {ours}: "
        "restore the state directory that goes with this device, or start with an empty one"
    )
