"""The program that runs: from the configuration to a bot at work, as often as it takes."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

import structlog
from msgspec import structs

from bot.config.model import Config, ConfigError
from bot.config.rules import rules_of
from bot.letters.compose import Composer
from bot.letters.pictures import Press
from bot.matrix.net.errors import StateAwayError
from bot.matrix.net.instance import Instance
from bot.matrix.net.retry import Pauses, Stopped
from bot.matrix.net.tasks import alongside
from bot.matrix.rooms.aliases import room_named
from bot.matrix.shell.client import Identity, Running
from bot.matrix.shell.shell import MatrixShell
from bot.matrix.shell.signing_in import CodeSignIn, Show
from bot.operations import damaged, rereading
from bot.operations.configured import matrix_settings_of, settings_of
from bot.operations.logs import level
from bot.operations.opening import opened
from bot.operations.rereading import bring_up
from bot.store_retry import patiently
from bot.version import own_version
from bot.work import RECEIPTS, Bot
from speech.sentences import Speech
from storage.accounts import adopt
from storage.engine import Engine, open_engine
from storage.inbox import Inbox
from storage.instances import note_start
from storage.mail import Admission
from storage.mending import mend
from storage.outbox import Outbox
from storage.uow import Store

_INVITES: Final = 'nobody can invite the bot: say in invites.allow who may, such as "*:example.org"'

log = structlog.get_logger(__name__)


class App:
    """The bot until it is somebody on its homeserver; then a `Bot` is at work."""

    def __init__(self, config: Config, engine: Engine) -> None:
        self._config = config
        self._engine = engine
        self._inbox = Inbox(engine, config.matrix.user_id)
        self._admitted: asyncio.Queue[Sequence[Admission]] = asyncio.Queue()
        self._shell = MatrixShell(
            matrix_settings_of(config),
            config.state_dir,
            self._inbox,
            Outbox(engine, config.matrix.user_id),
            self._admitted,
            _now,
            press=Press(Speech(), config.state_dir / RECEIPTS).draw,
            note_start=self._note_start,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Run until asked to stop, then finish what was begun; raises `ShellError`s."""
        await self._tell_damages()
        try:
            running = await self._started(stop)
            if running is not None and not stop.is_set():
                bot = Bot(self._config, self._engine, running, self._inbox, self._admitted)
                await bot.run(stop)
        finally:
            await self._shell.close()

    async def identify(self) -> Identity:
        """Start the shell only, as long as it takes to know who we are."""
        try:
            return (await self._shell.start()).identity
        finally:
            await self._shell.close()

    async def _started(self, stop: asyncio.Event) -> Running | None:
        """None where we were asked to stop before."""
        with suppress(Stopped):
            async with alongside("stop while starting", self._stopped(stop)):
                return await self._shell.start()
        return None

    async def _stopped(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._shell.stop()

    async def _tell_damages(self) -> None:
        settings = settings_of(self._config)
        store = Store(self._engine, settings.rules, settings.user_id)
        composer = Composer(Speech(), settings.prefix)
        found = await patiently(lambda: mend(self._engine))
        await patiently(lambda: damaged.tell(store, composer, found, _now()))
        await patiently(lambda: rereading.tell(store, composer, _now()))

    async def _note_start(self, instance: str) -> None:
        account = self._config.matrix.user_id
        await patiently(lambda: note_start(self._engine, account, instance))


async def identify(config: Config, show: Show) -> Identity:
    """Log in once, create and sign the bot's device, and answer who it is.

    `show`: shows the code to enter, where there is one.
    """
    async with opened(config) as engine:
        await bring_up(engine, rules_of(config), _now())
    await CodeSignIn(matrix_settings_of(config), config.state_dir, _now, show).ensure()
    engine = open_engine(config.database.reveal())
    try:
        return await App(config, engine).identify()
    finally:
        await engine.dispose()


async def run(config: Config, log_level: Callable[[], str]) -> None:
    """Open the store, bring it up to date, and run the bot until it is told to stop.

    `log_level` reads the level of the log from the configuration again.

    Raises what `bot.operations.opening` finds unwell, and `ShellError`s.
    """
    _let_the_log_be_changed(config.log_level, log_level)
    async with opened(config) as engine:
        await patiently(lambda: bring_up(engine, rules_of(config), _now()))
        await patiently(lambda: adopt(engine, config.matrix.user_id))
    Instance(config.state_dir, config.matrix.user_id, _nowhere, _now).refuse_retired()
    _tell_start(config)
    engine = open_engine(config.database.reveal())
    try:
        stop = _until_signalled()
        await _insist(await _placed(config, stop), engine, stop)
    finally:
        await engine.dispose()


async def _nowhere(_instance: str) -> None:
    """No start is noted: it is only asked whether one may be."""


def _tell_start(config: Config) -> None:
    """The first lines of the log."""
    log.info("starting", version=own_version())
    if not config.invites.allow:
        log.warning("invitations.none_accepted", advice=_INVITES)


async def _placed(config: Config, stop: asyncio.Event) -> Config:
    """With the id of the coordination's room, where the configuration names it by its alias."""
    named = config.coordination_room
    if named is None:
        return config
    room = await room_named(config.matrix.homeserver, named, stop)
    return structs.replace(config, coordination_room=room)


async def _insist(config: Config, engine: Engine, stop: asyncio.Event) -> None:
    """Run; begin again from what is on disk whenever the disk failed and is well again."""
    pauses, logged = Pauses(), False
    while not stop.is_set():
        try:
            await App(config, engine).run(stop)
        except StateAwayError as error:
            if not logged:
                log.warning("state.away", reason=str(error))
            logged = True
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pauses.grow())
        else:
            return


def _until_signalled() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set from now on."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _let_the_log_be_changed(usual: str, again: Callable[[], str]) -> None:
    """SIGUSR1: log everything from now on; SIGUSR2: as the configuration said at the start.

    SIGHUP: as it says by now.
    """
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, _reload, again)
    loop.add_signal_handler(signal.SIGUSR1, level, "debug")
    loop.add_signal_handler(signal.SIGUSR2, level, usual)


def _reload(log_level: Callable[[], str]) -> None:
    """What cannot be read any more changes nothing, and ends nothing."""
    try:
        level(log_level())
    except ConfigError as error:
        log.warning("log.not_reloaded", reason=str(error))
    else:
        log.info("log.reloaded")


def _now() -> datetime:
    return datetime.now(UTC)
