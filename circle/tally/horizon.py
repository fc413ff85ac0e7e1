"""How long equal shares keeps telling the same story when shares rise.

A story is the order of purchase. While the same people pay the full price of each, the money
left in each purse and each price are straight lines of the share, so it can be computed how far
the story surely goes on: until someone who could not pay a full price can, from where new lines
are drawn; until a project that was not chosen catches up, or one that nobody could afford becomes
affordable. The answer may come too early, never too late: money rises with the share and prices
fall, and a price is convex, so the line that touches it here stays below it further on.

Lines are whole numbers over a common scale: fractions cost fifty times as much.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from operator import mul
from typing import NamedTuple

from circle.tally.equal import Sale
from circle.tally.instance import BudgetInstance, Project


class _Price(NamedTuple):
    """What each of `payers` pays: a part of `due`, in units of which `scale` make a cent.

    `slope` is what `due` becomes more when the share rises by a cent: it falls, or stays.
    """

    due: int
    slope: int
    payers: int
    scale: int


def horizon(instance: BudgetInstance, story: tuple[Sale, ...], share: Fraction) -> Fraction:
    """How much `share` can surely rise, that excluded, before `story` changes."""
    lasts = Fraction(0)
    while True:
        replay = _Replay(instance, share + lasts)
        for sale in story:
            replay.buy(sale)
        lasts += replay.end()
        if not replay.goes_on:
            return lasts


class _Replay:
    """The purchases again, with purses as lines, and how far the nearest event is.

    A purse that is empty stays so: its slope is 0, as that of no other.
    """

    def __init__(self, instance: BudgetInstance, share: Fraction) -> None:
        self._weights = instance.weights
        self._scale = share.denominator
        self._money = [share.numerator] * len(instance.weights)
        self._slopes = [share.denominator] * len(instance.weights)
        # What costs nothing changes no purse, wherever it comes in the order.
        self._left = {p.id: p for p in instance.projects.values() if p.cost}
        self._floors = {p.id: _Price(p.cost, 0, p.votes, 1) for p in self._left.values()}
        # Any limit would do: nobody needs to look further than the cost of everything.
        self._nearest = (sum(p.cost for p in self._left.values()), 1)
        self.goes_on = False
        """Whether nothing but who pays the full price changes at the nearest event."""

    def buy(self, sale: Sale) -> None:
        """Notes what may end the story during this purchase, then makes supporters pay."""
        if not sale.cost:
            return
        project = self._left.pop(sale.id)
        price, limited = self._price(project)
        for group in limited:
            lacks = price.due - self._money[group] * price.payers
            self._note_payer(lacks, self._slopes[group] * price.payers - price.slope)
        for other in self._left.values():
            self._watch(other, project, price)
        self._pay(project, price, limited)

    def end(self) -> Fraction:
        """How far the story surely lasts, nothing more being bought."""
        for project in self._left.values():
            self._note(*self._wait(project))
        return Fraction(*self._nearest)

    def _note(self, distance: int, over: int) -> None:
        """The story may end at `distance / over` from here; never where `over` is 0."""
        if over and not self._is_beyond(distance, over):
            self._nearest, self.goes_on = (distance, over), False

    def _note_payer(self, distance: int, over: int) -> None:
        """Somebody more pays the full price at `distance / over` from here."""
        nearest, per = self._nearest
        if distance * per < nearest * over:
            self._nearest, self.goes_on = (distance, over), True

    def _is_beyond(self, distance: int, over: int) -> bool:
        nearest, per = self._nearest
        return distance * per > nearest * over

    def _watch(self, other: Project, chosen: Project, price: _Price) -> None:
        """Notes when `other` may come before `chosen`; looks closer only where it matters."""
        lead, closing = _closing(other, self._floors[other.id], chosen, price)
        if closing <= 0 and lead > 0:
            return
        distance, over = (max(lead, 0), closing) if closing > 0 else (0, 1)
        if self._is_beyond(distance, over):
            return
        lacks, growing = self._wait(other)
        if not growing:
            return
        if lacks > 0:
            later = lacks * over > distance * growing
            self._note(*((lacks, growing) if later else (distance, over)))
            return
        self._floors[other.id], _ = self._price(other)
        lead, closing = _closing(other, self._floors[other.id], chosen, price)
        if closing > 0:  # else equality now is a tie that the rule has settled for `chosen`
            self._note(max(lead, 0), closing)

    def _wait(self, project: Project) -> tuple[int, int]:
        """What its supporters lack to afford `project` (0 or less: nothing), and its slope."""
        held, growing = self._total(project.groups)
        return project.cost * self._scale - held, growing

    def _price(self, project: Project) -> tuple[_Price, list[int]]:
        """What each rich supporter pays for `project`, which they can afford; the limited ones."""
        rich = [group for group in project.groups if self._slopes[group]]
        payers = sum(self._weights[group] for group in rich)
        due, slope, limited = project.cost * self._scale, 0, list[int]()
        while poor := [group for group in rich if self._money[group] * payers < due]:
            held, growing = self._total(poor)
            rich = [group for group in rich if self._money[group] * payers >= due]
            due, slope = due - held, slope - growing
            payers -= sum(self._weights[group] for group in poor)
            limited += poor
        return _Price(due, slope, payers, self._scale), limited

    def _total(self, groups: Sequence[int]) -> tuple[int, int]:
        """What the voters of these groups hold together, and its slope."""
        weights = list(map(self._weights.__getitem__, groups))
        held = sum(map(mul, weights, map(self._money.__getitem__, groups)))
        return held, sum(map(mul, weights, map(self._slopes.__getitem__, groups)))

    def _pay(self, project: Project, price: _Price, limited: list[int]) -> None:
        common = gcd(price.due, price.slope, price.payers)
        finer = price.payers // common
        self._scale *= finer
        self._money = [money * finer for money in self._money]
        self._slopes = [slope * finer for slope in self._slopes]
        for group in project.groups:
            if self._slopes[group]:
                self._money[group] -= price.due // common
                self._slopes[group] -= price.slope // common
        for group in limited:
            self._money[group] = self._slopes[group] = 0


def _closing(
    other: Project, other_price: _Price, chosen: Project, price: _Price
) -> tuple[int, int]:
    """How far `other` is from as many effective votes as `chosen`, and how fast it comes nearer.

    Their quotient is the rise of the share; each alone has a unit of its own.
    """
    here = chosen.cost * price.payers * price.scale
    there = other.cost * other_price.payers * other_price.scale
    lead = here * other_price.due - there * price.due
    return lead, there * price.slope - here * other_price.slope
