"""A member at an ordinary nio client with encryption: speaks, listens, decrypts, votes."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from nio import AsyncClient, AsyncClientConfig, BadEvent, Event, MegolmEvent, UnknownBadEvent
from nio.exceptions import EncryptionError
from nio.responses import ErrorResponse, SyncResponse

from bot.demo.homeserver import Access
from tests.heard import Heard, Person
from tests.matrix.signing import cross_sign

POLL_RESPONSE = "org.matrix.msc3381.poll.response"
ENCRYPTION = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


class MemberError(RuntimeError):
    """The homeserver refused what a member did."""


class Member(Person):
    """An account at its client: `await Member.enter(…)`, then `await member.leave()` at the end."""

    def __init__(self, client: AsyncClient) -> None:
        super().__init__()
        self.user_id = client.user_id
        self.client = client
        self._unreadable: dict[str, MegolmEvent] = {}
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def enter(cls, url: str, access: Access, store: Path, *, signed: bool = True) -> Self:
        """Opens the client on the account's device, cross-signed unless a test wants otherwise.

        `store` is an existing folder for its keys.
        """
        config = AsyncClientConfig(encryption_enabled=True, pickle_key="tests")
        client = AsyncClient(url, access.user_id, store_path=str(store), config=config)
        client.restore_login(access.user_id, access.device_id, access.token)
        await client.keys_upload()
        if signed:
            await cross_sign(client)
        member = cls(client)
        await member.timeline.until(lambda: client.next_batch)
        return member

    async def leave(self) -> None:
        self._listening.cancel()
        with suppress(asyncio.CancelledError):
            await self._listening
        await self.client.close()

    async def create(
        self, name: str | None, *invited: str, encrypted: bool = True, direct: bool = False
    ) -> str:
        state = [ENCRYPTION] if encrypted else []
        made = _good(
            await self.client.room_create(
                name=name, invite=invited, is_direct=direct, initial_state=state
            )
        )
        await self.timeline.until(lambda: made.room_id in self.client.rooms)
        return made.room_id

    async def join(self, room: str) -> None:
        _good(await self.client.join(room))
        await self.timeline.until(lambda: room in self.client.rooms)

    async def meets(self, room: str, *users: str) -> None:
        """Wait until they are there: what is said to one who is only invited is not for them."""
        known = self.client.rooms[room]
        await self.timeline.until(lambda: known.users.keys() - known.invited_users >= set(users))

    async def say(
        self, room: str, text: str, *, html: str = "", mentions: tuple[str, ...] = ()
    ) -> str:
        return await self._message(room, _text(text, html, mentions))

    async def reply(self, room: str, to: str, text: str) -> str:
        relation = {"m.in_reply_to": {"event_id": to}}
        return await self._message(room, _text(text) | {"m.relates_to": relation})

    async def edit(self, room: str, event_id: str, text: str) -> str:
        relation = {"rel_type": "m.replace", "event_id": event_id}
        content = _text(f"* {text}") | {"m.new_content": _text(text), "m.relates_to": relation}
        return await self._message(room, content)

    async def react(self, room: str, event_id: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.send(room, "m.reaction", {"m.relates_to": relation})

    async def redact(self, room: str, event_id: str) -> str:
        return _good(await self.client.room_redact(room, event_id)).event_id

    async def answer_poll(self, room: str, poll: str, *answers: str) -> str:
        relation = {"rel_type": "m.reference", "event_id": poll}
        content = {POLL_RESPONSE: {"answers": answers}, "m.relates_to": relation}
        return await self.send(room, POLL_RESPONSE, content)

    async def send(self, room: str, kind: str, content: dict[str, Any]) -> str:
        """Sends any event, encrypted where the room is, to all devices known by then."""
        if self.client.should_query_keys:
            await self.client.keys_query()
        sent = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        return _good(sent).event_id

    async def _message(self, room: str, content: dict[str, Any]) -> str:
        return await self.send(room, "m.room.message", content)

    async def _listen(self) -> None:
        try:
            while True:
                await self._take(await self.client.sync(timeout=30_000))
        except Exception as error:
            self.timeline.fail(error)
            raise

    async def _take(self, answer: SyncResponse | ErrorResponse) -> None:
        for room, joined in _good(answer).rooms.join.items():
            for event in joined.timeline.events:
                self._hear(room, event)
        self._try_again()
        await self._keep_keys()
        self.timeline.changed()

    def _hear(self, room: str, event: Event | BadEvent | UnknownBadEvent) -> None:
        failure = None
        if isinstance(event, MegolmEvent):
            self._unreadable[event.event_id] = event
            failure = "its key is missing"
        self.timeline.add(_heard(room, event, failure))

    def _try_again(self) -> None:
        """Keys may come after what they open."""
        for event_id, event in list(self._unreadable.items()):
            with suppress(EncryptionError):
                opened = self.client.decrypt_event(event)
                del self._unreadable[event_id]
                self.timeline.add(_heard(event.room_id, opened, None))

    async def _keep_keys(self) -> None:
        client = self.client
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())
        await client.send_to_device_messages()


def _heard(room: str, event: Event | BadEvent | UnknownBadEvent, failure: str | None) -> Heard:
    source = event.source
    content = source.get("content", {})
    return Heard(
        room=room,
        id=source["event_id"],
        sender=source["sender"],
        at=source["origin_server_ts"],
        type=source["type"],
        content=content,
        encrypted=failure is not None or getattr(event, "decrypted", False),
        redacts=source.get("redacts") or content.get("redacts"),
        failure=failure,
    )


def _text(text: str, html: str = "", mentions: tuple[str, ...] = ()) -> dict[str, Any]:
    rich = {"format": "org.matrix.custom.html", "formatted_body": html} if html else {}
    named = {"user_ids": list(mentions)} if mentions else {}
    return {"msgtype": "m.text", "body": text, "m.mentions": named} | rich


def _good(answer: Any) -> Any:
    """nio returns errors instead of raising them."""
    if isinstance(answer, ErrorResponse):
        raise MemberError(f"{type(answer).__name__}: {answer.message}")
    return answer
