"""Money is integer cents with a currency; never a float."""

from dataclasses import dataclass
from typing import NewType

Cents = NewType("Cents", int)
"""An amount in cents, of the currency of its circle."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in cents (an integer), of one currency."""

    cents: int
    currency: str = "EUR"
