"""Numbers that count or name things: they only tell that a text is a text."""

import re

from language.amounts import amount
from language.calendar.torn import near_a_name
from language.grammar import AND, ARTICLES, OR, PREPOSITIONS, words
from language.line import Line
from language.spans import Span, SpanKind

_LABELLED = words(
    "no numero num n salle lot version groupe etage article chapitre ligne bus tome niveau "
    "phase etape session seance semaine episode partie module acte saison zone page point "
    "batiment porte tram equipe place rue volume vol edition annee ecran axe classe route "
    "tarif top formule le les budget room number floor line part step week stage level "
    "building gate year table plan # numeros atelier format taille pointure chambre quai "
    "voie hall bureau local tour jour essai match manche cycle serie carton bac cuve parcelle "
    "fiche volet livret kit mission projet dossier bulletin cours lecon chanson exercice test pack "
    "scene casier creneau poste rang bloc axe chantier cohorte promo generation round day trial "
    "game set slot batch draft chapter lesson unit box plot sheet file project team group"
)
_GOVERNING = frozenset(["de", "des", "du", "d", "aux", "pour", "of", "for", "to"])
_NOT_COUNTED = (
    ARTICLES
    | PREPOSITIONS
    | AND
    | OR
    | words("x h euros euro eur cts centimes k ke e hours heures min mn")
)
_RANKS = words("e eme er ere nd nde ieme st th rd emes es ers eres")
_CODE = re.compile(r"[a-z]{1,3}")
_FIGURES = 4
_YEARS = range(1900, 2100)
_NAMES = frozenset({"auto", "autos", "mari", "mars", "maris"})


def labels(line: Line, at: int) -> list[Span]:
    """What a number is part of: a year, a rank, a code (`A4`), a pair (`24/24`), what it names."""
    if not line.is_number(at):
        return []
    found = (_code(line, at), _rank(line, at), _pair(line, at), _year(line, at), _named(line, at))
    return [one for one in found if one]


def _code(line: Line, at: int) -> Span | None:
    before, after = line.word(at - 1), line.word(at + 1)
    if line.glued(at) and _CODE.fullmatch(before.lower()) and _is_tight(line, at):
        return Span(SpanKind.LABEL, at - 1, at + 1, how="code")
    tight = line.glued(at + 1) and after.isalpha() and len(after) <= 2
    if tight and after not in ("h", "j", "e", "k", "x") and not amount(line, at):
        return Span(SpanKind.LABEL, at, at + 2, how="code")
    return None


def _is_tight(line: Line, at: int) -> bool:
    """Whether nothing at all stands between two tokens, not even an apostrophe."""
    return line.end(at - 1) == line.start(at)


def _rank(line: Line, at: int) -> Span | None:
    ranked = line.glued(at + 1) and line.word(at + 1) in _RANKS
    return Span(SpanKind.LABEL, at, at + 2, how="rank") if ranked else None


def _pair(line: Line, at: int) -> Span | None:
    """`24/24`, `50-50`, `4:3`; `1/2 baguette`."""
    tied = line.word(at + 1) in ("/", "-", ":") and line.glued(at + 1) and line.glued(at + 2)
    if not tied or not line.is_number(at + 2):
        return None
    return Span(SpanKind.LABEL, at, at + 3, how="pair")


def _year(line: Line, at: int) -> Span | None:
    word = line.word(at)
    money = line.word(at + 1) in ("€", "euros", "euro", "eur")
    if len(word) != _FIGURES or int(word) not in _YEARS or money:
        return None
    return Span(SpanKind.LABEL, at, at + 1, how="year")


def _named(line: Line, at: int) -> Span | None:
    """`salle 3`, `version 1.2`; `accueil de 12`; `covid-19`."""
    before = line.word(at - 1).lower()
    if before in _LABELLED:
        return Span(SpanKind.LABEL, at, _numbered(line, at), how="named")
    if before in _GOVERNING:
        return Span(SpanKind.LABEL, at, at + 1, how="governed")
    tied = (
        before == "-" and line.is_word(at - 2) and _is_tight(line, at) and _is_tight(line, at - 1)
    )
    return Span(SpanKind.LABEL, at - 2, at + 1, how="code") if tied else None


def _numbered(line: Line, at: int) -> int:
    """Where a number ends that has parts: `1.2.3`."""
    while line.word(at + 1) == "." and line.glued(at + 1) and line.is_number(at + 2):
        if not line.glued(at + 2):
            break
        at += 2
    return at + 1


def count(line: Line, at: int) -> Span | None:
    """`12 personnes`, `38 km`, `50 %`, `12 m3`."""
    if not line.is_number(at):
        return None
    end = at + 1
    if line.word(end) in (",", ".") and line.glued(end) and line.glued(end + 1):
        end += 2 if line.is_number(end + 1) else 0
    word = line.word(end)
    if word != "%" and (not word.isalpha() or (word in _NOT_COUNTED and not _litres(line, end))):
        return None
    end += 1
    while line.glued(end) and line.word(end).isalnum():
        end += 1
    return Span(SpanKind.COUNT, at, end, word)


def _litres(line: Line, at: int) -> bool:
    """`2 l de lait`: a unit, not an article."""
    following = line.text[line.end(at) : line.end(at) + 1]
    return line.word(at) in ("l", "m") and following in ("", " ", ",", ".")


def slip(line: Line, at: int) -> Span | None:
    """A number beside a word one letter away from a month or a day: `24 novenbre`."""
    beside = line.word(at + 1)
    if line.is_number(at) and beside not in _NAMES and near_a_name(beside):
        return Span(SpanKind.SLIP, at, at + 2, beside)
    return None
