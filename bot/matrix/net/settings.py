"""What the shell needs to know to be somebody on a homeserver."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSettings:
    """Where and who we are. A password, or an access token with its device id, or neither.

    Without, the session is the one that somebody signed in by a code (`souci login`).

    `invites_allow` holds patterns of user ids (`*:tiers-lieux.org`), `refusal` what others are told
    who invite us; `timeline_limit` is how many events of a room a sync may bring before the rest is
    fetched as a gap.
    """

    homeserver: str
    user_id: str
    password: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    device_id: str | None = None
    device_name: str = "souci"
    invites_allow: tuple[str, ...] = ()
    refusal: str = ""
    timeline_limit: int = 50

    def allows(self, inviter: str) -> bool:
        """Whether an invitation by this person is accepted."""
        return any(fnmatchcase(inviter, pattern) for pattern in self.invites_allow)
