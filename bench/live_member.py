"""People who write and wait for the answer: raw requests, light beside what they measure.

A member sends from one connection and listens on another, with a filter that lets nothing through
but what the bot says. An answer is what names the question's event (`m.in_reply_to`, in clear in
encrypted events too); it counts from the instant at which it was received.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any, Final, Self

import aiohttp
import msgspec

from bench.live_process import BenchError
from bot.demo.homeserver import Access
from bot.matrix.net.http import path

_LONG_POLL_MS: Final = 30_000
_ANSWERED_WITHIN: Final = 60.0
_BAD: Final = 400
_JOINS_WITHIN: Final = 60.0
_PAUSE: Final = 0.1


class _Timeline(msgspec.Struct):
    events: list[dict[str, Any]] = []


class _Room(msgspec.Struct):
    timeline: _Timeline = msgspec.field(default_factory=_Timeline)


class _Rooms(msgspec.Struct):
    join: dict[str, _Room] = {}


class _Sync(msgspec.Struct):
    next_batch: str
    rooms: _Rooms = msgspec.field(default_factory=_Rooms)


_sync = msgspec.json.Decoder(_Sync)


class Member:
    """An account that speaks with one bot. Entered, it listens."""

    def __init__(self, url: str, access: Access, bot: str) -> None:
        self.user_id = access.user_id
        self.bot = bot
        self._url = url
        self._headers = {"Authorization": f"Bearer {access.token}"}
        self._http: aiohttp.ClientSession | None = None
        self._listening: asyncio.Task[None] | None = None
        self._arrived: dict[str, float] = {}
        self._awaited: dict[str, asyncio.Future[float]] = {}
        self._sent = 0

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    async def listen(self) -> None:
        """From now on, hear the bot."""
        token = (await self._synced(None)).next_batch
        self._listening = asyncio.create_task(self._listen(token))

    async def create(self, name: str, *, encrypted: bool) -> str:
        """A room with the bot in it."""
        algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
        state = [{"type": "m.room.encryption", "content": algorithm}] if encrypted else []
        body = {"name": name, "invite": [self.bot], "initial_state": state}
        room: str = (await self.ask("POST", path("createRoom"), body))["room_id"]
        async with asyncio.timeout(_JOINS_WITHIN):
            while self.bot not in await self._joined(room):  # noqa: ASYNC110 — the server's word
                await asyncio.sleep(_PAUSE)
        return room

    async def _joined(self, room: str) -> Sequence[str]:
        answer = await self.ask("GET", path("rooms", room, "joined_members"))
        return list(answer["joined"])

    async def asks(self, room: str, line: str) -> tuple[float, float]:
        """When the line was sent and when its answer was received (`time.perf_counter`)."""
        kind, content = await self.sealed(room, {"msgtype": "m.text", "body": line})
        self._sent += 1
        where = path("rooms", room, "send", kind, f"bench{self._sent}")
        started = time.perf_counter()
        event = str((await self.ask("PUT", where, content))["event_id"])
        return started, await self._answered(event)

    async def sealed(self, room: str, content: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The type and the content of the event to send: as it is, in a plain room."""
        del room
        return "m.room.message", content

    async def _answered(self, event: str) -> float:
        if event in self._arrived:
            return self._arrived.pop(event)
        future = self._awaited[event] = asyncio.get_running_loop().create_future()
        try:
            return await asyncio.wait_for(future, _ANSWERED_WITHIN)
        except TimeoutError:
            raise BenchError(f"{self.bot} does not answer") from None

    async def ask(self, method: str, where: str, body: object = None) -> dict[str, Any]:
        """One request; raises `BenchError` where the homeserver refuses it."""
        if self._http is None:
            raise BenchError("a member who is not there")
        data = None if body is None else msgspec.json.encode(body)
        async with self._http.request(
            method, self._url + where, data=data, headers=self._headers
        ) as response:
            answer: dict[str, Any] = msgspec.json.decode(await response.read())
        if response.status >= _BAD:
            raise BenchError(f"the homeserver refused: {answer.get('error')}")
        return answer

    async def _listen(self, token: str) -> None:
        while True:
            answer = await self._synced(token)
            token = answer.next_batch
            for room in answer.rooms.join.values():
                for event in room.timeline.events:
                    self._heard(event, self._received)

    async def _synced(self, since: str | None) -> _Sync:
        if self._http is None:
            raise BenchError("a member who is not there")
        timeout = str(_LONG_POLL_MS if since else 0)
        params = {"filter": self._filter(), "timeout": timeout} | (
            {"since": since} if since else {}
        )
        async with self._http.get(
            self._url + path("sync"), params=params, headers=self._headers
        ) as response:
            body = await response.read()
            self._received = time.perf_counter()
            return _sync.decode(body)

    def _filter(self) -> str:
        nothing = {"not_types": ["*"]}
        heard = {"senders": [self.bot], "types": ["m.room.message", "m.room.encrypted"]}
        quiet = {"state": nothing, "ephemeral": nothing, "account_data": nothing}
        rooms = quiet | {"timeline": heard | {"limit": 50}}
        return json.dumps({"presence": nothing, "account_data": nothing, "room": rooms})

    def _heard(self, event: dict[str, Any], at: float) -> None:
        relation = event.get("content", {}).get("m.relates_to", {})
        question = relation.get("m.in_reply_to", {}).get("event_id")
        if question is None:
            return
        future = self._awaited.pop(question, None)
        if future is None:
            self._arrived[question] = at
        elif not future.done():
            future.set_result(at)
