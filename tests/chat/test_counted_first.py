"""A share among many is counted beside, once, while others are answered."""

import threading

from circle.tally import shares
from circle.tally.waiting import LIGHT
from tests.chat.scene import scene

PEOPLE = tuple(f"m{number}" for number in range(60))
LETTERS = "ABCDEFGHIJKLMNOPQRST"
LISTED = " | ".join(f"Jardin {name} {900 + 37 * ord(name)} €" for name in LETTERS)
CIRCLE = (
    "alice> !cercle créer Littoral",
    *(f"{name} joins" for name in PEOPLE),
    *(f"{name}> bonjour" for name in PEOPLE),
    "alice> !doter 9 000 € de la MEL",
    f"alice> !partage 9000 : {LISTED} résultats visibles",
)


def ballot(number):
    """An answer that differs from most others."""
    chosen = [letter for place, letter in enumerate(LETTERS) if number * (place + 3) % 7 < 3]
    return f"{PEOPLE[number]}> !bulletin V1 {', '.join(chosen or ['A'])}"


async def counted(monkeypatch, *lines):
    """What is said of these lines, and in which threads something was counted meanwhile."""
    threads, count = [], shares.allocate._count

    def count_told(election):
        threads.append(threading.current_thread())
        return count(election)

    async with scene(*CIRCLE, *map(ballot, range(len(PEOPLE)))) as made:
        shares.allocate._known.clear()
        monkeypatch.setattr(shares.allocate, "_count", count_told)
        heard = [(await made.play(line))[0] for line in lines]
    return heard, threads


async def test_a_long_count_is_made_in_another_thread_and_once(monkeypatch):
    assert len(PEOPLE) * len(LETTERS) > LIGHT
    heard, threads = await counted(monkeypatch, "alice> !résultat V1", "bob> !résultat V1")
    assert [one.key for one in heard] == ["vote.result", "vote.result"]
    assert threads != []
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
