"""The files that prove an expense."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A receipt of the entry C{item}: `sha256` names its copy, None while it could not be had.

    `size` in bytes.
    """

    item: int
    at: datetime
    name: str
    mimetype: str
    size: int
    sha256: str | None
