"""Whose devices we know, and the sessions we have with them.

Devices are asked for when a message is about to be encrypted, never in a loop of their own: a
person whose server is dead must cost nothing between two messages, and hang no room.
"""

import time
from collections.abc import Iterable
from typing import Any, Final

import structlog
from nio.crypto import OlmDevice
from nio.responses import KeysClaimResponse, KeysQueryResponse

from bot.matrix.crypto.machine import Machine
from bot.matrix.net.errors import RefusedError
from bot.matrix.net.http import Homeserver, path

_QUERY_PATIENCE_MS: Final = 3000
_UNREACHED_FOR: Final = 300.0
_UNCLAIMED_FOR: Final = 300.0

log = structlog.get_logger(__name__)


class DeviceLists:
    """The devices of people we share encrypted rooms with. `version` grows with every change."""

    def __init__(self, machine: Machine, home: Homeserver) -> None:
        self._machine = machine
        self._home = home
        self._fresh: set[str] = set()
        self._resting: dict[tuple[str, str], float] = {}  # (user, device or "") until when
        self.version = 0

    def changed(self, users: Iterable[str]) -> None:
        """Forget what we knew about these people's devices."""
        for user in users:
            self._fresh.discard(user)
            self._resting.pop((user, ""), None)
            self.version += 1

    async def of(self, users: Iterable[str]) -> list[OlmDevice]:
        """All devices of these people but our own one, asked for where not known."""
        wanted = sorted(set(users))
        await self._query([u for u in wanted if u not in self._fresh and self._awake(u)])
        ours = self._machine.device_id
        store = self._machine.device_store
        return [d for u in wanted for d in store.active_user_devices(u) if d.id != ours]

    async def open_sessions(self, devices: Iterable[OlmDevice]) -> None:
        """Begin an Olm session with each device that has none, where it left a one-time key."""
        sessions = self._machine.session_store
        await self.claim(
            d for d in devices if not sessions.get(d.curve25519) and self._awake(d.user_id, d.id)
        )

    async def claim(self, devices: Iterable[OlmDevice]) -> None:
        """Claim one-time keys; a device without any, or with a bad one, rests for a while."""
        wanted = list(devices)
        if not wanted:
            return
        answer = await self._claim(wanted)
        for device in wanted:
            key = _at(answer, device.user_id, device.id)
            if not (isinstance(key, dict) and key and self._begin(device, key)):
                self._rest(_UNCLAIMED_FOR, device.user_id, device.id)
                log.warning("device.without_session", user=device.user_id, device=device.id)

    async def unwedge(self) -> None:
        """New sessions with devices whose messages we could not read any more."""
        await self.claim(d for d in self._machine.wedged_devices if self._awake(d.user_id, d.id))

    async def _claim(self, devices: list[OlmDevice]) -> dict[str, Any]:
        keys: dict[str, dict[str, str]] = {}
        for device in devices:
            keys.setdefault(device.user_id, {})[device.id] = "signed_curve25519"
        body = {"one_time_keys": keys, "timeout": _QUERY_PATIENCE_MS}
        try:
            answer = await self._home.post(path("keys", "claim"), body)
        except RefusedError as error:
            log.warning("keys.claim_refused", reason=str(error))
            return {}
        return _dict(answer.get("one_time_keys"))

    def _begin(self, device: OlmDevice, key: dict[str, Any]) -> bool:
        """One session from one claimed key; nio raises on malformed ones."""
        response = KeysClaimResponse({device.user_id: {device.id: key}}, {})
        before = len(self._machine.session_store[device.curve25519])
        try:
            self._machine.handle_response(response)
        except Exception as error:  # noqa: BLE001 — whatever a stranger's key makes nio raise
            log.warning("device.bad_key", user=device.user_id, error=type(error).__name__)
        return len(self._machine.session_store[device.curve25519]) > before

    async def _query(self, users: list[str]) -> None:
        if not users:
            return
        body = {"device_keys": {user: [] for user in users}, "timeout": _QUERY_PATIENCE_MS}
        answer = await self._home.post(path("keys", "query"), body)
        known = _dict(answer.get("device_keys"))
        for user in users:
            if isinstance(known.get(user), dict):
                self._note(user, known[user])
            else:
                self._rest(_UNREACHED_FOR, user)
                log.warning("devices.unknown", user=user)
        self.version += 1

    def _note(self, user: str, devices: dict[str, Any]) -> None:
        try:
            self._machine.handle_response(KeysQueryResponse({user: devices}, {}))
        except Exception as error:  # noqa: BLE001 — whatever a stranger's device makes nio raise
            log.warning("devices.malformed", user=user, error=type(error).__name__)
        self._fresh.add(user)

    def _awake(self, user: str, device: str = "") -> bool:
        return self._resting.get((user, device), 0.0) <= time.monotonic()

    def _rest(self, seconds: float, user: str, device: str = "") -> None:
        self._resting[user, device] = time.monotonic() + seconds


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _at(tree: dict[str, Any], *keys: str) -> object:
    value: object = tree
    for key in keys:
        value = _dict(value).get(key)
    return value
