"""Room for one decision, a pro rata for all (docs/domain.md: Claims beyond what is left)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from circle.figures import Held
from circle.ledger import Item
from circle.people import PersonKey
from circle.prorata import prorata


def room(spendable: int, held: Held, item: Item) -> int:
    """The largest amount that can be decided on an item, in cents.

    What may still be decided, and what adopted votes hold back for this very item.
    """
    freed = held.freed(held.total(), vote=item.vote, action=item.action)
    return max(spendable, 0) + freed


@dataclass(frozen=True, slots=True)
class Cap:
    """The most one person may be proposed at one regulation, in cents; None: as much as asked.

    `had`: what each person was already given at this one.
    """

    most: int | None = None
    had: Mapping[PersonKey, int] = field(default_factory=dict)


def proposal(items: Sequence[Item], available: int, held: Held, cap: Cap) -> tuple[int, ...]:
    """What each claim could get, in cents, in the order of `items` (that of declaration).

    What votes hold back for an item goes to it first; the rest of the claims shares what is
    available pro rata. Never above what was asked, nor above the cap. Items without amount: 0.
    """
    claims = _capped(items, cap)
    kept: list[int] = []
    for item, claim in zip(items, claims, strict=True):
        own = held.freed(claim, vote=item.vote, action=item.action)
        held = held.after(own, vote=item.vote, action=item.action)
        kept.append(own)
    rests = [claim - own for claim, own in zip(claims, kept, strict=True)]
    shares = prorata(rests, available)
    return tuple(own + share for own, share in zip(kept, shares, strict=True))


def _capped(items: Sequence[Item], cap: Cap) -> list[int]:
    claims: list[int] = []
    had = dict(cap.had)
    for item in items:
        asked = item.asked or 0
        before = had.get(item.person, 0)
        claim = asked if cap.most is None else min(asked, max(0, cap.most - before))
        had[item.person] = before + claim
        claims.append(claim)
    return claims
