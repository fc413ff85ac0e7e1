"""The spread of amounts or hours (docs/domain.md: Evaluation)."""

from collections.abc import Iterable
from fractions import Fraction


def gini(values: Iterable[int]) -> Fraction | None:
    """G = 2Σ i·xᵢ/(nΣx) - (n+1)/n on sorted values: 0 all equal, towards 1 one has all.

    None where it is undefined: no value, or nothing but zeros. ValueError for a negative one.
    """
    ordered = sorted(values)
    if ordered and ordered[0] < 0:
        raise ValueError(ordered[0])
    count, total = len(ordered), sum(ordered)
    if not total:
        return None
    weighted = sum(rank * value for rank, value in enumerate(ordered, start=1))
    return Fraction(2 * weighted, count * total) - Fraction(count + 1, count)
