"""Votes: who may answer, until when, and what each person answered last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeAlias

from circle.people import PersonKey
from circle.personal import GONE
from circle.quorum import Quorum


class Rule(StrEnum):
    """How a vote is counted (docs/domain.md: Deciding)."""

    MAJORITY = "majority"
    CONSENT = "consent"
    MEDIAN = "median"
    APPROVAL = "approval"
    JUDGMENT = "judgment"
    SHARES = "shares"


class Outcome(StrEnum):
    """How a closed vote ended (docs/words.md: The vote file)."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    NO_QUORUM = "no-quorum"
    TIE = "tie"
    DECIDED = "decided"
    VOID = "void"


class Completion(StrEnum):
    """What equal shares does with the money that it leaves (docs/domain.md: Deciding)."""

    NONE = "none"
    UTILITARIAN = "utilitarian"
    ADD1 = "add1"
    ADD1U = "add1u"


Choice: TypeAlias = str | int | tuple[str, ...] | Mapping[str, int] | None
"""What one answers, by the rule of the vote (docs/words.md: The vote file).

A word (majority, consent; `abstain` also of a median), cents (median), option ids (approval,
shares), a table of option ids (approval for dates, judgment), or None for a blank answer.
"""


@dataclass(frozen=True, slots=True)
class Option:
    """Something one can choose; `cost` in cents for `shares`.

    `when`, where dates are voted on: a day, an instant, or two instants (ISO 8601, `a/b`).
    """

    id: str
    text: str
    cost: int | None = None
    when: str | None = None

    @property
    def start(self) -> date | datetime | None:
        """The day, or the zone-aware instant at which it begins."""
        first = self.when.partition("/")[0] if self.when else None
        if first is None:
            return None
        return datetime.fromisoformat(first) if "T" in first else date.fromisoformat(first)

    @property
    def end(self) -> datetime | None:
        """The instant at which it ends, where it was said."""
        last = self.when.partition("/")[2] if self.when else ""
        return datetime.fromisoformat(last) if last else None


LOST_OPTIONS: Final = (Option(GONE, GONE),)
"""In the place of options that the store cannot read back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A vote. The electorate is frozen at opening; amounts in cents; instants zone-aware.

    `review`: the day on which what was adopted is looked at again. `version`: how many texts
    the proposal has had, the last one at `amended_at`. `unfunded`: decided, but beyond what was
    available at its closing, so that it holds no money back. `cancelled`: why it was called off,
    perhaps empty; None where it was not.
    """

    number: int
    rule: Rule
    question: str
    opened_by: PersonKey
    opened_at: datetime
    closes: datetime
    electorate: tuple[PersonKey, ...]
    options: tuple[Option, ...] = ()
    budget: int | None = None
    action: int | None = None
    item: int | None = None
    quorum: Quorum | None = None
    threshold: Fraction | None = None
    minimum: int | None = None
    completion: Completion | None = None
    secret: bool = False
    hidden: bool = False
    version: int = 1
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    released: bool = False
    review: date | None = None
    amended_at: datetime | None = None
    unfunded: bool = False
    cancelled: str | None = None

    @property
    def open(self) -> bool:
        return self.closed_at is None

    @property
    def lost(self) -> bool:
        """Whether its options cannot be read any more, so that nobody can answer or count it."""
        return self.options == LOST_OPTIONS

    @property
    def of_dates(self) -> bool:
        """Whether the options are dates, on which one can answer *si besoin*."""
        return any(option.when for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One answer, appended to its voter's log. `choice` None is a spoiled or emptied answer."""

    voter: PersonKey
    at: datetime
    choice: Choice
    reason: str = ""
    version: int = 1
    source: str | None = None
    withdrawn: bool = False
    id: int | None = None


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """What a closed vote left for ever: its file, and what was available after it (cents).

    `available` is None where that is not told, or was not kept by the program of that day.
    """

    file: str
    available: int | None = None


def standing(vote: Vote, ballots: Iterable[Ballot]) -> dict[PersonKey, Ballot]:
    """The ballot of each voter that counts: the last one kept, of this version of the vote.

    `ballots` come in the order of admission. A withdrawn ballot brings back the one before; a
    spoiled one (choice None) counts as no answer.
    """
    last: dict[PersonKey, Ballot] = {}
    for ballot in ballots:
        if not ballot.withdrawn and ballot.version == vote.version:
            last[ballot.voter] = ballot
    return {voter: ballot for voter, ballot in last.items() if ballot.choice is not None}
