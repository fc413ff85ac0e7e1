"""`souci demo`: see it live on this machine, with a homeserver of its own."""

import argparse
import asyncio
import logging
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from rich.console import Console

from bot.demo.beats import StoryDays
from bot.demo.chat import FIRST, Chat
from bot.demo.desk import Desk, Pipe
from bot.demo.environment import HomeserverError
from bot.demo.errors import DemoError
from bot.demo.play import Pace, Play
from bot.demo.show import Show
from bot.demo.stage import DemoStage, StagePlace, raised
from bot.demo.steps import Steps
from bot.demo.story import SCENES
from bot.demo.terminal import Terminal
from bot.demo.words import DemoWords

FAILED: Final = 1
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_KILLED: Final = 128
_FOLDER: Final = "souci-demo-"


def main(argv: Sequence[str]) -> int:
    """Exit status 0, also when a chat is interrupted; 1 for a failure told in one line.

    Interrupted earlier: 128 and the signal's number, as a shell says it.
    """
    options = _options(argv[1:])
    try:
        with _folder(options.folder) as folder:
            return asyncio.run(_Demo(options, folder).run())
    except (DemoError, HomeserverError, OSError) as error:
        with suppress(OSError):
            print(f"souci demo: {error}", file=sys.stderr)
        return FAILED


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="souci demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="play the story, then end")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="keep everything there")
    parser.add_argument("--language", default="fr", choices=["fr", "en"])
    parser.add_argument("--port", type=int, metavar="N", help="the homeserver's, else a free one")
    return parser.parse_args(argv)


@contextmanager
def _folder(asked: Path | None) -> Iterator[Path]:
    """The folder asked for, which must be empty; otherwise one that goes away if all is well."""
    if asked is not None:
        asked.mkdir(parents=True, exist_ok=True)
        if any(asked.iterdir()):
            raise DemoError(f"{asked} is not empty: name a new folder")
        yield asked.absolute()
        return
    folder = Path(tempfile.mkdtemp(prefix=_FOLDER))
    try:
        yield folder
    except (DemoError, HomeserverError) as error:
        raise DemoError(f"{error} (the logs are in {folder})") from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


class _Demo:
    """One demonstration, from its first line to the end of everything it started."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self._options = options
        self._words = DemoWords(options.language)
        self._console = Console(highlight=False, emoji=False, markup=False)
        self._show = Show(self._console, self._words)
        self._place = StagePlace(folder, options.language, options.port)
        self._told: int | None = None
        self._chatting = False

    async def run(self) -> int:
        """The exit status; a first signal ends it in good order, later ones change nothing."""
        logging.basicConfig(filename=self._place.folder / "people.log", level=logging.WARNING)
        playing = asyncio.create_task(self._play(), name="play")
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self._end, playing, number)
        try:
            await playing
        except asyncio.CancelledError:
            if self._told is None:
                raise
        self._say_last("demo.ended")
        early = self._told is not None and not self._chatting
        return _KILLED + self._told if self._told and early else 0

    def _end(self, playing: asyncio.Task[None], number: int) -> None:
        if self._told is None:
            self._told = number
            playing.cancel()

    async def _play(self) -> None:
        with self._desk() as desk:
            self._show.put = desk.above
            self._show.say("demo.intro")
            with Steps(self._console, self._words) as steps:
                async with raised(self._place, self._show.heard, steps) as stage:
                    try:
                        await self._perform(stage, desk)
                    finally:
                        self._leave(desk)

    async def _perform(self, stage: DemoStage, desk: Desk) -> None:
        self._show.curtain_up(stage)
        typing = isinstance(desk, Terminal)
        if typing:
            self._show.say("demo.faster")
        days = StoryDays(self._words.language, self._words.now().date())
        pace = Pace(desk.lines if typing else None)
        await Play(stage, days, self._show.scene, pace.breathe).perform(SCENES)
        if self._options.once:
            self._show.say("demo.well")
            return
        self._chatting = True
        self._show.invite(FIRST)
        await Chat(stage, self._show, desk, patient=not typing).run()

    def _desk(self) -> Desk:
        if self._options.once:
            return Desk(self._console)
        alive = sys.stdin.isatty() and self._console.is_interactive
        return Terminal(self._console) if alive else Pipe(self._console)

    def _leave(self, desk: Desk) -> None:
        with suppress(OSError):
            desk.prompt(None)
        self._say_last("demo.ending")

    def _say_last(self, key: str) -> None:
        """Something to say if anybody is still there to hear it."""
        with suppress(OSError):
            self._show.say(key)
