"""The vote to count, all that is needed to count it and nothing else."""

from dataclasses import dataclass
from fractions import Fraction

from circle.quorum import Quorum
from circle.votes import Choice, Completion, Option, Rule


@dataclass(frozen=True, slots=True)
class CountedBallot:
    """The answer of one voter that counts, under a pseudonym; a choice of None is blank."""

    voter: str
    choice: Choice
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """A vote as it is counted. `budget` in cents; `electorate` is the number of people.

    None stands for what was not asked: no quorum, a simple majority, the usual minimum.
    """

    rule: Rule
    electorate: int
    question: str = ""
    quorum: Quorum | None = None
    threshold: Fraction | None = None
    minimum: int | None = None
    budget: int | None = None
    completion: Completion = Completion.ADD1U
    options: tuple[Option, ...] = ()
    ballots: tuple[CountedBallot, ...] = ()

    @property
    def cast(self) -> int:
        """How many people answered, blank and empty ballots included."""
        return len(self.ballots)

    @property
    def quorum_met(self) -> bool:
        """Whether enough ballots were cast; true where no quorum was asked."""
        return self.quorum is None or self.cast >= self.quorum.needed(self.electorate)
