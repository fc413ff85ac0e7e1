"""Looks after the running bot: its measures over HTTP, and the watchdog."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.config.model import Config
from bot.config.rules import quotas_of
from bot.operations.faults import Faults
from bot.operations.vitals import Vitals, pulse, vitals
from bot.operations.watchdog import Tell, Watchdog
from bot.pipeline.handled import Answered
from storage.engine import Engine

if TYPE_CHECKING:
    from bot.operations.monitoring import Measures

log = structlog.get_logger(__name__)

EVERY = 60.0
"""Seconds from one look to the next."""


class Counts(Protocol):
    """What the shell counts since the start."""

    @property
    def undecryptable(self) -> int:
        """Events that came without their key."""

    @property
    def malformed(self) -> int:
        """Events that nothing could be made of."""


class Overseer:
    """`tell` warns people; `faults` are those that stand."""

    def __init__(
        self, config: Config, engine: Engine, counts: Counts, faults: Faults, tell: Tell
    ) -> None:
        self._config = config
        self._engine = engine
        self._counts = counts
        self._faults = faults
        least_free = quotas_of(config).min_free
        self._watchdog = Watchdog(tell, pulse(config.state_dir, _now()), least_free=least_free)
        self._measures = _measures() if config.monitoring.port else None

    def answered(self, answered: Answered) -> None:
        """A command was answered."""
        log.debug(
            "answered",
            command=answered.command,
            result=answered.result,
            seconds=answered.seconds,
        )
        if self._measures is not None:
            self._measures.answered(answered)

    async def serve(self) -> None:
        """Answer over HTTP, where that is wanted, until cancelled; raises OSError."""
        if self._measures is not None:
            await self._serve(self._measures)
        await asyncio.Event().wait()

    async def watch(self) -> None:
        """Look around, until cancelled; raises OSError, StoreUnavailableError."""
        while True:
            await self._watchdog.look(await self._look(), self._counts.undecryptable, _now())
            await asyncio.sleep(EVERY)

    async def _serve(self, measures: "Measures") -> None:
        from bot.operations.monitoring import Site

        where = self._config.monitoring
        site = Site(measures, self._look, self._counts, self._faults)
        try:
            await site.open(where.address, where.port or 0)
            await asyncio.Event().wait()
        finally:
            await site.close()

    async def _look(self) -> Vitals:
        return await vitals(
            self._engine, self._config.matrix.user_id, self._config.state_dir, _now()
        )


def _measures() -> "Measures":
    from bot.operations.monitoring import Measures  # the library is loaded where it is asked for

    return Measures()


def _now() -> datetime:
    return datetime.now(UTC)
