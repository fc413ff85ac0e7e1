"""Pro rata: what each claim gets when claims exceed what is available (a proposal, never more)."""

from collections.abc import Sequence


def prorata(asked: Sequence[int], available: int) -> tuple[int, ...]:
    """What each claim gets, in cents, in the order of declaration.

    Largest remainder, to the cent, ties by declaration order. Never above what was asked;
    nothing available (or less): zeros. ValueError for a negative claim.
    """
    if any(claim < 0 for claim in asked):
        raise ValueError(asked)
    total, available = sum(asked), max(available, 0)
    if total <= available:
        return tuple(asked)
    shares = [divmod(claim * available, total) for claim in asked]
    return rounded(shares, available)


def rounded(shares: Sequence[tuple[int, int]], total: int) -> tuple[int, ...]:
    """Whole parts that add up to the total; each share is its whole part and its remainder.

    The largest remainders are rounded up, ties by order.
    """
    missing = total - sum(whole for whole, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda rank: -shares[rank][1])
    rounded_up = set(by_remainder[:missing])
    return tuple(whole + (rank in rounded_up) for rank, (whole, _) in enumerate(shares))
