"""What needs a person, told once a day in the coordination room; and when it is over.

Small troubles mend themselves: only what lasts is told. The sentences are `watchdog.*`.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.letters.compose import Composer
from bot.letters.envelopes import Addressing
from bot.operations.replies import Trouble, WatchdogFound
from bot.operations.vitals import Vitals
from bot.pipeline.requests import OperatorSettings
from commands.kernel.reply import Reply
from storage.uow import Store

log = structlog.get_logger(__name__)

LASTS: Final = timedelta(minutes=15)
AWAY: Final = timedelta(minutes=30)
LEAST_FREE: Final = 500_000_000
UNREAD_AN_HOUR: Final = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """A trouble that began (or, `over`, that ended) at an instant; an absence, with its end."""

    trouble: Trouble
    at: datetime
    over: bool = False
    until: datetime | None = None


Tell = Callable[[Finding], Awaitable[None]]


class Lately:
    """How much a count has grown within the last hour."""

    def __init__(self) -> None:
        self._seen: list[tuple[datetime, int]] = []

    def more(self, count: int, now: datetime) -> int:
        """What was added since the oldest look of the hour."""
        self._seen = [one for one in self._seen if now - one[0] <= timedelta(hours=1)]
        self._seen.append((now, count))
        return count - self._seen[0][1]


class Watchdog:
    """Looks every minute or so; tells each trouble that has lasted once, and its end once.

    What could not be told is told at the next look.

    An absence (`silent`: how long the homeserver had not answered at the start) is told once
    it is over. `least_free`: bytes of the disk under which receipts are refused.
    """

    def __init__(
        self, tell: Tell, silent: timedelta | None = None, least_free: int = LEAST_FREE
    ) -> None:
        self._tell = tell
        self._least_free = max(least_free, LEAST_FREE)
        self._silent = silent
        self._since: dict[Trouble, datetime] = {}
        self._told: set[Trouble] = set()
        self._first: tuple[int | None, datetime] | None = None
        self._unread = Lately()
        self._given_up = Lately()

    async def look(self, found: Vitals, undecryptable: int, now: datetime) -> None:
        """One look, at `now` (zone-aware). `undecryptable` counts from the start."""
        await self._back(found, now)
        seen = set(self._troubles(found, undecryptable, now))
        for trouble in Trouble:
            if trouble in seen:
                since = self._since.setdefault(trouble, now)
                if now - since >= _patience(trouble) and trouble not in self._told:
                    await self._say(Finding(trouble, since))
                    self._told.add(trouble)
            else:
                self._since.pop(trouble, None)
                if trouble in self._told:
                    await self._say(Finding(trouble, now, over=True))
                    self._told.discard(trouble)

    async def _back(self, found: Vitals, now: datetime) -> None:
        """Tell of an absence that is over."""
        if not found.well:
            self._silent = found.pulse
        elif self._silent is not None:
            if self._silent >= AWAY:
                await self._say(Finding(Trouble.AWAY, now - self._silent, until=now))
            self._silent = None

    async def _say(self, finding: Finding) -> None:
        log.warning("watchdog", trouble=finding.trouble, over=finding.over)
        await self._tell(finding)

    def _troubles(self, found: Vitals, undecryptable: int, now: datetime) -> Iterator[Trouble]:
        heard = found.waiting.heard_at
        if self._stands(found.waiting.first, now):
            yield Trouble.UNSENT
        if found.well and heard is not None and now - heard >= LASTS:
            yield Trouble.UNHANDLED
        if found.waiting.jobs_late:
            yield Trouble.JOBS_LATE
        if found.free < self._least_free:
            yield Trouble.DISK_FULL
        if self._unread.more(undecryptable, now) >= UNREAD_AN_HOUR:
            yield Trouble.UNREAD
        if self._given_up.more(found.waiting.given_up, now):
            yield Trouble.GIVEN_UP

    def _stands(self, first: int | None, now: datetime) -> bool:
        """Whether the same letter is first to leave since a quarter of an hour."""
        if self._first is None or self._first[0] != first:
            self._first = (first, now)
        return first is not None and now - self._first[1] >= LASTS


def _patience(trouble: Trouble) -> timedelta:
    """Those whose finding already waited are told at once."""
    return LASTS if trouble is Trouble.JOBS_LATE else timedelta()


class Herald:
    """Says what the watchdog found, in the coordination room: once a day each, restarts included.

    Without such a room it stays in the log.
    """

    def __init__(
        self, store: Store, composer: Composer, settings: OperatorSettings, wake: Callable[[], None]
    ) -> None:
        self._store = store
        self._composer = composer
        self._settings = settings
        self._wake = wake

    async def tell(self, finding: Finding) -> None:
        """Write the letter; raises StoreUnavailableError."""
        room = self._settings.coordination_room
        if room is None:
            return
        rules = self._settings.rules
        zone = ZoneInfo(rules.timezone)
        day = finding.at.astimezone(zone).date()
        envelope = Addressing(
            cause=f"watchdog:{finding.trouble}:{day}:{finding.over}",
            room_id=room,
            sender=None,
            language=rules.language,
            now=finding.at.astimezone(zone),
            scheduled=True,
        )
        reply = Reply(
            WatchdogFound(
                trouble=finding.trouble,
                since=finding.at.astimezone(zone),
                until=finding.until and finding.until.astimezone(zone),
                over=finding.over,
            )
        )
        async with self._store.transaction() as uow:
            if not await uow.outbox.knows(envelope.cause):
                await uow.outbox.add(self._composer.letters(reply, envelope))
        self._wake()
