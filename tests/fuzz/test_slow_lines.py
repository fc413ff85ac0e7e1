"""No line, however long, keeps the others waiting: a tenth of a second of processor at most."""

import random

import pytest
import structlog

from commands import COMMANDS
from commands.reading.words import clean
from tests.fuzz.hammer import hammer
from tests.fuzz.slow_lines import CROWD, LIMIT, UNSURE, Long, Watch, made_at_random

pytestmark = pytest.mark.no_cover  # what is covered is not the question, and costs half the time
EACH = 20
"""Lines of each command."""
FOUND = (
    *(Long("!déplacer ", (unit,), "", 10_000) for unit in ("jusqu'à du ", "à du ", "du 1 au ")),
    *(Long("!déplacer M1 ", (unit,), "", 900) for unit in ("jusqu'à du ", "12 décembre ou ")),
    *(Long("!réunion ", (unit,), "", 1_000) for unit in ("décembre au au du ", "à du ", "à la ")),
    *(Long("!rappel ", (unit,), " 18h", 2_900) for unit in ("sauf le 24 et ", "mardi et ", "« ")),
    *(Long("!partage 3000 : ", (unit,), "", 7_000) for unit in ("? 1/2 ", "été ? ", "| ", "A | ")),
    *(Long("!rôle 1 x until ", (unit,), "", 1_200) for unit in ("A | ", "à la ", "pour bob ")),
    *(Long("!prolonger V1 dans ", (unit,), "", 600) for unit in ("V1, &amp;", "12 décembre ou ")),
    *(Long("!", (unit,), "", 60_000) for unit in ("a", "x y ", "d'", "actio", "1 ")),
    *(
        Long("!action Tri ", (unit,), "", 60_000, html=True)
        for unit in ("<a href='", "<![<![x", '<a href="https://matrix.to/#/@bob:x">@bob</a>', "&a")
    ),
)


async def slow_ones(lines):
    """Those that take too long, each with its milliseconds."""
    with structlog.testing.capture_logs():
        async with hammer(*CROWD) as made:
            watch = Watch(made)
            taken = [(await watch.seconds(line), line) for line in lines]
    most = LIMIT * UNSURE
    return [f"{seconds * 1000:.0f} ms: {line}" for seconds, line in taken if seconds > most]


async def test_the_lines_that_once_held_everybody_up_do_so_no_more():
    assert await slow_ones(FOUND) == []


@pytest.mark.parametrize("part", range(4))
async def test_no_line_searched_for_keeps_the_processor_long(part):
    chance = random.Random(part)
    lines = [made_at_random(chance, one) for one in COMMANDS[part::4] for _ in range(EACH)]
    assert await slow_ones(lines) == []


async def test_a_reader_that_reads_a_line_from_each_of_its_places_would_be_found(monkeypatch):
    def slow(text):
        return max((clean(text[at:]) for at in range(len(text))), key=len, default="")

    monkeypatch.setattr("commands.reading.parse.clean", slow)
    assert await slow_ones([Long("!avance A1 ", ("été ",), "", 9_000)]) != []
