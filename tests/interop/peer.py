"""A member at an independent client (matrix-js-sdk, in peer/), spoken to in JSON lines."""

import asyncio
import itertools
import json
from pathlib import Path
from typing import Any, Self

from bot.demo.homeserver import Access
from tests.heard import WITHIN, Heard, Person

PROGRAM = Path(__file__).parent / "peer" / "peer.js"
LONGEST_LINE = 4 * 1024 * 1024


class PeerError(RuntimeError):
    """The client could not do what it was asked; the text is its own."""


class Peer(Person):
    """`await Peer.enter(…)`, then `await peer.leave()` at the end.

    A strict one neither writes to devices that their owners did not sign, nor reads them.
    """

    def __init__(self, process: asyncio.subprocess.Process, user_id: str) -> None:
        super().__init__()
        self.user_id = user_id
        self._process = process
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def enter(
        cls, node: str, url: str, access: Access, log: Path, *, strict: bool = True
    ) -> Self:
        """Starts the client on a new device of the account, which it cross-signs."""
        with log.open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                node,
                PROGRAM,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                limit=LONGEST_LINE,
            )
        peer = cls(process, access.user_id)
        account = {"user": access.user_id, "password": access.password}
        await peer._do("login", homeserver=url, strict=strict, **account)
        return peer

    async def leave(self) -> None:
        """The end of its input ends the client."""
        self._process.stdin.close()
        await self._listening
        await self._process.wait()

    async def create(
        self, name: str | None, *invited: str, encrypted: bool = True, direct: bool = False
    ) -> str:
        return await self._do(
            "create", name=name, invite=invited, encrypted=encrypted, direct=direct
        )

    async def join(self, room: str) -> None:
        await self._do("join", room=room)

    async def meets(self, room: str, *users: str) -> None:
        for user in users:
            await self.hears(lambda e, user=user: _joins(e, room, user))

    async def say(
        self, room: str, text: str, *, html: str = "", mentions: tuple[str, ...] = ()
    ) -> str:
        return await self._do("say", room=room, text=text, html=html, mentions=mentions)

    async def reply(self, room: str, to: str, text: str) -> str:
        return await self._do("reply", room=room, to=to, text=text)

    async def edit(self, room: str, event_id: str, text: str) -> str:
        return await self._do("edit", room=room, event=event_id, text=text)

    async def react(self, room: str, event_id: str, key: str) -> str:
        return await self._do("react", room=room, event=event_id, key=key)

    async def redact(self, room: str, event_id: str) -> str:
        return await self._do("redact", room=room, event=event_id)

    async def start_poll(self, room: str, question: str, *answers: str) -> str:
        return await self._do("poll", room=room, question=question, answers=answers)

    async def answer_poll(self, room: str, poll: str, *answers: str) -> str:
        return await self._do("answer", room=room, poll=poll, answers=answers)

    async def shield(self, event: Heard) -> dict[str, Any] | None:
        """The shield that an event bears by now."""
        return await self._do("shield", room=event.room, event=event.id)

    async def _do(self, action: str, **values: Any) -> Any:
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        line = json.dumps({"id": number, "do": action} | values) + "\n"
        self._process.stdin.write(line.encode())
        await self._process.stdin.drain()
        return await asyncio.wait_for(answer, WITHIN)

    async def _listen(self) -> None:
        async for line in self._process.stdout:
            told = json.loads(line)
            if "event" in told:
                self.timeline.add(Heard(**told["event"]))
            elif "error" in told:
                self._answers.pop(told["id"]).set_exception(PeerError(told["error"]))
            else:
                self._answers.pop(told["id"]).set_result(told["ok"])
        self._end()

    def _end(self) -> None:
        error = PeerError("the client has ended")
        self.timeline.fail(error)
        for answer in self._answers.values():
            answer.set_exception(error)


def _joins(event: Heard, room: str, user: str) -> bool:
    joined = event.type == "m.room.member" and event.content.get("membership") == "join"
    return joined and (event.room, event.sender) == (room, user)
