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

from bot.operations.faults import Faults
from bot.operations.overseer import Counts
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
    "faults": "Parts of the bot that do not work for now: /health names them.",
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

    def answered(self, answered: Answered) -> None:
        """A command was answered."""
        self._commands.labels(answered.command, answered.result).inc()
        self._lasted.labels(answered.command).observe(answered.seconds)

    def text(self, found: Vitals, counts: Counts, faults: int) -> bytes:
        """All of it, as Prometheus reads it; so many `faults` stand."""
        pulse = found.pulse.total_seconds() if found.pulse else float("nan")
        values = {
            "sync_age_seconds": pulse,
            "inbox_events": found.waiting.inbox,
            "outbox_messages": found.waiting.outbox,
            "jobs_late": found.waiting.jobs_late,
            "given_up_events": found.waiting.given_up,
            "disk_free_bytes": found.free,
            "malformed_events": counts.malformed,
            "undecryptable_events": counts.undecryptable,
            "faults": faults,
        }
        for name, value in values.items():
            self._gauges[name].set(value)
        return generate_latest(self.registry)


class Site:
    """Answers `GET /health` (200 or 503) and `GET /metrics` while it is open."""

    def __init__(
        self,
        measures: Measures,
        look: Callable[[], Awaitable[Vitals]],
        counts: Counts,
        faults: Faults,
    ) -> None:
        self._measures = measures
        self._look = look
        self._counts = counts
        self._faults = faults
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
        faults: dict[str, object] = {"faults": self._faults.standing}
        try:
            found = await self._look()
        except StoreUnavailableError:
            return web.json_response({"well": False, "store": "away"} | faults, status=503)
        except OSError:
            return web.json_response({"well": False, "disk": "away"} | faults, status=503)
        health = {"well": found.well, "store": "here", "sync_age": _seconds(found)} | faults
        health["malformed"] = self._counts.malformed
        waiting = {key: value for key, value in asdict(found.waiting).items() if _counts(value)}
        return web.json_response(health | waiting, status=200 if found.well else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        try:
            found = await self._look()
        except (StoreUnavailableError, OSError):
            return web.Response(status=503)
        body = self._measures.text(found, self._counts, len(self._faults.standing))
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _seconds(found: Vitals) -> float | None:
    return round(found.pulse.total_seconds(), 1) if found.pulse else None


def _counts(value: object) -> bool:
    return not isinstance(value, datetime)
