"""Kind words around a line: peeled from both ends, never from what governs them."""

import re
from unicodedata import category

from language.grammar import PREPOSITIONS, words
from language.line import Line, line_of

_KIND = re.compile(
    r"(?:merci(?: (?:d'avance|bien|beaucoup|bcp|encore|a tous|a toutes|a vous|a tou[st]es et tous"
    r"|par avance|infiniment|souci))*|svp|stp|s'il (?:te|vous) plait|sil (?:te|vous) plait"
    r"|please|plz|pls|bises?|bisous|bonjour|bonsoir|salut|coucou|hello|hi|hey|bonne (?:journee"
    r"|soiree|semaine|nuit)|a bientot|a plus|cordialement|amities|voila|ok|hop|super|cimer|thx"
    r"|thanks(?: (?:a lot|in advance|so much))?|thank you(?: (?:very|so) much)?|cheers|kind regards"
    r"|best regards|have a (?:nice|good) day|bonjour (?:a )?(?:tous|toutes|souci)|a tous)(?![a-z'])"
)
_LATE = words("merci bises bise ok super voila bisous hop thanks thank cheers a thx")
"""At the head only before a mark: `merci collectif aux bénévoles` is a title."""
_NEVER = frozenset({"svp", "stp", "s", "please", "pls"})
_GOVERNING = words(
    "dire ecrire chanter redire dites dis dit un une grand gros mille le la de en du des "
    "mot carte pour notre say saying write a the of for our big little"
)
_CARRIER = re.compile(
    r"(?:(?:(?:alors|donc|voila) )?(?:j'ai|on a|nous avons|i|we|i have"
    r"|i've) (?:fait|passe|travaille"
    r"|consacre|depense|paye|donne|did|spent|worked|paid|done)(?: environ)?"
    r"|je (?:declare|demande|voudrais declarer)|i (?:declare|ask))(?![a-z'])"
)
"""What carries the rest, like kind words: `j'ai fait 2h de jardinage`."""
_BEFORE_VALUE = re.compile(
    r"(?:je (?:demande|voudrais|souhaite|reclame)|a raison(?: de)?|pour un total(?: de)?"
    r"|i (?:ask|would like|claim)|at a rate(?: of)?)(?![a-z'])"
)
"""What carries a value that follows: `affiches, je demande 30 €`."""
_WIDE = 4
_ENDS = ("!", ".", "…", ",")
_ARROWS = 0x2190
_LONGEST = 200
"""Characters of a greeting."""
_NAMES = frozenset({"souci", "tous", "toutes", "all"})
_UNSEEN = ("Cf", "Mn", "Zs")


def is_emoji(text: str) -> bool:
    """Whether a sign is a picture: not `°`, which is a symbol too."""
    return bool(text) and ord(text[0]) > _ARROWS and category(text[0]) in ("So", "Sk", "Cn", "Cf")


def only_kind(text: str) -> bool:
    """Whether a text holds nothing but kind words, emoji and marks: `Bonjour souci,`."""
    if len(text) > _LONGEST:
        return False
    line = line_of(text)
    first, last = inside(line, whole=True)
    said = range(first, last)
    return all(not line.word(at).isalnum() or line.word(at) in _NAMES for at in said)


def without_emoji(text: str) -> str:
    """A text without the emoji and the signs nobody sees that begin it."""
    at = 0
    while at < len(text) and (
        is_emoji(text[at]) or category(text[at]) in _UNSEEN or text[at] == " "
    ):
        at += 1
    return text[at:]


def without_unseen(text: str) -> str:
    """A text without the spaces of its line and the signs nobody sees that begin it."""
    at = 0
    while at < len(text) and (text[at] == "\t" or category(text[at]) in _UNSEEN):
        at += 1
    return text[at:]


def inside(line: Line, *, whole: bool = False) -> tuple[int, int]:
    """The tokens that remain once kind words, emoji and their marks are peeled.

    `whole`: nothing need remain.
    """
    first = _head(line, 0, len(line))
    last = _tail(line, first, len(line))
    alone = whole and len(line) > 0 and first == 0 and last in _kind_ends(line, 0, 1)
    return (first, first) if alone else (first, last)


def ending(line: Line, first: int, end: int) -> int | None:
    """Where the kind words, or those that carry what follows, that end there begin."""
    kind = _kind_ends(line, max(first, end - _WIDE), end)
    if end in kind and _is_free(line, first, kind[end]):
        return kind[end]
    carriers = range(max(first + 1, end - _WIDE), end)
    return next((at for at in carriers if _carries(line, at, end)), None)


def _carries(line: Line, at: int, end: int) -> bool:
    found = None if any(line.quoted[at:end]) else line.match(_BEFORE_VALUE, at)
    return found is not None and found[1] == end


def _head(line: Line, at: int, end: int) -> int:
    while at < end:
        after = _after_kind(line, at, end)
        if (
            is_emoji(line.raw(at, at + 1))
            or line.word(at) in (",", ":", ";")
            or (at and line.word(at) in ("!", "."))
        ):
            after = at + 1
        if after <= at:
            return at
        at = after
    return at


def _after_kind(line: Line, at: int, end: int) -> int:
    if line.quoted[at]:
        return at
    carrier = line.match(_CARRIER, at)
    if carrier and carrier[1] < end and not line.is_word(carrier[1]):
        return carrier[1]
    found = line.match(_KIND, at)
    if found is None or found[1] >= end:
        return at
    marked = line.word(found[1]) in (",", "!", ".", ":", ";", "-")
    late = line.word(at) in _LATE and not marked
    return at if late or line.word(found[1]) in PREPOSITIONS else found[1]


def _tail(line: Line, first: int, end: int) -> int:
    kind = _kind_ends(line, first, end)
    while end > first:
        before = _before_last(line, first, end, kind)
        if before == end:
            return end
        end = before
    return end


def _kind_ends(line: Line, first: int, end: int) -> dict[int, int]:
    """Where kind words end, and where they begin."""
    ends: dict[int, int] = {}
    for at in range(first, end):
        found = None if line.quoted[at] else line.match(_KIND, at)
        if found:
            ends.setdefault(found[1], at)
    return ends


def _before_last(line: Line, first: int, end: int, kind: dict[int, int]) -> int:
    last = line.word(end - 1)
    if is_emoji(line.raw(end - 1, end)):
        return end - 1
    if last == ")" and line.word(end - 2) in (";", ":", "-"):
        return end - (3 if line.word(end - 3) == ":" and line.word(end - 2) == "-" else 2)
    if end in kind:
        return kind[end] if _is_free(line, first, kind[end]) else end
    if last in _ENDS and end - 1 > first:
        return _before_mark(line, first, end, kind)
    return end


def _before_mark(line: Line, first: int, end: int, kind: dict[int, int]) -> int:
    """Marks at the end go only with the kind words or the emoji before them."""
    at = end
    while at > first and line.word(at - 1) in _ENDS:
        at -= 1
    peeled = at in kind and _is_free(line, first, kind[at])
    return at if peeled or is_emoji(line.raw(at - 1, at)) else end


def _is_free(line: Line, first: int, at: int) -> bool:
    """Whether nothing governs kind words (`pour merci`); `svp` nothing ever does."""
    return at > first and (line.word(at) in _NEVER or line.word(at - 1) not in _GOVERNING)
