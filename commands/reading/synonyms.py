"""Words that people look for, and the command that each one means."""

import re

from circle.text import squash
from commands.reading.words import Piece

_MEANT = {
    **dict.fromkeys(("solde", "reste", "disponible", "left"), "budget"),
    **dict.fromkeys(("supprimer", "supprime", "effacer", "delete", "remove"), "annuler"),
    **dict.fromkeys(("decaler", "decale", "postpone", "reschedule"), "déplacer"),
    **dict.fromkeys(("mesactions", "myactions"), "actions de moi"),
    **dict.fromkeys(("mescontributions", "mycontributions"), "contributions de moi"),
    **dict.fromkeys(("reprise", "jereprends", "deretour", "resume", "imback"), "pause fin"),
    **dict.fromkeys(("depense", "depenses"), "frais"),
    **dict.fromkeys(("tache", "task"), "action"),
    **dict.fromkeys(("taches", "tasks"), "actions"),
    **dict.fromkeys(
        ("calendrier", "planning", "prochainereunion", "prochainesreunions", "nextmeeting"),
        "réunions",
    ),
    **dict.fromkeys(("rdv", "rendezvous"), "réunion"),
    **dict.fromkeys(("rappelle", "rappellemoi", "rappellenous", "rappelermoi"), "rappel"),
    **dict.fromkeys(("jeprends", "prends"), "prendre"),
    **dict.fromkeys(("termine", "fini", "finie", "terminee"), "fait"),
    **dict.fromkeys(("commandes", "commande", "menu"), "aide"),
}
_SIDES = frozenset({"oui", "non", "pour", "contre", "abstention", "yes", "no", "for", "against"})
_VOTE = re.compile(r"#?v\d{1,6}")
_SHOW = frozenset({"voir", "montrer", "montre", "show", "view"})
_MEETING = re.compile(r"#?m\d{1,6}")


def instead(piece: Piece) -> str | None:
    """The line meant by one that begins with such a word: `solde`, `oui V1`, `reporter M1`.

    A side alone is a ballot on the vote that the message answers.
    """
    first, second = squash(piece[:1].text), piece[1:2].trimmed(",;.:").plain
    if first in _SIDES and _VOTE.fullmatch(second):
        return f"bulletin {piece[1:2].text} {piece[:1].text} {_after(piece, 2)}".strip()
    if first in _SIDES and len(piece) == 1:
        return f"bulletin {piece.text}"
    of_a_thing = _of_a_thing(first, second)
    if of_a_thing is not None:
        return f"{of_a_thing} {_after(piece, 1)}"
    for width in (2, 1):
        meant = _MEANT.get(squash(piece[:width].text))
        if meant is not None and len(piece) >= width:
            return f"{meant} {_after(piece, width)}".strip()
    return None


def _of_a_thing(first: str, second: str) -> str | None:
    """The word meant before the id of a vote or a meeting: `reporter M1`, `voir V1`."""
    if first == "reporter" and _MEETING.fullmatch(second):
        return "déplacer"
    if first in _SHOW:
        return "résultat" if _VOTE.fullmatch(second) else _agenda(second)
    return None


def _agenda(second: str) -> str | None:
    return "odj" if _MEETING.fullmatch(second) else None


def _after(piece: Piece, width: int) -> str:
    """What follows so many of the first words, to the end of the line they begin."""
    return piece.source[piece.words[width].start :] if width < len(piece) else ""
