"""What a command costs the bot itself: `python -m bench.alone [ROOMS] [WAVES]`.

A homeserver that only pretends, in this process, tells one command in each room at a time, and the
next ones when all are answered. The bot runs as an operator starts it, in a process of its own.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from bench.live_bots import SOUCI
from bench.live_process import cpu_ms, resident_kib
from bot.demo.homeserver import Access

_USER: Final = "@souci:localhost"
_ALICE: Final = "@alice:localhost"
_API: Final = "/_matrix/client/v3"
_WARM: Final = 20
"""Waves that are not counted: everything is met a first time in them."""


class Pretender:
    """What the bot needs of a homeserver, and no more. `turned` is set at each new wave."""

    def __init__(self, rooms: int) -> None:
        self.rooms = [f"!room{number}:localhost" for number in range(rooms)]
        self.waves = -1
        self.turned = asyncio.Event()
        self._answered = asyncio.Event()
        self._answers = 0
        self._events = 0
        self._logins = 0
        self._device: dict[str, Any] = {}
        self._keys: dict[str, Any] = {}

    @property
    def application(self) -> web.Application:
        """All that can be asked; whatever else is asked is answered by nothing."""
        application = web.Application()
        application.add_routes(
            [
                web.get(f"{_API}/sync", self._sync),
                web.put(f"{_API}/rooms/{{room}}/send/{{kind}}/{{txn}}", self._send),
                web.get(f"{_API}/rooms/{{room}}/members", _nobody),
                web.post(f"{_API}/login", self._login),
                web.get(f"{_API}/account/whoami", self._whoami),
                web.post(f"{_API}/keys/upload", self._upload),
                web.post(f"{_API}/keys/query", self._query),
                web.post(f"{_API}/keys/device_signing/upload", self._cross_sign),
                web.post(f"{_API}/keys/signatures/upload", self._sign),
                web.route("*", "/{path:.*}", _nothing),
            ]
        )
        return application

    def again(self) -> None:
        """Another bot is about to start: nothing is waited for from the one before."""
        self._answered.set()

    async def _sync(self, request: web.Request) -> web.Response:
        if "since" not in request.query:
            return self._told({room: self._first(room) for room in self.rooms})
        if self.waves >= 0:
            await self._answered.wait()
        self._answered.clear()
        self._answers = 0
        self.waves += 1
        self.turned.set()
        return self._told({room: self._said(room) for room in self.rooms})

    def _told(self, rooms: Mapping[str, object]) -> web.Response:
        content = {
            "next_batch": f"s{self.waves}",
            "rooms": {"join": rooms},
            "device_one_time_keys_count": {"signed_curve25519": 50},
            "device_unused_fallback_key_types": ["signed_curve25519"],
        }
        return web.json_response(content)

    def _first(self, room: str) -> dict[str, Any]:
        """A named room with alice, who may do everything, and the bot in it."""
        state = [
            self._event("m.room.create", {"room_version": "11"}, ""),
            self._event("m.room.power_levels", {"users": {_ALICE: 100}}, ""),
            self._event("m.room.name", {"name": room}, ""),
            self._event("m.room.member", {"membership": "join"}, _ALICE),
            self._event("m.room.member", {"membership": "join"}, _USER),
        ]
        return {"state": {"events": state}, "timeline": {"events": []}}

    def _said(self, room: str) -> dict[str, Any]:
        place = f"{self.rooms.index(room)}-{self.waves}"
        line = f"!contribution 1h essai-{place}" if self.waves else f"!cercle créer Essai-{place}"
        said = self._event("m.room.message", {"msgtype": "m.text", "body": line})
        return {"timeline": {"events": [said]}}

    def _event(self, kind: str, content: Mapping[str, Any], key: str | None = None) -> object:
        self._events += 1
        told = {
            "event_id": f"$event{self._events}",
            "type": kind,
            "sender": _USER if key == _USER else _ALICE,
            "origin_server_ts": int(time.time() * 1000),
            "content": content,
        }
        return told if key is None else told | {"state_key": key}

    async def _send(self, request: web.Request) -> web.Response:
        await request.read()
        self._events += 1
        self._answers += 1
        if self._answers == len(self.rooms):
            self._answered.set()
        return web.json_response({"event_id": f"$event{self._events}"})

    async def _upload(self, request: web.Request) -> web.Response:
        body = await request.json()
        self._device = body.get("device_keys") or self._device
        return web.json_response({"one_time_key_counts": {"signed_curve25519": 50}})

    async def _cross_sign(self, request: web.Request) -> web.Response:
        body = await request.json()
        self._keys = {f"{name}s": {_USER: key} for name, key in body.items() if name != "auth"}
        return web.json_response({})

    async def _sign(self, request: web.Request) -> web.Response:
        signed = (await request.json()).get(_USER, {}).get(self._device["device_id"])
        if signed is not None:
            self._device["signatures"][_USER] |= signed["signatures"][_USER]
        return web.json_response({})

    async def _login(self, _request: web.Request) -> web.Response:
        """A new device each time, as homeservers give where none is asked for."""
        self._logins += 1
        return web.json_response(self._account | {"access_token": "token"})

    async def _whoami(self, _request: web.Request) -> web.Response:
        return web.json_response(self._account)

    @property
    def _account(self) -> dict[str, str]:
        return {"user_id": _USER, "device_id": f"DEVICE{self._logins}"}

    async def _query(self, _request: web.Request) -> web.Response:
        devices = {self._device["device_id"]: self._device} if self._device else {}
        return web.json_response({"device_keys": {_USER: devices}} | self._keys)


async def _nobody(_request: web.Request) -> web.Response:
    return web.json_response({"chunk": []})


async def _nothing(_request: web.Request) -> web.Response:
    return web.json_response({})


async def alone(rooms: int, waves: int, folder: Path) -> str:
    """Play it; what it took, in one line."""
    pretender = Pretender(rooms)
    runner = web.AppRunner(pretender.application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    bot = SOUCI.start(url, Access(_USER, "secret", "DEVICE", "token"), folder, _ALICE)
    try:
        async with bot:
            await _until(pretender, _WARM)
            cpu, begun = cpu_ms(bot.pid), time.perf_counter()
            await _until(pretender, _WARM + waves)
            commands = waves * rooms
            cpu, took = cpu_ms(bot.pid) - cpu, (time.perf_counter() - begun) * 1000
            memory = resident_kib(bot.pid) / 1024
    finally:
        await runner.cleanup()
    return (
        f"{rooms} rooms, {commands} commands: {cpu / commands:.2f} ms of processor a command, "
        f"{took / commands:.2f} ms in all, {memory:.0f} MiB"
    )


async def _until(pretender: Pretender, wave: int) -> None:
    while pretender.waves < wave:
        pretender.turned.clear()
        await pretender.turned.wait()


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    many, often = given + [40, 200][len(given) :]
    with tempfile.TemporaryDirectory(prefix="souci-alone-") as place:
        print(asyncio.run(alone(many, often, Path(place))))
