"""Encrypting for a room: a Megolm session whose key every member's device has been sent."""

import secrets
from collections.abc import Collection, Iterator
from typing import Any, Final

import structlog
from nio.crypto import OlmDevice, OutboundGroupSession

from bot.matrix.crypto.devices import DeviceLists
from bot.matrix.crypto.machine import MEGOLM, Machine
from bot.matrix.net.http import Homeserver, path

_A_REQUEST: Final = 50

log = structlog.get_logger(__name__)


class Encrypter:
    """One sending session a room. A room's messages must be encrypted one after the other.

    A key counts as shared with a device only once the homeserver has taken the message for it: a
    failed share raises (the letter is tried again), a device that cannot be reached is passed over
    and tried again with a later message.
    """

    def __init__(self, machine: Machine, home: Homeserver, devices: DeviceLists) -> None:
        self._machine = machine
        self._home = home
        self._devices = devices
        self._settled: dict[str, tuple[int, int]] = {}

    async def encrypt(
        self,
        room_id: str,
        members: Collection[str],
        roster_version: int,
        kind: str,
        content: dict[str, Any],
    ) -> dict[str, Any]:
        """The content of an `m.room.encrypted` event; raises `RequestError`s.

        `roster_version` tells when the members may have changed: while neither they nor their
        devices do, encrypting asks nothing of the homeserver.
        """
        session = self._machine.outbound_group_sessions.get(room_id)
        settled = self._settled.get(room_id) == (self._devices.version, roster_version)
        if session is None or session.expired or not settled:
            await self._settle(room_id, members, roster_version)
        sealed: dict[str, Any] = self._machine.group_encrypt(
            room_id, {"type": kind, "content": content}
        )
        return sealed

    async def _settle(self, room_id: str, members: Collection[str], roster_version: int) -> None:
        """Share the session's key with every device that lacks it (a new one where needed)."""
        devices = await self._devices.of(members)
        version = self._devices.version
        session = self._session(room_id, devices)
        lacking = [d for d in devices if (d.user_id, d.id) not in session.users_shared_with]
        await self._devices.open_sessions(lacking)
        await self._share(room_id, session, lacking)
        session.mark_as_shared()
        if all((d.user_id, d.id) in session.users_shared_with for d in devices):
            self._settled[room_id] = (version, roster_version)

    def _session(self, room_id: str, devices: list[OlmDevice]) -> OutboundGroupSession:
        """The room's session; a new one when it is spent, or known to a device that has left."""
        sessions = self._machine.outbound_group_sessions
        session = sessions.get(room_id)
        present = {(d.user_id, d.id) for d in devices}
        if session is None or session.expired or not session.users_shared_with <= present:
            session = sessions[room_id] = OutboundGroupSession()
        return session

    async def _share(
        self, room_id: str, session: OutboundGroupSession, devices: list[OlmDevice]
    ) -> None:
        content = {
            "algorithm": MEGOLM,
            "room_id": room_id,
            "session_id": session.id,
            "session_key": session.session_key,
        }
        for some in _by(_A_REQUEST, devices):
            messages = self._sealed(some, content)
            if messages:
                where = path("sendToDevice", "m.room.encrypted", secrets.token_hex(8))
                await self._home.put(where, {"messages": messages})
                session.users_shared_with |= {(u, d) for u in messages for d in messages[u]}

    def _sealed(self, devices: list[OlmDevice], content: dict[str, Any]) -> dict[str, Any]:
        """The key for each device we have a session with, in one transaction of the store."""
        messages: dict[str, dict[str, Any]] = {}
        with self._machine.store.database.atomic():
            for device in devices:
                olm = self._machine.session_store.get(device.curve25519)
                if olm is not None:
                    sealed = self._machine._olm_encrypt(olm, device, "m.room_key", content)
                    messages.setdefault(device.user_id, {})[device.id] = sealed
        return messages


def _by(size: int, devices: list[OlmDevice]) -> Iterator[list[OlmDevice]]:
    for start in range(0, len(devices), size):
        yield devices[start : start + size]
