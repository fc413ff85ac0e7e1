"""Things that a word introduces by their name: workstreams, funders, periods; what is removed."""

import re

from language.grammar import ARTICLES, PREPOSITIONS
from language.line import Line
from language.people import people
from language.scene import Scene
from language.spans import Question, Span, SpanKind

_STREAM = frozenset({"chantier", "workstream"})
_FOR = frozenset({"pour", "for"})
_LONGEST_NAME = 3
"""Words."""
_FROM = frozenset({"de", "du", "des", "d", "from", "par", "by", "of"})
_STEWARD = re.compile(r"(?:soucieu(?:x|se)(?: ?· ?se)?|portee? par|steward|held by)(?: ?[:=])?")
_CLEARED = re.compile(
    r"(?:sans(?: plus)?(?: de| d')?|pas d'|pas de|plus d'|plus de|enlever (?:l'"
    r"|le )|retirer (?:l'|le )"
    r"|supprimer (?:l'|le )|no|without(?: any| a)?"
    r"|remove(?: the)?)"
    r" ?(?P<what>echeance|date limite|date|budget|porteurs?|porteuses?"
    r"|responsable|deadline|due date"
    r"|holders?|chantier|workstream)\b|(?:pour|for) (?P<nobody>personne|nobody|no one)\b"
)
_RENAMED = re.compile(
    r"(?:(?:nouveau |new )?(?:titre|title|intitule|nom|name)|renommer en"
    r"|renomme en|rename to|renamed)"
    r"(?: ?[:=])?(?= )"
)
_KEPT = re.compile(
    r"(?:a la |a )?meme (?:heure|horaire|lieu|endroit)s?\b|(?:at the )?same (?:time|hour|place)\b"
)
_SERIES = re.compile(
    r"(?:(?P<once>cette fois(?: ci)?|(?:pour )?une (?:seule )?fois|this time|once|just once)"
    r"|toutes(?: les (?:suivantes|autres|fois))?(?! les)|desormais|from now on|all of them|all)\b"
)
_AND_CLEARED = re.compile(
    r"(?:ni|et|ou|or|nor|and) (?:sans |d'|de )?(?P<what>echeance|date limite|date|budget|porteurs?"
    r"|deadline|due date|holders?|chantier|workstream)\b"
)
_CLEARS = {
    **dict.fromkeys(("echeance", "date", "date limite", "deadline", "due date"), "due"),
    "budget": "budget",
    **dict.fromkeys(("chantier", "workstream"), "workstream"),
}
_PERIOD = re.compile(
    r"(?:periode|period)(?: ?[:=])? (?P<period>\d{4}(?: ?[-/] ?\d{2,4})?"
    r"|[a-z]\w* \d{4}|[ts][1-4] ?\d{0,4}"
    r"|(?:du|de|from) [\w/.]+(?: \w+){0,3} (?:au|a|to) [\w/.]+(?: [a-z]{3,})?(?: \d{4})?)"
)
_PERIODS = frozenset({"periode", "period"})


def workstream(line: Line, at: int, scene: Scene) -> Span | None:
    """`chantier Accueil`, or `pour Accueil` (`how`: for)."""
    led = line.word(at) in _STREAM
    if not led and line.word(at) not in _FOR:
        return None
    place = at + 1
    place += line.word(place) in (":", "=")
    place += line.word(place) in _STREAM and not led
    found = scene.workstreams.at(line, place) or scene.workstreams.at(line, _opened(line, place))
    if found is None:
        return _unknown_workstream(line, at, place) if led else None
    who, end = found
    end += line.word(end) == '"' and line.quoted[end - 1]
    how = "named" if led or line.word(at + 1) in _STREAM else "for"
    return Span(SpanKind.WORKSTREAM, at, end, who[0], how=how, lead=line.word(at))


def _unknown_workstream(line: Line, at: int, place: int) -> Span | None:
    """`chantier Jardin`, a capitalised name that no workstream here has: asked, never text."""
    end = place
    while end < place + _LONGEST_NAME and line.capital(end) and line.is_word(end):
        end += 1
    if end == place or line.word(at - 1) in ARTICLES | PREPOSITIONS:
        return None
    question = Question("workstream.unknown")
    return Span(SpanKind.WORKSTREAM, place, end, how="unknown", question=question)


def _opened(line: Line, at: int) -> int:
    return at + 1 if line.word(at) == '"' else at


def funder(line: Line, at: int, scene: Scene) -> Span | None:
    """`de la Région`, `du FEDER`, `par la MEL`: one that is known. `how`: known."""
    if line.word(at) not in _FROM:
        return None
    found = scene.funders.at(line, at + 1)
    if found is None:
        return None
    return Span(SpanKind.FUNDER, at, found[1], found[0][0], how="known", lead=line.word(at))


def steward(line: Line, at: int, scene: Scene) -> Span | None:
    """`soucieux @alice`: who holds a workstream."""
    led = line.match(_STEWARD, at)
    found = people(line, led[1], scene) if led else None
    if found is None:
        return None
    question = found.question or (Question("who.several") if len(found.who) > 1 else None)
    value = found.who[0] if found.who else None
    return Span(SpanKind.STEWARD, at, found.end, value, lead=line.word(at), question=question)


def period(line: Line, at: int) -> Span | None:
    """`période 2026`, `période du 1er octobre au 31 décembre`, as typed; other words are asked."""
    found = line.match(_PERIOD, at)
    if found is None:
        asked = line.word(at) in _PERIODS and line.is_word(at + 1)
        question = Question("period.not-understood")
        return Span(SpanKind.PERIOD, at + 1, at + 2, question=question) if asked else None
    said = line.raw(at + 1, found[1]).lstrip(":= ")
    return Span(SpanKind.PERIOD, at, found[1], said, lead=line.word(at))


def kept(line: Line, at: int) -> Span | None:
    """`à la même heure`: what a moved meeting keeps anyway."""
    found = line.match(_KEPT, at)
    return Span(SpanKind.KEPT, at, found[1]) if found else None


def series(line: Line, at: int) -> Span | None:
    """`cette fois`, `toutes les suivantes`: which occurrences of a series."""
    found = line.match(_SERIES, at)
    if found is None:
        return None
    value = "once" if found[0]["once"] else "all"
    return Span(SpanKind.SERIES, at, found[1], value, lead=line.word(at))


def renaming(line: Line, at: int) -> Span | None:
    """`titre : Grande fête`: the word, which is no part of the title."""
    found = line.match(_RENAMED, at)
    return Span(SpanKind.RENAMING, at, found[1]) if found else None


def clearing(line: Line, at: int) -> Span | None:
    """`sans échéance`, `sans budget`, `pour personne`: what is to be removed."""
    found = line.match(_CLEARED, at)
    if found is None:
        return None
    cleared: tuple[str, ...] = (_CLEARS.get(found[0]["what"] or "", "holders"),)
    end = found[1]
    while more := line.match(_AND_CLEARED, end):
        cleared, end = (*cleared, _CLEARS.get(more[0]["what"], "holders")), more[1]
    return Span(SpanKind.CLEARED, at, end, cleared, lead=line.word(at))
