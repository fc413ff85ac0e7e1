"""Who may do what in a room: `m.room.power_levels`, and creators, who need none."""

from dataclasses import dataclass
from typing import Any, Final

from bot.matrix.net.untrusted import items, number, table, text

CREATOR_POWER: Final = 2**53
_FIRST_CREATOR: Final = 100
_DEFAULTS: Final = {"users_default": 0, "state_default": 50, "redact": 50}


@dataclass(frozen=True, slots=True)
class Powers:
    """The levels as they are written, and who created the room."""

    levels: dict[str, Any] | None
    creators: tuple[str, ...]
    supreme: bool

    def explicit(self) -> dict[str, int]:
        """Everybody with a level of their own; creators of version 12 rooms above all others."""
        if self.levels is None and not self.supreme:
            return dict.fromkeys(self.creators, _FIRST_CREATOR)
        named = table((self.levels or {}).get("users"))
        known = {user: number(level) for user, level in named.items()}
        levels = {user: level for user, level in known.items() if level is not None}
        return levels | (dict.fromkeys(self.creators, CREATOR_POWER) if self.supreme else {})

    def level(self, of: str) -> int:
        """One of the named thresholds, `users_default`, `state_default` or `redact`."""
        if self.levels is None and of == "state_default":
            return 0
        written = number((self.levels or {}).get(of))
        return _DEFAULTS[of] if written is None else written

    def needed(self, kind: str) -> int:
        """What setting that kind of state takes."""
        written = number(table((self.levels or {}).get("events")).get(kind))
        return self.level("state_default") if written is None else written

    def of(self, user: str) -> int:
        return self.explicit().get(user, self.level("users_default"))


def creators_of(event: dict[str, Any]) -> tuple[str, ...]:
    """Who created a room: the sender of its first event, and those whom it names."""
    more = items(table(event.get("content")).get("additional_creators"))
    names = (text(name) for name in (event.get("sender"), *more))
    return tuple(name for name in names if name)
