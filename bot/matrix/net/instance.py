"""Which copy of the bot is the live one: the one that started last (decision 25).

Each start takes a new mark: first in the state directory, then in the database, then in the
account's own data on the homeserver, where a copy that still runs sees it, and ends.
"""

import secrets
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from bot.matrix.net import files
from bot.matrix.net.errors import OvertakenError, RefusedError
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.retry import Patience
from bot.matrix.net.untrusted import number, text
from circle.time import from_ms, to_ms

TYPE: Final = "org.souci.instance"
NAME: Final = "instance.json"
_NOT_FOUND: Final = 404

log = structlog.get_logger(__name__)


class Start(msgspec.Struct, frozen=True):
    """What the account's data says of the latest start: its mark, and when it was."""

    instance: str
    started_ms: int = 0


class KnownStarts(msgspec.Struct, frozen=True):
    """What a state directory knows of the starts with it.

    `instance`: the mark of the last one, `started_ms` when it was; `next`: one that had begun to
    take its mark; `overtaken_ms`: since when another copy is the live one, where it has retired us.
    """

    instance: str
    started_ms: int = 0
    next: str | None = None
    overtaken_ms: int | None = None

    def knows(self, mark: str) -> bool:
        """Whether a start with this directory has taken that mark."""
        return mark in (self.instance, self.next)


def kept_in(folder: Path) -> KnownStarts | None:
    """The marks of a state directory; None before the first start. Raises `StateDirError`."""
    kept = files.read(folder / NAME)
    return msgspec.convert(kept, KnownStarts) if kept is not None else None


def keep(folder: Path, kept: KnownStarts) -> None:
    """Replace them, on the disk before anybody else can know of them."""
    files.write(folder / NAME, kept)
    files.settle(folder)


class Instance:
    """One start. `note`: writes its mark into the database, however long that takes."""

    def __init__(
        self,
        folder: Path,
        user_id: str,
        note: Callable[[str], Coroutine[Any, Any, None]],
        clock: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._user_id = user_id
        self._note = note
        self._clock = clock
        self._kept = kept_in(folder)
        self._former: set[str | None] = set()

    @property
    def started_ms(self) -> int:
        """When this state directory was last started with; 0 before the first time."""
        return self._kept.started_ms if self._kept else 0

    def refuse_retired(self) -> None:
        """Raises `OvertakenError` where another copy had us logged out."""
        if self._kept is not None and self._kept.overtaken_ms is not None:
            raise self._overtaken(self._kept.overtaken_ms)

    def overtaken_by(self, start: Start) -> OvertakenError:
        """The one line that says so."""
        return self._overtaken(start.started_ms)

    def retire(self, by: Start | None) -> None:
        """We are logged out: if `by`, the latest start, was none of ours, then for good.

        Raises `OvertakenError` then: a copy that was retired never comes back by itself.
        """
        if by is None or (self._kept is not None and self._kept.knows(by.instance)):
            return
        kept = self._kept or KnownStarts(instance="")
        keep(self._folder, msgspec.structs.replace(kept, overtaken_ms=by.started_ms))
        raise self._overtaken(by.started_ms)

    async def latest(self, home: Homeserver) -> Start | None:
        """The latest start of any copy, as the homeserver knows it; raises `RequestError`s."""
        try:
            return _start(await home.get(_where(self._user_id)))
        except RefusedError as error:
            if error.status != _NOT_FOUND:
                raise
            return None

    def behind(self, latest: Start) -> bool:
        """Whether another copy has started since this one last did."""
        kept = self._kept
        return kept is not None and kept.started_ms > 0 and not kept.knows(latest.instance)

    async def take(self, home: Homeserver, patience: Patience) -> None:
        """Be the live one from now on; raises `RefusedError`, `Stopped`."""
        before = await patience.insist(lambda: self.latest(home))
        fresh = Start(secrets.token_hex(16), to_ms(self._clock()))
        former = self._kept or KnownStarts(instance="")
        self._former = {former.instance, former.next, before.instance if before else None}
        self._keep(msgspec.structs.replace(former, next=fresh.instance))
        await patience.unless_stopped(self._note(fresh.instance))
        await patience.insist(lambda: home.put(_where(self._user_id), fresh))
        self._keep(KnownStarts(fresh.instance, fresh.started_ms))
        if before is not None and not former.knows(before.instance):
            log.warning("instance.took_over", from_start_of=_day(before.started_ms))

    def told(self, content: dict[str, Any]) -> None:
        """The account's data changed: raises `OvertakenError` where another copy has started."""
        start, ours = _start(content), self._kept
        if start is None or ours is None or start.instance in {ours.instance, *self._former}:
            return
        raise self._overtaken(start.started_ms)

    def _keep(self, kept: KnownStarts) -> None:
        keep(self._folder, kept)
        self._kept = kept

    def _overtaken(self, since_ms: int) -> OvertakenError:
        return OvertakenError(
            f"another copy of {self._user_id} started on {_day(since_ms)} and is the live one, so "
            "this one is silent; to go on from this one instead: souci backup here, then souci "
            "restore where there is nothing"
        )


def _where(user_id: str) -> str:
    return path("user", user_id, "account_data", TYPE)


def _start(content: dict[str, Any]) -> Start | None:
    """What somebody's client wrote there instead is no start."""
    instance = text(content.get("instance"))
    return Start(instance, number(content.get("started_ms")) or 0) if instance else None


def _day(ms: int) -> str:
    try:
        return from_ms(ms).strftime("%Y-%m-%d at %H:%M:%S UTC")
    except (ValueError, OverflowError, OSError):
        return "an unknown day"
