"""Who we are to the homeserver: a device, and the tokens that speak for it, kept on disk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import msgspec

from bot.matrix.net import files
from bot.matrix.net.errors import (
    IssuerRefusedError,
    LoggedOutError,
    LoginError,
    RefusedError,
    WrongDeviceError,
)
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.oauth import issuer_of, pair_of
from bot.matrix.net.renewal import Renewal, TokenPair
from bot.matrix.net.retry import Patience
from bot.matrix.net.untrusted import number

NAME: Final = "session.json"


@dataclass(frozen=True, slots=True)
class Login:
    """An account's device, and the token that speaks for it.

    `since_ms`: when this device was logged in, as far as we know. What it has said before that is
    forgotten by the homeserver, which drops a device's transactions with the device.
    `refresh_token`: gives the next token, where ours ends; by `issuer` to our `client_id` there,
    or by the homeserver itself.
    """

    user_id: str
    device_id: str
    token: str = field(repr=False)
    since_ms: int = 0
    refresh_token: str | None = field(default=None, repr=False)
    issuer: str | None = None
    client_id: str | None = None


def kept(folder: Path, user_id: str) -> Login | None:
    """The session of a state directory; raises `LoginError` where it is somebody else's."""
    found = files.read(folder / NAME)
    if found is None:
        return None
    session = msgspec.convert(found, Login)
    if session.user_id != user_id:
        raise LoginError(
            f"the state directory belongs to {session.user_id}, the configuration names {user_id}"
        )
    return session


def keep(folder: Path, session: Login) -> None:
    """Replace it, on the disk before anything is said with it."""
    files.write(folder / NAME, session)
    files.settle(folder)


def speak_as(
    home: Homeserver, session: Login, folder: Path | None = None, lasts: float | None = None
) -> None:
    """Ask the homeserver as this session from now on; its next tokens are kept in `folder`.

    `lasts`: how many seconds its token does, where that is known.
    """

    def use(pair: TokenPair) -> None:
        if folder is not None:
            keep(folder, replace(session, token=pair.token, refresh_token=pair.refresh_token))
        home.token = pair.token

    home.token, home.renewal = session.token, None
    if session.refresh_token is not None:
        pair = TokenPair(session.token, session.refresh_token, lasts)
        home.renewal = Renewal(pair, lambda token: _next(home, session, token), use)


@asynccontextmanager
async def asked_as(home: Homeserver, session: Login) -> AsyncIterator[Homeserver]:
    """The homeserver, asked as another session than ours for a moment; nothing of it is kept."""
    async with home.beside() as other:
        speak_as(other, session)
        yield other


async def accepted(home: Homeserver, patience: Patience, session: Login) -> bool:
    """Whether the homeserver, asked as this session, knows it as the one it is said to be."""
    try:
        who = await patience.insist(lambda: home.get(path("account", "whoami")))
    except LoggedOutError:
        return False
    except RefusedError as error:
        raise LoginError(f"the homeserver refuses the access token: {error}") from error
    if who.get("user_id") != session.user_id:
        raise LoginError(f"the access token belongs to {who.get('user_id')}")
    if who.get("device_id") != session.device_id:
        raise WrongDeviceError(
            f"the access token belongs to device {who.get('device_id')}, not to {session.device_id}"
        )
    return True


async def sign_out(home: Homeserver, patience: Patience, former: Login) -> bool:
    """End a session that is not to speak again; whether it surely has ended.

    Of one that goes on elsewhere we may hold tokens that it has replaced since: they end nothing.
    """
    if former.issuer is not None:
        with suppress(IssuerRefusedError):
            await patience.insist(lambda: _revoke(home, former))
        return False
    async with asked_as(home, former) as other:
        try:
            await patience.insist(lambda: other.post(path("logout"), {}))
        except LoggedOutError:
            return former.refresh_token is None
        except RefusedError:
            return False
    return True


async def _revoke(home: Homeserver, former: Login) -> None:
    issuer = await issuer_of(home)
    if issuer is not None and issuer.name == former.issuer:
        await issuer.revoke(former.client_id or "", former.refresh_token or "")


async def _next(home: Homeserver, session: Login, refresh_token: str) -> TokenPair:
    """The pair after that one, from who gave it; raises `LoggedOutError` where there is none."""
    try:
        if session.issuer is None:
            return await _next_of_homeserver(home, refresh_token)
        issuer = await issuer_of(home)
        if issuer is None or issuer.name != session.issuer:
            raise LoggedOutError(f"the homeserver no longer lets {session.issuer} sign people in")
        return await issuer.renew(session.client_id or "", refresh_token)
    except (RefusedError, IssuerRefusedError) as error:
        raise LoggedOutError(f"our session is not renewed: {error}") from error


async def _next_of_homeserver(home: Homeserver, refresh_token: str) -> TokenPair:
    """MSC2918: the same device, the same transactions."""
    async with home.beside() as nobody:
        answer = await nobody.post(path("refresh"), {"refresh_token": refresh_token})
    return pair_of(answer, refresh_token, seconds(answer.get("expires_in_ms")))


def seconds(milliseconds: object) -> float | None:
    """How long a token lasts, as homeservers say it."""
    found = number(milliseconds)
    return None if found is None else found / 1000
