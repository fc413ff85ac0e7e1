"""What is answered about votes, one class a key (the sentences: `locales`)."""

from datetime import datetime

from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from circle.votes import Outcome
from commands.kernel.sentence import ABSENT, Absent, Inline, Sentence, Values
from commands.votes.facts import VoteFacts, VoteOption


class EstimateTold(Values):
    """What an amount is looked for: who declared it, the effort, what is asked."""

    member: Person
    minutes: int | None
    asked: Money | None


class ShareTold(Values):
    """What is available, where more than that is to be shared."""

    available: Money | None


class VoteOpened(Sentence, key="vote.opened"):
    """`raised`: the quorum or minimum that was asked, too low."""

    vote: Inline[VoteFacts]
    raised: str | int | None
    of_rule: Inline[EstimateTold | ShareTold | Absent] = ABSENT


class VoteAmended(Sentence, key="vote.amended"):
    """`again`: who had answered the text before; `longer`: it closes later than it would have."""

    vote: Inline[VoteFacts]
    again: tuple[Person, ...]
    longer: bool


class VoteExtended(Sentence, key="vote.extended"):
    vote: Inline[VoteFacts]


class VoteReleased(Sentence, key="vote.released"):
    vote: Inline[VoteFacts]
    amount: Money | None
    available: Money | None


class VoteCancelled(Sentence, key="vote.cancelled"):
    vote: Inline[VoteFacts]
    outcome: Outcome | None
    closed: datetime | None
    member: Person | None
    reason: str | None


class VoteUnreadable(Sentence, key="vote.unreadable"):
    """What an old erasure took from a vote: it cannot be counted any more."""

    vote: Inline[VoteFacts]
    outcome: Outcome | None
    closed: datetime | None


class VoteObjected(Sentence, key="vote.objected"):
    """`author`: who may amend the proposal; `calls`: they are mentioned."""

    vote: Inline[VoteFacts]
    member: Person
    reason: str
    author: Person
    calls: bool


class VoteLifted(Sentence, key="vote.lifted"):
    """`standing`: objections that remain; `abstains`: what their answer now is."""

    vote: Inline[VoteFacts]
    member: Person
    standing: int
    abstains: bool


class VoteReminder(Sentence, key="vote.reminder"):
    vote: Inline[VoteFacts]
    missing: tuple[Person, ...]
    late: bool


class VoteReview(Sentence, key="vote.review"):
    vote: Inline[VoteFacts]
    closed: datetime | None
    late: bool


class PendingVote(Values):
    """A vote that waits for an answer; its circle, where there are several."""

    vote: Inline[VoteFacts]
    circle: str | None


class VotePending(Sentence, key="vote.pending"):
    items: tuple[PendingVote, ...]
    count: int


class ClosedVote(Values):
    """A vote that was closed, and how it ended."""

    vote: Inline[VoteFacts]
    outcome: Outcome | None


class VoteList(Sentence, key="vote.list"):
    items: tuple[VoteFacts, ...]
    closed: tuple[ClosedVote, ...]


# One's own ballot
class BallotCast(Sentence, key="ballot.cast"):
    id: Ref
    pseudonym: str | None


class ChosenOption(Values):
    """An option of a ballot, and what is said of it."""

    id: str
    text: str
    value: int | None


class BallotMine(Sentence, key="ballot.mine"):
    """An answer as its rule tells it: a word, an amount, or options."""

    vote: Inline[VoteFacts]
    pseudonym: str | None
    answered: bool
    open: bool
    choice: str | None = None
    amount: Money | None = None
    chosen: tuple[ChosenOption, ...] = ()
    reason: str = ""


# Polls
class PollOption(Sentence, key="poll.option"):
    one: VoteOption


class PollYes(Sentence, key="poll.yes"): ...


class PollNo(Sentence, key="poll.no"): ...


class PollAbstain(Sentence, key="poll.abstain"): ...


class PollConsent(Sentence, key="poll.consent"): ...


class PollConcern(Sentence, key="poll.concern"): ...


class PollObjection(Sentence, key="poll.objection"): ...
