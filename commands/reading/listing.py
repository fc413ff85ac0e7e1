"""The list of a line, read item by item."""

from typing import Any

from commands.reading import lists
from commands.reading.slots import Around, Choices, Unreadable
from commands.reading.words import Piece


def listed(slot: Choices, piece: Piece, around: Around) -> tuple[tuple[Any, ...], Piece]:
    """The items after the colon, and what stands before it. Raises Unread."""
    apart = lists.colon(piece)
    if apart is None:
        raise Unreadable("list.missing", piece)
    before, after = apart
    pieces = [one for one in lists.items(after) if one.words]
    _check_count(slot, after, len(pieces))
    values = tuple(slot.read(one, around) for one in pieces)
    for at, value in enumerate(values):
        if value in values[:at]:
            raise Unreadable("list.twice", pieces[at])
    return slot.settle(values, around), before


def _check_count(slot: Choices, piece: Piece, count: int) -> None:
    if count < slot.fewest:
        raise Unreadable("list.too-few", piece, fewest=slot.fewest)
    if count > slot.most:
        raise Unreadable("list.too-many", piece, most=slot.most)
