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
    missing = available - sum(cents for cents, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda rank: -shares[rank][1])
    rounded_up = set(by_remainder[:missing])
    return tuple(cents + (rank in rounded_up) for rank, (cents, _) in enumerate(shares))
