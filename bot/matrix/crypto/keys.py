"""Our own device's keys on the homeserver: there, ours, and never used up."""

import secrets
from typing import Any, Final

import structlog
from nio.responses import ToDeviceResponse

from bot.matrix.crypto.devices import DeviceLists
from bot.matrix.crypto.machine import Machine
from bot.matrix.net.errors import RefusedError, WrongDeviceError
from bot.matrix.net.http import Homeserver, path

_ENOUGH: Final = 25
_FULL: Final = 50
_CURVE: Final = "signed_curve25519"

log = structlog.get_logger(__name__)


class DeviceKeys:
    """Uploads what others need to write to us, and sends what the machine has queued."""

    def __init__(self, machine: Machine, home: Homeserver, devices: DeviceLists) -> None:
        self._machine = machine
        self._home = home
        self._devices = devices
        self._count: int | None = None
        self._fallback_wanted = False

    def counted(self, counts: dict[str, int] | None, unused_fallback: list[str] | None) -> None:
        """What a sync says is left. Trap: no key left at all is a count of 0, or no count."""
        if counts is not None:
            self._count = counts.get(_CURVE, 0)
        if unused_fallback is not None:
            self._fallback_wanted = _CURVE not in unused_fallback

    @property
    def wanting(self) -> bool:
        """Whether `tend` has something to do."""
        queued = self._machine.outgoing_to_device_messages or self._machine.wedged_devices
        return self._few() or self._fallback_wanted or bool(queued)

    async def check(self) -> dict[str, Any]:
        """Make sure that the homeserver shows this device's keys, and give all it shows of us.

        Raises `WrongDeviceError` where it shows the keys of another device under our id.
        """
        shown = await self._shown()
        device = shown.get("device_keys", {}).get(self._user, {}).get(self._machine.device_id)
        if device is None:
            self._machine.account.shared = False
            self._fallback_wanted = True
            await self._upload()
            return await self._shown()
        ours = self._machine.account.identity_keys
        if device.get("keys", {}).get(f"ed25519:{self._machine.device_id}") != ours["ed25519"]:
            raise WrongDeviceError(
                f"the homeserver knows other keys for device {self._machine.device_id}: restore "
                "the encryption store that goes with it, or start with an empty state directory"
            )
        self._machine.account.shared = True
        return shown

    async def tend(self) -> None:
        """Upload missing keys, mend broken sessions, send what is queued; raises `RequestError`."""
        if self._few() or self._fallback_wanted:
            await self._upload()
        await self._devices.unwedge()
        await self._send_queued()

    def _few(self) -> bool:
        return self._count is not None and self._count < _ENOUGH

    @property
    def _user(self) -> str:
        return str(self._machine.user_id)

    async def _shown(self) -> dict[str, Any]:
        return await self._home.post(path("keys", "query"), {"device_keys": {self._user: []}})

    async def _upload(self) -> None:
        """Private halves are on disk before the public ones leave: a crash loses neither."""
        try:
            answer = await self._put_up()
        except RefusedError as error:
            # a key id that the server holds with another key (an older store was restored):
            # what counts as published is never offered again, so this brings new ones
            log.warning("keys.upload_refused", reason=str(error))
            self._machine.mark_keys_as_published()
            answer = await self._put_up()
        self._machine.mark_keys_as_published()
        self._machine.account.shared = True
        self._machine.save_account()
        self._fallback_wanted = False
        self._count = answer.get("one_time_key_counts", {}).get(_CURVE)
        log.info("keys.uploaded", one_time_keys=self._count)

    async def _put_up(self) -> dict[str, Any]:
        account = self._machine.account
        if not account.one_time_keys["curve25519"]:
            account.generate_one_time_keys(max(_FULL - (self._count or 0), 0))
        if self._fallback_wanted and not account._account.fallback_key:
            account._account.generate_fallback_key()
        self._machine.save_account()
        return await self._home.post(path("keys", "upload"), self._public())

    def _public(self) -> dict[str, Any]:
        account = self._machine.account
        fallback = {k: v.to_base64() for k, v in account._account.fallback_key.items()}
        body = {
            "one_time_keys": self._signed(account.one_time_keys["curve25519"]),
            "fallback_keys": self._signed(fallback, fallback=True),
        }
        return body if account.shared else body | {"device_keys": self._device()}

    def _signed(self, keys: dict[str, str], **flags: bool) -> dict[str, Any]:
        return {
            f"{_CURVE}:{key_id}": self._sign({"key": key, **flags}) for key_id, key in keys.items()
        }

    def _device(self) -> dict[str, Any]:
        device = self._machine.device_id
        keys = {
            f"{kind}:{device}": key for kind, key in self._machine.account.identity_keys.items()
        }
        return self._sign(
            {
                "algorithms": self._machine._algorithms,
                "device_id": device,
                "user_id": self._user,
                "keys": keys,
            }
        )

    def _sign(self, value: dict[str, Any]) -> dict[str, Any]:
        signature = self._machine.sign_json(value)
        signed_by = {self._user: {f"ed25519:{self._machine.device_id}": signature}}
        return value | {"signatures": signed_by}

    async def _send_queued(self) -> None:
        """Key requests and the empty messages that open a mended session."""
        for message in list(self._machine.outgoing_to_device_messages):
            where = path("sendToDevice", message.type, secrets.token_hex(8))
            await self._home.put(where, message.as_dict())
            self._machine.handle_response(ToDeviceResponse(message))
