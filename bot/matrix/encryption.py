"""Everything of our device's encryption, put together."""

from dataclasses import dataclass
from pathlib import Path

from bot.matrix.crosssign import CrossSigner
from bot.matrix.decrypting import Decrypter
from bot.matrix.devices import DeviceLists
from bot.matrix.http import Homeserver
from bot.matrix.keys import DeviceKeys
from bot.matrix.machine import Machine, ToDevice, open_machine
from bot.matrix.outbound import Encrypter
from bot.matrix.session import Session
from bot.matrix.store import CryptoStore, open_store


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


def open_encryption(folder: Path, session: Session, home: Homeserver) -> Encryption:
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
