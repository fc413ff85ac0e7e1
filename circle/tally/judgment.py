"""Majority judgment (Balinski and Laraki, *Majority Judgment*, MIT Press, 2010)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from circle.tally.election import Election
from circle.tally.ranking import ranked, shared_first
from circle.tally.result import Result

GRADES = 7
WORST = 0


@dataclass(frozen=True, slots=True)
class Gauge:
    """The majority grade of an option, and the shares of judges strictly above and below it."""

    grade: int
    above: Fraction
    below: Fraction

    @property
    def rising(self) -> bool:
        """More judges above than below: told as a plus, otherwise as a minus."""
        return self.above > self.below


def tally(election: Election) -> Result:
    """Options by majority value, best first; equal majority values are a tie."""
    grades = grades_by_option(election)
    winners = ranked({option: majority_value(given) for option, given in grades.items()})
    return Result(
        rule=election.rule,
        winners=winners,
        tie=shared_first(winners) and election.cast > 0,
        cast=election.cast,
        electorate=election.electorate,
        quorum_met=election.quorum_met,
        counts=_counts(grades),
    )


def grades_by_option(election: Election) -> dict[str, list[int]]:
    """The grades of each option, worst first.

    A ballot that grades something gives the worst grade to what it leaves out; one that grades
    nothing gives none.
    """
    ballots = [b.choice for b in election.ballots if isinstance(b.choice, Mapping) and b.choice]
    return {
        option.id: sorted(choice.get(option.id, WORST) for choice in ballots)
        for option in election.options
    }


def majority_value(grades: list[int]) -> tuple[int, ...]:
    """The lower medians of sorted `grades`, each one taken out before the next.

    They are met by walking outwards from the middle, one side then the other, downwards first
    when their number is even.
    """
    half = len(grades) // 2
    lower, upper = grades[:half][::-1], grades[half:]
    value = [WORST] * len(grades)
    value[0::2], value[1::2] = (upper, lower) if len(grades) % 2 else (lower, upper)
    return tuple(value)


def gauges(election: Election) -> dict[str, Gauge]:
    """The gauge of each option, in declared order; empty when nobody graded anything."""
    return {
        option: _gauge(grades) for option, grades in grades_by_option(election).items() if grades
    }


def _gauge(grades: list[int]) -> Gauge:
    grade = majority_value(grades)[0]
    above = sum(given > grade for given in grades)
    below = sum(given < grade for given in grades)
    return Gauge(grade, Fraction(above, len(grades)), Fraction(below, len(grades)))


def _counts(grades: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    best = max((given[-1] for given in grades.values() if given), default=WORST)
    scale = range(max(GRADES, best + 1))
    counters = {option: Counter(given) for option, given in grades.items()}
    return {option: tuple(count[grade] for grade in scale) for option, count in counters.items()}
