"""The shell's parts, made in the order in which each needs the others."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog

from bot.matrix.crypto.encryption import Encryption, open_encryption
from bot.matrix.crypto.store import stored_account
from bot.matrix.net.admitter import Admitter
from bot.matrix.net.errors import RequestError, WrongDeviceError
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.instance import Instance
from bot.matrix.net.keeper import SessionKeeper
from bot.matrix.net.retry import Patience
from bot.matrix.net.session import Login
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.rooms.membership import Doors
from bot.matrix.rooms.rooms import Rooms
from bot.matrix.send.restored import Recollection, become_another
from bot.matrix.send.uploads import Press, Uploads
from bot.matrix.sync.gaps import Gaps
from bot.matrix.sync.gathering import Gatherer
from bot.matrix.sync.reading import Reader
from bot.matrix.sync.sync import Syncer
from bot.matrix.sync.unread import Unread
from storage.inbox import Inbox
from storage.mail import Admission
from storage.outbox import Outbox

_NO_NOTIFICATION: Final = path("pushrules", "global", "override", ".m.rule.master", "enabled")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the house gives to the shell."""

    settings: MatrixSettings
    folder: Path
    inbox: Inbox
    outbox: Outbox
    admitted: asyncio.Queue[Sequence[Admission]]
    clock: Callable[[], datetime]
    press: Press
    note_start: Callable[[str], Coroutine[Any, Any, None]]
    unread_grace_ms: int


@dataclass(frozen=True, slots=True)
class Who:
    """Who we are on the homeserver, which copy of it, and what it has to remember."""

    session: Login
    keeper: SessionKeeper
    instance: Instance
    recollection: Recollection


@dataclass(frozen=True, slots=True)
class Parts:
    """What there is once we are somebody on the homeserver."""

    given: Given
    home: Homeserver
    patience: Patience
    who: Who
    encryption: Encryption
    syncer: Syncer
    doors: Doors
    rooms: Rooms
    unread: Unread
    reader: Reader
    uploads: Uploads


async def open_parts(given: Given, home: Homeserver, patience: Patience) -> Parts:
    """Be somebody, open the encryption of that very device, sign it, be the live copy, assemble."""
    who = await _become(given, home, patience)
    encryption = open_encryption(given.folder, who.session, home)
    try:
        shown = await patience.insist(encryption.keys.check)
        await _sign(encryption, shown, given.settings.password)
        await _silence(home)
        await who.instance.take(home, patience)
        await who.recollection.retire(home, patience)
        uploads = Uploads(home, given.press, given.folder)
        await uploads.ask()
        return _assemble(given, home, patience, who, encryption, uploads)
    except BaseException:
        encryption.store.close()
        raise


async def _become(given: Given, home: Homeserver, patience: Patience) -> Who:
    """Log in or resume; as a new device where other copies have lived since our last start."""
    settings, folder = given.settings, given.folder
    instance = Instance(folder, settings.user_id, given.note_start, given.clock)
    instance.refuse_retired()
    keeper = SessionKeeper(settings, folder, home, patience, instance, given.clock)
    session = await keeper.open(stored_device(folder, settings.user_id))
    latest = await patience.insist(lambda: instance.latest(home))
    if latest is not None and instance.behind(latest):
        if settings.password is None:  # another device is not ours to make
            raise instance.overtaken_by(latest)
        become_another(folder, instance.started_ms)
        session = await keeper.open(None)
    recollection = Recollection(folder)
    recollection.check(session)
    return Who(session, keeper, instance, recollection)


def stored_device(folder: Path, user_id: str) -> str | None:
    """The device whose encryption keys are kept there, if any; raises `WrongDeviceError`."""
    stored = stored_account(folder)
    if stored is not None and stored[0] != user_id:
        raise WrongDeviceError(
            f"the encryption keys in {folder} belong to {stored[0]}, "
            f"the configuration names {user_id}"
        )
    return stored[1] if stored else None


async def _sign(encryption: Encryption, shown: dict[str, Any], password: str | None) -> None:
    """Cross-sign our device. Without it some clients leave us out: no reason not to start."""
    try:
        signed = await encryption.signer.ensure(shown, password)
    except RequestError as error:
        log.error("crosssigning.failed", reason=str(error))
        return
    log.info("crosssigning.checked", signed=signed)


async def _silence(home: Homeserver) -> None:
    """No notification for us: else the homeserver keeps one of each message, and counts them."""
    try:
        await home.put(_NO_NOTIFICATION, {"enabled": True})
    except RequestError as error:
        log.warning("notifications.kept", reason=str(error))


def _doors(given: Given, home: Homeserver, rooms: Rooms, admitter: Admitter) -> Doors:
    return Doors(
        settings=given.settings,
        folder=given.folder,
        home=home,
        rooms=rooms,
        admitter=admitter,
        clock=given.clock,
    )


def _assemble(
    given: Given,
    home: Homeserver,
    patience: Patience,
    who: Who,
    encryption: Encryption,
    uploads: Uploads,
) -> Parts:
    own_id = who.session.user_id
    rooms = Rooms(own_id, home, encryption.store)
    unread = Unread(given.folder, encryption.machine, given.unread_grace_ms)
    admitter = Admitter(own_id, given.inbox, given.outbox, patience, given.admitted)
    doors = _doors(given, home, rooms, admitter)
    reader = Reader(own_id, encryption.decrypter, unread, given.clock)
    gatherer = Gatherer(
        rooms=rooms,
        encryption=encryption,
        reader=reader,
        gaps=Gaps(home, patience, own_id),
        unread=unread,
        doors=doors,
        instance=who.instance,
    )
    syncer = Syncer(
        settings=given.settings,
        home=home,
        patience=patience,
        gatherer=gatherer,
        reader=reader,
        unread=unread,
        admitter=admitter,
    )
    parts = (encryption, syncer, doors, rooms, unread, reader, uploads)
    return Parts(given, home, patience, who, *parts)
