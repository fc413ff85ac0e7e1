"""A Synapse with an application service, which says anything as anybody, at any instant.

What it does by `?ts=`, any server of a federation may do by itself.
"""

import json
import secrets
from contextlib import asynccontextmanager
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo.homeserver import Homeserver
from bot.demo.settings import ServerSettings

TOKEN = secrets.token_hex(16)
_CLIENT = "/_matrix/client/v3"


class _Served(ServerSettings):
    """Settings that name the application service."""

    def _homeserver(self) -> dict[str, object]:
        return ServerSettings._homeserver(self) | {
            "app_service_config_files": [str(self._service())]
        }

    def _service(self) -> Path:
        file = self._path("service.json")
        everybody = {"exclusive": False, "regex": "@.*"}
        service = {
            "id": "forger",
            "url": None,
            "as_token": TOKEN,
            "hs_token": secrets.token_hex(16),
            "sender_localpart": "forger",
            "rate_limited": False,
            "namespaces": {"users": [everybody], "rooms": [], "aliases": []},
        }
        file.write_text(json.dumps(service))
        return file


class ServedHomeserver(Homeserver):
    """The embedded homeserver, whose clocks an application service may turn."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._settings = _Served(*astuple(self._settings))


class Forger:
    """Everybody's hand: the requests of an application service."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url, self._session = url, session

    async def creates(self, who: str, at: datetime, *invited: str) -> str:
        """A plain room; its first events are of now, what happens in it of `at`."""
        body = {"name": "Littoral", "invite": invited}
        return (await self._asks("POST", f"{_CLIENT}/createRoom", who, at, body))["room_id"]

    async def joins(self, who: str, room: str, at: datetime) -> None:
        where = f"{_CLIENT}/rooms/{room}/state/m.room.member/{who}"
        await self._asks("PUT", where, who, at, {"membership": "join"})

    async def says(self, who: str, room: str, text: str, at: datetime) -> str:
        where = f"{_CLIENT}/rooms/{room}/send/m.room.message/{secrets.token_hex(8)}"
        body = {"msgtype": "m.text", "body": text}
        return (await self._asks("PUT", where, who, at, body))["event_id"]

    async def _asks(self, method: str, where: str, who: str, at: datetime, body: Any) -> Any:
        params = {"user_id": who, "ts": str(int(at.timestamp() * 1000))}
        headers = {"Authorization": f"Bearer {TOKEN}"}
        url = self._url + where
        async with self._session.request(
            method, url, params=params, headers=headers, json=body
        ) as answer:
            answer.raise_for_status()
            return await answer.json()


@asynccontextmanager
async def forger_at(url: str):
    async with aiohttp.ClientSession() as session:
        yield Forger(url, session)
