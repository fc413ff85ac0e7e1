"""The files that prove an expense: what is kept of them, and how much may be."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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


class Limit(StrEnum):
    """What a receipt may go beyond."""

    FILE = "file"
    ENTRY = "entry"
    MONTH = "month"
    CIRCLE = "circle"
    DISK = "disk"


class ReceiptLost(StrEnum):
    """Why a file that was noted is not there."""

    UNREACHABLE = "unreachable"
    ABSENT = "absent"
    DISK = "disk"
    FAILED = "failed"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """How much is kept: bytes, `per_entry` a number of files, `min_free` what the disk keeps free.

    `per_person_month` counts what somebody sends in a calendar month, in all circles.
    """

    max_size: int = 10_000_000
    per_entry: int = 5
    per_person_month: int = 50_000_000
    per_circle: int = 1_000_000_000
    min_free: int = 1_000_000_000

    def of(self, limit: Limit) -> int:
        """The figure that this limit is about."""
        figures = {
            Limit.FILE: self.max_size,
            Limit.ENTRY: self.per_entry,
            Limit.MONTH: self.per_person_month,
            Limit.CIRCLE: self.per_circle,
            Limit.DISK: self.min_free,
        }
        return figures[limit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What there is beside a receipt: files of its entry; bytes of its sender and of its circle.

    `free`: bytes that the disk has left; None where nothing is written on one.
    """

    entry: int
    month: int
    circle: int
    free: int | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many bytes one more receipt may have (0: none at all), and what limits it."""

    size: int
    limit: Limit


def allowance(quotas: Quotas, usage: Usage) -> Allowance:
    """What one more receipt may weigh: the tightest of all limits."""
    left = [
        Allowance(quotas.max_size, Limit.FILE),
        Allowance(quotas.per_person_month - usage.month, Limit.MONTH),
        Allowance(quotas.per_circle - usage.circle, Limit.CIRCLE),
    ]
    if usage.free is not None:
        left.append(Allowance(usage.free - quotas.min_free, Limit.DISK))
    if usage.entry >= quotas.per_entry:
        left.append(Allowance(0, Limit.ENTRY))
    tightest = min(left, key=lambda one: one.size)
    return Allowance(max(tightest.size, 0), tightest.limit)
