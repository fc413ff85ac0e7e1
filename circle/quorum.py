"""Shares of an electorate: `1/2`, `50 %`, and quorums, which may also be a number of people."""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

_FRACTION = re.compile(r"([0-9]{1,9})\s*/\s*([0-9]{1,9})")
_PERCENTAGE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*%")
_PEOPLE = re.compile(r"[0-9]{1,9}")


def parse_share(text: str) -> Fraction:
    """`2/3`, `50%` or `12,5 %` as an exact fraction between 0 and 1; ValueError otherwise."""
    text = text.strip()
    if (match := _FRACTION.fullmatch(text)) and int(match[2]):
        share = Fraction(int(match[1]), int(match[2]))
    elif match := _PERCENTAGE.fullmatch(text):
        share = Fraction(match[1].replace(",", ".")) / 100
    else:
        raise ValueError(text)
    if share > 1:
        raise ValueError(text)
    return share


def share_text(share: Fraction) -> str:
    """`2/3`, as `parse_share` reads it; all of them are `1/1`."""
    return f"{share.numerator}/{share.denominator}"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many ballots a vote needs: a share of its electorate, or a number of people."""

    share: Fraction | None = None
    people: int | None = None

    def needed(self, electorate: int) -> int:
        """The number of ballots that `electorate` people must cast: a share is rounded up."""
        return self.people or ceil((self.share or 0) * electorate)

    def __str__(self) -> str:
        return str(self.people) if self.share is None else share_text(self.share)


def parse_quorum(text: str) -> Quorum:
    """`1/2`, `50 %` or a number of people (`7`); ValueError otherwise."""
    if _PEOPLE.fullmatch(text.strip()):
        return Quorum(people=int(text))
    return Quorum(share=parse_share(text))
