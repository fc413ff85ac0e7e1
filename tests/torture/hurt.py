"""The bot, with points at which it may die: `python -m tests.torture.hurt run --config FILE`.

SOUCI_DIE_AT names a boundary and how often it is passed before: `after-commit:3`; SOUCI_TIMELINE
is how many events of a room a sync may bring. Only this launcher knows them: the program has none.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import bot.app
from bot.cli import main
from bot.letters.compose import Composer
from bot.matrix.send.posting import Poster
from bot.pipeline.dispatch import Dispatcher
from storage.inbox import Inbox
from storage.outbox import Outbox

POINTS = ("after-admission", "before-commit", "after-commit", "before-send", "after-send")


class Doom:
    """Counts the passages of one boundary, and kills the process at the last."""

    def __init__(self, wanted: str) -> None:
        self._point, _, count = wanted.partition(":")
        self._left = int(count or "1")

    def passes(self, point: str) -> None:
        if point != self._point:
            return
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


Method = Callable[..., Awaitable[Any]]


def after(method: Method, point: str, doom: Doom) -> Method:
    @wraps(method)
    async def hurt(*args: Any, **kwargs: Any) -> Any:
        given = await method(*args, **kwargs)
        doom.passes(point)
        return given

    return hurt


def before(method: Method, point: str, doom: Doom) -> Method:
    @wraps(method)
    async def hurt(*args: Any, **kwargs: Any) -> Any:
        doom.passes(point)
        return await method(*args, **kwargs)

    return hurt


def arm(doom: Doom) -> None:
    """Put the points where the boundaries are."""
    Inbox.admit = after(Inbox.admit, "after-admission", doom)  # type: ignore[method-assign]
    Dispatcher.handle = after(Dispatcher.handle, "after-commit", doom)  # type: ignore[method-assign]
    Poster.put = before(Poster.put, "before-send", doom)  # type: ignore[method-assign]
    keep = Outbox.keep

    @wraps(keep)
    async def kept(outbox: Outbox) -> None:
        if outbox.unkept:
            doom.passes("after-send")
        await keep(outbox)

    Outbox.keep = kept  # type: ignore[method-assign]
    letters = Composer.letters

    @wraps(letters)
    def composed(*args: Any, **kwargs: Any) -> Any:
        doom.passes("before-commit")
        return letters(*args, **kwargs)

    Composer.letters = composed  # type: ignore[method-assign]


def narrow(limit: int) -> None:
    """Have syncs bring few events, so that an absence leaves gaps."""
    settings_of = bot.app.matrix_settings_of
    bot.app.matrix_settings_of = lambda config: replace(settings_of(config), timeline_limit=limit)


if __name__ == "__main__":
    if wanted := os.environ.get("SOUCI_DIE_AT"):
        arm(Doom(wanted))
    if limit := os.environ.get("SOUCI_TIMELINE"):
        narrow(int(limit))
    sys.exit(main())
