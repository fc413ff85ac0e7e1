"""Quorums and majorities: `1/2`, `50 %`, `7` (docs/domain.md: Deciding)."""

import re
from fractions import Fraction

from circle.quorum import Quorum, parse_quorum, parse_share
from commands.reading.slots import Around, Unreadable
from commands.reading.words import Piece

_LIKE_ONE = re.compile(r"[\d][\d., ]*(?:/[\d., ]+|%)?")
_LIKE_SHARE = re.compile(r"[\d][\d., ]*(?:/[\d., ]+|%)")


def quorum(piece: Piece, _around: Around) -> Quorum | None:
    """A share of the electorate (`1/2`) or a number of people (`7`)."""
    if not _LIKE_ONE.fullmatch(piece.plain):
        return None
    try:
        asked = parse_quorum(piece.plain)
    except ValueError:
        raise Unreadable("quorum.not-understood", piece, "1/2") from None
    if not asked.people and not asked.share:
        raise Unreadable("quorum.not-understood", piece, "1/2")
    return asked


def majority(piece: Piece, _around: Around) -> Fraction | None:
    """A qualified majority as an exact fraction from 1/2 to 1."""
    if not _LIKE_SHARE.fullmatch(piece.plain):
        return None
    try:
        share = parse_share(piece.plain)
    except ValueError:
        raise Unreadable("majority.not-understood", piece, "2/3") from None
    if share < Fraction(1, 2):
        raise Unreadable("majority.not-understood", piece, "2/3")
    return share
