"""How alike two texts are."""


def alike(one: str, other: str) -> float:
    """How alike two folded texts are, from 0 to 100."""
    from rapidfuzz.fuzz import ratio  # 3 MiB, for the first word that names nothing

    return float(ratio(one, other))
