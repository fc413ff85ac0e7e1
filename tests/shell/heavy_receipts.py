"""Many receipts fetched, then sent as archives, in a process of its own: prints what it took.

`python -m tests.shell.heavy_receipts URL FOLDER COUNT`: JSON of its memory at most (MiB), of
the processor time (s), of the files kept and of the archives sent.
"""

import asyncio
import json
import os
import re
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.events import Attachment
from bot.letters.files import LARGEST
from bot.letters.personal_file import personal_letters
from bot.letters.pictures import Press
from bot.matrix.net.http import Homeserver
from bot.matrix.send.media import download
from bot.matrix.send.uploads import Uploads
from bot.operations.faults import Faults
from bot.operations.receipt_ends import ReceiptEnds
from bot.operations.receipt_fetcher import Fetcher
from bot.operations.receipt_shelf import Shelf
from circle.receipts import Quotas
from storage.receipts import ReceiptQueue
from tests.chat.scene import Scene, scene
from tests.kept import waiting
from tests.prepared import voice

QUOTAS = Quotas(per_entry=10**6, per_person_month=10**12, per_circle=10**12, min_free=0)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def say(key, told):
    return voice().say(key, told, "fr", zone=UTC, now=NOW).text


def most_memory() -> int:
    """The most that this process held, in MiB; `getrusage` would tell that of who started it."""
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", told)[1]) // 1024


async def noted(made: Scene, count: int) -> None:
    """So many receipts of one entry, each said to weigh one byte."""
    answered = await made.subject("bob", "C1")
    lines = made.console._dispatcher._lines
    lines._settings = replace(lines._settings, quotas=QUOTAS)
    for number in range(count):
        url = f"mxc://localhost/{number}"
        file = Attachment(name="t.jpg", mimetype="image/jpeg", size=1, url=url)
        await made.send("bob", body="t.jpg", reply_to=answered, attachment=file)


async def fetched(made: Scene, home: Homeserver, folder: Path) -> None:
    console = made.console
    store, composer = console._dispatcher._store, console._dispatcher._composer
    ends = ReceiptEnds(store, composer, lambda: console.now, lambda _written: None)
    fetcher = Fetcher(
        ReceiptQueue(made.engine),
        ends,
        partial(download, home),
        Shelf(folder),
        QUOTAS,
        lambda: console.now,
        partial(asyncio.sleep, 0),
        Faults(),
    )
    work = asyncio.create_task(fetcher.run(asyncio.Event()), name="receipts")
    while await waiting(made.engine):  # noqa: ASYNC110 — what the database says is waited for
        await asyncio.sleep(0.1)
    work.cancel()


async def sent(made: Scene, home: Homeserver, folder: Path) -> int:
    """Everything of bob's, as archives, sealed."""
    async with made.console._dispatcher._store.transaction() as uow:
        bob = await uow.people.with_account("@bob:localhost")
        held = await uow.personal.held(bob)
    uploads = Uploads(home, Press(voice(), folder).draw, folder)
    files = list(personal_letters(held, say, LARGEST))
    for file in files:
        await uploads.put(file, encrypted=True)
    return len(files)


async def main(url: str, folder: Path, count: int) -> None:
    home = Homeserver(url)
    lines = ("alice> !cercle créer Littoral", "bob> !frais 45,90 € peinture")
    async with scene(*lines) as made:
        await noted(made, count)
        await fetched(made, home, folder)
        archives = await sent(made, home, folder)
    await home.close()
    kept = len(os.listdir(folder))  # noqa: PTH208 — nothing else runs any more
    memory = most_memory()
    cpu = round(time.process_time(), 1)
    took = {"mib": memory, "cpu": cpu, "kept": kept, "archives": archives}
    print(json.dumps(took))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
