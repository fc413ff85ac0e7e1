"""The bot at work: every part of it is made and joined here, once it is somebody."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

import structlog

from bot.config.model import Config
from bot.letters.compose import Composer
from bot.matrix.shell.client import Client, Running
from bot.operations.configured import settings_of
from bot.operations.describing import Describer
from bot.operations.faults import Faults
from bot.operations.housekeeping import Keeper
from bot.operations.overseer import Overseer
from bot.operations.receipt_ends import ReceiptEnds
from bot.operations.receipt_fetcher import Fetcher
from bot.operations.receipt_shelf import Shelf
from bot.operations.restoring import tell
from bot.operations.supervision import Supervisor
from bot.operations.unsent import Regrets
from bot.operations.watchdog import Herald
from bot.pipeline.clock import Clock
from bot.pipeline.dispatch import Dispatcher
from bot.pipeline.handled import Handled
from bot.pipeline.jobs import Scheduled
from bot.pipeline.requests import OperatorSettings
from bot.pipeline.workers import RoomWorkers
from bot.store_retry import patiently
from circle.time import DAY, to_ms
from speech.sentences import Speech
from storage.chores import Chores
from storage.engine import Engine
from storage.inbox import Inbox
from storage.mail import Admission, Putting
from storage.receipts import ReceiptQueue
from storage.uow import Store

log = structlog.get_logger(__name__)

RECEIPTS = "receipts"
"""Their folder in the state directory."""

LAST_EVENTS = 5.0
"""Seconds that the events in hand have to end before the network is closed."""


class Bot:
    """At work: the client, the workers, the clock and what is beside them, around one store."""

    def __init__(
        self,
        config: Config,
        engine: Engine,
        running: Running,
        inbox: Inbox,
        admitted: asyncio.Queue[Sequence[Admission]],
    ) -> None:
        settings, speech = settings_of(config), Speech()
        store = _store(engine, settings, running)
        composer = Composer(speech, settings.prefix, running.largest_upload)
        regrets = Regrets(store, composer, settings, _now)
        self._config = config
        self._engine = engine
        self._store = store
        self._composer = composer
        self._settings = settings
        self._restored = running.restored
        self._faults = Faults()
        self._supervisor = Supervisor(self._faults)
        self._client = client = Client(running, regrets.tell)
        self._dispatcher = Dispatcher(store, composer, client, settings)
        self._workers = RoomWorkers(inbox, admitted, self._handle)
        self._clock = Clock(self._tick)
        self._scheduled = Scheduled(store, composer, settings)
        self._overseer = self._new_overseer()
        self._describer = Describer(store, speech, settings, client.set_state, config.state_dir)
        shelf, queue = Shelf(config.state_dir / RECEIPTS), ReceiptQueue(engine, settings.user_id)
        kept = settings.rules.retention.messages * DAY
        self._keeper = Keeper(Chores(engine), shelf, queue, kept)
        self._fetcher = self._new_fetcher(shelf, queue)
        self._to_fetch = asyncio.Event()

    def _new_overseer(self) -> Overseer:
        wake = self._client.wake_sender
        herald = Herald(self._store, self._composer, self._settings, wake)
        return Overseer(self._config, self._engine, self._client, self._faults, herald.tell)

    def _new_fetcher(self, shelf: Shelf, queue: ReceiptQueue) -> Fetcher:
        client = self._client
        return Fetcher(
            queue,
            ReceiptEnds(self._store, self._composer, _now, client.wake_sender),
            client.download,
            shelf,
            self._settings.quotas,
            _now,
            client.caught_up,
            self._faults,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Work until asked to stop, then finish what was begun.

        Raises the error of what it cannot be without: a `ShellError` of the client, for example.
        """
        await self._tell_restored()
        async with self._supervisor as tasks:
            tasks.vital("matrix", self._listen)
            working = tasks.vital("workers", self._workers.run)
            tasks.keep("clock", self._clock.run)
            tasks.keep("receipts", self._fetch)
            tasks.keep("watchdog", self._overseer.watch)
            tasks.keep("monitoring", self._overseer.serve)
            tasks.keep("descriptions", self._describer.run)
            log.info("ready")
            await tasks.until(stop)
            log.info("stopping")
            tasks.drop()
            await self._finish()
            working.cancel()

    async def _finish(self) -> None:
        """The events in hand first: their answers still leave."""
        with suppress(TimeoutError):  # one may wait for the homeserver
            async with asyncio.timeout(LAST_EVENTS):
                await self._workers.stop()
        self._client.stop()
        await self._workers.stop()

    async def _listen(self) -> None:
        await self._client.run(self._workers.at_rest)

    async def _fetch(self) -> None:
        await self._fetcher.run(self._to_fetch)

    async def _tell_restored(self) -> None:
        if (restored := self._restored) is not None:
            await patiently(lambda: tell(self._store, self._composer, restored, _now()))

    async def _handle(self, admission: Admission) -> None:
        self._follow(await self._dispatcher.handle(admission))

    def _follow(self, handled: Handled) -> None:
        """What an event makes necessary, now that it is committed."""
        if handled.written:
            self._client.wake_sender(handled.written)
        for answered in handled.answered:
            self._overseer.answered(answered)
            self._describer.answered(answered)
        if handled.erased:
            self._clock.wake_by(_now())
        if handled.wake_at is not None:
            self._clock.wake_by(handled.wake_at)
        if handled.room_changed:
            self._describer.room_changed()
        if handled.files_changed:
            self._to_fetch.set()

    async def _tick(self) -> datetime | None:
        """What was said before a job's instant is handled before the job, heard late or not."""
        if not await self._client.caught_up():
            return None
        await self._workers.settle()
        if await self._scheduled.run(_now()):
            self._client.wake_sender()
        await self._keeper.run(_now())
        due = await self._keeper.next_due()
        return min(due, await self._scheduled.next_due() or due)


def _store(engine: Engine, settings: OperatorSettings, running: Running) -> Store:
    return Store(
        engine,
        settings.rules,
        settings.user_id,
        already_sent=running.already_sent,
        putting=Putting(running.identity.device_id, _now_ms),
    )


def _now() -> datetime:
    return datetime.now(UTC)


def _now_ms() -> int:
    return to_ms(_now())
