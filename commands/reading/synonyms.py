"""Words that people look for, and the command that each one means."""

import re

from circle.text import squash
from commands.reading.words import Piece

_MEANT = {
    **dict.fromkeys(("solde", "reste", "disponible", "left"), "budget"),
    **dict.fromkeys(("supprimer", "supprime", "effacer", "delete", "remove"), "annuler"),
    **dict.fromkeys(("decaler", "decale", "postpone", "reschedule"), "déplacer"),
    **dict.fromkeys(("mesactions", "myactions"), "actions de moi"),
    **dict.fromkeys(("depense", "depenses"), "frais"),
}
_SIDES = frozenset({"oui", "non", "pour", "contre", "abstention", "yes", "no", "for", "against"})
_VOTE = re.compile(r"#?v\d{1,6}")
_MEETING = re.compile(r"#?m\d{1,6}")


def instead(piece: Piece) -> str | None:
    """The line meant by one that begins with such a word: `solde`, `oui V1`, `reporter M1`."""
    first, second = squash(piece[:1].text), piece[1:2].trimmed(",;.:").plain
    if first in _SIDES and _VOTE.fullmatch(second):
        return f"bulletin {piece[1:2].text} {piece[:1].text} {piece[2:].text}".strip()
    if first == "reporter" and _MEETING.fullmatch(second):
        return f"déplacer {piece[1:].text}"
    for width in (2, 1):
        meant = _MEANT.get(squash(piece[:width].text))
        if meant is not None and len(piece) >= width:
            return f"{meant} {piece[width:].text}".strip()
    return None
