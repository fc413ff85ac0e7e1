"""What is answered of the results of votes, one class a key (the sentences: `locales`)."""

from collections.abc import Mapping
from datetime import date, datetime

from circle.money import Money
from circle.people import Person
from circle.votes import Outcome, Rule
from commands.kernel.sentence import ABSENT, Absent, Inline, Sentence, Values
from commands.shared.replies import Allocated, CountFacts
from commands.votes.facts import VoteFacts, VoteOption


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


class AnswersPicture(Sentence, key="picture.answers"):
    """How a majority or a consent was answered; `needed` and `threshold` as in the vote."""

    question: str
    rule: Rule
    outcome: Outcome | None
    counts: Mapping[str, int]
    cast: int
    electorate: int
    needed: int | None
    threshold: str | None


class PicturedDate(Values):
    """A date as typed, its day or its instants, and how many can come."""

    text: str
    day: date | None
    start: datetime | None
    end: datetime | None
    says_more: bool
    yes: int
    if_needed: int


class DatesPicture(Sentence, key="picture.dates"):
    """How many can come on each date, the best ones first, told in that time zone."""

    question: str
    dates: tuple[PicturedDate, ...]
    cast: int
    timezone: str


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
