"""What those who look after the bot, or whose letters fail, are told, one class a key."""

from datetime import datetime
from enum import StrEnum

from circle.receipts import ReceiptLost as LostReason
from circle.refs import Ref
from commands.kernel.sentence import Sentence
from storage.mail import Unsent


class Trouble(StrEnum):
    """What needs a person."""

    UNSENT = "unsent"
    UNHANDLED = "unhandled"
    JOBS_LATE = "jobs-late"
    DISK_FULL = "disk-full"
    UNREAD = "unread"
    GIVEN_UP = "given-up"
    AWAY = "away"


class WatchdogFound(Sentence, key="watchdog.found"):
    trouble: Trouble
    since: datetime
    until: datetime | None
    over: bool


class SettingLost(Sentence, key="setting.lost"):
    items: tuple[str, ...]


class PeriodsUnread(Sentence, key="budget.periods-unread"):
    """Envelopes whose period, as it was typed, tells no days."""

    items: tuple[Ref, ...]


class BackupRestored(Sentence, key="backup.restored"):
    at: datetime


class FileUnsent(Sentence, key="file.unsent"):
    file: str
    reason: Unsent


class ReceiptKept(Sentence, key="receipt.kept"):
    id: Ref


class ReceiptLate(Sentence, key="receipt.late"):
    id: Ref


class ReceiptGone(Sentence, key="receipt.lost"):
    id: Ref
    reason: LostReason
