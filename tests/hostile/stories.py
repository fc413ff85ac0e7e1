"""A few steps that belong together: what chance alone would hardly ever put in a row."""

import random
from collections.abc import Callable
from typing import Final

from tests.hostile.people import AT_HOME
from tests.hostile.steps import Step, Verb

Story = Callable[[random.Random], tuple[Step, ...]]


def story(chance: random.Random) -> tuple[Step, ...]:
    """One of them; perhaps a step of it is left out."""
    steps = chance.choice(_STORIES)(chance)
    lost = chance.randrange(len(steps) * 2)
    return tuple(step for place, step in enumerate(steps) if place != lost)


def _says(who: str, text: str, where: str = "circle") -> Step:
    return Step(verb=Verb.SAYS, who=who, where=where, text=text)


def _edits(who: str, text: str, where: str = "circle") -> Step:
    return Step(verb=Verb.EDITS, who=who, of=who, where=where, text=text)


def _one(chance: random.Random) -> str:
    return chance.choice(AT_HOME["circle"])


def _edited_claim(chance: random.Random) -> tuple[Step, ...]:
    """Declared, edited with a slip, edited right, twice; perhaps decided in between."""
    who, where = _one(chance), chance.choice(("circle", "circle", "dm"))
    edits = [
        _edits(who, chance.choice(("-5 €", "60 €", "600 €", "80,555 €")), where) for _ in range(3)
    ]
    decided = _says("steward", "!décision C~0 50 €")
    edits.insert(chance.randrange(4), decided)
    return (_says(who, f"!contribution 2h affiches {chance.randint(1, 99)} €", where), *edits)


def _paid_twice(chance: random.Random) -> tuple[Step, ...]:
    """Decided, paid, paid again, corrected, deleted by who declared it."""
    who = _one(chance)
    return (
        _says(who, f"!frais {chance.randint(1, 99)} € pain"),
        _says("steward", "!décision C~0 demandé"),
        _says(chance.choice(("steward", "steward", who)), "!payé C~0"),
        _says(chance.choice(("second", who)), "!payé C~0"),
        _says("steward", chance.choice(("!corriger C~0 9 €", "!corriger C~0 impayé"))),
        Step(verb=Verb.DELETES, who=who, of=who),
    )


def _secret_vote(chance: random.Random) -> tuple[Step, ...]:
    """Ballots in conversations, looked at in the room while open and once closed."""
    voters = chance.sample(AT_HOME["circle"], 4)
    ballots = [
        _says(who, f"!bulletin V~0 {chance.choice(('pour', 'contre', 'blanc'))}", "dm")
        for who in voters
    ]
    kind = chance.choice(("", " budget 40 €", " quorum 1/2"))
    return (
        _says(_one(chance), f"!vote Secret {chance.randint(1, 99)} ?{kind} secret"),
        *ballots,
        _says(_one(chance), chance.choice(("!bulletin V~0 pour", "!résultat V~0"))),
        _says("steward", "!clore V~0"),
        Step(verb=Verb.CLOCK, number=200),
        _says(_one(chance), "!résultat V~0"),
        _says(voters[0], chance.choice(("!effacer-moi confirmer", "!votes", "!votes")), "dm"),
        _says("steward", "!résultat V~0"),
    )


def _held_money(chance: random.Random) -> tuple[Step, ...]:
    """Adopted with a budget by everybody, then spent, released, by whoever."""
    yes = [_says(who, "!bulletin V~0 pour") for who in AT_HOME["circle"]]
    return (
        _says(_one(chance), f"!vote Un achat budget {chance.choice((30, 300, 3000))} €"),
        *yes,
        _says("steward", "!clore V~0"),
        _says(_one(chance), "!contribution 1h achat 20 € #V~0"),
        _says("steward", "!décision C~0 demandé"),
        _says(_one(chance), "!libérer V~0"),
        _says(_one(chance), "!résultat V~0"),
    )


def _amended(chance: random.Random) -> tuple[Step, ...]:
    """An objection, a text that hardly changes, a closing at once."""
    who = _one(chance)
    return (
        _says(who, f"!consentement Ouvrir {chance.randint(1, 99)} budget 50 € minimum 1"),
        _says(_one(chance), "!objection V~0 le bruit"),
        _says(who, chance.choice(("!amender V~0 Ouvrir.", "!amender V~0 Ouvrir moins tard"))),
        _says(who, "!bulletin V~0 pour"),
        _says(who, "!clore V~0"),
    )


def _expired(chance: random.Random) -> tuple[Step, ...]:
    """A role that ends; what its bearer says after it, stamped before it."""
    late = _says("second", chance.choice(("!doter 10 €", "!rôle @second soucieux")))
    forged = Step(verb=Verb.SAYS, who="second", text=late.text, number=-9 * 86_400)
    return (
        _says("steward", "!rôle @second soucieux jusqu'à demain"),
        Step(verb=Verb.CLOCK, number=72),
        late,
        Step(verb=Verb.CLOCK, number=72),
        forged,
        _says("steward", "!rôle @second soucieux"),
    )


def _word_of_json(chance: random.Random) -> tuple[Step, ...]:
    """Somebody called as machines write is forgotten while others vote."""
    return (
        _says(_one(chance), "!choix Couleur ? : ocre | vert"),
        _says("null", "!effacer-moi confirmer", "dm"),
        _says(_one(chance), "!bulletin V~0 A"),
    )


_STORIES: Final[tuple[Story, ...]] = (
    *(_edited_claim, _edited_claim, _paid_twice, _secret_vote, _held_money, _amended, _expired),
    _word_of_json,
)
