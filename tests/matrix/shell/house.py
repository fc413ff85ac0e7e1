"""A house with nothing in it but the shell, its inbox and its outbox, on a database of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Self

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import events
from bot.demo.homeserver import Access
from bot.matrix.net import files
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.shell.client import Client
from bot.matrix.shell.shell import MatrixShell
from circle.time import to_ms
from storage.accounts import NOBODY
from storage.engine import open_engine, writing
from storage.inbox import Inbox
from storage.mail import Admission, File, Letter, Posted, Putting, Unsent
from storage.outbox import Outbox
from storage.posting import Posting
from storage.session import Statements
from storage.tables.base import metadata
from storage.tables.mail import direct_rooms
from tests.heard import WITHIN, Heard
from tests.matrix.member import Member


class TellingOutbox(Outbox):
    """The real one; `ended` is set whenever a letter came to its end."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.ended = asyncio.Event()

    def arrived(self, row: int, event_id: str) -> None:
        super().arrived(row, event_id)
        self.ended.set()


class Admitted(asyncio.Queue[Sequence[Admission]]):
    """What is new in the inbox; nobody takes it: `changed` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.changed = asyncio.Event()

    def put_nowait(self, item: Sequence[Admission]) -> None:
        super().put_nowait(item)
        self.changed.set()


class House:
    """The shell of an account; `shift` moves its clock. Start and stop it as often as needed.

    `unsent`: the letters whose files will never come, by cause, and why.
    """

    def __init__(
        self, url: str, access: Access, folder: Path, *, grace_ms: int = 0, **settings: Any
    ) -> None:
        self.folder = folder
        self.settings = replace(
            MatrixSettings(
                homeserver=url,
                user_id=access.user_id,
                password=access.password,
                invites_allow=("*:localhost",),
            ),
            **settings,
        )
        self.state = folder / "state"
        self.shift = timedelta()
        self.grace_ms = grace_ms
        self.engine = open_engine(f"sqlite:///{folder / 'souci.db'}")
        self.inbox = Inbox(self.engine)
        self.outbox = TellingOutbox(self.engine)
        self.unsent: list[tuple[str, Unsent]] = []
        self._admitted = Admitted()
        self._running: asyncio.Task[None] | None = None
        self.shell = self._new_shell()

    @property
    def user_id(self) -> str:
        return self.settings.user_id

    async def start(self) -> Self:
        """Starts a new shell on the same state, as a new process would."""
        async with writing(self.engine) as connection:
            await connection.run_sync(metadata.create_all)
        self.shell = self._new_shell()
        self.started = await self.shell.start()
        self.client = Client(self.started, self._regret)
        self._running = asyncio.create_task(self._run(self.shell, self.client), name="client")
        return self

    async def _run(self, shell: MatrixShell, client: Client) -> None:
        try:
            await client.run()
        finally:
            await shell.close()

    async def stop(self) -> None:
        self.shell.stop()
        if self._running is not None:
            running, self._running = self._running, None
            await running

    async def ended(self) -> None:
        """Waits until it ends by itself; raises what it ended with."""
        running, self._running = self._running, None
        if running is not None:
            await asyncio.wait_for(running, WITHIN)

    async def close(self) -> None:
        await self.stop()
        await self.engine.dispose()

    async def lose_database(self) -> None:
        """What was admitted, the token and the letters are gone; the state directory is not."""
        async with writing(self.engine) as connection:
            await connection.run_sync(metadata.drop_all)

    async def admitted(self, room: str | None = None) -> list[events.AnyEvent]:
        """Everything admitted so far, in its order within each room (or within that room)."""
        rooms = await self.inbox.rooms_waiting() if room is None else [room]
        return [
            events.decode(admission.payload)
            for one in rooms
            for admission in await self.inbox.pending(one, 10_000)
        ]

    async def told(self, wanted: Callable[[Any], object], room: str | None = None) -> Any:
        """The first admitted event (of that room) that is as `wanted`, once there is one."""
        try:
            async with asyncio.timeout(WITHIN):
                while True:
                    self._admitted.changed.clear()
                    for event in await self.admitted(room):
                        if wanted(event):
                            return event
                    await self._admitted.changed.wait()
        except TimeoutError:
            pytest.fail(f"not admitted within {WITHIN:g} s: {await self.admitted(room)}")

    async def said(self, room: str, body: str) -> events.Message:
        return await self.told(lambda e: isinstance(e, events.Message) and e.body == body, room)

    async def changed(self, room: str, user: str, *, joined: bool) -> events.MemberChanged:
        """The first word of somebody's coming or going."""
        return await self.told(
            lambda e: isinstance(e, events.MemberChanged) and (e.user, e.joined) == (user, joined),
            room,
        )

    async def joins(self, room: str) -> None:
        """Waits until the bot is known to be in the room."""
        await self.changed(room, self.user_id, joined=True)

    async def meets(self, alice: Member, *others: str, encrypted: bool = True) -> str:
        """A new room of a member's, named Littoral, that the bot has joined."""
        room = await alice.create("Littoral", self.user_id, *others, encrypted=encrypted)
        await self.joins(room)
        await alice.meets(room, self.user_id)
        return room

    async def bodies(self, room: str) -> list[str]:
        """What was said in a room, as admitted."""
        return [e.body for e in await self.admitted(room) if isinstance(e, events.Message)]

    async def write(self, *letters: Letter, pause_ms: int | None = None) -> None:
        """Puts letters into the outbox, as a command's transaction would.

        With a pause, they are handed to the sender as that transaction does.
        """
        putting = Putting(self.device_id, lambda: to_ms(datetime.now(UTC) + self.shift))
        async with writing(self.engine) as connection:
            handed_on = None if pause_ms is None else putting
            posting = Posting(Statements(connection), NOBODY, {}, handed_on)
            await posting.add(letters, pause_ms or 0)
        self.client.wake_sender(posting.written or None)

    async def sent(self, cause: str, ordinal: int = 0) -> str:
        """The event that a letter became, once it has."""
        async with asyncio.timeout(WITHIN):
            while True:
                self.outbox.ended.clear()
                if event_id := await self.outbox.event_of(cause, ordinal):
                    return event_id
                await self.outbox.ended.wait()

    @property
    def device_id(self) -> str:
        return str(files.read(self.state / "session.json")["device_id"])

    @property
    def identity_key(self) -> str:
        """The key by which messages to the bot's device are addressed."""
        keys = self.client._parts.encryption.machine.account.identity_keys
        return str(keys["curve25519"])

    @asynccontextmanager
    async def requests(self) -> AsyncIterator[Homeserver]:
        """The homeserver as the bot's own account reaches it, without the shell."""
        home = Homeserver(self.settings.homeserver)
        home.token = str(files.read(self.state / "session.json")["token"])
        try:
            yield home
        finally:
            await home.close()

    async def forget_direct_rooms(self) -> None:
        """As if the process had ended right after making one, before noting it."""
        async with writing(self.engine) as connection:
            await connection.execute(delete(direct_rooms))
        async with self.requests() as home:
            await home.put(path("user", self.user_id, "account_data", "m.direct"), {})

    async def put_by_hand(self, room: str, txn_id: str, body: str, row: str | None = None) -> str:
        """The bot's own account says something without its shell, as a shell that died did."""
        content = {"msgtype": "m.notice", "body": body, "org.souci.row": row or txn_id}
        where = path("rooms", room, "send", "m.room.message", txn_id)
        async with self.requests() as home:
            return (await home.put(where, content))["event_id"]

    async def _regret(self, posted: Posted, why: Unsent) -> None:
        self.unsent.append((posted.letter.cause, why))

    def _new_shell(self) -> MatrixShell:
        return MatrixShell(
            self.settings,
            self.state,
            self.inbox,
            self.outbox,
            self._admitted,
            lambda: datetime.now(UTC) + self.shift,
            press=_pressed,
            unread_grace_ms=self.grace_ms,
        )


def _pressed(file: File, into: IO[bytes]) -> File:
    into.write(f"drawn: {file.recipe}".encode())
    return replace(file, body=b"", width=640, height=480)


@asynccontextmanager
async def opened(house: House) -> AsyncIterator[House]:
    """The house, started; closed at the end."""
    try:
        yield await house.start()
    finally:
        await house.close()


@asynccontextmanager
async def requests_of(member: Member) -> AsyncIterator[Homeserver]:
    """The homeserver as a member's own hand-made requests reach it."""
    home = Homeserver(member.client.homeserver)
    home.token = member.client.access_token
    try:
        yield home
    finally:
        await home.close()


def saying(room: str, body: str) -> Callable[[Heard], bool]:
    """Those words, heard in that room."""
    return lambda heard: (heard.room, heard.body) == (room, body)


def notice(room: str, body: str, cause: str, ordinal: int = 0, **more: Any) -> Letter:
    """A letter that says something."""
    content = {"msgtype": "m.notice", "body": body}
    given = {"room_id": room, "to_user": None, "event_type": "m.room.message", "content": content}
    return Letter(cause=cause, ordinal=ordinal, **(given | more))
