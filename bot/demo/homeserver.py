"""An embedded homeserver: a Synapse of our own on loopback, for the demonstration and the tests.

It keeps everything in one folder, speaks to nobody else, and ends with the program that started
it, however that one ends (see launcher.py).
"""

import asyncio
import hashlib
import hmac
import http.client
import json
import secrets
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from bot.demo.environment import Environment, HomeserverError, LongStep, Progress, default_cache
from bot.demo.settings import SERVER_NAME, ServerSettings

LAUNCHER: Final = Path(__file__).with_name("launcher.py")
_SYNAPSE: Final = "synapse.app.homeserver"
_READY_WITHIN: Final = 90.0
_STOP_WITHIN: Final = 10.0
_PAUSE: Final = 0.05
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Access:
    """An account with a first device; the password logs further devices in."""

    user_id: str
    password: str
    device_id: str
    token: str


class Homeserver:
    """A Synapse in `folder`, on a free port of 127.0.0.1 that stays the same over restarts.

    `with` and `async with` start and stop it; `start`, `stop`, `kill` and `restart` block.
    `port` is the one to use instead of a free one. `rate_limits` keeps Synapse's own limits, which
    are otherwise lifted. `progress` hears of the installation (first time only) and of the start.
    Everything raises `HomeserverError`.
    """

    server_name: Final = SERVER_NAME

    def __init__(
        self,
        folder: Path,
        *,
        progress: Progress = lambda _step: None,
        cache: Path | None = None,
        rate_limits: bool = False,
        port: int | None = None,
    ) -> None:
        self._environment = Environment(cache or default_cache())
        self._progress = progress
        self._secret = secrets.token_hex(32)
        self._settings = ServerSettings(
            folder.absolute(), _free_port(port), self._secret, rate_limits
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._abandoned = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._settings.port}"

    @property
    def pid(self) -> int | None:
        """The process that runs, where one does."""
        return self._process.pid if self._process else None

    @property
    def _said(self) -> Path:
        """What Synapse printed, its reason for not starting among it."""
        return self._settings.folder / "homeserver.out"

    def start(self) -> None:
        """Returns once the homeserver answers (installing it before, the first time)."""
        self._environment.prepare(self._progress)
        self._progress(LongStep("demo.starting", 0, 1))
        try:
            self._wait_until_it_answers(self._launch())
        except BaseException:
            self.kill()
            raise
        self._progress(LongStep("demo.starting", 1, 1))

    def stop(self) -> None:
        """Asks the process to finish what it began, and waits for its end."""
        if process := self._process:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_WITHIN)
            self.kill()

    def kill(self) -> None:
        """Ends the process at once, as a power cut would; the data stay."""
        if process := self._process:
            self._process = None
            with process:  # closes its pipe and waits for it
                process.kill()

    def restart(self) -> None:
        """Starts again on the same port and data, stopped before where it still runs."""
        self.stop()
        self.start()

    async def register(
        self, name: str, password: str, *, admin: bool = False, shown: str | None = None
    ) -> Access:
        """Makes the account `@name:localhost`, `shown` as such, and logs a first device in."""
        return await asyncio.to_thread(self._register, name, password, admin, shown or name)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        try:
            await asyncio.to_thread(self.start)
        except asyncio.CancelledError:
            self._abandon()
            raise
        return self

    async def __aexit__(self, *_error: object) -> None:
        await asyncio.to_thread(self.stop)

    def _abandon(self) -> None:
        """Ends a start that still runs in its thread."""
        self._abandoned = True
        self._environment.cancel()

    def _launch(self) -> subprocess.Popen[bytes]:
        config = self._settings.write()
        with self._said.open("ab") as out:
            self._process = subprocess.Popen(
                [self._environment.python, "-I", LAUNCHER, _SYNAPSE, "-c", config],
                cwd=self._settings.folder,
                stdin=subprocess.PIPE,  # held open: its end ends Synapse
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us: clients leave before their server
            )
        return self._process

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _READY_WITHIN
        while not self._answers():
            if process.poll() is not None:
                raise HomeserverError(f"the homeserver ended as it started: see {self._said}")
            if self._abandoned or time.monotonic() > deadline:
                raise HomeserverError(f"the homeserver does not answer: see {self._said}")
            time.sleep(_PAUSE)

    def _answers(self) -> bool:
        try:
            return bool(self._call("GET", "/_matrix/client/versions"))
        except OSError:
            return False

    def _register(self, name: str, password: str, admin: bool, shown: str) -> Access:
        path = "/_synapse/admin/v1/register"
        nonce = self._call("GET", path)["nonce"]
        role = "admin" if admin else "notadmin"
        signed = f"{nonce}\0{name}\0{password}\0{role}".encode()
        body = {
            "nonce": nonce,
            "username": name,
            "displayname": shown,
            "password": password,
            "admin": admin,
            "mac": hmac.new(self._secret.encode(), signed, hashlib.sha1).hexdigest(),
        }
        answer = self._call("POST", path, body)
        return Access(answer["user_id"], password, answer["device_id"], answer["access_token"])

    def _call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """One request; raises `OSError` where nobody listens, `HomeserverError` when refused."""
        connection = http.client.HTTPConnection("127.0.0.1", self._settings.port, timeout=30)
        try:
            connection.request(method, path, None if body is None else json.dumps(body))
            response = connection.getresponse()
            answer: dict[str, Any] = json.loads(response.read())
        finally:
            connection.close()
        if response.status != _OK:
            raise HomeserverError(f"the homeserver refused: {answer.get('error')}")
        return answer


def _free_port(wanted: int | None) -> int:
    """The port wanted, or any free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted or 0))
        except OSError as error:
            raise HomeserverError(f"port {wanted} cannot be used: {error.strerror}") from error
        port: int = probe.getsockname()[1]
        return port
