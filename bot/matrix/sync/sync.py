"""What happened since the last token, admitted with the new token in one transaction.

nio keeps the token before its callbacks run, and loses what they fail on; here nothing counts as
received before it is in the inbox, and reading again from an old token changes nothing.
"""

import asyncio
import secrets
from typing import Final

import structlog

from bot.matrix.net.admitter import Admitter
from bot.matrix.net.errors import LimitedError, LoggedOutError, RefusedError, UnreachableError
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.retry import Patience, Pauses
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.sync.gathering import Gatherer
from bot.matrix.sync.reading import Reader
from bot.matrix.sync.unread import Unread
from bot.matrix.sync.wire import Sync, read_sync, sync_filter
from storage.mail import Token

_POLL_MS: Final = 30_000
_MARGIN: Final = 30.0
_UNAUTHORISED: Final = 401

log = structlog.get_logger(__name__)


class Syncer:
    """Asks, gathers, admits, for ever."""

    def __init__(
        self,
        *,
        settings: MatrixSettings,
        home: Homeserver,
        patience: Patience,
        gatherer: Gatherer,
        reader: Reader,
        unread: Unread,
        admitter: Admitter,
    ) -> None:
        self._settings = settings
        self._home = home
        self._patience = patience
        self._gatherer = gatherer
        self._reader = reader
        self._unread = unread
        self._admitter = admitter
        self._pauses = Pauses()
        self._token: Token | None = None
        self.listening = asyncio.Event()
        """Set while the homeserver answers: all that it has, we have, but for an instant."""

    async def first(self) -> None:
        """Resume from the kept token, and learn how all rooms are; raises `Stopped`."""
        self._token = await self._admitter.token()
        await self.step(first=True)

    async def step(self, *, first: bool = False) -> None:
        """One sync, repeated until there is an answer.

        Raises `Stopped`, `LoggedOutError`, `OvertakenError`.
        """
        sync, asked_ms = await self._asked(first=first)
        batch = await self._gatherer.gather(sync, self._token)
        lasting = batch.once or self._token is None  # without a token nothing can be read again
        token = Token(sync.next_batch, asked_ms)
        await self._admitter.admit(batch.admissions, token, lasting=lasting)
        self._token = token
        for event_id in batch.reread:
            self._unread.done(event_id)
        self.listening.set()

    async def _asked(self, *, first: bool) -> tuple[Sync, int]:
        """The answer, and when it was asked for (ms): all that there was by then is in it."""
        while True:
            asked_ms = self._reader.now_ms
            try:
                answer = read_sync(await self._patience.unless_stopped(self._ask(first=first)))
            except LimitedError as error:
                await self._patience.wait(error.retry_after)
            except UnreachableError as error:
                self.listening.clear()
                await self._patience.wait_after(error, self._pauses)
            except RefusedError as error:
                await self._refused(error)
            else:
                if self._pauses.reset():
                    log.info("homeserver.back")
                return answer, asked_ms

    async def _ask(self, *, first: bool) -> bytes:
        poll_ms = 0 if first else self._poll_ms()
        own_id, limit = self._settings.user_id, self._settings.timeline_limit
        params = {"filter": sync_filter(own_id, limit, first=first), "timeout": str(poll_ms)}
        if self._token is None:
            # Synapse answers the same first question from memory for two minutes
            params["timeout"] = str(secrets.randbelow(1_000_000))
        else:
            params["since"] = self._token.text
        if first:
            params["full_state"] = "true"
        within = poll_ms / 1000 + _MARGIN * (4 if first else 1)
        return await self._home.raw("GET", path("sync"), params=params, timeout=within)

    def _poll_ms(self) -> int:
        """As long as servers like, unless rooms are to be told of unread events before."""
        due = self._unread.due_ms
        return _POLL_MS if due is None else min(max(due - self._reader.now_ms, 0), _POLL_MS)

    async def _refused(self, error: RefusedError) -> None:
        if error.status == _UNAUTHORISED:
            raise LoggedOutError(f"the homeserver no longer knows our session: {error}") from error
        log.error("sync.refused", reason=str(error))
        await self._patience.wait(self._pauses.grow())
