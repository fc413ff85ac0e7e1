"""The Matrix shell as the rest of the house opens it, and closes it."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

import structlog

from bot.matrix.net import files
from bot.matrix.net.away import told_as_away
from bot.matrix.net.http import Homeserver
from bot.matrix.net.lock import Lock
from bot.matrix.net.retry import Patience
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.send.lookup import Lookup
from bot.matrix.send.uploads import Press
from bot.matrix.shell.assembly import Given, Parts, open_parts
from bot.matrix.shell.client import Identity, Running
from circle.time import to_ms
from storage.inbox import Inbox
from storage.mail import Admission, File
from storage.outbox import Outbox

_GRACE_MS: Final = 10_000

log = structlog.get_logger(__name__)


async def _unnoted(_: str) -> None:
    """A house whose database is nobody's in particular."""


def as_it_is(file: File, into: IO[bytes]) -> File:
    """The press of a house without pictures."""
    into.write(file.body)
    return replace(file, body=b"")


class MatrixShell:
    """One account on one homeserver: `start` it, let a `Client` run, `close` it.

    What is new in the inbox goes into `admitted`; `press` makes the files of letters (in a thread);
    `note_start` writes the mark of this start into the database; `unread_grace_ms` is how late a
    key may be before a room is told.
    """

    def __init__(
        self,
        settings: MatrixSettings,
        state_dir: Path,
        inbox: Inbox,
        outbox: Outbox,
        admitted: asyncio.Queue[Sequence[Admission]],
        clock: Callable[[], datetime],
        *,
        press: Press = as_it_is,
        note_start: Callable[[str], Coroutine[Any, Any, None]] = _unnoted,
        unread_grace_ms: int = _GRACE_MS,
    ) -> None:
        self._given = Given(
            settings=settings,
            folder=state_dir,
            inbox=inbox,
            outbox=outbox,
            admitted=admitted,
            clock=clock,
            press=press,
            note_start=note_start,
            unread_grace_ms=unread_grace_ms,
        )
        self._stop = asyncio.Event()
        self._opened = AsyncExitStack()

    async def start(self) -> Running:
        """Become somebody: the lock, a session, our keys, and how all rooms are by now.

        Waits for a homeserver that cannot be reached, and says so. Raises `ShellError`s, each one
        clear line, and `Stopped` when stopped before; then it is closed.
        """
        try:
            return await self._start()
        except BaseException:
            await self.close()
            raise

    def stop(self) -> None:
        """Have `start` give up."""
        self._stop.set()

    async def close(self) -> None:
        """Let go of all that `start` took; once the client has ended."""
        await self._opened.aclose()

    async def _start(self) -> Running:
        lock, home = Lock(self._given.folder), Homeserver(self._given.settings.homeserver)
        files.prepare(self._given.folder)
        lock.take()
        self._opened.callback(lock.release)
        self._opened.push_async_callback(home.close)
        with told_as_away():
            parts = await open_parts(self._given, home, Patience(self._stop))
            self._opened.callback(parts.encryption.store.close)
            await parts.syncer.first()
            running = await self._running(parts)
        log.info("shell.started", user_id=running.identity.user_id)
        return running

    async def _running(self, parts: Parts) -> Running:
        session, keys = parts.who.session, parts.encryption.machine.account.identity_keys
        return Running(
            identity=Identity(session.user_id, session.device_id, keys["ed25519"]),
            already_sent=await self._recollect(parts),
            restored=parts.who.recollection.note,
            largest_upload=parts.uploads.largest,
            parts=parts,
        )

    async def _recollect(self, parts: Parts) -> dict[str, str]:
        now_ms = to_ms(self._given.clock())
        recollection = parts.who.recollection
        lookup = Lookup(parts.home, parts.who.session.user_id)
        sent = await recollection.sent(lookup, parts.rooms, parts.patience, now_ms)
        await self._given.outbox.already_sent(sent)
        return sent
