"""The first start from a backup: a new device, and what the former one has said since.

The rooms went on after the copy was taken. What people said since is read again, because the
restored sync token is older, and has its effect again, because it is missing from the restored
database. But its answers stand in the rooms: each carries its mark in clear (`org.souci.row`), and
is recognised by it before it would be sent a second time.
"""

from pathlib import Path
from typing import Final

import msgspec
import structlog

from bot.matrix.crypto.remains import copy_keys
from bot.matrix.crypto.store import NAME as KEYS
from bot.matrix.net import files
from bot.matrix.net.errors import LoginError, RefusedError
from bot.matrix.net.http import Homeserver
from bot.matrix.net.retry import Patience
from bot.matrix.net.session import NAME as SESSION
from bot.matrix.net.session import Login, sign_out
from bot.matrix.rooms.rooms import Rooms
from bot.matrix.send.lookup import Lookup

NAME: Final = "restored.json"
_REMEMBERED_MS: Final = 8 * 24 * 3600 * 1000  # longer than unread events wait for their keys

log = structlog.get_logger(__name__)


class Restored(msgspec.Struct):
    """A backup that this state directory comes from: when it was taken, of which device.

    `sent`: the events of ours since then, by transaction id, once they were looked for; `rooms`:
    where they are.
    """

    taken_ms: int
    device_id: str | None = None
    token: str | None = None
    sent: dict[str, str] | None = None
    since_ms: int = 0
    rooms: tuple[str, ...] = ()
    refresh_token: str | None = None
    issuer: str | None = None
    client_id: str | None = None


def mark(folder: Path, taken_ms: int, held: Path) -> None:
    """Note that `folder` comes from a backup, whose files are in `held`.

    Its session says who we were, the note of an earlier restore since when to remember answers.
    Both are taken away: they are nobody's any more.
    """
    former, earlier = files.read(held / SESSION) or {}, files.read(held / NAME)
    if earlier is not None:
        taken_ms = min(taken_ms, msgspec.convert(earlier, Restored).taken_ms)
    note = Restored(
        taken_ms=taken_ms,
        device_id=former.get("device_id"),
        token=former.get("token"),
        refresh_token=former.get("refresh_token"),
        issuer=former.get("issuer"),
        client_id=former.get("client_id"),
    )
    files.write(folder / NAME, note)
    files.settle(folder)
    (held / SESSION).unlink(missing_ok=True)
    if held != folder:
        (held / NAME).unlink(missing_ok=True)


def become_another(folder: Path, since_ms: int) -> None:
    """Go on as after a restore, as a new device: other copies have spoken since that instant.

    The device's own keys have gone on elsewhere; those by which messages are read stay.
    """
    kept, fresh = folder / KEYS, folder / f"{KEYS}.new"
    if kept.exists():
        fresh.unlink(missing_ok=True)
        copy_keys(folder, fresh)
        for end in ("-wal", "-shm"):  # empty by now, and none of the other file's
            kept.with_name(kept.name + end).unlink(missing_ok=True)
        fresh.replace(kept)
    mark(folder, since_ms, folder)


class Recollection:
    """What there is to remember of the time since the backup; nothing in an ordinary life."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        kept = files.read(self._file)
        self._note = msgspec.convert(kept, Restored) if kept is not None else None

    def check(self, session: Login) -> None:
        """Raises `LoginError` where we would be the former device: its keys are gone for good."""
        if self._note is not None and session.device_id == self._note.device_id:
            raise LoginError(
                f"restored from a backup, whose device {session.device_id} must not speak again: "
                "log in anew, and give matrix.access_token and matrix.device_id of the new device"
            )

    async def retire(self, home: Homeserver, patience: Patience) -> None:
        """Log the former device out: should its process still run, it ends by itself.

        Where its tokens went on without us it cannot be: it then ends as it hears of our start.
        """
        note = self._note
        if note is None or note.token is None:
            return
        former = Login(
            user_id="",
            device_id=note.device_id or "",
            token=note.token,
            refresh_token=note.refresh_token,
            issuer=note.issuer,
            client_id=note.client_id,
        )
        ended = await sign_out(home, patience, former)
        told = "former_device.logged_out" if ended else "former_device.not_reached"
        log.info(told, device_id=note.device_id)
        note.token = note.refresh_token = None
        self._save()

    async def sent(
        self, lookup: Lookup, rooms: Rooms, patience: Patience, now_ms: int
    ) -> dict[str, str]:
        """Our events since the backup by their transaction ids, in all rooms we are in."""
        note = self._note
        if note is None:
            return {}
        if note.sent is None:
            note.sent, note.since_ms = {}, now_ms
            for room in rooms:
                found = await _in_room(room.room_id, note.taken_ms, lookup, patience)
                note.sent |= found
                note.rooms += (room.room_id,) if found else ()
            log.info("restored.recollected", letters=len(note.sent))
            self._save()
        elif now_ms - note.since_ms > _REMEMBERED_MS:
            self._file.unlink()
            self._note = None
            return {}
        return note.sent

    @property
    def note(self) -> Restored | None:
        """The backup we come from, while it matters."""
        return self._note

    def _save(self) -> None:
        if self._note is not None:
            files.write(self._file, self._note)


async def _in_room(
    room_id: str, taken_ms: int, lookup: Lookup, patience: Patience
) -> dict[str, str]:
    try:
        return await lookup.since(room_id, taken_ms, patience)
    except RefusedError as error:
        log.warning("restored.room_refused", room=room_id, reason=str(error))
        return {}
