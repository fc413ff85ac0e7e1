"""How the bot does, over HTTP on loopback: `/health` for supervisors, `/metrics` for Prometheus.

Counts and durations only: no circle, room, person nor text is ever in a label.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.operations.vitals import Vitals
from bot.pipeline.handled import Answered
from storage.errors import StoreUnavailableError

_DURATIONS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_GAUGES: Final = {
    "sync_age_seconds": "Seconds since the homeserver last answered.",
    "inbox_events": "Events received and not yet handled.",
    "outbox_messages": "Messages written and not yet sent.",
    "jobs_late": "Scheduled things more than five minutes late.",
    "given_up_events": "Events that could be neither handled nor refused.",
    "disk_free_bytes": "Bytes free where the state is kept.",
    "malformed_events": "Events that nothing could be made of, since the start.",
    "undecryptable_events": "Events that came without their key, since the start.",
}


class Measures:
    """What is counted while the bot runs."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._commands = Counter(
            "souci_commands",
            "Commands answered.",
            ("command", "result"),
            registry=self.registry,
        )
        self._lasted = Histogram(
            "souci_command_seconds",
            "From taking up a command to its commit.",
            ("command",),
            registry=self.registry,
            buckets=_DURATIONS,
        )
        self._gauges = {
            name: Gauge(f"souci_{name}", told, registry=self.registry)
            for name, told in _GAUGES.items()
        }

    def answered(self, one: Answered) -> None:
        """A command was answered."""
        self._commands.labels(one.command, one.result).inc()
        self._lasted.labels(one.command).observe(one.seconds)

    def text(self, found: Vitals, undecryptable: int, malformed: int) -> bytes:
        """All of it, as Prometheus reads it."""
        pulse = found.pulse.total_seconds() if found.pulse else float("nan")
        told = {
            "sync_age_seconds": pulse,
            "inbox_events": found.waiting.inbox,
            "outbox_messages": found.waiting.outbox,
            "jobs_late": found.waiting.jobs_late,
            "given_up_events": found.waiting.given_up,
            "disk_free_bytes": found.free,
            "malformed_events": malformed,
            "undecryptable_events": undecryptable,
        }
        for name, value in told.items():
            self._gauges[name].set(value)
        return generate_latest(self.registry)


class Site:
    """Answers `GET /health` (200 or 503) and `GET /metrics` while it is open."""

    def __init__(
        self,
        measures: Measures,
        look: Callable[[], Awaitable[Vitals]],
        undecryptable: Callable[[], int],
        malformed: Callable[[], int],
    ) -> None:
        self._measures = measures
        self._look = look
        self._undecryptable = undecryptable
        self._malformed = malformed
        site = web.Application()
        site.add_routes([web.get("/health", self._health), web.get("/metrics", self._metrics)])
        self._runner = web.AppRunner(site, access_log=None)

    async def open(self, address: str, port: int) -> None:
        """Listen there; raises OSError where that is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, address, port).start()

    async def close(self) -> None:
        await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        try:
            found = await self._look()
        except StoreUnavailableError:
            return web.json_response({"well": False, "store": "away"}, status=503)
        told = {"well": found.well, "store": "here", "sync_age": _seconds(found)}
        waiting = {key: value for key, value in asdict(found.waiting).items() if _counts(value)}
        told |= {"malformed": self._malformed()}
        return web.json_response(told | waiting, status=200 if found.well else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        try:
            found = await self._look()
            body = self._measures.text(found, self._undecryptable(), self._malformed())
        except StoreUnavailableError:
            return web.Response(status=503)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _seconds(found: Vitals) -> float | None:
    return round(found.pulse.total_seconds(), 1) if found.pulse else None


def _counts(value: object) -> bool:
    return not isinstance(value, datetime)
