"""Lines as long as may be, made to keep the bot busy: a command's beginning, then the same again.

As a program, looks for worse and worse ones: `python -m tests.fuzz.slow_lines --minutes 30`.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import structlog
from msgspec import structs

from bot import events
from bot.console.console import room_id, user_id
from commands import COMMANDS
from commands.kernel.command import Command
from commands.reading.fields import fields_of, longest, only
from commands.reading.slots import Option, Spot
from tests.fuzz.hammer import Hammer, hammer
from tests.fuzz.yardstick import usual

LIMIT = 0.1
"""Seconds of processor that any line may take on a machine left alone."""
UNSURE = 1.25
"""How much the yardstick itself may be wrong, on a machine that changes its speed."""
MOST_SENT = 60_000
"""Characters: what fits into an event of Matrix."""

UNITS = (
    *("jusqu'à du ", "décembre au au du ", "à du ", "du 1 au ", "8/12 18h ", "mardi et ", "1 et "),
    *("12 décembre ou ", "premier mardi et ", "sauf le 24 et ", "de 9h à ", "tous les 1er et "),
    *("chaque mardi ", "mardi 18h ou ", "dans 2 h ", "fin de la ", "at 9 ", "la veille de ", "le "),
    *("1 200 ", "2h ", "1.1.1.", "1/2 ", "100 € ", "1,", "½ ", "7", "9 ", "1h et demie ", "un an "),
    *("@bob ", "pour bob et ", "de ", "d'", "d'une ", "chantier ", "budget ", "dans ", "dans L "),
    *("avant ", "à la ", "chez ", "quorum ", "secret ", "bénévole ", "résultats cachés ", "par "),
    *("#A1 ", "A1 ", "#", "A", "V1, ", "A bien, ", "A | ", "| ", ": ", "a:", "a : b | ", "+ "),
    *('"', '" ', "«", "« ", "«a» ", "“ ", "„a” ", "(", "[ ", "'", "` ", "*", "- ", "-", ". ", "! "),
    *(
        "😀 ",
        "👩‍👩‍👧‍👦",
        "e\u0301",
        "\u0301",
        "\u200b",
        "ﷺ",
        "\u202e",
        "שלום ",
        "\u00a0",
        "\n",
        "\x00",
    ),
    *("<![<![", "<a href='", '<a href="https://matrix.to/#/@bob:x">@bob</a> ', "&amp;", "<a "),
    *("a", "x y ", "été ", "soucieux·se ", "Bob Martin ", "?", "? ", "https://x ", "oui ", "none "),
)
STRANGE = "".join(map(chr, range(0x3400, 0x9000)))
"""Characters that are each met for the first time."""
CROWD = (
    *(f"m{number} joins" for number in range(150)),
    *(f"alice> !chantier Chantier {number} du {number}" for number in range(40)),
    *(f"alice> !structure La Maison {number}" for number in range(40)),
)


@dataclass(frozen=True, slots=True)
class Long:
    """A line: what it begins with, what is said again and again, what ends it, how long it is."""

    head: str
    units: tuple[str, ...]
    tail: str
    length: int
    html: bool = False
    direct: bool = False

    @property
    def body(self) -> str:
        again = "".join(self.units)
        room = max(0, self.length - len(self.head) - len(self.tail))
        return f"{self.head}{(again * (room // len(again) + 1))[:room]}{self.tail}"

    def __str__(self) -> str:
        units = tuple(unit[:60] for unit in self.units)
        flags = f"{self.length}, html={self.html}, direct={self.direct}"
        return f"{self.head!r} + {units!r} + {self.tail!r} ({flags})"


def beginnings(command: Command[Any]) -> Iterator[str]:
    """What may stand before the rest: the name, examples whole or cut, words of options."""
    for name in {command.names[0], command.names[-1]}:
        yield f"!{name} "
    for lines in command.examples.values():
        for line in lines[:2]:
            words = line.split(" ")
            yield from (f"!{' '.join(words[:count])} " for count in range(2, len(words) + 1))
    for _, option in only(Option, fields_of(command.args)):
        yield from (f"!{command.names[0]} 1 x {word} " for word in (option.fr[0], option.en[0]))
    if only(Spot, fields_of(command.args)):
        yield f"!{command.names[0]} café mardi 18h à "


def endings(command: Command[Any]) -> Iterator[str]:
    """What may stand after it."""
    yield ""
    for lines in command.examples.values():
        yield from (f" {line.partition(' ')[2]}" for line in lines[:2])


def made_at_random(chance: random.Random, command: Command[Any]) -> Long:
    """One line of a command."""
    units = tuple(chance.choice(UNITS) for _ in range(chance.choice((1, 1, 2, 3))))
    most = 1 + len(command.names[0]) + longest(fields_of(command.args))
    return Long(
        head=chance.choice(tuple(beginnings(command))),
        units=units if chance.random() > 0.02 else (STRANGE,),
        tail=chance.choice(tuple(endings(command))) if chance.random() < 0.3 else "",
        length=chance.choice((most, most, most, most // 2, 600, 300, MOST_SENT)),
        html=chance.random() < 0.2,
        direct=chance.random() < 0.2,
    )


def varied(chance: random.Random, line: Long) -> Long:
    """Nearly the same line."""
    unit, others = chance.choice(UNITS), line.units[:2]
    choices = (
        changed(line, units=(*others, unit)),
        changed(line, units=(unit, *others)),
        changed(line, units=(chance.choice(UNITS), *others[1:])),
        changed(line, tail=f" {unit}{chance.choice(UNITS)}"),
        changed(line, head=f"{line.head}{unit}"),
        changed(line, length=max(50, line.length * chance.choice((80, 95, 105)) // 100)),
        changed(line, direct=not line.direct),
    )
    return chance.choice(choices)


def changed(line: Long, **changes: object) -> Long:
    fields = {name: getattr(line, name) for name in Long.__slots__}
    return Long(**fields | changes)


class Watch:
    """Says lines, and how long each keeps the processor."""

    def __init__(self, made: Hammer) -> None:
        self._made = made
        self.said = 0

    async def seconds(self, line: Long) -> float:
        """The least of some tries: the machine may have been slow, a catalogue read at first."""
        tried = [await self._once(line)]
        while min(tried) > LIMIT / 2 and len(tried) < 4:
            tried.append(await self._once(line))
        return min(tried)

    async def _once(self, line: Long) -> float:
        self.said += 1
        async with self._made.batch():
            event = structs.replace(message(line), id=f"$slow-{self.said}")
            outcome = await self._made.throw(event)
        assert outcome.fault is None, (outcome.fault, str(line))
        return usual(outcome.seconds) if outcome.seconds > LIMIT / 2 else outcome.seconds


def message(line: Long) -> events.Message:
    """The line as a steward says it in the circle's room, or directly."""
    body = line.body.encode(errors="replace").decode()
    return events.Message(
        id="$",
        room=room_id("dm-bob" if line.direct else "circle"),
        sender=user_id("bob" if line.direct else "alice"),
        at=1_795_420_800_000,
        body=body,
        html=body if line.html else None,
    )


async def search(minutes: float, seed: int) -> None:
    """Look for slower and slower lines, telling each that is slower than all before."""
    chance, worst = random.Random(seed), 0.0
    pool: list[tuple[float, Long]] = []
    until = time.monotonic() + minutes * 60
    async with hammer(*CROWD) as made:
        watch = Watch(made)
        while time.monotonic() < until:
            fresh = made_at_random(chance, chance.choice(COMMANDS))
            line = (
                varied(chance, chance.choice(pool)[1]) if pool and chance.random() < 0.6 else fresh
            )
            seconds = await watch.seconds(line)
            pool = sorted([*pool, (seconds, line)], key=lambda one: -one[0])[:30]
            if seconds > worst:
                worst = seconds
                tell(seconds, line)
    sys.stdout.write(f"{watch.said} lines; the slowest:\n")
    for one in pool[:10]:
        tell(*one)


def tell(seconds: float, line: Long) -> None:
    sys.stdout.write(f"{seconds * 1000:.0f} ms  {line}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with structlog.testing.capture_logs():
        asyncio.run(search(asked.minutes, asked.seed))


if __name__ == "__main__":
    main()
