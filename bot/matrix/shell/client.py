"""The bot on its homeserver, from the start to the end: it listens, and its letters leave."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import structlog

from bot import events
from bot.matrix.net.away import told_as_away
from bot.matrix.net.errors import LoggedOutError, RefusedError, RequestError, ShellError
from bot.matrix.net.http import Sink, path
from bot.matrix.net.retry import Pauses, Stopped
from bot.matrix.rooms.rooms import joined_members
from bot.matrix.send import media
from bot.matrix.send.delivery import Delivery
from bot.matrix.send.lookup import Lookup
from bot.matrix.send.posting import Poster
from bot.matrix.send.restored import Restored
from bot.matrix.send.sender import Sender, UntilHandled
from bot.matrix.shell.assembly import Parts
from storage.mail import Posted, Unsent

PULSE: Final = "pulse"
"""A file of the state directory, touched after each answer of the homeserver."""

_ANSWERS_FIRST: Final = 3.0

Regret = Callable[[Posted, Unsent], Awaitable[object]]
"""Tells who waits for a file that it will not come."""

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """An account's device and the fingerprint that people may compare (Ed25519, base64)."""

    user_id: str
    device_id: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Running:
    """Who we are on the homeserver by now, and what is to be known of it before anything is done.

    `already_sent`: the letters that stand in the rooms since the backup that we come from, which is
    `restored`, for some days after a restore. `largest_upload`: bytes that the homeserver takes in
    one file; None where it does not say.
    """

    identity: Identity
    already_sent: Mapping[str, str]
    restored: Restored | None
    largest_upload: int | None
    parts: Parts = field(repr=False)


async def _at_once() -> None:
    """A house that handles nothing."""


async def _untold(_posted: Posted, _why: Unsent) -> None:
    """A house where nobody waits for files."""


class Client:
    """What is told to us goes to the inbox, the outbox goes out."""

    def __init__(self, running: Running, unsent: Regret = _untold) -> None:
        parts = running.parts
        self._parts = parts
        self._given = parts.given
        self._patience = parts.patience
        self._tending = asyncio.Event()
        self._refused: asyncio.Queue[LoggedOutError] = asyncio.Queue()
        self._sender = _sender(parts, unsent)

    async def run(self, handled: UntilHandled = _at_once) -> None:
        """Listen and answer until stopped; then finish what was begun.

        `handled` waits until what was admitted is handled. Raises `ShellError`s.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen(handled), name="matrix: listening")
                tasks.create_task(self._keep_house(), name="matrix: keys and doors")
                tasks.create_task(self._known(), name="matrix: known")
                sending = self._sender.run(self._patience.stop, handled)
                tasks.create_task(sending, name="matrix: sending")
        except BaseExceptionGroup as group:
            raise await self._why(_first_clear(group)) from group

    def stop(self) -> None:
        """Have `run` finish what it began."""
        self._patience.stop.set()

    def wake_sender(self, written: Sequence[Posted] | None = None) -> None:
        """Letters were committed: all of `written`, or some that the store tells."""
        self._sender.wake(written)

    async def caught_up(self) -> bool:
        """Wait until we have heard what was said by now; at once, while the homeserver answers.

        False where we were stopped before.
        """
        try:
            return await self._patience.unless_stopped(self._parts.syncer.listening.wait())
        except Stopped:
            return False

    @property
    def undecryptable(self) -> int:
        """How many events came without their key since the start."""
        return self._parts.unread.count

    @property
    def malformed(self) -> int:
        """How many events came, since the start, that nothing could be made of."""
        return self._parts.reader.malformed

    async def joined_members(self, room_id: str) -> dict[str, str | None]:
        """Who is in a room right now, with the names they show; empty if we are not told.

        Asked for as long as it takes; cancelled when we stop.
        """
        home = self._parts.home
        try:
            return await self._while_known(
                self._patience.insist(lambda: joined_members(home, room_id))
            )
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
        while True:
            ends = self._sender.ends
            left = await self._given.outbox.perhaps(event_id, lanes)
            wanted = left if wanted is None else wanted & left
            if not wanted:
                return
            try:
                await self._patience.unless_stopped(self._sender.next_end(ends))
            except Stopped as stop:
                raise asyncio.CancelledError from stop

    async def set_state(
        self, room_id: str, kind: str, key: str, content: Mapping[str, object]
    ) -> None:
        """Put a state event; raises `RequestError`s, a limit of our rate included."""
        where = path("rooms", room_id, "state", kind, key)
        await self._while_known(self._parts.home.put(where, content))

    async def download(self, attachment: events.Attachment, limit_bytes: int, sink: Sink) -> None:
        """Hand a file somebody sent to `sink`; raises `AttachmentError`, `RequestError`s."""
        home = self._parts.home
        await self._while_known(media.download(home, attachment, limit_bytes, sink))

    async def _while_known(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` gives. Where our session has ended we end, and nobody hears of a failure."""
        try:
            return await work
        except LoggedOutError as error:
            self._refused.put_nowait(error)
            await self._patience.stop.wait()
            raise asyncio.CancelledError from error

    async def _known(self) -> None:
        """Until we are stopped; raises the first `LoggedOutError` that such work met with."""
        with suppress(Stopped):
            raise await self._patience.unless_stopped(self._refused.get())

    async def _listen(self, handled: UntilHandled) -> None:
        with suppress(Stopped), told_as_away():
            self._tend()
            while not self._patience.stop.is_set():
                await self._parts.syncer.step()
                self._tend()
                with suppress(OSError):  # a pulse that does not beat tells enough
                    (self._given.folder / PULSE).touch(mode=0o600)
                await self._answers_first(handled)

    def _tend(self) -> None:
        if self._parts.encryption.keys.wanting or self._parts.doors.wanting:
            self._tending.set()

    async def _answers_first(self, handled: UntilHandled) -> None:
        """Let what we were told be answered before we ask for more, unless that takes long.

        A request for more makes the homeserver slower at taking the answers, and what comes in
        the meantime is then told at once: measured in docs/performance.md.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(_ANSWERS_FIRST):
                await handled()
                await self._sender.at_rest.wait()

    async def _keep_house(self) -> None:
        """Keys and doors: what a sync makes necessary, beside the listening."""
        pauses = Pauses()
        with suppress(Stopped), told_as_away():
            while True:
                await self._patience.unless_stopped(self._tending.wait())
                self._tending.clear()
                try:
                    await self._parts.encryption.keys.tend()
                    await self._parts.doors.tend()
                except RequestError as error:
                    log.warning("house.put_off", reason=str(error))
                    await self._patience.wait(pauses.grow())
                    self._tending.set()
                else:
                    pauses.reset()

    async def _why(self, error: BaseException) -> BaseException:
        """Where we were logged out: by another copy, which is then the live one, or by somebody."""
        if not isinstance(error, LoggedOutError):
            return error
        try:
            return await self._parts.who.keeper.why_logged_out()
        except Stopped:
            return error
        except ShellError as reason:
            return reason


def _sender(parts: Parts, unsent: Regret) -> Sender:
    outbox, home = parts.given.outbox, parts.home
    poster = Poster(home, parts.rooms, outbox, parts.encryption.encrypter, parts.uploads)
    lookup = Lookup(home, parts.who.session.user_id)
    delivery = Delivery(outbox, poster, lookup, parts.who.session, parts.given.clock)
    return Sender(outbox, delivery, parts.given.clock, unsent)


def _first_clear(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one line to tell, where there is one."""
    for error in group.exceptions:
        if isinstance(error, ShellError):
            return error
    return group
