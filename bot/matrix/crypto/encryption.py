"""Everything of our device's encryption, put together."""

from dataclasses import dataclass
from pathlib import Path

from bot.matrix.crypto.crosssign import CrossSigner
from bot.matrix.crypto.decrypting import Decrypter
from bot.matrix.crypto.devices import DeviceLists
from bot.matrix.crypto.keys import DeviceKeys
from bot.matrix.crypto.machine import Machine, ToDevice, open_machine
from bot.matrix.crypto.outbound import Encrypter
from bot.matrix.crypto.store import CryptoStore, open_store
from bot.matrix.net.http import Homeserver
from bot.matrix.net.session import Login


@dataclass(frozen=True, slots=True)
class Encryption:
    """The parts, by what they do; `store` is closed at the end."""

    store: CryptoStore
    machine: Machine
    to_device: ToDevice
    decrypter: Decrypter
    devices: DeviceLists
    keys: DeviceKeys
    encrypter: Encrypter
    signer: CrossSigner


def open_encryption(folder: Path, session: Login, home: Homeserver) -> Encryption:
    """The encryption of this session's device, made on first use."""
    store = open_store(folder, session.user_id, session.device_id)
    machine = open_machine(store)
    devices = DeviceLists(machine, home)
    return Encryption(
        store=store,
        machine=machine,
        to_device=ToDevice(machine),
        decrypter=Decrypter(machine),
        devices=devices,
        keys=DeviceKeys(machine, home, devices),
        encrypter=Encrypter(machine, home, devices),
        signer=CrossSigner(machine, home, folder),
    )
