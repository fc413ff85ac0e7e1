"""What does not work for now, told in the log once when it begins and once when it is over."""

from collections.abc import Mapping

import structlog

from bot.matrix.net.errors import DiskError

log = structlog.get_logger(__name__)


class EndedError(Exception):
    """What goes on for as long as the bot does has come to an end."""


class Faults:
    """Those that stand, by the name of what does not work; `/health` shows them."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}

    @property
    def standing(self) -> Mapping[str, str]:
        """The kind of each."""
        return dict(self._kinds)

    def began(self, name: str, error: Exception) -> None:
        """It does not work, because of that. Said again only where the reason is another."""
        kind = kind_of(error)
        if self._kinds.get(name) != kind:
            self._kinds[name] = kind
            log.error("fault.began", fault=name, kind=kind, exc_info=error)

    def over(self, name: str) -> None:
        """It works, again or still."""
        if self._kinds.pop(name, None) is not None:
            log.info("fault.over", fault=name)


def kind_of(error: Exception) -> str:
    """What happened, without what it says: that may quote somebody. A disk quotes nobody."""
    kind = type(error).__name__
    reason = error.strerror if isinstance(error, OSError) else None
    if isinstance(error, DiskError):
        reason = str(error)
    return f"{kind}: {reason}" if reason else kind
