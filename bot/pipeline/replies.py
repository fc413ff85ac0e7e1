"""What the pipeline itself says, one class a key (the sentences: `locales`)."""

from datetime import datetime

from circle.jobs import JobKind
from circle.people import Person
from circle.prompts import PromptKind
from circle.refs import Ref
from commands.kernel.sentence import Sentence


class ToldBy(Sentence, key="told.by"):
    """Who did what follows, and where they said it."""

    by: Person
    where: str


class ToldInTheRoom(Sentence, key="told.room"):
    """The circle's room hears it as well."""

    circle: str


class AboutLine(Sentence, key="told.line"):
    """Which line of a message is answered."""

    of_line: str


class Greeted(Sentence, key="greeting.heard"):
    """Thanks and greetings: a flower, and no words."""


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


class HowToAnswer(Sentence):
    """How to answer a question: its number, and the lines one may take, if any.

    `wanted`: the kind of value that is missing, "" where none is. `by_sign`: whether a reaction
    answers. `more`: whether other questions may follow.
    """

    question: int
    choices: tuple[str, ...]
    asks: PromptKind
    wanted: str
    by_sign: bool
    more: bool


class AskedChoose(HowToAnswer, key="prompt.choose"): ...


class AskedConfirm(HowToAnswer, key="prompt.confirm"): ...


class AskedComplete(HowToAnswer, key="prompt.complete"): ...


class ListMore(Sentence, key="list.more"): ...


class PromptDropped(Sentence, key="prompt.dropped"): ...


class PromptClosed(Sentence, key="prompt.closed"):
    """Answered too late: the line that was asked about."""

    line: str
