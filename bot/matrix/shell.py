"""The Matrix shell as the rest of the house sees it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Final

import structlog

from bot import events
from bot.matrix.assembly import Given, Parts, open_parts
from bot.matrix.net import files
from bot.matrix.net.away import told_as_away
from bot.matrix.net.errors import LoggedOutError, RefusedError, RequestError, ShellError
from bot.matrix.net.http import Homeserver, Sink, path
from bot.matrix.net.lock import Lock
from bot.matrix.net.retry import Patience, Pauses, Stopped
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.rooms.rooms import joined_members
from bot.matrix.send import media
from bot.matrix.send.restored import Restored
from bot.matrix.send.uploads import Press
from circle.time import to_ms
from storage.inbox import Inbox
from storage.mail import Admission, File, Posted, Unsent
from storage.outbox import Outbox

PULSE: Final = "pulse"
"""A file of the state directory, touched after each answer of the homeserver."""

_GRACE_MS: Final = 10_000
_ANSWERS_FIRST: Final = 3.0

log = structlog.get_logger(__name__)


async def _at_once() -> None:
    """A house that handles nothing."""


async def _unnoted(_: str) -> None:
    """A house whose database is nobody's in particular."""


async def _untold(_posted: Posted, _why: Unsent) -> None:
    """A house where nobody waits for files."""


def as_it_is(file: File, into: IO[bytes]) -> File:
    """The press of a house without pictures."""
    into.write(file.body)
    return replace(file, body=b"")


@dataclass(frozen=True, slots=True)
class Identity:
    """An account's device and the fingerprint that people may compare (Ed25519, base64)."""

    user_id: str
    device_id: str
    fingerprint: str


class MatrixShell:
    """One account on one homeserver: what it is told goes to the inbox, the outbox goes out.

    `on_admitted` is told what is new in the inbox; `press` makes the files of letters (in a
    thread); `handled` waits until what it was told is handled; `note_start` writes the mark of
    this start into the database; `unsent` tells who waits for a file
    that it will not come; `unread_grace_ms` is how late a key may be before a room is told.
    `start` and `run` raise `ShellError`s, each one clear line.
    """

    def __init__(
        self,
        settings: MatrixSettings,
        state_dir: Path,
        inbox: Inbox,
        outbox: Outbox,
        on_admitted: Callable[[Sequence[Admission]], None],
        clock: Callable[[], datetime],
        *,
        press: Press = as_it_is,
        handled: Callable[[], Awaitable[object]] = _at_once,
        note_start: Callable[[str], Awaitable[None]] = _unnoted,
        unsent: Callable[[Posted, Unsent], Awaitable[object]] = _untold,
        unread_grace_ms: int = _GRACE_MS,
    ) -> None:
        self._given = Given(
            settings=settings,
            folder=state_dir,
            inbox=inbox,
            outbox=outbox,
            on_admitted=on_admitted,
            clock=clock,
            press=press,
            handled=handled,
            note_start=note_start,
            unsent=unsent,
            unread_grace_ms=unread_grace_ms,
        )
        self._home = Homeserver(settings.homeserver)
        self._lock = Lock(state_dir)
        self._stop = asyncio.Event()
        self._patience = Patience(self._stop)
        self._tending = asyncio.Event()
        self._parts: Parts | None = None
        self._running: asyncio.Task[None] | None = None
        self.already_sent: dict[str, str] = {}

    async def start(self) -> None:
        """Become somebody: the lock, a session, our keys, and how all rooms are by now.

        Waits for a homeserver that cannot be reached, and says so; gives up when stopped.
        After a restore, `already_sent` holds the letters that stand in the rooms since the backup.
        """
        files.prepare(self._given.folder)
        self._lock.take()
        try:
            with told_as_away():
                self._parts = await open_parts(self._given, self._home, self._patience)
                await self._parts.syncer.first()
                self.already_sent = await self._recollect(self._parts)
        except Stopped:
            await self._close()
        except BaseException:
            await self._close()
            raise
        else:
            log.info("shell.started", user_id=self._parts.who.session.user_id)

    async def run(self) -> None:
        """Listen and answer until `stop`; then finish what was begun."""
        if self._parts is None:
            return
        self._running = asyncio.current_task()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen(self._parts))
                tasks.create_task(self._keep_house(self._parts))
                tasks.create_task(self._parts.sender.run(self._stop))
        except BaseExceptionGroup as group:
            raise await self._why(_first_clear(group), self._parts) from group
        finally:
            await self._close()

    def wake_sender(self, written: Sequence[Posted] | None = None) -> None:
        """Letters were committed: all of `written`, or some that the store tells."""
        if self._parts is not None:
            self._parts.sender.wake(written)

    async def stop(self) -> None:
        """Let `run` finish what it began, wait for it, and close."""
        self._stop.set()
        if self._running is not None and self._running is not asyncio.current_task():
            await asyncio.wait([self._running])
        await self._close()

    async def caught_up(self) -> bool:
        """Wait until we have heard what was said by now; at once, while the homeserver answers.

        False where we were stopped before.
        """
        if self._parts is None:
            return False
        try:
            return await self._patience.unless_stopped(self._parts.syncer.listening.wait())
        except Stopped:
            return False

    @property
    def identity(self) -> Identity:
        """Who we are on the homeserver, once started; raises `ShellError` before."""
        if self._parts is None:
            raise ShellError("the shell is not started")
        session = self._parts.who.session
        keys = self._parts.encryption.machine.account.identity_keys
        return Identity(session.user_id, session.device_id, keys["ed25519"])

    @property
    def largest_upload(self) -> int | None:
        """Bytes that the homeserver takes in one file; None before the start, or untold."""
        return self._parts.uploads.largest if self._parts else None

    @property
    def undecryptable(self) -> int:
        """How many events came without their key since the start."""
        return self._parts.unread.count if self._parts else 0

    @property
    def malformed(self) -> int:
        """How many events came, since the start, that nothing could be made of."""
        return self._parts.reader.malformed if self._parts else 0

    async def joined_members(self, room_id: str) -> dict[str, str | None]:
        """Who is in a room right now, with the names they show; empty if we are not told.

        Asked for as long as it takes; cancelled when we stop.
        """
        try:
            return await self._patience.insist(lambda: joined_members(self._home, room_id))
        except RefusedError as error:
            log.warning("members.refused", room=room_id, reason=str(error))
            return {}
        except Stopped as stop:
            raise asyncio.CancelledError from stop

    async def told_apart(self, event_id: str, lanes: tuple[str, str]) -> None:
        """Wait until an event is known as ours, or as none of our letters to these lanes.

        Letters written later are not waited for. Cancelled when we stop.
        """
        wanted: frozenset[int] | None = None
        while self._parts is not None:
            ended = self._parts.sender.next_end
            left = await self._given.outbox.perhaps(event_id, lanes)
            wanted = left if wanted is None else wanted & left
            if not wanted:
                return
            try:
                await self._patience.unless_stopped(ended.wait())
            except Stopped as stop:
                raise asyncio.CancelledError from stop

    async def set_state(
        self, room_id: str, kind: str, key: str, content: Mapping[str, object]
    ) -> None:
        """Put a state event; raises `RequestError`s, a limit of our rate included."""
        await self._home.put(path("rooms", room_id, "state", kind, key), content)

    async def download(self, attachment: events.Attachment, limit_bytes: int, sink: Sink) -> None:
        """Hand a file somebody sent to `sink`; raises `AttachmentError`, `RequestError`s."""
        await media.download(self._home, attachment, limit_bytes, sink)

    @property
    def restored(self) -> Restored | None:
        """The backup that we come from, once started, for some days after a restore."""
        return self._parts.who.recollection.note if self._parts is not None else None

    async def _recollect(self, parts: Parts) -> dict[str, str]:
        now_ms = to_ms(self._given.clock())
        sent = await parts.who.recollection.sent(parts.lookup, parts.rooms, self._patience, now_ms)
        await self._given.outbox.already_sent(sent)
        return sent

    async def _listen(self, parts: Parts) -> None:
        with suppress(Stopped), told_as_away():
            self._tend(parts)
            while not self._stop.is_set():
                await parts.syncer.step()
                self._tend(parts)
                with suppress(OSError):  # a pulse that does not beat tells enough
                    (self._given.folder / PULSE).touch(mode=0o600)
                await self._answers_first(parts)

    def _tend(self, parts: Parts) -> None:
        if parts.encryption.keys.wanting or parts.doors.wanting:
            self._tending.set()

    async def _answers_first(self, parts: Parts) -> None:
        """Let what we were told be answered before we ask for more, unless that takes long.

        A request for more makes the homeserver slower at taking the answers, and what comes in
        the meantime is then told at once: measured in docs/performance.md.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_ANSWERS_FIRST):
                await self._given.handled()
                await parts.sender.at_rest.wait()

    async def _keep_house(self, parts: Parts) -> None:
        """Keys and doors: what a sync makes necessary, beside the listening."""
        pauses = Pauses()
        with suppress(Stopped), told_as_away():
            while True:
                await self._patience.unless_stopped(self._tending.wait())
                self._tending.clear()
                try:
                    await parts.encryption.keys.tend()
                    await parts.doors.tend()
                except RequestError as error:
                    log.warning("house.put_off", reason=str(error))
                    await self._patience.wait(pauses.grow())
                    self._tending.set()
                else:
                    pauses.reset()

    async def _why(self, error: BaseException, parts: Parts) -> BaseException:
        """Where we were logged out: by another copy, which is then the live one, or by somebody."""
        if not isinstance(error, LoggedOutError):
            return error
        try:
            return await parts.who.keeper.why_logged_out()
        except Stopped:
            return error
        except ShellError as told:
            return told

    async def _close(self) -> None:
        parts, self._parts = self._parts, None
        if parts is not None:
            parts.encryption.store.close()
        await self._home.close()
        self._lock.release()


def _first_clear(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one line to tell, where there is one."""
    for error in group.exceptions:
        if isinstance(error, ShellError):
            return error
    return group
