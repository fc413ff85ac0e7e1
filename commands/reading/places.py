"""The place that stands after a moment: `à LIEU`, `chez QUI`, `en visio`, a link."""

import re
from typing import Any

from commands.reading.leading import FARTHEST, last, read_whole
from commands.reading.slots import Around, Unreadable, Value
from commands.reading.words import Piece, split, unquoted

_TO = ("a", "au", "aux", "at", "in", "@")
_HOUR = re.compile(
    r"(?:\d{1,2} ?(?:h ?(?:\d\d)?|heures?|:\d\d|am|pm|o'clock)|midi|minuit|noon|midnight|partir)"
    r"\b.*|\d{1,2}"
)
_BY_ITSELF = re.compile(
    r"chez .+|(?:en|par) (?:visio\S*|ligne|distanciel)|sur (?:place|visio\S*)|online|https?://\S+"
)
_MOMENT_AFTER = re.compile(
    r"(?:jusqu'|until|till|sauf|excepte|hors|except)\b.*|(?:a|at|de|from) (?:\d|midi|noon).*"
)
_MOST_PLACES = 3
_MOST_CHARS = 200


def with_place(
    value: Value[Any], piece: Piece, around: Around, *, alone: bool
) -> tuple[Piece, str] | None:
    """The words without the place that follows a moment, and that place; None without one.

    The rightmost `à` that no hour follows, that is no part of the moment itself (`at 2 in the
    afternoon`), and before which a moment stands; `alone`: nothing but the moment may stand there.
    What goes on with the moment after the place (`à La Halle jusqu'au 30 juin`) is put back.
    """
    found = _candidates(piece)
    if not found:
        return None
    begins = _begins(value, piece, around, alone=alone)
    for at, said in found[:_MOST_PLACES]:
        if begins <= piece.words[at].start:
            continue
        if _reads(value, piece[:at], around, alone=alone):
            return _with_rest(value, piece[:at], piece[said:], around)
    return None


def _candidates(piece: Piece) -> list[tuple[int, int]]:
    """Where a place may be introduced, and where its own words begin; rightmost first."""
    found = []
    for at in range(len(piece) - 1, max(0, len(piece) - FARTHEST), -1):
        word = piece.words[at]
        if word.quoted:
            continue
        if word.plain in _TO and at + 1 < len(piece) and not _HOUR.fullmatch(piece[at + 1 :].plain):
            found.append((at, at + 1))
        elif _BY_ITSELF.fullmatch(piece[at:].plain):
            found.append((at, at))
    return found


def _begins(value: Value[Any], piece: Piece, around: Around, *, alone: bool) -> int:
    """Where the moment begins that stands at the very end, in characters; the end without one."""
    try:
        if alone:
            return piece.end if read_whole(value, piece, around) is None else piece.start
        found = last(value, piece, around)
    except Unreadable as unread:
        return unread.piece.start if unread.piece else piece.end
    return piece.end if found is None else found[1].end if found[1].words else piece.start


def _reads(value: Value[Any], piece: Piece, around: Around, *, alone: bool) -> bool:
    """Whether a moment stands there, be it one to ask about or to refuse."""
    try:
        if alone:
            return read_whole(value, piece, around) is not None
        return last(value, piece, around) is not None
    except Unreadable:
        return True


def _with_rest(value: Value[Any], before: Piece, said: Piece, around: Around) -> tuple[Piece, str]:
    for at in range(1, len(said)):
        if said.words[at].quoted or not _MOMENT_AFTER.fullmatch(said[at:].plain):
            continue
        whole = split(f"{before.text} {said[at:].text}")
        if _continues(value, whole, len(before), around):
            return whole, _place(said[:at])
    return before, _place(said)


def _continues(value: Value[Any], whole: Piece, words: int, around: Around) -> bool:
    """Whether a moment reads across what stood before the place and what stood after it."""
    try:
        found = last(value, whole, around)
    except Unreadable:
        return False
    return found is not None and len(found[1]) < words


def _place(piece: Piece) -> str:
    text = unquoted(piece.text).rstrip(",;")
    if len(text) > _MOST_CHARS:
        raise Unreadable("text.too-long", piece, length=len(text), limit=_MOST_CHARS)
    return text
