"""People where they stand: a mention, an account, a name that one person only has, `moi`."""

import re
from dataclasses import dataclass

from circle.people import Person
from language.grammar import AND, ARTICLES, words
from language.line import Line
from language.scene import Scene
from language.spans import Question, Span, SpanKind

_ME = frozenset({"moi", "me", "myself"})
_FOR = frozenset({"pour", "for"})
_TO = frozenset({"a", "au", "aux", "to"})
_ON = words("et ou and or de du d of qui who with")
_WITHOUT = re.compile(r"\(?(?:sans compte|without(?: an)? account)\)?")
_LONGEST_NAME = 6
_NEAR = 5
_MOST_PEOPLE = 12
_ACCOUNT = frozenset(".:-_=/+")


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """Some people named side by side; `question` where one of them is not sure."""

    who: tuple[Person, ...]
    end: int
    question: Question | None = None


def people(line: Line, at: int, scene: Scene) -> NamedPeople | None:
    """The people named there, joined by `et` or commas."""
    found = _one(line, at, scene)
    for _ in range(_MOST_PEOPLE):
        if found is None:
            return None
        after = _joined(line, found.end)
        more = _one(line, after, scene) if after else None
        if more is None:
            return found
        who = tuple(dict.fromkeys((*found.who, *more.who)))
        found = NamedPeople(who, more.end, found.question or more.question)
    return found


def _joined(line: Line, at: int) -> int:
    """The place after what joins two names, 0 where nothing does."""
    if line.word(at) in AND or line.word(at) == ",":
        after = at + 1
        after += line.word(at) == "," and line.word(after) in AND
        return after + (line.word(after) in _FOR)
    return 0


def _one(line: Line, at: int, scene: Scene) -> NamedPeople | None:
    if line.word(at) in _ME and scene.speaker is not None:
        return NamedPeople((scene.speaker,), at + 1)
    extent = _extent(line, at) if line.word(at) == "@" else 0
    for known in (scene.pills, scene.accounts):
        if (found := known.at(line, at)) and found[1] >= extent:
            return _sure(*found)
    if line.word(at) == "@" and extent > at + 2:
        return _nobody(line, at)
    if line.word(at) == "@":
        found = scene.people.at(line, at + 1) if line.glued(at + 1) else None
        return _sure(*found) if found else _nobody(line, at)
    found = scene.people.at(line, at)
    return _sure(*found) if found else None


def _sure(found: tuple[Person, ...], end: int) -> NamedPeople:
    if len(found) == 1:
        return NamedPeople(found, end)
    return NamedPeople((), end, Question("who.ambiguous", found))


def _nobody(line: Line, at: int) -> NamedPeople | None:
    """An account that nobody here has: never a text."""
    end = _extent(line, at)
    return NamedPeople((), end, Question("who.unknown")) if end > at + 1 else None


def _extent(line: Line, at: int) -> int:
    """Where an account ends that begins there: `@bob`, `@bob:server.org`."""
    end = at + 1
    while line.glued(end) and (line.word(end).isalnum() or line.word(end) in _ACCOUNT):
        end += 1
    while end > at + 1 and line.word(end - 1) in (".", ":", "-"):
        end -= 1
    return end


def holders(line: Line, at: int, scene: Scene) -> Span | None:
    """`pour bob et carole`, or accounts alone (`@bob`). `how`: open where the list goes on."""
    led = line.word(at) in _FOR
    found = people(line, at + 1, scene) if led else None
    if found is None and line.word(at) == "@" and not _in_an_address(line, at):
        found = people(line, at, scene)
    if found is None:
        return None
    lead = line.word(at)
    how = "open" if line.word(found.end) in _ON else ""
    longer = line.capital(found.end) and line.is_word(found.end) and line.capital(found.end - 1)
    how = "longer" if longer and not line.glued(found.end) else how
    return Span(
        SpanKind.PERSON, at, found.end, found.who, how=how, lead=lead, question=found.question
    )


def _in_an_address(line: Line, at: int) -> bool:
    """`contact@lieu.org`."""
    return line.glued(at) and line.word(at - 1).isalnum()


def without_account(line: Line, at: int, scene: Scene) -> Span | None:
    """`pour Jeanne Martin sans compte`: a name. Two capitalised words alone: asked of stewards."""
    if line.word(at) not in _FOR:
        return None
    for end in range(at + 2, min(at + 2 + _LONGEST_NAME, len(line))):
        if said := line.match(_WITHOUT, end):
            name = line.raw(at + 1, end).strip(' (,"«»“”')
            return Span(SpanKind.PERSON, at, said[1], (name,), lead="pour", how="new")
    both = _capitals(line, at + 1)
    if not scene.manages or both < at + 3:
        return None
    known = people(line, at + 1, scene)
    if known is None or known.end < both:
        new = (line.raw(at + 1, both),)
        return Span(SpanKind.PERSON, at, both, new, lead="pour", question=Question("who.new"))
    return None


def _capitals(line: Line, at: int) -> int:
    end = at
    while end < at + 3 and line.capital(end) and line.is_word(end) and not line.quoted[end]:
        end += 1
    return end


def payee(line: Line, at: int, scene: Scene) -> Span | None:
    """`à La Condition Publique`: a structure that can be paid."""
    led = line.word(at) in _TO or line.word(at) in _FOR
    found = scene.structures.at(line, at + 1) if led else None
    if found is None:
        return None
    who, end = found
    question = Question("who.ambiguous", who) if len(who) > 1 else None
    return Span(SpanKind.PAYEE, at, end, who[0], lead=line.word(at), question=question)


def stranger(line: Line, at: int, scene: Scene) -> Span | None:
    """`à La Halle`, `pour Karim`: a capitalised name that nobody here has."""
    if line.word(at) not in (_FOR | _TO | {"chez", "par"}):
        return None
    place = at + 1
    if line.word(place) in ARTICLES and not line.capital(place):
        place += 1
    if not (line.capital(place) and line.is_word(place)) or line.quoted[place]:
        return None
    if people(line, at + 1, scene) or scene.structures.at(line, at + 1):
        return None
    end = place
    while line.is_word(end) and line.capital(end) and end < place + _NEAR:
        end += 1
    return Span(SpanKind.STRANGER, at, end, lead=line.word(at))
