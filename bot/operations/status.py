"""How the bot is, as seen from beside it: `souci status`, and the image's health check."""

from datetime import UTC, datetime, timedelta

from bot.config.model import Config
from bot.operations.opening import beside
from bot.operations.vitals import vitals
from bot.version import own_version


async def told(config: Config) -> tuple[list[str], bool]:
    """The lines to print, and whether all is well.

    Raises DatabaseOlderError, DatabaseNewerError, UnfitDatabaseError, StoreUnavailableError.
    """
    async with beside(config.database.reveal(), writes=False) as engine:
        now = datetime.now(UTC)
        found = await vitals(engine, config.matrix.user_id, config.state_dir, now)
    waiting = found.waiting
    lines = [
        f"homeserver: {_told_pulse(found.pulse)}",
        f"inbox: {waiting.inbox} events to handle{_since(waiting.heard_at, now)}",
        f"outbox: {waiting.outbox} messages to send",
        f"jobs: {waiting.jobs_late} late",
        f"given up: {waiting.given_up} events, each under a reference in its room and in the log",
        f"disk: {found.free / 1e9:.1f} GB free",
        f"invitations: {_told_invitations(config.invites.allow)}",
        f"version: {own_version()}",
    ]
    return lines, found.well


def _since(heard_at: datetime | None, now: datetime) -> str:
    return f", the oldest of {_seconds(now - heard_at)} ago" if heard_at else ""


def _told_invitations(allow: tuple[str, ...]) -> str:
    """Whose are accepted."""
    nobody = 'nobody\'s: name who may invite in invites.allow, such as "*:example.org"'
    return f"accepted from {', '.join(allow)}" if allow else nobody


def _told_pulse(pulse: timedelta | None) -> str:
    return "never answered" if pulse is None else f"answered {_seconds(pulse)} ago"


def _seconds(lasted: timedelta) -> str:
    return f"{int(lasted.total_seconds())} s"
