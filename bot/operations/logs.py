"""Structured logs: one line of JSON an event on a server, readable lines on a terminal."""

import logging
import re
import sys
import traceback
from contextlib import suppress
from typing import Final, TextIO, cast

import structlog
from structlog.typing import EventDict, ExcInfo


class Unfailing:
    """A stream that never fails: a log on a full disk must not end what it tells of."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


_ACCOUNT: Final = re.compile(r"@[^\s:@/]+:([A-Za-z0-9.-]+)")


class Threshold:
    """From which level on things are logged; may change while the program runs."""

    def __init__(self) -> None:
        self.number = logging.INFO

    def __call__(self, _logger: object, name: str, event: EventDict) -> EventDict:
        if logging.getLevelNamesMapping()[name.upper()] < self.number:
            raise structlog.DropEvent
        return event


threshold = Threshold()


def level(name: str) -> None:
    """Log from this level (debug, info, warning, error) on, from now on."""
    threshold.number = logging.getLevelNamesMapping()[name.upper()]


def nameless(_logger: object, _name: str, event: EventDict) -> EventDict:
    """The same line with `@…:server` for every account: whoever is forgotten is in no log.

    `user_id` is the bot's own.
    """
    for key, value in event.items():
        if isinstance(value, str) and key != "user_id":
            event[key] = _ACCOUNT.sub(r"@…:\1", value)
    return event


def _where(exc_info: ExcInfo) -> str:
    """Where a fault happened and of which kind it is, never its words: they may quote a message.

    `int("…")` and databases do, for example.
    """
    step: traceback.TracebackException | None = traceback.TracebackException(*exc_info)
    chain: list[str] = []
    while step is not None:
        chain.append(_frames(step))
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    return "\n".join(reversed(chain))


def _frames(told: traceback.TracebackException) -> str:
    kind = told.exc_type.__qualname__ if told.exc_type else "fault"
    return "".join([*told.stack.format(), f"{kind} (what it says is left out)"])


def configure(name: str) -> None:
    """Log from this level (debug, info, warning, error) on to standard error.

    Libraries speak through the same lines, from warnings on. Events carry ids and counts, never
    the contents of messages, nor secrets, nor anybody's account.
    """
    level(name)
    shown = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            threshold,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_where),
            nameless,
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", Unfailing(sys.stderr))),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, format="%(name)s %(levelname)s %(message)s")
