"""The composition root: every part is made and joined here, and nowhere else."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from msgspec import structs

from bot.config.model import Config
from bot.config.rules import reporting_of
from bot.events import MemberChanged
from bot.letters.compose import Composer
from bot.letters.pictures import Press
from bot.matrix.net.errors import StateAwayError
from bot.matrix.net.retry import Pauses
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.rooms.aliases import room_named
from bot.matrix.shell import Identity, MatrixShell
from bot.operations import damaged
from bot.operations.describing import Describer
from bot.operations.housekeeping import Keeper
from bot.operations.logs import level
from bot.operations.opening import opened
from bot.operations.overseer import Overseer
from bot.operations.receipt_ends import ReceiptEnds
from bot.operations.receipt_fetcher import Fetcher
from bot.operations.receipt_shelf import Shelf
from bot.operations.restoring import tell
from bot.operations.unsent import Regrets
from bot.operations.watchdog import Herald
from bot.pipeline.answered import Answered
from bot.pipeline.clock import Clock
from bot.pipeline.dispatch import Dispatcher
from bot.pipeline.jobs import Scheduled
from bot.pipeline.requests import Settings
from bot.pipeline.workers import Lanes
from bot.store_retry import patiently
from circle.circles import Rules
from circle.personal import Retention
from circle.receipts import Quotas
from circle.rhythm import Quiet, Rhythm, Weekly
from circle.time import to_ms
from speech.sentences import Speech
from storage.accounts import adopt
from storage.chores import Chores
from storage.engine import Engine, open_engine
from storage.inbox import Inbox
from storage.instances import note_start
from storage.mail import Admission, Posted, Putting, Unsent
from storage.mending import mend
from storage.outbox import Outbox
from storage.receipts import ReceiptQueue
from storage.uow import Store
from storage.upgrade import upgrade

log = structlog.get_logger(__name__)

GREETS_AFTER = 3.0
RECEIPTS = "receipts"
"""Their folder in the state directory."""

LAST_EVENTS = 5.0
"""Seconds that the events in hand have to end before the network is closed."""


def settings_of(config: Config) -> Settings:
    """What the operator decided, as the dispatcher takes it."""
    return Settings(
        user_id=config.matrix.user_id,
        prefix=config.prefix,
        coordinators=frozenset(config.coordinators),
        coordination_room=config.coordination_room,
        quotas=quotas_of(config),
        receipts=config.state_dir,
        rules=Rules(
            language=config.language,
            timezone=config.timezone,
            summary_day=config.summary.day,
            summary_time=config.summary.time,
            rhythm=rhythm_of(config),
            retention=retention_of(config),
            reporting=reporting_of(config),
        ),
    )


def quotas_of(config: Config) -> Quotas:
    """How much is kept of the files people send."""
    return Quotas(**structs.asdict(config.receipts))


def rhythm_of(config: Config) -> Rhythm:
    """When people are reminded, and when they are left alone."""
    told = config.reminders
    hours = told.quiet_hours
    quiet = Quiet(hours.start, hours.end) if hours else None
    digest = Weekly(config.digest.day, config.digest.time, config.timezone)
    return Rhythm(told.meetings, told.votes, quiet, digest)


def retention_of(config: Config) -> Retention:
    """How long things are kept, and who answers for them."""
    told = config.privacy
    return Retention(
        messages=told.messages.days,
        ledger=told.ledger_years,
        backups=told.backups.days,
        controller=told.controller,
        contact=told.contact,
    )


def matrix_settings_of(config: Config) -> MatrixSettings:
    """What the Matrix shell needs of the configuration."""
    account = config.matrix
    return MatrixSettings(
        homeserver=account.homeserver,
        user_id=account.user_id,
        password=account.password.reveal() if account.password else None,
        access_token=account.access_token.reveal() if account.access_token else None,
        device_id=account.device_id,
        invites_allow=config.invites.allow,
    )


class App:
    """The running bot: the Matrix shell, the lanes and the clock around one store."""

    def __init__(self, config: Config, engine: Engine) -> None:
        settings = settings_of(config)
        speech = Speech()
        store = Store(engine, settings.rules, settings.user_id)
        composer = Composer(speech, settings.prefix, lambda: self._shell.largest_upload)
        self._config = config
        self._engine = engine
        self._store = store
        self._composer = composer
        self._inbox = Inbox(engine, settings.user_id)
        self._shell = self._new_shell(config, Press(speech, config.state_dir / RECEIPTS))
        self._clock = Clock(self._tick)
        self._regrets = Regrets(store, composer, settings, _now, self._shell.wake_sender)
        self._overseer = self._new_overseer(config, settings)
        self._describer = Describer(
            store, speech, settings, self._shell.set_state, config.state_dir
        )
        self._dispatcher = Dispatcher(
            store,
            composer,
            self._shell,
            settings,
            self._clock.wake_by,
            self._arrived,
            lambda _user: self._clock.wake_by(_now()),
            self._answered,
            self._shell.wake_sender,
        )
        self._scheduled = Scheduled(store, composer, settings)
        shelf = Shelf(config.state_dir / RECEIPTS)
        queue = ReceiptQueue(engine, settings.user_id)
        self._keeper = Keeper(Chores(engine), shelf, queue, config.privacy.messages)
        self._fetcher = self._new_fetcher(settings, shelf, queue)
        self._lanes = Lanes(self._inbox, self._dispatcher, self._handled)
        self._to_fetch = asyncio.Event()
        self._greetings: set[asyncio.Task[None]] = set()

    def _new_overseer(self, config: Config, settings: Settings) -> Overseer:
        shell = self._shell
        herald = Herald(self._store, self._composer, settings, shell.wake_sender)
        unread, malformed = (lambda: shell.undecryptable), (lambda: shell.malformed)
        return Overseer(config, self._engine, unread, malformed, herald.tell)

    def _new_fetcher(self, settings: Settings, shelf: Shelf, queue: ReceiptQueue) -> Fetcher:
        wake, shell = self._shell.wake_sender, self._shell
        ends = ReceiptEnds(self._store, self._composer, _now, wake)
        return Fetcher(queue, ends, shell.download, shelf, settings.quotas, _now, shell.caught_up)

    def _new_shell(self, config: Config, press: Press) -> MatrixShell:
        return MatrixShell(
            matrix_settings_of(config),
            config.state_dir,
            self._inbox,
            Outbox(self._engine, config.matrix.user_id),
            self._admitted,
            _now,
            press=press.draw,
            handled=self._all_handled,
            note_start=self._note_start,
            unsent=self._unsent,
        )

    async def _note_start(self, instance: str) -> None:
        account = self._config.matrix.user_id
        await patiently(lambda: note_start(self._engine, account, instance))

    async def run(self, stop: asyncio.Event) -> None:
        """Run until asked to stop, then finish what was begun; raises `ShellError`s."""
        found = await patiently(lambda: mend(self._engine))
        await patiently(lambda: damaged.tell(self._store, self._composer, found, _now()))
        stopping = asyncio.create_task(stop.wait())
        starting = asyncio.create_task(self._shell.start())
        await asyncio.wait([starting, stopping], return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set():
            starting.result()
            self._store.already_sent = self._shell.already_sent
            if (restored := self._shell.restored) is not None:
                await patiently(lambda: tell(self._store, self._composer, restored, _now()))
            self._store.putting = Putting(self._shell.identity.device_id, _now_ms)
            await self._work(stopping)
        await self._shell.stop()
        await starting

    async def identify(self) -> Identity:
        """Start the shell only, as long as it takes to know who we are."""
        await self._shell.start()
        try:
            return self._shell.identity
        finally:
            await self._shell.stop()

    async def _work(self, stopping: asyncio.Task[bool]) -> None:
        log.info("ready")
        work = [asyncio.create_task(one()) for one in (self._shell.run, self._lanes.run)]
        beside = [
            asyncio.create_task(self._fetcher.run(self._to_fetch)),
            asyncio.create_task(self._overseer.run()),
            asyncio.create_task(self._describer.run()),
        ]
        self._clock.start()
        await asyncio.wait([*work, stopping], return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping")
        self._clock.stop()
        for task in beside:
            task.cancel()
        lanes = asyncio.create_task(self._lanes.stop())
        await asyncio.wait([lanes], timeout=LAST_EVENTS)  # one may wait for the homeserver
        await self._shell.stop()
        await lanes
        for task in work:
            await task

    async def _unsent(self, posted: Posted, why: Unsent) -> None:
        await self._regrets.tell(posted, why)

    async def _all_handled(self) -> None:
        await self._lanes.at_rest.wait()

    def _admitted(self, new: Sequence[Admission]) -> None:
        self._lanes.take(new)

    def _arrived(self, event: MemberChanged) -> None:
        greeting = asyncio.create_task(self._greet(event))
        self._greetings.add(greeting)
        greeting.add_done_callback(self._greetings.discard)

    async def _greet(self, event: MemberChanged) -> None:
        """Introduce ourselves a little later: strict clients must know our device by then."""
        await asyncio.sleep(GREETS_AFTER)
        await patiently(lambda: self._dispatcher.greet(event))

    def _answered(self, one: Answered) -> None:
        self._overseer.answered(one)
        self._describer.answered(one)

    def _handled(self, admission: Admission) -> None:
        if b'"type":"room"' in admission.payload:
            self._describer.room_changed()
        if b'"attachment"' in admission.payload or b'"type":"redaction"' in admission.payload:
            self._to_fetch.set()

    async def _tick(self) -> datetime | None:
        """What was said before a job's instant is handled before the job, heard late or not."""
        if not await self._shell.caught_up():
            return None
        await self._lanes.settle()
        if await self._scheduled.run(_now()):
            self._shell.wake_sender()
        await self._keeper.run(_now())
        due = await self._keeper.next_due()
        return min(due, await self._scheduled.next_due() or due)


async def identify(config: Config) -> Identity:
    """Log in once, create and sign the bot's device, and answer who it is."""
    async with opened(config) as engine:
        await upgrade(engine)
    engine = open_engine(config.database.reveal())
    try:
        return await App(config, engine).identify()
    finally:
        await engine.dispose()


async def run(config: Config) -> None:
    """Open the store, bring it up to date, and run the bot until it is told to stop.

    Raises what `bot.operations.opening` finds unwell, and `ShellError`s.
    """
    async with opened(config) as engine:
        await patiently(lambda: upgrade(engine))
        await patiently(lambda: adopt(engine, config.matrix.user_id))
    engine = open_engine(config.database.reveal())
    try:
        _let_the_log_be_changed(config.log_level)
        stop = _until_signalled()
        await _insist(await _placed(config, stop), engine, stop)
    finally:
        await engine.dispose()


async def _placed(config: Config, stop: asyncio.Event) -> Config:
    """With the id of the coordination's room, where the configuration names it by its alias."""
    named = config.coordination_room
    if named is None:
        return config
    room = await room_named(config.matrix.homeserver, named, stop)
    return structs.replace(config, coordination_room=room)


async def _insist(config: Config, engine: Engine, stop: asyncio.Event) -> None:
    """Run; begin again from what is on disk whenever the disk failed and is well again."""
    pauses, told = Pauses(), False
    while not stop.is_set():
        try:
            await App(config, engine).run(stop)
        except StateAwayError as error:
            if not told:
                log.warning("state.away", reason=str(error))
            told = True
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


def _let_the_log_be_changed(usual: str) -> None:
    """SIGUSR1: log everything from now on; SIGUSR2: as the configuration says again."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, level, "debug")
    loop.add_signal_handler(signal.SIGUSR2, level, usual)


def _now() -> datetime:
    return datetime.now(UTC)


def _now_ms() -> int:
    return to_ms(_now())
