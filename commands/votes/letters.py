"""The ids of options: the letter of their place, so that a ballot is a few letters on a phone."""

from collections.abc import Collection, Iterable
from string import ascii_uppercase

from circle.text import fold


def lettered(texts: Iterable[str], taken: Collection[str] = ()) -> tuple[str, ...]:
    """An id for each text: its own letter where it is one, else the letter of its place.

    A letter that is `taken`, or that is the text of another option, is left to it: `B | A` are
    called B and A. `texts` are twenty at most.
    """
    texts = tuple(texts)
    own = {at: fold(text).upper() for at, text in enumerate(texts) if _is_letter(text)}
    given = {*own.values(), *taken}
    ids: list[str] = []
    for at in range(len(texts)):
        free = (letter for letter in _from(at) if letter not in {*given, *ids})
        ids.append(own.get(at) or next(free))
    return tuple(ids)


def _is_letter(text: str) -> bool:
    return len(text) == 1 and fold(text).upper() in ascii_uppercase


def _from(at: int) -> str:
    return ascii_uppercase[at:] + ascii_uppercase[:at]
