"""nio's Olm machine, fed with what we have checked ourselves.

Nothing here trusts what arrives: nio raises on many malformed messages (and logs their content),
so each one is handled behind its own guard, and nio's loggers are silenced.
"""

import logging
from collections.abc import Iterable
from typing import Any, Final

import msgspec
import structlog
from nio.crypto import Olm
from nio.events import OlmEvent, ToDeviceEvent
from peewee import OperationalError

from bot.matrix.crypto.store import CryptoStore

MEGOLM: Final = "m.megolm.v1.aes-sha2"

log = structlog.get_logger(__name__)
_nio_log = logging.getLogger("nio")
_nio_log.addHandler(logging.NullHandler())
_nio_log.propagate = False


class Machine(Olm):
    """Our device's keys and sessions."""

    store: CryptoStore


def open_machine(store: CryptoStore) -> Machine:
    """The machine of the store's device; its identity is made on first use."""
    return Machine(store.user_id, store.device_id, store)


class ToDevice:
    """Messages from other devices: room keys, mostly."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def receive(self, messages: Iterable[msgspec.Raw]) -> set[str]:
        """Take in messages of a sync; gives the ids of the Megolm sessions that became known.

        A message that makes nio fail is logged by its kind and passed over. Raises the store's
        `OperationalError` when the disk fails: the homeserver then keeps the messages for us.
        """
        for raw in messages:
            try:
                self._one(msgspec.json.decode(raw, type=dict[str, Any]))
            except (KeyboardInterrupt, SystemExit, OperationalError):
                raise
            except BaseException as error:  # noqa: BLE001 — Rust panics are no Exception
                log.warning("to_device.malformed", error=type(error).__name__)
        return self._arrived()

    def _one(self, message: dict[str, Any]) -> None:
        if message.get("type") != "m.room.encrypted":
            return  # requests for keys and verifications: a bot answers neither
        event = ToDeviceEvent.parse_event(message)
        if isinstance(event, OlmEvent):
            self._decrypt(event)

    def _decrypt(self, event: OlmEvent) -> None:
        """In one transaction: were we to end after the ratchet and before the key, it is lost."""
        fault: BaseException | None = None
        with self._machine.store.database.atomic():
            try:
                self._machine.decrypt_event(event)
            except OperationalError:
                raise
            except BaseException as error:  # noqa: BLE001 — told once the transaction is kept
                # an unknown one-time key among others: a new session must be begun from our side
                self._machine._mark_device_for_unwedging(event.sender, event.sender_key)
                fault = error
            self._machine.save_account()  # a one-time key may just have been used up
        if fault is not None:
            raise fault

    def _arrived(self) -> set[str]:
        sessions = self._machine.inbound_group_store
        arrived, sessions.arrived = sessions.arrived, set()
        return set(arrived)
