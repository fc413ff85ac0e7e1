"""A small issuer that a real Synapse delegates to, as the Matrix Authentication Service does.

Metadata, registration of clients, codes for devices, tokens that are renewed, revoked, looked at.
As that service does, polls are refused with 403, and a consumed refresh token is good until the
next access token is first used. Faults are put in by its attributes.
"""

import asyncio
import secrets
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.demo.homeserver import Access

API = "urn:matrix:client:api:*"
DEVICE = "urn:matrix:client:device:"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass
class Code:
    """A code that waits for somebody; `answers`: what polls are told, the last of them for ever.

    None: as somebody has entered it.
    """

    client: str
    device: str
    answers: list[str | None] = field(default_factory=lambda: [None])
    localpart: str | None = None
    by_hand: str = field(default_factory=lambda: secrets.token_hex(4).upper())


@dataclass
class Pair:
    access: str = field(default_factory=lambda: secrets.token_hex(16))
    refresh: str = field(default_factory=lambda: secrets.token_hex(16))
    until: float = 0.0
    used: bool = False


@dataclass
class Session:
    """Somebody's device, and the pairs it was given one after the other."""

    localpart: str
    device: str
    client: str
    pairs: list[Pair] = field(default_factory=list)
    over: bool = False


class Issuer:
    """`with Issuer() as issuer`: then `attend(home)` once the homeserver is there.

    `lasts`: seconds of an access token; `trouble`: what befalls the next renewals, first to last
    (a status, "lose": done and not answered, "page": something else answers); `before` and `after`
    are called around each renewal. `device_given`: the device of the next sessions, whatever was
    asked; `unsynced`: the homeserver is not told of new devices; `locked`: whose tokens are good
    for nothing.
    """

    def __init__(self) -> None:
        self.secret = secrets.token_hex(16)
        self.codes: dict[str, Code] = {}
        self.sessions: list[Session] = []
        self.heal()
        self._home = ""
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self.url = ""

    def heal(self) -> None:
        """As at the beginning, but for who is signed in."""
        self.lasts: int | None = 300
        self.trouble: list[int | str] = []
        self.device_given: str | None = None
        self.unsynced = False
        self.locked: set[str] = set()
        self.renewals = self.polls = 0
        self.before = self.after = lambda: None

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._open()).result()
        return self

    def __exit__(self, *_error: object) -> None:
        self._do(self._runner.cleanup()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def attend(self, home: str) -> None:
        """The homeserver whose accounts it makes."""
        self._home = home

    async def account(self, localpart: str, shown: str) -> Access:
        """A new account with a device whose token lasts; it has no password."""
        given = await asyncio.wrap_future(self._do(self._account(localpart, shown)))
        return Access(f"@{localpart}:localhost", "", given.device, given.pairs[0].access)

    def entered(self, by_hand: str, localpart: str) -> None:
        """Somebody typed a code, and said yes."""
        self._code(by_hand).localpart = localpart

    async def revoked(self, session: Session) -> None:
        """A session is ended from elsewhere, its device with it."""
        await asyncio.wrap_future(self._do(self._end(session)))

    def answers(self, by_hand: str, *errors: str | None) -> None:
        """What polls for this code are refused with, one after the other."""
        self._code(by_hand).answers = list(errors)

    def of(self, localpart: str) -> list[Session]:
        return [one for one in self.sessions if one.localpart == localpart]

    def _code(self, by_hand: str) -> Code:
        return next(code for code in self.codes.values() if code.by_hand == by_hand)

    def _do(self, work: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _open(self) -> None:
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._metadata)
        app.router.add_post("/register", self._register)
        app.router.add_post("/device", self._device)
        app.router.add_post("/token", self._token)
        app.router.add_post("/revoke", self._revoke)
        app.router.add_post("/oauth2/introspect", self._introspect)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"

    async def _account(self, localpart: str, shown: str) -> Session:
        await self._tells("provision_user", localpart=localpart, set_displayname=shown)
        return await self._begins(localpart, secrets.token_hex(6).upper(), "tests", lasts=None)

    async def _begins(self, localpart: str, device: str, client: str, lasts: int | None) -> Session:
        device = self.device_given or device
        session = Session(localpart, device, client)
        self._gives(session, lasts)
        if not self.unsynced:
            await self._tells("upsert_device", localpart=localpart, device_id=device)
        self.sessions.append(session)
        return session

    async def _end(self, session: Session) -> None:
        session.over = True
        await self._tells("delete_device", localpart=session.localpart, device_id=session.device)

    async def _tells(self, what: str, **body: str) -> None:
        where = f"{self._home}/_synapse/mas/{what}"
        headers = {"Authorization": f"Bearer {self.secret}"}
        async with (
            aiohttp.ClientSession() as client,
            client.post(where, json=body, headers=headers) as answer,
        ):
            assert answer.status < 300, await answer.text()

    def _gives(self, session: Session, lasts: int | None) -> Pair:
        until = time.time() + lasts if lasts is not None else float("inf")
        session.pairs.append(Pair(until=until))
        return session.pairs[-1]

    async def _metadata(self, _request: web.Request) -> web.Response:
        told = {"issuer": self.url, "account_management_uri": f"{self.url}account"}
        told |= {
            "registration_endpoint": f"{self.url}register",
            "token_endpoint": f"{self.url}token",
            "revocation_endpoint": f"{self.url}revoke",
            "device_authorization_endpoint": f"{self.url}device",
            "grant_types_supported": [DEVICE_GRANT, "refresh_token"],
        }
        return web.json_response(told)

    async def _register(self, request: web.Request) -> web.Response:
        body = await request.json()
        fit = body["client_uri"].startswith("https://") and DEVICE_GRANT in body["grant_types"]
        if not fit or "redirect_uris" in body:
            return _refusal("invalid_client_metadata", 400)
        return web.json_response({"client_id": secrets.token_hex(8)}, status=201)

    async def _device(self, request: web.Request) -> web.Response:
        form = await request.post()
        api, device = str(form["scope"]).split(" ")
        name = device.removeprefix(DEVICE)
        if api != API or name == device or len(name) < 10:
            return _refusal("invalid_scope", 400)
        key, code = secrets.token_hex(16), Code(str(form["client_id"]), name)
        self.codes[key] = code
        link = f"{self.url}link"
        told = {"device_code": key, "user_code": code.by_hand, "verification_uri": link}
        told |= {"verification_uri_complete": f"{link}?code={code.by_hand}"}
        return web.json_response(told | {"expires_in": 1200, "interval": 1})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form["grant_type"] == DEVICE_GRANT:
            return await self._polled(self.codes.get(str(form["device_code"])))
        return await self._renewed(request, str(form["refresh_token"]), str(form["client_id"]))

    async def _polled(self, code: Code | None) -> web.Response:
        self.polls += 1
        if code is None:
            return _refusal("invalid_grant", 400)
        error = code.answers.pop(0) if len(code.answers) > 1 else code.answers[0]
        if error is not None or code.localpart is None:
            return _refusal(error or "authorization_pending", 403)
        session = await self._begins(code.localpart, code.device, code.client, self.lasts)
        self.codes = {key: one for key, one in self.codes.items() if one is not code}
        return self._answer(session)

    async def _renewed(self, request: web.Request, token: str, client: str) -> web.Response:
        self.before()
        trouble = self.trouble.pop(0) if self.trouble else None
        if isinstance(trouble, int):
            return web.json_response({}, status=trouble)
        if trouble == "page":
            return web.Response(status=404, text="<html>", content_type="text/html")
        session = self._renewable(token, client)
        if session is None:
            return _refusal("invalid_grant", 400)
        self.renewals += 1
        self._gives(session, self.lasts)
        self.after()
        if trouble == "lose" and request.transport is not None:
            request.transport.abort()
        return self._answer(session)

    def _renewable(self, token: str, client: str) -> Session | None:
        """The session of a refresh token; what was given after it and never used is forgotten."""
        for session in self.sessions:
            known = [pair.refresh for pair in session.pairs]
            if token not in known or session.over or session.client != client:
                continue
            later = session.pairs[known.index(token) + 1 :]
            if not any(pair.used for pair in later):
                del session.pairs[known.index(token) + 1 :]
                return session
        return None

    def _answer(self, session: Session) -> web.Response:
        pair = session.pairs[-1]
        told: dict[str, Any] = {"access_token": pair.access, "refresh_token": pair.refresh}
        told |= {"token_type": "Bearer", "scope": f"{API} {DEVICE}{session.device}"}
        return web.json_response(told | ({"expires_in": self.lasts} if self.lasts else {}))

    async def _revoke(self, request: web.Request) -> web.Response:
        """A token that is not the latest ends nothing."""
        token = str((await request.post())["token"])
        for session in self.sessions:
            if token in (session.pairs[-1].refresh, session.pairs[-1].access):
                with suppress(AssertionError):
                    await self._end(session)
        return web.Response()

    async def _introspect(self, request: web.Request) -> web.Response:
        token = str((await request.post())["token"])
        for session in self.sessions:
            for pair in session.pairs:
                if pair.access == token:
                    pair.used = True
                    return web.json_response(self._about(session, pair))
        return web.json_response({"active": False})

    def _about(self, session: Session, pair: Pair) -> dict[str, Any]:
        left = pair.until - time.time()
        if session.over or left <= 0 or session.localpart in self.locked:
            return {"active": False}
        told = {"active": True, "username": session.localpart}
        told |= {"scope": f"{API} {DEVICE}{session.device}"}
        return told | ({} if left == float("inf") else {"expires_in": max(int(left), 1)})


def _refusal(error: str, status: int) -> web.Response:
    return web.json_response({"error": error, "error_description": "no"}, status=status)
