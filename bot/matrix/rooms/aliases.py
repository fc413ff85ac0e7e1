"""Rooms named by their alias."""

import asyncio

import structlog

from bot.matrix.net.errors import RefusedError
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.retry import Patience, Stopped
from bot.matrix.net.untrusted import text

log = structlog.get_logger(__name__)


async def room_named(homeserver: str, name: str, stop: asyncio.Event) -> str | None:
    """The id of a room named by its alias or by its id; None where no room has that alias.

    Waits for a homeserver that cannot be reached, until `stop`; asks nothing for an id.
    """
    if not name.startswith("#"):
        return name
    home = Homeserver(homeserver)
    try:
        found = await Patience(stop).insist(lambda: home.get(path("directory", "room", name)))
    except RefusedError as error:
        log.warning("room.unknown", alias=name, reason=str(error))
        return None
    except Stopped:
        return None
    finally:
        await home.close()
    return text(found.get("room_id"))
