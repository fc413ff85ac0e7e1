"""A bot that signs in by a code, at a homeserver that delegates."""

import asyncio
import json
import re
import sys
from pathlib import Path

from bot.demo.homeserver import Access, Homeserver
from bot.matrix.net import files
from tests.matrix.member import Member
from tests.matrix.oauth.issuer import Issuer, Session
from tests.matrix.supervised import Supervised
from tests.souci import ROOT
from tests.torture.recount import history

SAID = ("m.room.encrypted", "m.room.message")


class Login:
    """`souci login`, in a process of its own; `code` is the one that it shows."""

    def __init__(self, process: asyncio.subprocess.Process, said: str, code: str | None) -> None:
        self._process = process
        self._said = said
        self.code = code

    async def ended(self) -> tuple[int, str]:
        """Its status, and all that it said."""
        rest, _ = await self._process.communicate()
        return self._process.returncode or 0, self._said + rest.decode()

    async def kill(self) -> None:
        self._process.kill()
        await self.ended()


class Signed(Supervised):
    """One bot without password, under a supervisor; killed by itself where `arm` says."""

    program = "tests.matrix.oauth.mortal"

    def __init__(self, home: Homeserver, account: Access, folder: Path, issuer: Issuer) -> None:
        matrix = {"homeserver": home.url, "user_id": account.user_id}
        super().__init__(home, account, folder, matrix=matrix)
        self.user_id = account.user_id
        self.issuer = issuer
        self._known = {id(session) for session in issuer.of(self.localpart)}

    @property
    def localpart(self) -> str:
        return self.user_id[1:].partition(":")[0]

    @property
    def sessions(self) -> list[Session]:
        """Those that it was given since."""
        return [s for s in self.issuer.of(self.localpart) if id(s) not in self._known]

    @property
    def session(self) -> dict[str, object]:
        return files.read(self.state / "session.json") or {}

    async def login(self) -> Login:
        """Until it shows a code, or has ended."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "login", "--config", str(self.config)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said = ""
        while line := (await process.stdout.readline()).decode():
            said += line
            if found := re.match(r"Code: (\S+)", line):
                return Login(process, said, found[1])
        return Login(process, said, None)

    async def sign_in(self) -> str:
        """As its operator does; gives what it said."""
        login = await self.login()
        self.issuer.entered(login.code, self.localpart)
        status, said = await login.ended()
        assert status == 0, said
        return said

    def arm(self, instant: str) -> None:
        """It is killed at that instant of the next renewal, once."""
        (self.folder / "kill").write_text(json.dumps(instant))


class Circle:
    """A circle with alice in it: each of her lines is answered once."""

    def __init__(self, home: Homeserver, alice: Member, bot: Signed) -> None:
        self._url, self._alice, self._bot = home.url, alice, bot
        self.room = ""

    async def found(self, *, encrypted: bool = True) -> None:
        self.room = await self._alice.create("Littoral", self._bot.user_id, encrypted=encrypted)
        await self._alice.meets(self.room, self._bot.user_id)
        await self._alice.asks(self.room, "!cercle créer Littoral")

    async def declared(self) -> str:
        """A contribution is declared, and answered so that alice can read it; gives its id."""
        return (await self._alice.asks(self.room, "!contribution 1h rangement")).values["id"]

    async def says(self, text: str) -> None:
        """Alice says it, and waits for no answer."""
        await self._alice.say(self.room, text)

    async def answers(self) -> list[int]:
        """How many answers each line of alice's has by now, once another one was answered."""
        await self._alice.asks(self.room, "!actions")
        told = await history(self._url, self._alice.client.access_token, self.room)
        ours = [event for event in told if event["sender"] == self._bot.user_id]
        targets = [
            event["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id")
            for event in ours
        ]
        asked = [
            event["event_id"]
            for event in told
            if event["sender"] == self._alice.user_id and event["type"] in SAID
        ]
        return [targets.count(event) for event in asked]
