"""How a vote is counted, as people say it: quorum, majority, secrecy, how long it stays open."""

import re
from datetime import datetime, timedelta
from fractions import Fraction

from circle.quorum import Quorum
from language.line import Line
from language.numbers import WORDS
from language.spans import Question, Span, SpanKind

_PART = (
    r"(?:\d{1,2} ?[/⁄] ?\d{1,2}|\d{1,3}(?:[.,]\d)? ?%|deux ?tiers|trois ?quarts|un tiers|un quart"
    r"|moitie|tiers|quart|two ?thirds|three ?quarters|half|a third|one third|a quarter)"
)
_MAJORITY = re.compile(
    r"(?:(?:a|avec|par|with|by) )?(?:la |une |a |the )?(?:majorite|majority)"
    rf"(?: (?:qualifiee|renforcee|qualified))?(?: ?[:=])? ?(?:(?:des|de|aux|a|of"
    rf"|d'|:|=) ?)?(?:les |la )?"
    rf"(?:(?P<part>{_PART})|(?P<word>absolue|simple|qualifiee|relative|renforcee|qualified|absolute))"
    rf"|(?:aux|by a?|a|by) ?(?P<thirds>{_PART})(?: (?:majority|des voix|des votes|of votes))?\b"
    rf"|(?P<before>{_PART}) majority\b"
    r"|(?:a )?(?P<only>simple|absolute|absolue) majority\b"
)
_QUORUM = re.compile(
    r"(?:(?:avec|et|with|and) )?(?:un |a )?quorum(?: ?[:=])?"
    r" ?(?:(?:a|de|des|d'|fixe a|fixed at|of|at) ?)*(?:la |les "
    r"|the )?"
    rf"(?P<part>{_PART}|\d{{1,3}}(?! ?[%/⁄\d]))(?: (?:personnes?|votants?|membres?"
    rf"|presents?|people|members|voters?))?"
    r"(?: du cercle)?"
)
_SECRET = re.compile(
    r"(?:(?:vote )?(?:au |a |par |en |by |in )?(?:vote |scrutin )?(?:bulletins? secrets?"
    r"|scrutin secret|vote secret"
    r"|secret ballot|secret vote)|secret(?:ly)?|anonyme(?:ment)?|en secret|anonymous(?:ly)?)\b"
)
_UNANIMITY = re.compile(r"(?:a l'|l')?unanimite\b|unanim(?:ously|ity|ement)\b|consensus\b")
_HIDDEN = re.compile(r"(?:resultats? caches?|hidden results?|results? hidden)\b")
_VISIBLE = re.compile(r"(?:resultats? visibles?|visible results?|results? visible)\b")
_MINIMUM = re.compile(
    r"(?:minimum|au moins|at least)(?: ?[:=])? ?(?P<count>\d{1,3})(?! ?[%/])"
    r"(?: (?:reponses?|bulletins?|votants?|personnes?|voix|answers?|ballots?|people))?\b"
)
_SIDES = (
    r"(?:oui|non|pour|contre|abstention|blanc|ok|d'accord|je vote (?:oui|non|pour"
    r"|contre)|yes|no|for"
    r"|against|abstain|i agree|consentement|objection)"
)
_ANSWER = re.compile(
    rf"(?:#?v ?\d+(?: ?[:,=])?(?: {_SIDES})?|{_SIDES}(?: (?:a |pour |for "
    rf"|to )?#?v ?\d+)?)(?: ?[!.])*$"
    r"|#?v ?\d+(?: [^?]{0,60})?$"
)
_DURATION = re.compile(
    r"(?:(?P<led>pendant|durant|duree|dure|sous|sur|ouvert|valable|for|open"
    r"|during|within"
    r"|lasting)"
    r" (?:de |pendant |for )?)?(?P<count>\d{1,3}|une?|deux|trois|quatre|cinq|huit"
    r"|dix|quinze|a|one|two"
    r"|three|four|five|ten) ?(?P<unit>h|heures?|hours?|j|jours?|days?|semaines?|weeks?)\b"
)
_HALF, _THIRD, _QUARTER = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)
_FRACTIONS = {
    **dict.fromkeys(("moitie", "half"), _HALF),
    **dict.fromkeys(("tiers", "un tiers", "a third", "one third"), _THIRD),
    **dict.fromkeys(("deux tiers", "deuxtiers", "two thirds", "twothirds"), 2 * _THIRD),
    **dict.fromkeys(
        ("trois quarts", "troisquarts", "three quarters", "threequarters"), 3 * _QUARTER
    ),
    **dict.fromkeys(("quart", "un quart", "a quarter"), _QUARTER),
}
_HOURS = {"h": 1, "j": 24, "d": 24, "s": 168, "w": 168}
_SIMPLE = ("simple", "relative")


def quorum(line: Line, at: int) -> Span | None:
    """`quorum 1/2`, `quorum de la moitié`, `quorum ½`, `quorum de 7 personnes`."""
    found = line.match(_QUORUM, at)
    if found is None:
        return None
    asked = _quorum(found[0]["part"])
    question = Question("quorum.not-understood") if asked is None else None
    return _of(SpanKind.QUORUM, line, at, found[1], asked, question)


def majority(line: Line, at: int) -> Span | None:
    """`majorité des 2/3`, `aux deux tiers`, `majorité absolue` (asked: of whom?)."""
    found = line.match(_MAJORITY, at)
    if found is None:
        return None
    match, end = found
    word = match["word"] or match["only"]
    if word:
        question = None if word in _SIMPLE else Question("majority.which")
        return _of(SpanKind.MAJORITY, line, at, end, None, question)
    asked = _quorum(match["part"] or match["thirds"] or match["before"])
    share = asked.share if asked else None
    if share is None or share < _HALF:
        return _of(SpanKind.MAJORITY, line, at, end, None, Question("majority.not-understood"))
    return _of(SpanKind.MAJORITY, line, at, end, share)


def _of(
    kind: SpanKind, line: Line, at: int, end: int, value: object, question: Question | None = None
) -> Span:
    return Span(kind, at, end, value, lead=line.word(at), question=question)


def _quorum(said: str) -> Quorum | None:
    """A share of people, or a number of them; None for nobody, or more than all of them."""
    if said in _FRACTIONS:
        return Quorum(share=_FRACTIONS[said])
    text = said.replace("⁄", "/").replace(" ", "").replace(",", ".")
    if text.isdecimal():
        return Quorum(people=int(text)) if int(text) else None
    over, _, under = text.partition("/")
    if under == "0" or (under and not int(under)):
        return None
    part = Fraction(int(over), int(under)) if under else Fraction(over.rstrip("%")) / 100
    return Quorum(share=part) if 0 < part <= 1 else None


def secret(line: Line, at: int) -> Span | None:
    return _flag(SpanKind.SECRET, line, at, _SECRET, value=True)


def hidden(line: Line, at: int) -> Span | None:
    return _flag(SpanKind.HIDDEN, line, at, _HIDDEN, value=True) or _flag(
        SpanKind.HIDDEN, line, at, _VISIBLE, value=False
    )


def unanimity(line: Line, at: int) -> Span | None:
    """Nothing here is counted so: always asked."""
    found = line.match(_UNANIMITY, at)
    return Span(SpanKind.UNANIMITY, at, found[1]) if found else None


def _flag(
    kind: SpanKind, line: Line, at: int, words: re.Pattern[str], *, value: bool
) -> Span | None:
    found = line.match(words, at)
    if found is None:
        return None
    several = found[1] > at + 1
    return Span(kind, at, found[1], value, how="whole" if several else "word", lead=line.word(at))


def minimum(line: Line, at: int) -> Span | None:
    """`minimum 5`, `au moins 5 réponses`."""
    found = line.match(_MINIMUM, at)
    count = int(found[0]["count"]) if found else 0
    if not found or not 1 <= count <= 100:
        return None
    return Span(SpanKind.MINIMUM, at, found[1], count, lead=line.word(at))


def answer(line: Line, at: int) -> Span | None:
    """`oui`, `contre V1`, `V1 pour`: an answer, where nothing asks a question."""
    found = line.match(_ANSWER, at)
    if found is None or found[1] < len(line.starts):
        return None
    return Span(SpanKind.ANSWER, at, found[1])


def duration(line: Line, at: int, now: datetime) -> Span | None:
    """`pendant 48h`, `48h`, `durée : 3 jours`: until then. `how`: led, bare."""
    found = line.match(_DURATION, at)
    if found is None:
        return None
    match, end = found
    count = int(match["count"]) if match["count"].isdecimal() else WORDS[match["count"]]
    closes = now + timedelta(hours=count * _HOURS[match["unit"][0]])
    how = "led" if match["led"] else "bare"
    return Span(SpanKind.CLOSING, at, end, closes, how=how, lead=line.word(at))
