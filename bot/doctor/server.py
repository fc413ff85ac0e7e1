"""The homeserver, and what our account is there: asked with the session that the bot has.

Nothing is logged in, and nothing that is asked changes anything there.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.config.model import Config
from bot.doctor.diagnosis import Diagnosis, mend, note, well
from bot.matrix.net import files
from bot.matrix.net.discovery import address_of, look
from bot.matrix.net.errors import LoggedOutError, RefusedError, RequestError
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.session import NAME as SESSION
from bot.matrix.net.untrusted import items, number, table, text
from circle.circles import Circle

_CLOCK: Final = timedelta(seconds=5)
_UNAUTHORISED: Final = 401
_NOT_FOUND: Final = 404
_MOST_ROOMS: Final = 100
_LIMITS: Final = "/_synapse/admin/v1/users"
_MESSAGES: Final = ("m.room.message", "m.room.encrypted")


async def server(config: Config, circles: Sequence[Circle]) -> AsyncIterator[Diagnosis]:
    """All of it, from the address to the rights in each room."""
    try:
        looked = await look(config.matrix.homeserver)
    except RequestError as error:
        yield await _away(config, error)
        return
    yield well("homeserver", url=config.matrix.homeserver, version=looked.versions[-1:])
    yield _clock(looked.clock)
    home = Homeserver(config.matrix.homeserver)
    try:
        async for diagnosis in _account(home, config, circles):
            yield diagnosis
    except RequestError as error:
        yield mend("homeserver", "failed", why=str(error))
    finally:
        await home.close()


async def _away(config: Config, error: RequestError) -> Diagnosis:
    """A server's name where its address is due is the usual mistake: the address is sought."""
    told = {"url": config.matrix.homeserver, "why": str(error)}
    named = await address_of(config.matrix.user_id.partition(":")[2])
    if named and named.rstrip("/") != config.matrix.homeserver:
        return mend("homeserver", "elsewhere", found=named.rstrip("/"), **told)
    return mend("homeserver", "away", **told)


def _clock(theirs: datetime | None) -> Diagnosis:
    if theirs is None:
        return note("clock", "untold")
    behind = abs(datetime.now(UTC) - theirs)
    seconds = int(behind.total_seconds())
    good = behind <= _CLOCK
    return well("clock", seconds=seconds) if good else mend("clock", "off", seconds=seconds)


async def _account(
    home: Homeserver, config: Config, circles: Sequence[Circle]
) -> AsyncIterator[Diagnosis]:
    flows = items((await home.get(path("login"))).get("flows"))
    yield _logins(config, [str(table(flow).get("type")) for flow in flows])
    user = config.matrix.user_id
    if not await _asked(home, path("profile", user)):
        yield mend("account", "unknown", user=user)
        return
    yield well("account", user=user)
    home.token, device = _session(config)
    if home.token is None:
        yield mend("session", "none")
        return
    who = await _asked(home, path("account", "whoami"))
    session = _whoever(who, user, device)
    yield session
    if session.what == "well":
        yield await _signature(home, user, str(device))
        yield await _limits(home, user)
        async for diagnosis in _rooms(home, config, circles):
            yield diagnosis


def _logins(config: Config, flows: list[str]) -> Diagnosis:
    token = config.matrix.access_token is not None
    if token or "m.login.password" in flows:
        return well("login", how=("matrix.access_token",) if token else ("m.login.password",))
    return mend("login", "no-password", flows=tuple(flows))


async def _asked(home: Homeserver, where: str) -> dict[str, Any] | None:
    """What is there; None for what is not, or not for us. Raises `RequestError`s."""
    try:
        return {"there": True} | await home.get(where)
    except LoggedOutError:
        return None
    except RefusedError as error:
        if error.status in {_NOT_FOUND, _UNAUTHORISED} or error.errcode == "M_FORBIDDEN":
            return None
        raise


def _session(config: Config) -> tuple[str | None, str | None]:
    """The token that the bot speaks with, and its device, as they are on disk."""
    if config.matrix.access_token is not None:
        return config.matrix.access_token.reveal(), config.matrix.device_id
    kept = files.read(config.state_dir / SESSION) or {}
    return text(kept.get("token")), text(kept.get("device_id"))


def _whoever(who: dict[str, Any] | None, user: str, device: str | None) -> Diagnosis:
    if who is None:
        return mend("session", "gone")
    found = f"{who.get('user_id')}, {who.get('device_id')}"
    if (who.get("user_id"), who.get("device_id")) != (user, device):
        return mend("session", "other", found=found)
    return well("session", device=str(device))


async def _signature(home: Homeserver, user: str, device: str) -> Diagnosis:
    """Whether the server shows our device as signed by our account."""
    shown = await home.post(path("keys", "query"), {"device_keys": {user: [device]}})
    keys = table(table(table(shown.get("self_signing_keys")).get(user)).get("keys"))
    ours = table(table(table(shown.get("device_keys")).get(user)).get(device))
    signatures = table(table(ours.get("signatures")).get(user))
    if not ours:
        return mend("signature", "no-keys")
    return well("signature") if keys.keys() & signatures.keys() else mend("signature", "none")


async def _limits(home: Homeserver, user: str) -> Diagnosis:
    """Only an administrator is told, and only by Synapse."""
    try:
        told = await _asked(home, path(user, "override_ratelimit", base=_LIMITS))
    except RequestError:
        told = None
    if told is None:
        return note("rate", "untold")
    return well("rate") if number(told.get("messages_per_second")) == 0 else note("rate", "limited")


async def _rooms(
    home: Homeserver, config: Config, circles: Sequence[Circle]
) -> AsyncIterator[Diagnosis]:
    joined = [str(room) for room in items((await home.get(path("joined_rooms")))["joined_rooms"])]
    user = config.matrix.user_id
    silent = [room for room in joined[:_MOST_ROOMS] if not await _may_speak(home, room, user)]
    lost = tuple(circle.name for circle in circles if circle.room_id not in joined)
    if silent:
        yield mend("rooms", "silent", rooms=tuple(silent[:5]))
    if lost:
        yield note("rooms", "lost", circles=lost[:5])
    if not silent:
        yield well("rooms", count=len(joined))
    yield _invitations(config, len(joined))
    if (named := config.coordination_room) is not None:
        yield await _coordination(home, named, joined)


async def _may_speak(home: Homeserver, room: str, user: str) -> bool:
    powers = await _asked(home, path("rooms", room, "state", "m.room.power_levels", ""))
    if powers is None:
        return True
    ours = number(table(powers.get("users")).get(user))
    ours = number(powers.get("users_default")) or 0 if ours is None else ours
    events, usual = table(powers.get("events")), number(powers.get("events_default")) or 0
    return all(ours >= (number(events.get(kind, usual)) or 0) for kind in _MESSAGES)


def _invitations(config: Config, joined: int) -> Diagnosis:
    """That nobody may invite a bot that is somewhere already may be meant."""
    if config.invites.allow:
        return well("invitations", allow=config.invites.allow)
    return note("invitations", "nobody") if joined else mend("invitations", "nobody")


async def _coordination(home: Homeserver, named: str, joined: Sequence[str]) -> Diagnosis:
    room: str | None = named
    if named.startswith("#"):
        found = await _asked(home, path("directory", "room", named))
        room = text((found or {}).get("room_id"))
        if room is None:
            return mend("coordination", "unknown", room=named)
    told = {"room": named}
    return well("coordination", **told) if room in joined else mend("coordination", "out", **told)
