"""What one project asks from its supporters, as purses empty themselves."""

from fractions import Fraction
from itertools import compress
from operator import mul, not_

from circle.tally.instance import Project
from circle.tally.purses import Purses, TooCloseError


class Demand:
    """The bill of a project: `rich` groups pay its full price, `limited` ones all they hold.

    Money falls and prices rise: a group that is limited once stays so, and what a project could
    offer before is the most that it can still offer.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.due = self.doubt = 0
        self.payers = project.votes
        self.rich = list(project.groups)
        self.limited: list[int] = []

    def affordable(self, purses: Purses) -> bool:
        """Sees who is limited now; false when all are, their money together falling short.

        What costs nothing limits nobody.
        """
        if not self.project.cost:
            return True
        self.limited = purses.filled(self.limited)
        self.due = self.project.cost * purses.scale
        self.doubt = 0
        self._deduct(purses, self.limited, purses.held(self.limited))
        held = purses.held(self.rich)
        while held and min(held) < (enough := purses.rest - (-self.due // self.payers)):
            held = self._part(purses, held, enough)
        return bool(held)

    def effective_votes(self, purses: Purses) -> tuple[Fraction, Fraction]:
        """Cost divided by price, at least and at most; what costs nothing has all its votes."""
        if not self.due:
            return Fraction(self.payers), Fraction(self.payers)
        if self.doubt >= self.due:
            raise TooCloseError
        shared = self.project.cost * purses.scale * self.payers
        least = Fraction(shared, self.due)
        return least, Fraction(shared, self.due - self.doubt) if self.doubt else least

    def _part(self, purses: Purses, held: list[int], enough: int) -> list[int]:
        """Parts the rich, who hold `enough`, from the others; what the rich hold."""
        surely_less = -(-(self.due - self.doubt) // self.payers) - purses.slack
        limited = [money < surely_less for money in held]
        parted = list(compress(self.rich, limited))
        self.payers -= sum([purses.weights[group] for group in parted])
        self._deduct(purses, parted, list(compress(held, limited)))
        self.limited += parted
        rich = list(map(not_, limited))
        self.rich, held = list(compress(self.rich, rich)), list(compress(held, rich))
        if held and min(held) < enough:
            raise TooCloseError
        return held

    def _deduct(self, purses: Purses, groups: list[int], held: list[int]) -> None:
        weights = [purses.weights[group] for group in groups]
        self.due -= sum(map(mul, weights, held))
        self.doubt += purses.slack * sum(weights)
