"""Signing in by a code that somebody enters elsewhere: no secret of theirs comes here (MSC4341).

Nothing is kept before the session is ours for certain: stopped in the middle, it begins again.
"""

import asyncio
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog

from bot.matrix.net.errors import (
    IssuerRefusedError,
    LimitedError,
    LoginError,
    RequestError,
    ShellError,
    UnreachableError,
)
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.lock import held
from bot.matrix.net.oauth import DeviceCode, Issuer, issuer_of
from bot.matrix.net.renewal import TokenPair
from bot.matrix.net.retry import Patience
from bot.matrix.net.session import Login, accepted, keep, kept, sign_out, speak_as
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.net.untrusted import items, table
from bot.matrix.shell.assembly import stored_device
from circle.time import to_ms

_SLOWER: Final = 5.0
_ENDS: Final = {
    "access_denied": "the code was refused there; souci login shows another one",
    "expired_token": "nobody entered the code in time; souci login shows another one",
}

Show = Callable[[DeviceCode], object]
"""Shows a code to who is to enter it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CodeSignIn:
    """An account that signs in by a code, once for each session; `show` shows the code."""

    settings: MatrixSettings
    folder: Path
    clock: Callable[[], datetime]
    show: Show

    async def ensure(self) -> None:
        """Have a session in the state directory, where the configuration has none to give.

        Raises `ShellError`s and `RequestError`s, each one clear line.
        """
        if self.settings.password is not None or self.settings.access_token is not None:
            return
        home, patience = Homeserver(self.settings.homeserver), Patience(asyncio.Event())
        with held(self.folder):
            try:
                if not await self._signed_in(home, patience):
                    await self._sign_in(home, patience)
            finally:
                await home.close()

    async def _signed_in(self, home: Homeserver, patience: Patience) -> bool:
        session = kept(self.folder, self.settings.user_id)
        if session is None:
            return False
        speak_as(home, session, self.folder)
        return await accepted(home, patience, session)

    async def _sign_in(self, home: Homeserver, patience: Patience) -> None:
        issuer = await patience.insist(lambda: issuer_of(home))
        if issuer is None:
            raise await _no_code(home, patience)
        issuer.by_code()
        device = self._device()
        client = await patience.insist(lambda: issuer.register(self.settings.device_name))
        code = await patience.insist(lambda: issuer.device_code(client, device))
        self.show(code)
        pair = await _entered(issuer, client, code, patience)
        session = Login(
            user_id=self.settings.user_id,
            device_id=device,
            token=pair.token,
            since_ms=to_ms(self.clock()),
            refresh_token=pair.refresh_token,
            issuer=issuer.name,
            client_id=client,
        )
        await self._keep(home, patience, session)
        log.info("session.opened", user_id=session.user_id, device_id=device)

    def _device(self) -> str:
        """The device whose keys are here, or a new one: it is ours to name."""
        folder, user_id = self.folder, self.settings.user_id
        if (stored := stored_device(folder, user_id)) is not None:
            return stored
        session = kept(folder, user_id)
        return session.device_id if session is not None else secrets.token_hex(8).upper()

    async def _keep(self, home: Homeserver, patience: Patience, session: Login) -> None:
        """Once it is whom it is asked for: else it is ended, and nothing is kept of it."""
        speak_as(home, session)
        try:
            if not await accepted(home, patience, session):
                raise LoginError("the homeserver does not know the session that we were given")
        except ShellError:
            with suppress(RequestError):
                await sign_out(home, patience, session)
            raise
        keep(self.folder, session)


async def _entered(issuer: Issuer, client: str, code: DeviceCode, patience: Patience) -> TokenPair:
    """The tokens, once the code was entered; raises `LoginError` where it never will be."""
    until, pause = time.monotonic() + code.lasts, code.interval
    while time.monotonic() < until:
        await patience.wait(pause)
        try:
            return await issuer.granted(client, code)
        except IssuerRefusedError as error:
            if error.error == "slow_down":
                pause += _SLOWER
            elif error.error != "authorization_pending":
                raise LoginError(_ENDS.get(error.error, f"not signed in: {error}")) from error
        except LimitedError as error:
            pause = max(pause, error.retry_after)
        except UnreachableError as error:
            log.warning("issuer.unreachable", reason=str(error), retry_in=pause)
    raise LoginError(_ENDS["expired_token"])


async def _no_code(home: Homeserver, patience: Patience) -> LoginError:
    """By what the homeserver lets people in instead."""
    told = await patience.insist(lambda: home.get(path("login")))
    flows = {table(flow).get("type") for flow in items(told.get("flows"))}
    how = "matrix.access_token and matrix.device_id"
    if "m.login.password" in flows:
        how = f"matrix.password, or {how}"
    return LoginError(f"the homeserver signs nobody in by a code: give {how}")
