"""Money in files: a string with two decimals (`1250.50`) for an integer number of cents."""

import re

_DECIMALS = re.compile(r"([0-9]{1,15})\.([0-9]{2})")
_UNIT = 100


def decimals(cents: int) -> str:
    """`cents` with two decimals: 50000 gives `500.00`. Amounts are never negative here."""
    return f"{cents // _UNIT}.{cents % _UNIT:02}"


def parse_decimals(text: str) -> int:
    """The cents of an amount written with exactly two decimals; ValueError otherwise."""
    match = _DECIMALS.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return int(match[1]) * _UNIT + int(match[2])
