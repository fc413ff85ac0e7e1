"""Figures, and what adopted votes hold back (docs/words.md: The budget's figures)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Figures:
    """The budget of a circle, in cents. `unattributed`: what was decided and no envelope holds."""

    granted: int
    committed: int
    asked: int
    regulated: int
    invoiced: int
    paid: int
    unattributed: int = 0

    @property
    def left(self) -> int:
        """What is left in envelopes."""
        return self.granted - (self.regulated - self.unattributed)

    @property
    def available(self) -> int:
        """What is left in envelopes, less what adopted votes hold back."""
        return self.left - self.committed

    @property
    def spendable(self) -> int:
        """What may still be decided, or held by a vote: what waits for an envelope has taken it."""
        return self.available - self.unattributed


@dataclass(frozen=True, slots=True)
class Commitment:
    """An amount that a vote holds back, perhaps for an action; a shared sum has several. Cents."""

    vote: int
    amount: int
    action: int | None


def _nothing() -> Mapping[int, int]:
    return {}


@dataclass(frozen=True, slots=True)
class Held:
    """What adopted votes hold back, given what was regulated so far (cents).

    `by_vote`: regulated on the entries that name a vote; `by_action`: on those that name an
    action and no vote.
    """

    commitments: tuple[Commitment, ...] = ()
    by_vote: Mapping[int, int] = field(default_factory=_nothing)
    by_action: Mapping[int, int] = field(default_factory=_nothing)

    def total(self) -> int:
        """What they hold back in all, in cents."""
        return committed(self.commitments, self.by_vote, self.by_action)

    def after(self, cents: int, *, vote: int | None, action: int | None) -> "Held":
        """The same once so much more was regulated on an entry that names these."""
        if vote is not None:
            return replace(self, by_vote=_more(self.by_vote, vote, cents))
        if action is not None:
            return replace(self, by_action=_more(self.by_action, action, cents))
        return self

    def freed(self, cents: int, *, vote: int | None, action: int | None) -> int:
        """How much less they hold back then: what the amount does not take from the available."""
        return self.total() - self.after(cents, vote=vote, action=action).total()


def _more(amounts: Mapping[int, int], key: int, cents: int) -> Mapping[int, int]:
    return {**amounts, key: amounts.get(key, 0) + cents}


def committed(
    commitments: Iterable[Commitment],
    regulated_by_vote: Mapping[int, int],
    regulated_by_action: Mapping[int, int],
) -> int:
    """What adopted votes hold back, in cents.

    For each vote, oldest first: max(0, amount - what was regulated on entries that name the
    vote, else its action). What was regulated on an action (entries that name no vote) serves
    its oldest vote first, and the rest goes to the next; what names a vote that shared a sum
    serves its amounts in their order.
    """
    left = dict(regulated_by_action)
    named = dict(regulated_by_vote)
    total = 0
    for one in sorted(commitments, key=lambda c: c.vote):
        spent = min(one.amount, max(0, named.get(one.vote, 0)))
        named[one.vote] = named.get(one.vote, 0) - spent
        due = one.amount - spent
        served = min(due, left.get(one.action, 0)) if one.action is not None else 0
        if one.action is not None and served:
            left[one.action] -= served
        total += due - served
    return total
