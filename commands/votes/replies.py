"""What is answered about votes, one class a key (the sentences: `locales`)."""

from collections.abc import Mapping
from datetime import datetime

from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from circle.votes import Outcome
from commands.kernel.sentence import ABSENT, Absent, Inline, Sentence, Values
from commands.shared.replies import Allocated, CountFacts
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


# Results


class Objection(Values):
    """An objection that stands, and who said it aloud."""

    member: Person
    reason: str


class ConsentTold(Values):
    """Why people object; what concerns them, without names."""

    objections: tuple[Objection, ...]
    concerns: tuple[str, ...]


class DateScore(Values):
    """How many can come that day, and how many could if needed."""

    id: str
    yes: int
    if_needed: int


class DatesTold(Values):
    """What each date obtained."""

    scores: tuple[DateScore, ...] | Absent


class OptionGrade(Values):
    """The majority grade of an option, 0 to 6; its sign where several have the same."""

    id: str
    grade: int
    sign: str


class GradesTold(Values):
    """What each option obtained."""

    grades: tuple[OptionGrade, ...] | Absent


class PricedOption(Values):
    """An option and its votes; where it is funded, how many pay and the price for each.

    `limited`: some pay less. Of few secret ballots neither votes nor payers are told.
    """

    option: Inline[VoteOption]
    votes: int | Absent = ABSENT
    payers: int | Absent = ABSENT
    limited: bool | Absent = ABSENT
    price: Money | Absent | None = ABSENT


class FinancingTold(Values):
    """Who finances what; `otherwise`: what votes alone would have funded, where that differs."""

    financed: tuple[PricedOption, ...]
    left_out: tuple[PricedOption, ...] | Absent
    otherwise: tuple[PricedOption, ...] | Absent


OfRule = ConsentTold | DatesTold | GradesTold | FinancingTold


class VoteCounted(Values):
    """A vote and what was counted of it."""

    vote: Inline[VoteFacts]
    count: Inline[CountFacts]
    of_rule: Inline[OfRule | Absent]


class VoteClosed(Sentence, key="vote.closed"):
    """`sealed`: of few secret ballots, only the outcome; `late`: counted after its time."""

    counted: Inline[VoteCounted]
    outcome: Outcome | None
    closed: datetime | None
    available: Money | None
    sealed: bool
    late: bool


class TurnoutTold(Values):
    """A vote whose counts are not shown yet, and how many answered."""

    vote: Inline[VoteFacts]
    cast: int


class VoteResult(Sentence, key="vote.result"):
    counted: Inline[VoteCounted | TurnoutTold]


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


# Pictures, read back when they are drawn


class OptionText(Values):
    """An option as pictures show it."""

    id: str
    text: str


class JudgmentPicture(Sentence, key="picture.judgment"):
    """How each option was judged; `counts`: of each grade, worst first."""

    question: str
    options: tuple[OptionText, ...]
    winners: tuple[str | tuple[str, ...], ...]
    counts: Mapping[str, tuple[int, ...]]
    grades: tuple[OptionGrade, ...]


class SharedOption(Values):
    """What an envelope is shared among, as pictures show it."""

    id: str
    text: str
    cost: Money
    votes: int
    payers: int = 0


class SharesPicture(Sentence, key="picture.shares"):
    """Who finances what."""

    budget: Money
    spent: Money
    cast: int
    financed: tuple[SharedOption, ...]
    left_out: tuple[SharedOption, ...]
    greedy: Allocated
