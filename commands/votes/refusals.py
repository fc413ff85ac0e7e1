"""What is refused here, one class a key (the sentences: `locales`)."""

from datetime import date, datetime

from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from circle.votes import Rule
from commands.kernel.sentence import Inline, Sentence, Values
from commands.votes.facts import VoteFacts


class Answerable(Values):
    """An option that one may answer."""

    id: str
    text: str


class VoteAlreadyClosed(Sentence, key="vote.already-closed"):
    id: Ref
    closes: datetime | None


class VoteAlreadyOpen(Sentence, key="vote.already-open"):
    id: Ref
    item: Ref


class VoteAnswered(Sentence, key="vote.answered"):
    id: Ref
    steward: bool


class VoteCostMissing(Sentence, key="vote.cost-missing"):
    id: Ref
    title: str


class VoteNeverSecret(Sentence, key="vote.never-secret"): ...


class VoteNoObjection(Sentence, key="vote.no-objection"):
    id: Ref


class VoteNobody(Sentence, key="vote.nobody"): ...


class VoteNotElector(Sentence, key="vote.not-elector"):
    id: Ref
    opened: datetime
    why: str


class VoteNotLater(Sentence, key="vote.not-later"):
    id: Ref
    closes: datetime


class VoteNothingHeld(Sentence, key="vote.nothing-held"):
    id: Ref
    open: bool


class VoteNothingToShare(Sentence, key="vote.nothing-to-share"): ...


class VoteOtherRule(Sentence, key="vote.other-rule"):
    id: Ref
    rule: Rule


class VoteOverBudget(Sentence, key="vote.over-budget"):
    amount: Money | None
    available: Money | None


class VoteReviewTooEarly(Sentence, key="vote.review-too-early"):
    review: date
    closes: datetime


class VoteSameText(Sentence, key="vote.same-text"):
    id: Ref
    question: str


class VoteTooEarly(Sentence, key="vote.too-early"):
    id: Ref
    closes: datetime
    missing: int
    secret: bool
    amended: bool
    fewest: int | None
    lacking: int | None


class VoteTooLong(Sentence, key="vote.too-long"):
    closes: datetime
    latest: datetime


class VoteTooOld(Sentence, key="vote.too-old"):
    id: Ref
    latest: datetime


class VoteTooShort(Sentence, key="vote.too-short"):
    closes: datetime
    earliest: datetime


class VoteUnknownAnswer(Sentence, key="vote.unknown-answer"):
    id: Ref
    rule: Rule
    answer: str
    option: str | None
    choices: tuple[str, ...]
    options: tuple[Answerable, ...]
    dates: bool


class VoteSecret(Sentence, key="vote.secret"):
    vote: Inline[VoteFacts]


class VoteHidden(Sentence, key="vote.hidden"):
    vote: Inline[VoteFacts]


class VoteReasonMissing(Sentence, key="vote.reason-missing"):
    id: Ref
    member: Person
    typed: bool
