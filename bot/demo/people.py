"""The people of the demonstration: each at an ordinary nio client, with encryption.

They know nothing of the bot: they speak to their homeserver as any client would.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

from aiohttp import ClientError
from nio import AsyncClient, AsyncClientConfig, BadEvent, Event, MegolmEvent, UnknownBadEvent
from nio.exceptions import EncryptionError
from nio.responses import ErrorResponse, SyncResponse

from bot.demo.errors import DemoError
from bot.demo.feed import Feed, RoomEvent
from bot.demo.homeserver import Access

POLL_RESPONSE: Final = "org.matrix.msc3381.poll.response"
_ENCRYPTION: Final = {
    "type": "m.room.encryption",
    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
}
_LONG_POLL_MS: Final = 30_000
_RETRIES: Final = 2


class DemoPerson:
    """An account at its client: `await Person.enter(…)`, then `await person.leave()` at the end.

    Accepts every invitation, tells the feed what it hears. What it does gives event ids, and
    raises `DemoError` where the homeserver refuses.
    """

    def __init__(self, name: str, client: AsyncClient, feed: Feed) -> None:
        self.name = name
        self.user_id = str(client.user_id)
        self._client = client
        self._feed = feed
        self._unreadable: dict[str, MegolmEvent] = {}
        self._listening = asyncio.create_task(self._listen(), name=f"{name} listens")

    @classmethod
    async def enter(cls, name: str, url: str, access: Access, keys: Path, feed: Feed) -> Self:
        """Opens the client on the account's device; `keys` is a folder of its own."""
        client = _client(url, access, keys)
        await _good(client.keys_upload())
        person = cls(name, client, feed)
        await feed.wait(lambda: client.next_batch, f"{name} listens")
        return person

    async def leave(self) -> None:
        self._listening.cancel()
        await asyncio.gather(self._listening, return_exceptions=True)
        await self._client.close()

    async def create(self, name: str | None, *invited: str, direct: bool = False) -> str:
        """Makes an encrypted room, with power 100 there; gives its id."""
        made = await _good(
            self._client.room_create(
                name=name, invite=invited, is_direct=direct, initial_state=[_ENCRYPTION]
            )
        )
        room: str = made.room_id
        return room

    async def invite(self, room: str, user: str) -> None:
        await _good(self._client.room_invite(room, user))

    async def meets(self, room: str, *users: str) -> None:
        """Waits until these people are in the room, and so am I."""
        wanted = {self.user_id, *users}
        await self._feed.wait(
            lambda: wanted <= self._present(room), f"{self.name} meets {', '.join(users)}"
        )

    def is_in(self, room: str) -> bool:
        return self.user_id in self._present(room)

    async def say(
        self, room: str, text: str, *, to: str | None = None, edits: str | None = None
    ) -> str:
        """Sends a message, perhaps as a reply `to` one, or in the place of one of mine."""
        content: dict[str, Any] = _text(text)
        if edits:
            relation: dict[str, Any] = {"rel_type": "m.replace", "event_id": edits}
            content = _text(f"* {text}") | {"m.new_content": content, "m.relates_to": relation}
        elif to:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": to}}
        return await self._send(room, "m.room.message", content)

    async def react(self, room: str, event_id: str, emoji: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": emoji}
        return await self._send(room, "m.reaction", {"m.relates_to": relation})

    async def redact(self, room: str, event_id: str) -> str:
        sent = await _good(self._client.room_redact(room, event_id))
        redaction: str = sent.event_id
        return redaction

    async def answer_poll(self, room: str, poll: str, answer: str) -> str:
        relation = {"rel_type": "m.reference", "event_id": poll}
        content = {POLL_RESPONSE: {"answers": [answer]}, "m.relates_to": relation}
        return await self._send(room, POLL_RESPONSE, content)

    def _present(self, room: str) -> set[str]:
        known = self._client.rooms.get(room)
        return set(known.users) if known else set()

    async def _send(self, room: str, kind: str, content: dict[str, Any]) -> str:
        """Encrypted where the room is, to all devices known by then."""
        if self._client.should_query_keys:
            await _good(self._client.keys_query())
        sent = await _good(
            self._client.room_send(room, kind, content, ignore_unverified_devices=True)
        )
        event_id: str = sent.event_id
        return event_id

    async def _listen(self) -> None:
        try:
            while True:
                await self._take(await _good(self._client.sync(timeout=_LONG_POLL_MS)))
        except Exception as error:
            self._feed.fail(DemoError(f"{self.name}'s client ended: {error}"))
            raise

    async def _take(self, answer: SyncResponse) -> None:
        rooms = answer.rooms
        for room, joined in rooms.join.items():
            for event in joined.timeline.events:
                self._hear(room, event)
        self._try_again()
        for room in rooms.invite:
            await _good(self._client.join(room))
        await self._keep_keys()
        self._feed.changed()

    def _hear(self, room: str, event: Event | BadEvent | UnknownBadEvent) -> None:
        if isinstance(event, MegolmEvent):
            self._unreadable[event.event_id] = event
        else:
            self._feed.add(_heard(room, event))

    def _try_again(self) -> None:
        """Keys may come after what they open."""
        for event_id, event in list(self._unreadable.items()):
            with suppress(EncryptionError):
                opened = self._client.decrypt_event(event)
                del self._unreadable[event_id]
                self._feed.add(_heard(event.room_id, opened))

    async def _keep_keys(self) -> None:
        client = self._client
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())
        await client.send_to_device_messages()


def _client(url: str, access: Access, keys: Path) -> AsyncClient:
    keys.mkdir(parents=True)
    config = AsyncClientConfig(
        encryption_enabled=True, pickle_key=access.device_id, max_timeouts=_RETRIES
    )
    client = AsyncClient(url, access.user_id, store_path=str(keys), config=config)
    client.restore_login(access.user_id, access.device_id, access.token)
    return client


def _heard(room: str, event: Event | BadEvent | UnknownBadEvent) -> RoomEvent:
    source = event.source
    content = source.get("content", {})
    return RoomEvent(
        room=room,
        id=source["event_id"],
        sender=source["sender"],
        type=source["type"],
        content=content,
        redacts=source.get("redacts") or content.get("redacts"),
    )


def _text(text: str) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": text, "m.mentions": {}}


async def _good(asked: Awaitable[Any]) -> Any:
    """The homeserver's answer; nio returns its refusals and raises what the network does."""
    try:
        answer = await asked
    except (ClientError, TimeoutError) as error:
        raise DemoError(f"the homeserver cannot be reached: {error}") from error
    if isinstance(answer, ErrorResponse):
        raise DemoError(f"the homeserver refused: {answer.message}")
    return answer
