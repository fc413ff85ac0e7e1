"""Lines for hostile rooms: examples about other things and people, directed lines, noise."""

import random
import re
from collections.abc import Mapping
from typing import Final

from commands import COMMANDS
from commands.kernel.command import Command
from tests.fuzz.grammar import AMOUNTS, DATES, line
from tests.fuzz.slow_lines import made_at_random
from tests.hostile.people import NAMES, PEOPLE

_EXAMPLES: Final = tuple(
    one for command in COMMANDS for lines in command.examples.values() for one in lines
)
_IDS: Final = re.compile(r"\b([ACVMRE])\d+\b")
_PLACED: Final = re.compile(r"\b([ACVMRE])~(\d+)")
_PEOPLE: Final = re.compile(r"@(alice|bob|carole|dany)\b")
_MONEY: Final = re.compile(r"\d[\d ]*(?:,\d+)? €")
_DAY: Final = re.compile(r"(?:mardi|jeudi|lundi|mercredi|vendredi|le 1er janvier|12 décembre)")
_ROLES: Final = ("soucieux", "contributeur", "participante", "soucieuse jusqu'au 31 décembre")

_BY_ANYBODY: Final = (
    *("!contribution 2h affiches {money}", "!contribution 1h accueil {money} #{A}"),
    *("!contribution 3h pour @{who} {money}", "!frais {money} pain", "!frais {money} bois #{A}"),
    *("!contribution 1h vote {money} #{V}", "!annuler {C}", "!annuler {C}", "!question {C} Oui ?"),
    *(
        "!vote Q{n} ?",
        "!vote Q{n} ? secret",
        "!vote Q{n} ? budget {money}",
        "!clore {V}",
        "!clore {V}",
    ),
    *("!bulletin {V} pour", "!bulletin {V} contre", "!bulletin {V} blanc", "!bulletin {V} pour"),
    *("!consentement Ouvrir {n} budget {money}", "!objection {V} le bruit {n}", "!lever {V}"),
    *("!amender {V} Ouvrir plus tôt {n}", "!prolonger {V} dans 3 jours", "!annuler {V} erreur"),
    *("!libérer {V}", "!résultat {V}", "!mon bulletin {V}", "!estimation {C}", "!votes"),
    *("!choix Couleur ? : ocre | vert | bleu", "!choix Couleur ? secret : ocre | vert"),
    *("!bulletin {V} A", "!bulletin {V} B, A", "!bulletin {V} {money}", "!bulletin {V} A bien"),
    *("!jugement Nom ? : La Marée | Le Phare", "!partage 300 : {A} 100 € | Fête 150 €"),
    *(
        "!action Tri {n} budget {money}",
        "!action Tri {n} pour @{who}",
        "!modifier {A} budget {money}",
    ),
    *(
        "!fait {A}",
        "!abandon {A}",
        "!rouvrir {A}",
        "!prendre {A}",
        "!lâcher {A}",
        "!avance {A} oui",
    ),
    *("!réunion Café {n} jeudi 14h-16h", "!régulation mardi 18h", "!déplacer {M} mercredi 19h"),
    *("!présent {M}", "!absent {M}", "!pouvoir @{who} {M}", "!odj {M} + Le local", "!annuler {M}"),
    *("!rappel vendredi 9h {n}", "!reporter {R}", "!rappel fait {R}", "!à voter", "!odj"),
)
STEWARDS: Final = (
    *("!décision {C} {money}", "!décision {C} {money}", "!décision {C} demandé", "!payé {C}"),
    *("!décision {C} refus trop cher", "!décision {C} bénévole", "!décision {C} report"),
    *("!payé {C}", "!facture {C} F-{n}", "!corriger {C} {money}", "!corriger {C} 2h", "!clore {V}"),
    *("!corriger {C} impayé", "!corriger {C} refus", "!corriger {E} {money}", "!annuler {C}"),
    *("!doter {money} de la Région", "!doter {money}", "!chantier Ch{n} enveloppe {money}"),
    *("!séance ouvrir", "!séance ouvrir", "!séance clore", "!prorata", "!prorata confirmer"),
    *(
        "!rôle @{who} {role}",
        "!rôle @{who} {role}",
        "!réglage quorum 1/{n}",
        "!réglage robots @{who}",
    ),
    *("!réglage participants-votent non", "!réglage mode montant-fixé", "!langue fr", "!réglage"),
    *("!cercle état en sommeil", "!cercle alias Côte {n}", "!cercle lieu La Halle {n}"),
    *("!évaluation question Quoi {n} ?", "!évaluation réponses", "!prolonger {V} dans 2 jours"),
    *("!annuler {V} erreur", "!libérer {V}", "!structure S{n}", "!contribution 2h {money}"),
)
"""What stewards may say, mostly; others try."""
_READING: Final = (
    *("!cr", "!cr {M}", "!budget", "!contributions", "!relevé @{who} 2026", "!journal", "!membres"),
    *("!bilan", "!export csv 2026", "!flux 2026", "!évaluation", "!mes-données", "!cercle"),
    *("!diffuser Rencontre {n}", "!diffuser confirmer", "!cercles", "!alertes", "!état Littoral"),
    *("!tour", "!tour prendre", "!météo ☀️", "!météo fin", "!codev Trouver {n}", "!minuteur 5 min"),
    *("!répondre {n}", "bonjour", "!aide", "!votes", "!résultat {V}", "!schéma"),
)
_ENDS_THEM: Final = ("!effacer-moi confirmer", "!effacer-moi", "!forget-me confirm")


def drawn(chance: random.Random, *, steward: bool) -> str:
    """One line, of somebody who is a steward or not."""
    roll = chance.random()
    if roll < 0.72:
        theirs = STEWARDS if chance.random() < (0.55 if steward else 0.08) else _BY_ANYBODY
        shapes = theirs if chance.random() < 0.85 else _READING
        return _inside(chance, _filled(chance, chance.choice(shapes)))
    if roll < 0.9:
        return _inside(chance, f"!{varied(chance, chance.choice(_EXAMPLES))}")
    if roll < 0.904:
        return chance.choice(_ENDS_THEM)
    return line(chance)


def mended(text: str, change: str) -> str:
    """The line as its author edits it: with another amount, else with a word more."""
    money = _MONEY.search(change)
    if money and _MONEY.search(text):
        return _MONEY.sub(money[0], text, count=1)
    return change if change.startswith("!") else f"{text} {change}"


def edit(chance: random.Random) -> str:
    """What an edit changes: an amount, a word, the whole line, nothing."""
    roll = chance.random()
    if roll < 0.5:
        return _money(chance)
    return "" if roll < 0.65 else chance.choice((*DATES, *AMOUNTS, drawn(chance, steward=True)))


def meant(text: str, last: Mapping[str, int]) -> str:
    """The line with real ids: `C~2` is the second last of those that there are."""
    return _PLACED.sub(
        lambda found: f"{found[1]}{max(1, last.get(found[1], 1) - int(found[2]))}", text
    )


def varied(chance: random.Random, text: str) -> str:
    """The line about something else, somebody else, another day, another amount."""
    text = _IDS.sub(lambda found: _id(chance, found[1]), text)
    text = _PEOPLE.sub(lambda _: f"@{chance.choice(PEOPLE)}", text)
    if chance.random() < 0.5:
        text = _MONEY.sub(lambda _: _money(chance), text)
    if chance.random() < 0.3:
        text = _DAY.sub(lambda _: chance.choice(DATES), text)
    return text


def _filled(chance: random.Random, shape: str) -> str:
    ids = {kind: _id(chance, kind) for kind in "ACVMRE"}
    role, who = chance.choice(_ROLES), chance.choice(PEOPLE)
    return shape.format(**ids, money=_money(chance), who=who, role=role, n=chance.randint(1, 40))


def _id(chance: random.Random, kind: str) -> str:
    if chance.random() < 0.1:
        return f"{kind}{chance.randint(0, 12)}"
    return f"{kind}~{min(chance.randint(0, 6), chance.randint(0, 6))}"


def _money(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return chance.choice(AMOUNTS)
    cents = chance.choice((chance.randint(1, 900), chance.randint(1, 40_000), 1_000_000))
    return f"{cents // 100},{cents % 100:02} €"


def _inside(chance: random.Random, text: str) -> str:
    return f"{text} dans {chance.choice(NAMES)}" if chance.random() < 0.12 else text


def longest(chance: random.Random) -> str:
    """A line of a command, made to keep its readers busy."""
    command: Command[object] = chance.choice(COMMANDS)
    return made_at_random(chance, command).body
