"""Plain questions, said to the bot without a command: the line that answers them.

`combien il reste` is `budget`. What would have an effect is never done: its line is proposed.
"""

import re
from dataclasses import dataclass
from typing import Final

from circle.text import plain


@dataclass(frozen=True, slots=True)
class PlainLine:
    """The line that is meant, without prefix; `acts`: it has an effect, so that it is proposed.

    `action`: words of the title of an action that it is about; `meeting`: it is about the next one.
    """

    line: str
    acts: bool = False
    action: str = ""
    meeting: bool = False


_SAID: Final = {
    "budget": (
        r"(?:il )?(?:nous )?reste (?:t il )?combien.*",
        (
            r"combien (?:d'argent )?(?:il|nous|est ce qu'il|reste|avons|on a|y a).*"
            r"(?:reste|budget|argent|enveloppe|disponible).*"
        ),
        r"combien reste.*",
        r"how much (?:is|do we have|have we got|money).*(?:left|remain).*",
    ),
    "moi": (
        r"(?:qu'est ce qui|ce qui|quoi|qu'est ce que j'ai qui) m'attend.*",
        r"(?:qu'est ce que|que) (?:je )?dois(?: je)? faire.*",
        r"what(?:'s| is)? (?:waits|waiting|there) for me.*",
        r"what (?:should|must|do) i (?:have to )?do.*",
    ),
    "contributions à payer": (
        r"(?:qui|on) doit (?:quoi|combien|de l'argent)(?: a qui)?.*",
        r"qui (?:attend|n'a pas ete|n'est pas) (?:d'etre )?paye.*",
        r"who owes (?:what|whom|who).*",
        r"who is (?:still )?to be paid.*",
    ),
    "réunions": (
        r"(?:on|nous) (?:fait|faisons|se voit|se voient) (?:quoi|quand).*",
        r"qu'est ce qu'on fait .*",
        r"(?:c'est )?quand (?:est |a lieu )?(?:la |notre )?(?:prochaine )?(?:reunion|regulation).*",
        r"when (?:is|do we|are we).*(?:meet|meeting).*",
        r"what(?:'s| is| are we) (?:on|doing) .*",
    ),
    "votes": (
        r"qui (?:n'a|n'ont|a) pas (?:encore )?(?:vote|repondu).*",
        r"who (?:has ?n.t|has not|did ?n.t) (?:voted|vote|answered).*",
    ),
    "membres": (
        r"qui (?:est|fait partie|y a).*(?:cercle|la|ici)",
        r"who is (?:here|in the circle).*",
    ),
}
_LINES: Final = tuple((re.compile("|".join(said)), line) for line, said in _SAID.items())
_ACTION: Final = re.compile(
    r"(?:ou en (?:est|sont)(?: on)?|where (?:is|are)|how is|what about)(?: (?:de|pour|avec))?"
    r"(?: (?:l'action|les actions|action|the action))?(?: (?:the|la|le|les))? (.+)"
)
_MOVED: Final = re.compile(
    r"(?:remets|remettre|remettez|reporte|reportez|decale|decalez|deplace|deplacez|avance|move"
    r"|postpone|put off)(?: moi| nous)? (?:la|notre|the|our) (?:prochaine |next )?"
    r"(?:reunion|regulation|meeting) (?:a|au|pour|vers|to|until|till) (.+)"
)
_OF: Final = re.compile(
    r"(?:supprime|supprimez|efface|enleve|annule|delete|remove|cancel) (?:la|les|une|the) "
    r"(?:contribution|contributions|declaration|declarations) (?:de |of |d')(\S+)"
)


def asked(said: str) -> PlainLine | None:
    """What a plain sentence asks for, where a known thing stands in it."""
    text = plain(said.replace("-", " ")).strip(" ?!.…")
    for pattern, line in _LINES:
        if pattern.fullmatch(text):
            return PlainLine(line)
    if found := _MOVED.fullmatch(text):
        return PlainLine(f"déplacer M {found[1]}", acts=True, meeting=True)
    if found := _OF.fullmatch(text):
        return PlainLine(f"contributions de {found[1]}")
    if found := _ACTION.fullmatch(text):
        return PlainLine("voir", action=found[1])
    return None
