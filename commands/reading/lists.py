"""Lists after a colon: `QUESTION : A | B | C`, `3000 : A12 | A14 500 € | Texte 300 €`."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from circle.refs import Kind, Ref
from circle.text import fold
from commands.reading import money
from commands.reading.ids import reference
from commands.reading.slots import Around, Unreadable
from commands.reading.words import Piece, between, unquoted

_MOST_CHARS = 200
_MOST_WORDS = 8
"""Of a cost: `1 200 000,50 €`."""
_ACTION = reference(Kind.ACTION)


@dataclass(frozen=True, slots=True)
class Share:
    """Something to share an envelope among: an action or a text, its cost in cents if said."""

    action: Ref | None
    text: str
    cost: int | None = None


def item(piece: Piece, _around: Around) -> str:
    """One of the texts to choose among."""
    text = unquoted(piece.text)
    if len(text) > _MOST_CHARS:
        raise Unreadable("text.too-long", piece, length=len(text), limit=_MOST_CHARS)
    return text


def share(piece: Piece, around: Around) -> Share:
    """An action or a text with its cost; a text must say it."""
    head, cost = _priced(piece, around)
    action = _ACTION.read(head, around) if len(head) == 1 and "a" in head.plain else None
    if action is not None:
        return Share(action, "", cost)
    if cost is None or not head.words:
        raise Unreadable("list.cost-missing", piece, f"{piece.text} €")
    return Share(None, item(head, around), cost)


def distinct(shares: tuple[Share, ...], _around: Around) -> tuple[Share, ...]:
    """The same things, each named once, whatever it is said to cost."""
    names = [str(share.action) if share.action else fold(share.text) for share in shares]
    for at, name in enumerate(names):
        if name in names[:at]:
            raise Unreadable("list.twice", text=shares[at].text or name)
    return shares


def _priced(piece: Piece, around: Around) -> tuple[Piece, int | None]:
    """What is named and what it costs: after an id, a bare number will do."""
    for at in range(max(0, len(piece) - _MOST_WORDS), len(piece)):
        tail = piece[at:]
        if tail.quoted:
            continue
        cost = money.first(tail, around) if at == 1 and _is_id(piece) else None
        cost = cost if cost is not None else money.with_unit(tail, around)
        if cost is not None:
            return piece[:at], cost
    return piece, None


def _is_id(piece: Piece) -> bool:
    return piece.words[0].plain.lstrip("#a").isdecimal()


def items(piece: Piece) -> tuple[Piece, ...]:
    """The pieces between the bars that no quotes hold."""
    edges = [piece.start - 1, *_bars(piece), piece.end]
    return tuple(between(piece.source, left + 1, right) for left, right in pairwise(edges))


def colon(piece: Piece) -> tuple[Piece, Piece] | None:
    """What stands before and after the last free colon before the first bar."""
    first_bar = next(_bars(piece), piece.end)
    ends = [
        word.end
        for word in piece.words
        if word.start < first_bar and not word.quoted and word.text.endswith(":")
    ]
    if not ends:
        return None
    at = ends[-1]
    return between(piece.source, piece.start, at - 1), between(piece.source, at, piece.end)


def _bars(piece: Piece) -> Iterator[int]:
    for word in piece.words:
        if not word.quoted:
            yield from (word.start + at for at, char in enumerate(word.text) if char in "|¦")
