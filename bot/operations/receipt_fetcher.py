"""Fetches the receipts that people sent: none holds up another, none is lost without a word."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import msgspec
import structlog

from bot.events import Attachment
from bot.matrix.net.errors import (
    AttachmentError,
    DiskError,
    LimitedError,
    RefusedError,
    TooLargeError,
    UnreachableError,
)
from bot.matrix.net.http import Sink
from bot.operations import replies
from bot.operations.faults import Faults
from bot.operations.receipt_ends import ReceiptEnds
from bot.operations.receipt_shelf import Incoming, Shelf
from bot.pipeline.receipts import refusal
from bot.store_retry import patiently
from circle.receipts import Allowance, Limit, Quotas, ReceiptLost, allowance
from circle.refs import Kind, Ref
from commands.kernel.reply import Reply
from storage.receipts import Receipt, ReceiptQueue

log = structlog.get_logger(__name__)

DISK: Final = "receipts: disk"
ROUND: Final = "receipts: looking for what is due"
"""Names of its faults."""

SIDE_BY_SIDE: Final = 6
EACH: Final = 2
"""How many of one person, and of one media server, at once: the others have their turn."""

_LOOKED_AT: Final = 500
_AGAIN: Final = timedelta(minutes=1)
_LONGEST: Final = timedelta(hours=4)
_LOOK_EVERY: Final = 60.0

Download = Callable[[Attachment, int, Sink], Awaitable[None]]


# Attempts, each pause twice as long as the one before: about a day, or an hour where the server
# says that there is no such file.
ATTEMPTS: Final = {ReceiptLost.ABSENT: 7}
MOST_ATTEMPTS: Final = 13


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts in vain: 1, 2, 4 … minutes, four hours at most."""
    return min(_AGAIN * (1 << attempts - 1), _LONGEST)


class OverError(Exception):
    """A receipt goes beyond this limit."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.value)
        self.limit = limit


class Fetcher:
    """Downloads noted receipts onto the shelf, decrypted, and tells what became of each.

    The homeserver may purge its media; what proves an expense may not be lost with it. `heard`
    waits until the homeserver answers: its absences count as no attempt. `faults` tells that the
    disk takes no file, and when it does again.
    """

    def __init__(
        self,
        queue: ReceiptQueue,
        ends: ReceiptEnds,
        download: Download,
        shelf: Shelf,
        quotas: Quotas,
        clock: Callable[[], datetime],
        heard: Callable[[], Awaitable[object]],
        faults: Faults,
    ) -> None:
        self._queue = queue
        self._ends = ends
        self._download = download
        self._shelf = shelf
        self._quotas = quotas
        self._clock = clock
        self._heard = heard
        self._faults = faults
        self._under_way: dict[int, Receipt] = {}
        self._unplaced: set[int | None] = set()

    async def run(self, called: asyncio.Event) -> None:
        """Fetch what is due, whenever called and whenever something is due again; until cancelled.

        A fault in it is logged, and it goes on.
        """
        self._shelf.sweep()
        async with asyncio.TaskGroup() as tasks:
            while True:
                await self._heard()
                called.clear()
                seconds = await self._round(tasks, called)
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await called.wait()

    async def _round(self, tasks: asyncio.TaskGroup, called: asyncio.Event) -> float:
        """Begin what may begin; how long to wait for more. A fault ends nothing under way."""
        try:
            seconds = await self._begin(tasks, called)
        except Exception as error:  # noqa: BLE001 — the log tells, once
            self._faults.began(ROUND, error)
            return _LOOK_EVERY
        self._faults.over(ROUND)
        return seconds

    async def _begin(self, tasks: asyncio.TaskGroup, called: asyncio.Event) -> float:
        await self._delete_discarded()
        now = self._clock()
        await self._forget_gone(now)
        for receipt in await patiently(partial(self._queue.due, now, _LOOKED_AT)):
            if self._may_begin(receipt):
                self._under_way[receipt.row or 0] = receipt
                fetching = self._guarded(receipt, called)
                tasks.create_task(fetching, name=f"receipt {receipt.row}")
        due = await patiently(partial(self._queue.next_due, now))
        return _LOOK_EVERY if due is None else min((due - now).total_seconds(), _LOOK_EVERY)

    async def _forget_gone(self, now: datetime) -> None:
        """Who took a receipt back waits for no room on the disk."""
        if self._unplaced:
            waiting = await patiently(partial(self._queue.due, now + _LONGEST, _LOOKED_AT))
            self._unplaced &= {receipt.row for receipt in waiting}
            self._disk_was_asked(None)

    def _disk_was_asked(self, fault: DiskError | None) -> None:
        """The disk is a fault for as long as there is a receipt that it had no place for."""
        if fault is not None:
            self._faults.began(DISK, fault)
        elif not self._unplaced:
            self._faults.over(DISK)

    def _may_begin(self, receipt: Receipt) -> bool:
        others = self._under_way.values()
        same_person = sum(other.by == receipt.by for other in others)
        same_server = sum(_server(other) == _server(receipt) for other in others)
        free = len(self._under_way) < SIDE_BY_SIDE and receipt.row not in self._under_way
        return free and same_person < EACH and same_server < EACH

    async def _guarded(self, receipt: Receipt, called: asyncio.Event) -> None:
        """One receipt, to whichever end; nothing that happens to it stops the others."""
        try:
            await self._try(receipt)
        except Exception:
            log.exception("receipt.failed", row=receipt.row)
            with suppress(Exception):
                await self._again(receipt, ReceiptLost.FAILED)
        finally:
            self._under_way.pop(receipt.row or 0, None)
            called.set()

    async def _try(self, receipt: Receipt) -> None:
        try:
            await self._fetch(receipt, await self._allowed(receipt))
            self._unplaced.discard(receipt.row)
            self._disk_was_asked(None)
        except OverError as over:
            await self._over(receipt, over.limit)
        except AttachmentError as error:
            log.warning("receipt.broken", row=receipt.row, reason=str(error))
            await self._lost(receipt, ReceiptLost.BROKEN)
        except LimitedError as error:
            await self._later(receipt, timedelta(seconds=error.retry_after), receipt.attempts)
        except (RefusedError, UnreachableError, DiskError) as error:
            log.info("receipt.later", row=receipt.row, reason=str(error))
            await self._again(receipt, _reason(error))
            if isinstance(error, DiskError):
                self._unplaced.add(receipt.row)
                self._disk_was_asked(error)

    async def _allowed(self, receipt: Receipt) -> Allowance:
        usage = replace(await self._ends.usage(receipt), free=self._shelf.free())
        return allowance(self._quotas, usage)

    async def _fetch(self, receipt: Receipt, allowed: Allowance) -> None:
        if not allowed.size:
            raise OverError(allowed.limit)
        attachment = msgspec.json.decode(receipt.attachment, type=Attachment)
        with self._shelf.incoming() as fresh:
            try:
                await self._download(attachment, allowed.size, fresh.write)
            except TooLargeError as error:
                raise OverError(allowed.limit) from error
            await self._shelf.put(fresh, partial(self._keep, receipt, fresh), self._queue.proving)

    async def _keep(self, receipt: Receipt, fresh: Incoming) -> bool:
        """By what it weighs, now that this is known, and beside what came in the meantime."""
        allowed = await self._allowed(receipt)
        if fresh.size > allowed.size and allowed.limit is not Limit.DISK:
            raise OverError(allowed.limit)
        return await self._ends.kept(receipt, fresh.sha256, fresh.size)

    async def _over(self, receipt: Receipt, limit: Limit) -> None:
        """It may not be kept; where only the disk has no room for it, perhaps later."""
        if limit is Limit.DISK:
            self._unplaced.add(receipt.row)
            self._disk_was_asked(DiskError("no room left"))
            await self._again(receipt, ReceiptLost.DISK)
            return
        log.info("receipt.refused", row=receipt.row, limit=limit.value)
        refused = refusal(limit, self._quotas, receipt)
        reply = Reply(refused.sentence, subject=_ref(receipt))
        await self._ends.lost(receipt, limit.value, reply)

    async def _again(self, receipt: Receipt, reason: ReceiptLost) -> None:
        attempts = receipt.attempts + 1
        if attempts >= ATTEMPTS.get(reason, MOST_ATTEMPTS):
            log.warning("receipt.lost", row=receipt.row, reason=reason.value)
            await self._lost(receipt, reason)
            return
        await self._later(receipt, pause_after(attempts), attempts)

    async def _later(self, receipt: Receipt, pause: timedelta, attempts: int) -> None:
        await self._ends.later(receipt, self._clock() + pause, attempts)

    async def _lost(self, receipt: Receipt, reason: ReceiptLost) -> None:
        lost = replies.ReceiptGone(id=_ref(receipt), reason=reason)
        reply = Reply(lost, subject=_ref(receipt))
        await self._ends.lost(receipt, reason.value, reply)

    async def _delete_discarded(self) -> None:
        """The files of receipts that were taken back."""
        discarded = await patiently(self._queue.discarded)
        if not discarded:
            return
        await self._shelf.delete([sha256 for _, sha256 in discarded], self._queue.proving)
        await patiently(partial(self._queue.deleted, [row for row, _ in discarded]))


def _reason(error: RefusedError | UnreachableError | DiskError) -> ReceiptLost:
    if isinstance(error, DiskError):
        return ReceiptLost.DISK
    return ReceiptLost.ABSENT if isinstance(error, RefusedError) else ReceiptLost.UNREACHABLE


def _server(receipt: Receipt) -> str:
    """The media server that the message names; none where it cannot be read."""
    try:
        url = msgspec.json.decode(receipt.attachment, type=Attachment).url
    except msgspec.MsgspecError:
        return ""
    return url.removeprefix("mxc://").partition("/")[0]


def _ref(receipt: Receipt) -> Ref:
    return Ref(Kind.ENTRY, receipt.item)
