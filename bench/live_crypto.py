"""Members who write encrypted events: matrix-nio seals them, answers are not opened."""

from pathlib import Path
from typing import Any, Self

from nio import AsyncClient, AsyncClientConfig
from nio.responses import ErrorResponse

from bench.live_member import Member
from bench.live_process import BenchError
from bot.demo.homeserver import Access


class SealingMember(Member):
    """A member with a device of its own; `meet` once the rooms are there."""

    def __init__(self, url: str, access: Access, bot: str, store: Path) -> None:
        super().__init__(url, access, bot)
        store.mkdir(parents=True, exist_ok=True)
        config = AsyncClientConfig(encryption_enabled=True, pickle_key="bench")
        self._client = AsyncClient(url, access.user_id, store_path=str(store), config=config)
        self._client.restore_login(access.user_id, access.device_id, access.token)

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        _good(await self._client.keys_upload())
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._client.close()
        await super().__aexit__(*error)

    async def listen(self) -> None:
        """Learn who is in the rooms and at which devices, share keys with them, then listen."""
        _good(await self._client.sync(timeout=0, full_state=True))
        if self._client.should_query_keys:
            _good(await self._client.keys_query())
        for room in self._client.rooms:
            _good(await self._client.joined_members(room))
        await super().listen()

    async def sealed(self, room: str, content: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The content sealed for the room, its key shared anew where nio wants it."""
        if self._client.olm.should_share_group_session(room):
            _good(await self._client.share_group_session(room, ignore_unverified_devices=True))
        kind, sealed = self._client.encrypt(room, "m.room.message", content)
        return str(kind), dict(sealed)


def _good(answer: Any) -> Any:
    """What nio answered: it returns errors instead of raising them."""
    if isinstance(answer, ErrorResponse):
        raise BenchError(f"{type(answer).__name__}: {answer.message}")
    return answer
