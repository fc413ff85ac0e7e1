"""The money of voters while they buy together: exact, or rounded with a known error.

Exact money needs a finer unit at almost every purchase, and every purse brought to it: that is
most of the work. Rounded money keeps its unit and knows by how much it may be wrong. A decision
taken on it is certain, or is not taken: `TooCloseError`, and the exact count decides.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import gcd
from typing import Protocol

FINE = 1 << 96


class TooCloseError(ArithmeticError):
    """Rounded money cannot tell which of two amounts is the greater."""


class Bill(Protocol):
    """What is to be paid: `due` units (up to `doubt` less, in truth) shared by `payers`.

    Voters of the `rich` groups pay an equal part, those of the `limited` groups all they hold.
    """

    due: int
    doubt: int
    payers: int
    rich: list[int]
    limited: list[int]


class Purses:
    """What each group's voters hold, in whole units; `scale` units make a cent.

    These are exact: the unit becomes finer whenever a price asks for it. `weights` says how many
    voters each group has. The truth lies between what is `held` and `slack` units more; paying
    a price leaves at least `rest`.
    """

    slack = 0
    rest = 0

    def __init__(self, weights: tuple[int, ...], share: Fraction, scale: int = 0) -> None:
        self.weights = weights
        self.scale = scale or share.denominator
        self._money = [share.numerator * self.scale // share.denominator] * len(weights)

    def held(self, groups: Iterable[int]) -> list[int]:
        """What a voter of each group holds."""
        money = self._money
        return [money[group] for group in groups]

    def filled(self, groups: Iterable[int]) -> list[int]:
        """Those of `groups` whose purses are not empty."""
        money = self._money
        return [group for group in groups if money[group]]

    def pay(self, bill: Bill) -> None:
        """Takes what is due from the purses."""
        price, money = self._price(bill), self._money
        for group in bill.rich:
            money[group] -= price
        for group in bill.limited:
            money[group] = 0

    def _price(self, bill: Bill) -> int:
        common = gcd(bill.due, bill.payers)
        finer = bill.payers // common
        if finer > 1:
            self.scale *= finer
            self._money = [money * finer for money in self._money]
        return bill.due // common


class RoundedPurses(Purses):
    """Purses that round prices up: voters hold a little more than what is counted.

    An empty purse is truly empty, though: nothing that a voter holds is rounded to nothing.
    """

    rest = 1

    def __init__(self, weights: tuple[int, ...], share: Fraction, scale: int = FINE) -> None:
        super().__init__(weights, share, scale)
        self.slack = 1
        if 0 < share * scale < 1:
            raise TooCloseError

    def _price(self, bill: Bill) -> int:
        self.slack += 1 - (-bill.doubt // bill.payers)
        return -(-bill.due // bill.payers)
