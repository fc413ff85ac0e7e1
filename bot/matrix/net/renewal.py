"""A session whose tokens end: the next pair is on the disk before it is first used.

An issuer lets a refresh token be used again until the access token that it gave is used: so a kill
at any instant leaves a pair that works. A pair that could not be written is written later, and
asked for no second time.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

import structlog

from bot.matrix.net.errors import LoggedOutError, UnreachableError

_SPENT: Final = 0.75
"""The part of its life after which a token is replaced, before anybody is refused for it."""

_AGAIN: Final = 10.0
_LAST_ANSWER: Final = 10.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What speaks for us, and what gives the next one; `lasts`: seconds, where this was said."""

    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    lasts: float | None = None


class Renewal:
    """One session's pairs, one after the other; at most one is asked for at a time.

    `exchange` gives the next pair for a refresh token; raises `UnreachableError`, `LimitedError`,
    or `LoggedOutError` where there will never be one. `keep` writes a pair, and has it used.
    """

    def __init__(
        self,
        pair: TokenPair,
        exchange: Callable[[str], Awaitable[TokenPair]],
        keep: Callable[[TokenPair], None],
    ) -> None:
        self._pair = pair
        self._exchange = exchange
        self._keep = keep
        self._unwritten: TokenPair | None = None
        self._over: LoggedOutError | None = None
        self._under_way: asyncio.Task[None] | None = None
        self._due = _due(pair)

    async def after(self, used: str) -> None:
        """Back once another token than `used` is ours; raises what `exchange` does."""
        if self._pair.token != used:
            return
        if self._over is not None:
            raise self._over
        await asyncio.shield(self._begun())

    def ahead(self) -> None:
        """Have the next pair come while this one is still good."""
        if time.monotonic() >= self._due and self._over is None:
            self._begun()

    async def close(self) -> None:
        """What was asked for is still written."""
        if self._under_way is not None:
            await asyncio.wait([self._under_way], timeout=_LAST_ANSWER)

    def _begun(self) -> asyncio.Task[None]:
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._renew(), name="session: the next tokens")
            self._under_way.add_done_callback(self._ended)
        return self._under_way

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way = None
        if not task.cancelled() and (error := task.exception()) is not None:
            self._due = time.monotonic() + _AGAIN
            log.warning("session.not_renewed", reason=str(error))

    async def _renew(self) -> None:
        try:
            self._unwritten = self._unwritten or await self._exchange(self._pair.refresh_token)
        except LoggedOutError as error:
            self._over = error
            raise
        self._write(self._unwritten)
        self._pair, self._unwritten = self._unwritten, None
        self._due = _due(self._pair)
        log.info("session.renewed", lasts=self._pair.lasts)

    def _write(self, pair: TokenPair) -> None:
        try:
            self._keep(pair)
        except OSError as fault:
            raise UnreachableError(f"the next tokens cannot be written: {fault}") from fault


def _due(pair: TokenPair) -> float:
    """When (monotonic) to ask for the next pair; never, where nothing says when this one ends."""
    return time.monotonic() + pair.lasts * _SPENT if pair.lasts is not None else float("inf")
