"""How long equal shares keeps telling the same story when shares rise.

A story is the order of purchase and, for each, who pays the full price. While it lasts, the
money left in each purse and each price are straight lines of the share, so it can be computed
where the story may end. Three things end it: someone who could not pay the full price can; a
project that was not chosen catches up; a project that nobody could afford becomes affordable.
The answer may come too early, never too late: money rises with the share and prices fall, and
a price is convex, so the line that touches it here stays below it further on.
"""

from fractions import Fraction
from typing import NamedTuple

from circle.tally.equal import Sale
from circle.tally.instance import Instance, Project


class _Line(NamedTuple):
    """A value at the share of departure, and its slope."""

    value: Fraction
    slope: Fraction


_Member = tuple[_Line, int]
_EMPTY = _Line(Fraction(0), Fraction(0))


def horizon(instance: Instance, story: tuple[Sale, ...], share: Fraction) -> Fraction:
    """How much `share` can surely rise, that excluded, before `story` changes."""
    replay = _Replay(instance, share)
    for sale in story:
        replay.buy(sale)
    return replay.end()


class _Replay:
    """The purchases again, with purses as lines, and how far the nearest event is."""

    def __init__(self, instance: Instance, share: Fraction) -> None:
        self._weights = instance.weights
        self._purses = [_Line(share, Fraction(1))] * len(instance.weights)
        # What costs nothing changes no purse, wherever it comes in the order.
        self._left = {p.id: p for p in instance.projects.values() if p.cost}
        self._floors = {
            p.id: _Line(Fraction(p.cost, p.votes), Fraction(0)) for p in self._left.values()
        }
        # Any limit would do: nobody needs to look further than the cost of everything.
        self._nearest = Fraction(sum(p.cost for p in self._left.values()))

    def buy(self, sale: Sale) -> None:
        """Notes what may end the story during this purchase, then makes supporters pay."""
        if not sale.cost:
            return
        project = self._left.pop(sale.id)
        price = self._price(project)
        for group in project.groups:
            purse = self._purses[group]
            if purse.value < price.value and purse.slope:
                self._note((price.value - purse.value) / (purse.slope - price.slope))
        for other in self._left.values():
            self._watch(other, project, price)
        self._pay(project, price)

    def end(self) -> Fraction:
        """How far the story surely lasts, nothing more being bought."""
        for project in self._left.values():
            self._note(self._wait(project))
        return self._nearest

    def _note(self, distance: Fraction | None) -> None:
        if distance is not None and distance < self._nearest:
            self._nearest = distance

    def _watch(self, other: Project, chosen: Project, price: _Line) -> None:
        """Notes when `other` may come before `chosen`; looks closer only where it matters."""
        catches = _catches(other, self._floors[other.id], chosen, price, exact=False)
        if catches is None or catches >= self._nearest:
            return
        wait = self._wait(other)
        if wait is None:
            return
        if wait > 0:
            self._note(max(wait, catches))
            return
        self._floors[other.id] = self._price(other)
        self._note(_catches(other, self._floors[other.id], chosen, price, exact=True))

    def _wait(self, project: Project) -> Fraction | None:
        """How far its supporters can afford `project`: 0 or less, now; None, never."""
        held = _total(self._members(project))
        return (project.cost - held.value) / held.slope if held.slope else None

    def _price(self, project: Project) -> _Line:
        """What each rich supporter pays for `project`, which they can afford."""
        members = self._members(project)
        due = _Line(Fraction(project.cost), Fraction(0))
        while True:
            payers = sum(weight for _, weight in members)
            rich = [member for member in members if member[0].value * payers >= due.value]
            if len(rich) == len(members):
                return _Line(due.value / payers, due.slope / payers)
            paid = _minus(_total(members), _total(rich))
            due, members = _minus(due, paid), rich

    def _members(self, project: Project) -> list[_Member]:
        pairs = [(self._purses[group], self._weights[group]) for group in project.groups]
        return [(purse, weight) for purse, weight in pairs if purse.slope]

    def _pay(self, project: Project, price: _Line) -> None:
        for group in project.groups:
            purse = self._purses[group]
            limited = purse.value < price.value
            self._purses[group] = _EMPTY if limited else _minus(purse, price)


def _minus(line: _Line, other: _Line) -> _Line:
    return _Line(line.value - other.value, line.slope - other.slope)


def _total(members: list[_Member]) -> _Line:
    return _Line(
        sum((line.value * weight for line, weight in members), Fraction(0)),
        sum((line.slope * weight for line, weight in members), Fraction(0)),
    )


def _catches(
    other: Project, other_price: _Line, chosen: Project, price: _Line, *, exact: bool
) -> Fraction | None:
    """How far `other` has as many effective votes as `chosen`; None, never.

    With an `exact` price, equality now is a tie that the rule has settled for `chosen`; with a
    floor under the price, it asks for a closer look.
    """
    lead = chosen.cost * other_price.value - other.cost * price.value
    slope = chosen.cost * other_price.slope - other.cost * price.slope
    if slope >= 0:
        return None if exact or lead > 0 else Fraction(0)
    return max(lead, Fraction(0)) / -slope
