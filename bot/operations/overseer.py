"""Looks after the running bot: its measures over HTTP, and the watchdog."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from bot.config.model import Config
from bot.operations.vitals import Vitals, pulse, vitals
from bot.operations.watchdog import Tell, Watchdog
from bot.pipeline.handled import Answered
from storage.engine import Engine
from storage.errors import StoreUnavailableError

if TYPE_CHECKING:
    from bot.operations.monitoring import Measures

log = structlog.get_logger(__name__)

EVERY = 60.0
"""Seconds from one look to the next."""


class Overseer:
    """Since the start, `undecryptable` and `malformed` count events; `tell` warns people."""

    def __init__(
        self,
        config: Config,
        engine: Engine,
        undecryptable: Callable[[], int],
        malformed: Callable[[], int],
        tell: Tell,
    ) -> None:
        self._config = config
        self._engine = engine
        self._undecryptable = undecryptable
        self._malformed = malformed
        self._watchdog = Watchdog(
            tell, pulse(config.state_dir, _now()), least_free=config.receipts.min_free
        )
        self._measures = _measures() if config.monitoring.port else None

    def answered(self, one: Answered) -> None:
        """A command was answered."""
        log.debug("answered", command=one.command, result=one.result, seconds=one.seconds)
        if self._measures is not None:
            self._measures.answered(one)

    async def run(self) -> None:
        """Answer over HTTP and look around, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            if self._measures is not None:
                tasks.create_task(self._serve(self._measures))
            tasks.create_task(self._watch())

    async def _serve(self, measures: "Measures") -> None:
        from bot.operations.monitoring import Site

        where = self._config.monitoring
        site = Site(measures, self._look, self._undecryptable, self._malformed)
        try:
            await site.open(where.address, where.port or 0)
        except OSError as error:
            log.warning("monitoring.refused", address=where.address, reason=str(error))
            return
        try:
            await asyncio.Event().wait()
        finally:
            await site.close()

    async def _watch(self) -> None:
        while True:
            try:
                await self._watchdog.look(await self._look(), self._undecryptable(), _now())
            except (StoreUnavailableError, OSError) as error:
                log.warning("watchdog.blind", reason=str(error))
            await asyncio.sleep(EVERY)

    async def _look(self) -> Vitals:
        return await vitals(
            self._engine, self._config.matrix.user_id, self._config.state_dir, _now()
        )


def _measures() -> "Measures":
    from bot.operations.monitoring import Measures  # the library is loaded where it is asked for

    return Measures()


def _now() -> datetime:
    return datetime.now(UTC)
