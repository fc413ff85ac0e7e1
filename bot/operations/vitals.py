"""How the bot is: what supervisors, metrics, the watchdog and `souci status` look at."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.matrix.shell.client import PULSE
from storage.engine import Engine
from storage.vitals import Waiting, waiting

FRESH = timedelta(minutes=3)
LATE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Vitals:
    """`pulse`: since when the homeserver has not answered; None where it never did.

    `free`: bytes that the disk of the state directory has left.
    """

    pulse: timedelta | None
    waiting: Waiting
    free: int

    @property
    def well(self) -> bool:
        """Whether the homeserver hears us: the rest mends itself or is told by the watchdog."""
        return self.pulse is not None and self.pulse <= FRESH


async def vitals(engine: Engine, account: str, state_dir: Path, now: datetime) -> Vitals:
    """As it is at `now` (zone-aware). Raises StoreUnavailableError."""
    told = await waiting(engine, account, now - LATE)
    return Vitals(pulse(state_dir, now), told, shutil.disk_usage(state_dir).free)


def pulse(state_dir: Path, now: datetime) -> timedelta | None:
    """How long ago the homeserver last answered the bot; None where it never did."""
    try:
        touched = (state_dir / PULSE).stat().st_mtime
    except FileNotFoundError:
        return None
    return now - datetime.fromtimestamp(touched, UTC)
