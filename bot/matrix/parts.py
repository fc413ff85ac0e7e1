"""The shell's parts, made in the order in which each needs the others."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog

from bot.matrix.admitting import Admitter
from bot.matrix.doors import Doors
from bot.matrix.encryption import Encryption, open_encryption
from bot.matrix.errors import RequestError, WrongDeviceError
from bot.matrix.gaps import Gaps
from bot.matrix.gathering import Gatherer
from bot.matrix.http import Homeserver, path
from bot.matrix.lookup import Lookup
from bot.matrix.patience import Patience
from bot.matrix.posting import Poster
from bot.matrix.reading import Reader
from bot.matrix.restored import Recollection
from bot.matrix.rooms import Rooms
from bot.matrix.sender import Sender
from bot.matrix.session import Session, SessionKeeper
from bot.matrix.settings import MatrixSettings
from bot.matrix.store import stored_account
from bot.matrix.sync import Syncer
from bot.matrix.unread import Unread
from bot.matrix.uploads import Press, Uploads
from storage.inbox import Inbox
from storage.mail import Admission, Posted, Unsent
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
    on_admitted: Callable[[Sequence[Admission]], None]
    clock: Callable[[], datetime]
    press: Press
    handled: Callable[[], Awaitable[object]]
    unsent: Callable[[Posted, Unsent], Awaitable[object]]
    unread_grace_ms: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What there is once we are somebody on the homeserver."""

    session: Session
    encryption: Encryption
    syncer: Syncer
    doors: Doors
    sender: Sender
    rooms: Rooms
    lookup: Lookup
    recollection: Recollection
    unread: Unread
    uploads: Uploads


async def open_parts(given: Given, home: Homeserver, patience: Patience) -> Parts:
    """Log in or resume, open the encryption of that very device, sign it, assemble."""
    device, recollection = _stored_device(given), Recollection(given.folder)
    keeper = SessionKeeper(given.settings, given.folder, home, patience)
    session = await keeper.open(device)
    recollection.check(session)
    encryption = open_encryption(given.folder, session, home)
    try:
        shown = await patience.insist(encryption.keys.check)
        await _sign(encryption, shown, given.settings.password)
        await _silence(home)
        await recollection.retire(home, patience)
        uploads = Uploads(home, given.press, given.folder)
        await uploads.ask()
        return _assemble(given, home, patience, session, encryption, recollection, uploads)
    except BaseException:
        encryption.store.close()
        raise


def _stored_device(given: Given) -> str | None:
    stored = stored_account(given.folder)
    if stored is not None and stored[0] != given.settings.user_id:
        raise WrongDeviceError(
            f"the encryption keys in {given.folder} belong to {stored[0]}, "
            f"the configuration names {given.settings.user_id}"
        )
    return stored[1] if stored else None


async def _sign(encryption: Encryption, shown: dict[str, Any], password: str | None) -> None:
    """Cross-sign our device. Without it some clients leave us out: no reason not to start."""
    try:
        signed = await encryption.signer.ensure(shown, password)
    except RequestError as error:
        log.error("crosssigning.failed", reason=str(error))  # noqa: TRY400 — one line
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


def _sender(given: Given, poster: Poster, lookup: Lookup, device_id: str) -> Sender:
    clock, handled, unsent = given.clock, given.handled, given.unsent
    return Sender(given.outbox, poster, lookup, device_id, clock, handled, unsent)


def _assemble(
    given: Given,
    home: Homeserver,
    patience: Patience,
    session: Session,
    encryption: Encryption,
    recollection: Recollection,
    uploads: Uploads,
) -> Parts:
    own_id = session.user_id
    rooms = Rooms(own_id, home, encryption.store)
    unread = Unread(given.folder, encryption.machine, given.unread_grace_ms)
    admitter = Admitter(own_id, given.inbox, given.outbox, patience, given.on_admitted)
    doors = _doors(given, home, rooms, admitter)
    gaps = Gaps(home, patience, own_id)
    reader = Reader(own_id, encryption.decrypter, unread, given.clock)
    gatherer = Gatherer(
        rooms=rooms, encryption=encryption, reader=reader, gaps=gaps, unread=unread, doors=doors
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
    lookup = Lookup(home, own_id)
    poster = Poster(home, rooms, given.outbox, encryption.encrypter, uploads)
    sender = _sender(given, poster, lookup, session.device_id)
    return Parts(
        session, encryption, syncer, doors, sender, rooms, lookup, recollection, unread, uploads
    )
