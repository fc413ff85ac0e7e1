"""How the bot is, as seen from beside it: `souci status`, and the image's health check."""

from datetime import UTC, datetime, timedelta

from bot.config import Config
from bot.matrix.shell import PULSE
from storage.engine import open_engine
from storage.inbox import Inbox
from storage.outbox import Outbox

FRESH = timedelta(minutes=3)


async def told(config: Config) -> tuple[list[str], bool]:
    """The lines to print, and whether all is well. Raises StoreUnavailableError."""
    engine, account = open_engine(config.database.reveal()), config.matrix.user_id
    try:
        waiting = await Inbox(engine, account).rooms_waiting()
        leaving = await Outbox(engine, account).depth()
    finally:
        await engine.dispose()
    pulse = _pulse(config)
    lines = [
        f"homeserver: {_told_pulse(pulse)}",
        f"inbox: {len(waiting)} rooms waiting",
        f"outbox: {leaving} messages to send",
    ]
    return lines, pulse is not None and pulse <= FRESH


def _pulse(config: Config) -> timedelta | None:
    """How long ago the homeserver last answered the bot; None where it never did."""
    try:
        touched = (config.state_dir / PULSE).stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.now(UTC) - datetime.fromtimestamp(touched, UTC)


def _told_pulse(pulse: timedelta | None) -> str:
    if pulse is None:
        return "never answered"
    return f"answered {int(pulse.total_seconds())} s ago"
