"""Lines that somebody, or something, might write: half sense, half noise, all of it from a seed."""

import random
import unicodedata
from collections.abc import Callable, Sequence

from commands import COMMANDS

NAMES = tuple(name for command in COMMANDS for name in command.names)
EXAMPLES = tuple(
    one for command in COMMANDS for lines in command.examples.values() for one in lines
)
WORDS = (
    *("avant", "avant le", "pour", "de", "à", "dans", "chantier", "budget", "enveloppe", "jusqu'à"),
    *("jusqu’au", "dès", "depuis", "le", "par", "quorum", "majorité", "secret", "minimum", "état"),
    *("révision", "période", "bénévole", "soucieux", "soucieux·se", "contributeurices", "toutes"),
    *("cette fois", "refus", "report", "clore", "ouvrir", "oui", "non", "réserve", "en retard"),
    *("before", "for", "on", "until", "since", "in", "from", "off", "robots", "langue", "bilan"),
)
DATES = (
    *("demain", "hier", "mardi", "mardi prochain", "jeudi en huit", "le 31 avril", "31/02/2026"),
    *("12 décembre", "le 12 décembre à 18h", "chaque premier mardi du mois à 18h", "14h-16h"),
    *("dans 2 heures", "32 décembre", "l'an 40000", "2026-13-45", "29 février 2027", "minuit"),
    *("25h", "T5 2026", "trimestre", "1er 1er 1er", "le le le", "9999-12-31", "0001-01-01"),
)
AMOUNTS = (
    *("80 €", "1.200", "1 200,50 €", "-5 €", "10 k€", "0 €", "1e9 €", "99999999999999999999 €"),
    *("½ journée", "2h30", "0h", "1,5h", "90 min", "99999h", "-1h", "٣ €", "１２ €", "1,005 €"),
)
IDS = (
    *("A1", "#A1", "C1", "V1", "V2", "M1", "R1", "E1", "#12", "12", "A0", "A-1", "Z9", "C1 C1"),
    *("A99999999999999999999", "a1", "#", "A١", "V1 V2", "@bob", "@bob:localhost", "@nobody:x"),
)
ODD = (
    *("\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u0301" * 40, "\u202f", "\u00a0", "\0"),
    *("\ud800", "\x1b[31m", "\n", "\t", "\r\n", "\U000e0001"),
    *("👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🙋🏽", "✅", "שלום", "مرحبا", "ﷺ", "Z͑ͫ̓a̴"),
    *('"', "«", "»", "“", "”", "'", "|", ":", "+", "-", "*", "<b>", "&amp;", "{{ 7 * 7 }}", "%s"),
    *("=1+1", "@room", "../../etc", "';--", "\\", "`", "#", "[x](y)", "<!--", "$(id)", "\ufffe"),
)


def near(chance: random.Random, word: str) -> str:
    """The word with a slip of the finger."""
    at = chance.randrange(len(word))
    slips: Sequence[str] = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] * 2 + word[at + 1 :],
        word[:at] + chance.choice("aeiourst é-") + word[at + 1 :],
        word.upper(),
        unicodedata.normalize("NFD", word),
        word.replace("é", "e"),
    )
    return chance.choice(slips)


def noise(chance: random.Random) -> str:
    """Any characters at all."""
    top = chance.choice((0x7F, 0x2FF, 0xFFFF, 0x10FFFF))
    return "".join(chr(chance.randint(0, top)) for _ in range(chance.randint(0, 24)))


def very_long(chance: random.Random) -> str:
    piece = chance.choice((*WORDS, *IDS, *ODD, *AMOUNTS, "x", " "))
    return (piece + chance.choice(("", " "))) * chance.choice((100, 900, 5_000))


_PIECES: tuple[Callable[[random.Random], str], ...] = (
    *(lambda chance, kind=kind: chance.choice(kind) for kind in (WORDS, DATES, AMOUNTS, IDS, ODD)),
    *(lambda chance, kind=kind: chance.choice(kind) for kind in (WORDS, DATES, AMOUNTS, IDS)),
    lambda chance: near(chance, chance.choice(WORDS)),
    lambda chance: f'"{chance.choice(WORDS)} {chance.choice(AMOUNTS)}"',
    noise,
)


def head(chance: random.Random) -> str:
    """What a line begins with: mostly a command, or nearly."""
    roll = chance.random()
    name = chance.choice(NAMES)
    if roll < 0.75:
        return f"!{name}"
    if roll < 0.9:
        return f"!{near(chance, name)}"
    return chance.choice(("", "!", "! ", "!!", "souci : ", "souci ", "! !", "!\u200b"))


def line(chance: random.Random) -> str:
    """One line."""
    roll = chance.random()
    if roll < 0.3:
        return noise(chance)
    if roll < 0.45:
        words = chance.choice(EXAMPLES).split(" ")
        words.insert(chance.randint(0, len(words)), chance.choice(_PIECES)(chance))
        return "!" + " ".join(words)
    if roll < 0.452:
        return f"{head(chance)} {very_long(chance)}"
    pieces = (chance.choice(_PIECES)(chance) for _ in range(chance.randint(0, 8)))
    return " ".join((head(chance), *pieces))
