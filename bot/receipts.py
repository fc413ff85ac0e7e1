"""Receipts that people send: noted with their entry, then fetched and kept by their hash."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import structlog

from bot.done import NOTHING, Done
from bot.events import Attachment, Message
from bot.matrix.errors import AttachmentError, RequestError
from bot.patience import patiently
from circle.refs import Kind, Ref
from commands.common import get_item, only_author
from commands.kernel import Refusal, Reply, Request
from storage.receipts import Receipt, ReceiptQueue
from storage.uow import SqlUnitOfWork

log = structlog.get_logger(__name__)

BATCH = 10
TRY_AGAIN = 60.0
Download = Callable[[Attachment, int], Awaitable[bytes]]


async def note(
    uow: SqlUnitOfWork, event: Message, request: Request[object], ref: Ref | None, limit: int
) -> Done:
    """Note the file of this message as a receipt of the entry it answers, if it is one.

    `limit` in bytes. Raises the refusal that says why the file cannot be kept.
    """
    attachment = event.attachment
    if attachment is None or ref is None or ref.kind is not Kind.ENTRY:
        return NOTHING
    if request.circle is None or await uow.receipts.known(event.id):
        return NOTHING
    item = await get_item(uow, request.circle.id, ref.number)
    only_author(request, item.declared_by, item.person)
    if attachment.size > limit:
        raise Refusal("receipt.too-large", id=ref, most=limit // 1_000_000)
    receipt = Receipt(
        item=ref.number,
        by=request.person.key,
        at=request.at,
        event_id=event.id,
        name=attachment.name,
        mimetype=attachment.mimetype,
        size=attachment.size,
        attachment=msgspec.json.encode(attachment).decode(),
    )
    await uow.receipts.add(request.circle.id, receipt)
    reply = Reply(key="receipt.kept", values={"id": ref}, subject=ref, quiet=True)
    return Done(reply, request, "receipt", ref)


@dataclass(slots=True)
class Fetcher:
    """Downloads noted receipts into `folder`, named by their SHA-256, decrypted.

    The homeserver may purge its media; what proves an expense may not be lost with it.
    """

    queue: ReceiptQueue
    download: Download
    folder: Path
    limit: int

    async def run(self, called: asyncio.Event) -> None:
        """Fetch what waits, whenever called, and again later while the homeserver is away."""
        while True:
            more = await patiently(self._fetch_all)
            try:
                async with asyncio.timeout(TRY_AGAIN if more else None):
                    await called.wait()
            except TimeoutError:
                continue
            called.clear()

    async def _fetch_all(self) -> bool:
        """Whether some could not be fetched for now."""
        while waiting := await self.queue.waiting(BATCH):
            for row, described in waiting:
                if not await self._fetch(row, described):
                    return True
        return False

    async def _fetch(self, row: int, described: str) -> bool:
        try:
            attachment = msgspec.json.decode(described, type=Attachment)
            body = await self.download(attachment, self.limit)
        except (AttachmentError, msgspec.DecodeError) as error:
            log.warning("receipt.lost", row=row, reason=str(error))
            await self.queue.lost(row, str(error))
        except RequestError as error:
            log.info("receipt.later", row=row, reason=str(error))
            return False
        else:
            sha256 = await asyncio.to_thread(keep, self.folder, body)
            if not await self.queue.kept(row, sha256):
                (self.folder / sha256).unlink(missing_ok=True)
        return True


def keep(folder: Path, body: bytes) -> str:
    """Write the file under its hash, whole or not at all; the hash, in hexadecimal."""
    digest = hashlib.sha256(body).hexdigest()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{digest}.new"
    fresh.touch(mode=0o600)
    fresh.write_bytes(body)
    fresh.replace(folder / digest)
    return digest
