"""Lives drawn from a seed: each step without looking at what came of those before it."""

import random
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from tests.fuzz.grammar import ODD
from tests.hostile.lines import drawn, edit, longest
from tests.hostile.people import AT_HOME, CIRCLES, PEOPLE, ROOMS
from tests.hostile.steps import Step, Verb
from tests.hostile.stories import story

_SIGNS: Final = ("👍", "👎", "✅", "❌", "🙋", "⏰", "💤", "👍🏽", "🌼", "1️⃣")
_ANSWERS: Final = ("yes", "no", "blank", "A", "B", "C", "yes,no", "", "?")
_CALLED: Final = ("null", "text", "100", "Littoral", "id", "steward", "@room", *ODD[:6])
_DISTURBED: Final = 0.15
"""How often somebody else speaks within a story."""
_DAY: Final = 86_400
_STEWARDS: Final = {"steward", "second", "neighbour", "keeper"}


def life(seed: int, length: int) -> Iterator[Step]:
    """So many steps."""
    return islice(_steps(random.Random(seed)), length)


def _steps(chance: random.Random) -> Iterator[Step]:
    while True:
        [kind] = chance.choices((*_WEIGHTS,), (*_WEIGHTS.values(),))
        if kind is not None:
            yield kind(chance)
            continue
        for step in story(chance):
            yield step
            if chance.random() < _DISTURBED:
                yield _says(chance)


def _says(chance: random.Random) -> Step:
    return _said(chance, Verb.SAYS)


def _edits(chance: random.Random) -> Step:
    return _said(chance, Verb.EDITS)


def _said(chance: random.Random, verb: Verb) -> Step:
    who, where, barges = _somebody(chance)
    first = verb is Verb.SAYS
    return Step(
        verb=verb,
        who=who,
        where=where,
        text=drawn(chance, steward=who in _STEWARDS) if first else edit(chance),
        barges=barges,
        place=_near_end(chance, 8 if first else 4),
        of=chance.choice(PEOPLE) if not first and chance.random() < 0.15 else who,
        reply=chance.random() < 0.12,
        thread=chance.random() < 0.05,
        html=chance.random() < 0.05,
        file=chance.random() < 0.04,
        number=_forged(chance),
    )


def _somebody(chance: random.Random) -> tuple[str, str, bool]:
    """Who, where, and whether the homeserver lets in whoever it is."""
    roll = chance.random()
    if roll < 0.15:
        return chance.choice((*AT_HOME["circle"], *AT_HOME["oise"], *PEOPLE)), "dm", False
    if roll < 0.22:
        return chance.choice(PEOPLE), chance.choice(ROOMS), True
    where = chance.choice((*("circle",) * 8, *("oise",) * 3, *AT_HOME))
    home = AT_HOME[where]
    who = home[0] if chance.random() < 0.3 else chance.choice(home)
    return who, where, chance.random() < 0.02


def _near_end(chance: random.Random, most: int) -> int:
    return min(chance.randrange(most), chance.randrange(most))


def _forged(chance: random.Random) -> int:
    if chance.random() < 0.9:
        return 0
    return chance.choice((-1, 1)) * chance.choice((60, 3_600, _DAY, 3 * _DAY, 400 * _DAY))


def _shown(chance: random.Random) -> Step:
    who, where, barges = _somebody(chance)
    return Step(
        verb=Verb.REACTS,
        who=who,
        where=where,
        text=chance.choice(_SIGNS),
        place=_near_end(chance, 8),
        barges=barges,
    )


def _deleted(chance: random.Random) -> Step:
    who, where, barges = _somebody(chance)
    of = chance.choice(PEOPLE) if chance.random() < 0.2 else who
    place = _near_end(chance, 4)
    return Step(verb=Verb.DELETES, who=who, where=where, of=of, barges=barges, place=place)


def _polled(chance: random.Random) -> Step:
    who, where, barges = _somebody(chance)
    verb = Verb.POLLS if chance.random() < 0.9 else Verb.ENDS
    answers = chance.choice(_ANSWERS)
    place = _near_end(chance, 4)
    return Step(verb=verb, who=who, where=where, text=answers, barges=barges, place=place)


def _moving(chance: random.Random) -> Step:
    """Somebody goes, or comes back where they were; kicks, names, powers, tombstones."""
    [verb] = chance.choices((*_MOVING,), (*_MOVING.values(),))
    where = chance.choice(CIRCLES)
    home = AT_HOME[where]
    who = home[0] if verb in _OF_POWER else chance.choice(home)
    if chance.random() < 0.15:
        who = chance.choice(PEOPLE)
    return Step(
        verb=verb,
        who=who,
        where=where,
        of=chance.choice(home),
        text=chance.choice(_CALLED) if verb is Verb.RENAMES else "",
        number=chance.choice((0, 0, 49, 50, 100, 2**53)),
    )


def _later(chance: random.Random) -> Step:
    return Step(verb=Verb.CLOCK, number=chance.choice((1, 1, 1, 2, 6, 6, 12, 24, 30, 72, 200)))


def _regulated(chance: random.Random) -> Step:
    where = chance.choice(("circle", "circle", "oise"))
    return Step(verb=Verb.SAYS, who=AT_HOME[where][0], where=where, text="!séance ouvrir")


def _goes_on(chance: random.Random) -> Step:
    """A line as long as may be, by whom it is not refused before it is read."""
    return Step(verb=Verb.SAYS, who="steward", text=longest(chance), html=chance.random() < 0.2)


def _forgotten(chance: random.Random) -> Step:
    who = chance.choice((*PEOPLE[1:], *("null",) * 4))
    return Step(verb=Verb.SAYS, who=who, where="dm", text="!effacer-moi confirmer")


def _again(_: random.Random) -> Step:
    return Step(verb=Verb.REPEATS)


_MOVING: Final = {
    Verb.JOINS: 14,
    Verb.LEAVES: 2,
    Verb.KICKS: 2,
    Verb.RENAMES: 3,
    Verb.POWERS: 3,
    Verb.MOVES: 1,
}
_OF_POWER: Final = {Verb.KICKS, Verb.POWERS, Verb.MOVES}
_WEIGHTS: Final[dict[Callable[[random.Random], Step] | None, float]] = {
    _says: 58,
    _edits: 10,
    _shown: 8,
    _deleted: 6,
    _polled: 5,
    _moving: 5,
    _later: 3,
    _regulated: 1.5,
    _forgotten: 0.3,
    _goes_on: 0.6,
    _again: 3,
    None: 4,
}
"""What is drawn how often; none: a story."""
