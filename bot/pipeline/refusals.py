"""What is refused here, one class a key (the sentences: `locales`)."""

from circle.refs import Ref
from commands.kernel.sentence import Sentence


class ReceiptDecided(Sentence, key="receipt.decided"):
    id: Ref


class RefusedDeletion(Sentence, key="refused.deletion"):
    command: str
    id: Ref | None


class RefusedEditCircle(Sentence, key="refused.edit-circle"):
    id: Ref | None


class RefusedEditKept(Sentence, key="refused.edit-kept"):
    id: Ref


class RefusedEditUnread(Sentence, key="refused.edit-unread"):
    line: str


class RefusedManyLines(Sentence, key="refused.many-lines"):
    """A message with more commands than one may have."""

    count: int
    most: int


class RefusedEditLines(Sentence, key="refused.edit-lines"):
    """An edit with another number of commands than the message it replaces."""

    before: int
    now: int


class RefusedUnknownCommand(Sentence, key="refused.unknown-command"):
    word: str
    line: str | None


class ReceiptRefused(Sentence):
    """A receipt beyond a limit: of the item, which takes `most` at most (megabytes, or files)."""

    id: Ref
    most: int


class ReceiptTooLarge(ReceiptRefused, key="receipt.too-large"): ...


class ReceiptTooMany(ReceiptRefused, key="receipt.too-many"): ...


class ReceiptMonthFull(ReceiptRefused, key="receipt.month-full"): ...


class ReceiptCircleFull(ReceiptRefused, key="receipt.circle-full"): ...


class ReceiptDiskFull(ReceiptRefused, key="receipt.disk-full"): ...


class EditRefused(Sentence):
    """An edit of what a command did that is not acted on."""

    command: str
    id: Ref | None


class RefusedEditDeleted(EditRefused, key="refused.edit-deleted"): ...


class RefusedEdit(EditRefused, key="refused.edit"): ...


class RefusedEditChanged(EditRefused, key="refused.edit-changed"): ...


class PlainMeant(Sentence, key="plain.meant"):
    """A plain sentence that would change something: the line that does it."""

    line: str
