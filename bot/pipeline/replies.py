"""What the pipeline itself says, one class a key (the sentences: `locales`)."""

from datetime import datetime

from circle.jobs import JobKind
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Sentence


class ToldBy(Sentence, key="told.by"):
    """Who did what follows, and where they said it."""

    by: Person
    where: str


class ToldInTheRoom(Sentence, key="told.room"):
    """The circle's room hears it as well."""

    circle: str


class Welcome(Sentence, key="welcome"): ...


class WelcomeBack(Sentence, key="welcome.back"):
    circle: str


class NotDecrypted(Sentence, key="undecryptable"):
    member: Person


class RefusedFailed(Sentence, key="refused.failed"):
    """A fault of ours; `reference` is in the log."""

    reference: str


class JobFailed(Sentence, key="job.failed"):
    kind: JobKind
    due: datetime
    reference: str


class ReceiptRemoved(Sentence, key="receipt.removed"):
    id: Ref
    member: Person
