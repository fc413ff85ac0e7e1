"""What one project asks from its supporters, as purses empty themselves."""

from collections.abc import Iterable
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
        held, enough = purses.held(self.rich), 0
        while held:
            poorest = min(held)
            if poorest < enough:  # neither surely less, nor surely enough
                raise TooCloseError
            enough = purses.rest - (-self.due // self.payers)
            if poorest >= enough:
                return True
            held = self._part(purses, held)
        return False

    def effective_votes(self, purses: Purses) -> tuple[Fraction, Fraction]:
        """Cost divided by price, at least and at most; what costs nothing has all its votes."""
        if not self.due:
            return Fraction(self.payers), Fraction(self.payers)
        if self.doubt >= self.due:
            raise TooCloseError
        shared = self.project.cost * purses.scale * self.payers
        least = Fraction(shared, self.due)
        return least, Fraction(shared, self.due - self.doubt) if self.doubt else least

    def _part(self, purses: Purses, held: list[int]) -> list[int]:
        """Parts those who surely hold less than the price from the others; what these hold."""
        surely_less = -(-(self.due - self.doubt) // self.payers) - purses.slack
        limited = [money < surely_less for money in held]
        parted = list(compress(self.rich, limited))
        self.payers -= self._deduct(purses, parted, compress(held, limited))
        self.limited += parted
        rich = list(map(not_, limited))
        self.rich = list(compress(self.rich, rich))
        return list(compress(held, rich))

    def _deduct(self, purses: Purses, groups: list[int], held: Iterable[int]) -> int:
        """Takes from what is due all that these groups hold; how many voters they are."""
        weights = [purses.weights[group] for group in groups]
        voters = sum(weights)
        self.due -= sum(map(mul, weights, held))
        self.doubt += purses.slack * voters
        return voters
