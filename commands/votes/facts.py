"""What several answers tell of a vote."""

from datetime import date, datetime

from circle.money import Money
from circle.refs import Ref
from circle.votes import Rule
from commands.kernel.sentence import ABSENT, Absent, Values


class VoteOption(Values):
    """An option; `says_more` of a date whose words hold more than the date (`mardi soir`)."""

    id: str
    text: str
    cost: Money | Absent | None = ABSENT
    start: date | datetime | Absent = ABSENT
    end: datetime | Absent | None = ABSENT
    says_more: bool | Absent = ABSENT


class VoteFacts(Values):
    """A vote as people know it: what it asks, how, of how many, until when."""

    id: Ref
    rule: Rule
    question: str
    version: int
    options: tuple[str | VoteOption, ...]
    dates: bool
    closes: datetime
    electorate: int
    quorum: str | None
    needed: int | None
    threshold: str | None
    budget: Money | None
    action: Ref | None
    item: Ref | None
    secret: bool
    hidden: bool
    review: date | None
    unfunded: bool
    cancelled: bool
