"""`souci setup`: answer a few questions, and the configuration is written.

On a terminal or from a pipe, an answer a line; an empty one takes what stands in brackets.
"""

import argparse
import asyncio
import getpass
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from bot.cli.errors import AskedError
from bot.matrix.net.discovery import address_of, look
from bot.matrix.net.errors import UnreachableError
from bot.setup import answers as a
from bot.setup.answers import Installation, WrongAnswerError
from bot.setup.writing import text_of, write
from speech.sentences import Speech

T = TypeVar("T")

_LANGUAGES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_DATABASE: Final = "sqlite:///souci.db"


def main(argv: Sequence[str]) -> int:
    """Exit status 0: written; 2 for a wrong usage (by argparse).

    Raises what `bot.cli.exits` tells; nothing is written then.
    """
    parser = argparse.ArgumentParser(prog="souci setup", description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("config.yaml"), metavar="FILE")
    parser.add_argument("--language", choices=["fr", "en"], default=_spoken_here())
    options = parser.parse_args(argv[1:])
    file: Path = options.config
    if file.exists():
        raise AskedError(f"{file} is there already, and stays: name another one by --config")
    if not file.absolute().parent.is_dir():
        raise AskedError(f"there is no folder {file.absolute().parent}: make it, or name another")
    asking = _Asking(options.language)
    answers = asking.all()
    write(file, text_of(answers, asking.say))
    asking.tell("setup.written", file=str(file))
    asking.tell("setup.next" if answers.password else "setup.next-password", file=str(file))
    return 0


def _spoken_here() -> str:
    """English where the terminal is said to be English."""
    told = next((os.environ[name] for name in _LANGUAGES if os.environ.get(name)), "")
    return "en" if told.startswith("en") else "fr"


class _Asking:
    """The questions, in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._speech = Speech()
        self._terminal = sys.stdin.isatty()

    def all(self) -> Installation:
        """Every answer, each of them good; raises AskedError where one is not, or they end."""
        self.tell("setup.hello")
        server = self._ask("setup.server", a.a_server)
        homeserver, name = asyncio.run(self._found(server))
        user = self._ask("setup.account", a.an_account(name), default=f"@souci:{name}")
        name = user.partition(":")[2]
        return Installation(
            homeserver=homeserver,
            user_id=user,
            password=self._ask("setup.password", str, default="", secret=True),
            coordinators=self._ask("setup.coordinators", a.accounts, default=""),
            allow=self._ask("setup.invitations", a.patterns, default=f"*:{name}"),
            database=self._ask("setup.database", a.a_database, default=_DATABASE),
            language=self._language,
        )

    def say(self, key: str, **values: object) -> str:
        """A sentence of the catalogue."""
        now = datetime.now(UTC)
        return self._speech.say(key, values, self._language, zone=UTC, now=now).text

    def tell(self, key: str, **values: object) -> None:
        """Say it."""
        self._print(self.say(key, **values))

    async def _found(self, server: str) -> tuple[str, str]:
        """The address of that homeserver, and the name of its accounts, as far as can be seen."""
        if a.is_address(server):
            homeserver, name = server, server.partition("://")[2].partition(":")[0]
        else:
            name = server
            homeserver = (await address_of(server) or f"https://{server}").rstrip("/")
        try:
            await look(homeserver)
        except UnreachableError as error:
            self.tell("setup.silent", url=homeserver, why=str(error))
        else:
            self.tell("setup.found", url=homeserver)
        return homeserver, name

    def _ask(
        self,
        key: str,
        read: Callable[[str], T],
        default: str | None = None,
        *,
        secret: bool = False,
    ) -> T:
        """A good answer: asked again on a terminal; from a pipe a wrong one ends it."""
        while True:
            answer = self._line(key, default, secret=secret) or default
            try:
                if answer is not None:
                    return read(answer)
                wrong = "setup.expected.something"
            except WrongAnswerError as error:
                wrong = error.expected
            if not self._terminal:
                shown = f"{answer}: " if answer and not secret else ""
                raise AskedError(f"{shown}{self.say(wrong)}")
            self.tell(wrong)

    def _line(self, key: str, default: str | None, *, secret: bool) -> str:
        """One line of the input, under its question."""
        self._print(self.say(key) + (f" [{default}]" if default else ""))
        try:
            if secret and self._terminal:
                return getpass.getpass("> ")
            return input("> " if self._terminal else "").strip(None if not secret else "\r\n")
        except EOFError:
            raise AskedError(self.say("setup.expected.more")) from None

    def _print(self, text: str) -> None:
        """On a terminal, lines that end between words."""
        width = shutil.get_terminal_size().columns if self._terminal else len(text) + 1
        print(textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False))
