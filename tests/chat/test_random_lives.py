"""Whatever a circle does with its money, through its room: the figures hold."""

import asyncio
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.chat.accounts import figures, written
from tests.chat.recount import recounted, rows
from tests.chat.scene import Scene, scene

BEGUN = (
    "alice> !cercle créer Littoral",
    "bob joins",
    "alice> !action Portes ouvertes",
    "alice> !action Atelier",
    "alice> !doter 500 € de la MEL",
    "bob> !contribution 2h affiches 80 €",
    "bob> !contribution 1h accueil 40,50 € #A1",
    "alice> !frais 30 € pain",
    "alice> !contribution 3h four 200 € #A1",
    "alice> !séance ouvrir",
)
READING = (
    *("!budget", "!budget par enveloppe", "!journal", "!contributions", "!relevé bob 2026"),
    *("!odj", "!prorata", "!séance", "!cr"),
)
FINAL = {"regulated", "refused", "pro-bono", "cancelled"}

items = st.integers(1, 5).map("C{}".format)
euros = st.integers(1, 40_000).map(lambda cents: f"{cents // 100},{cents % 100:02} €")
about = st.sampled_from(["", " #A1", " #A2"])
verdicts = st.one_of(euros, euros, st.sampled_from(["refus", "bénévole", "report", "demandé"]))
undone = st.sampled_from(["refus", "bénévole", "report", "impayé", "sans facture", "facture F-9"])


def line(shape: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.tuples(*parts).map(lambda said: (shape.format(*said),))


def adopted(said: tuple[str, str]) -> tuple[str, ...]:
    """A vote with a budget that both adopt: the number is found when it is played."""
    return (f"alice> !vote Un achat budget {said[0]}{said[1]}", "adopt")


steps = st.lists(
    st.one_of(
        line("bob> !contribution 2h affiches {}{}", euros, about),
        line("bob> !contribution 1h accueil{}", st.sampled_from(["", " bénévole"])),
        line("bob> !question {} Pourquoi ?", items),
        line("bob> !annuler {}", items),
        line("alice> !décision {} {}", items, verdicts),
        line("alice> !facture {} F-1", items),
        line("alice> !payé {}", items),
        line("alice> !corriger {} {}", items, euros),
        line("alice> !corriger {} {}", items, undone),
        line("alice> !corriger E1 {}", euros),
        line("alice> !doter {}", euros),
        line("alice> !{} A1", st.sampled_from(["fait", "rouvrir"])),
        st.just(("alice> !séance clore", "alice> !séance ouvrir")),
        st.tuples(euros, about).map(adopted),
        st.sampled_from(READING).map(lambda said: (f"alice> {said}",)),
    ),
    min_size=4,
    max_size=12,
).map(lambda drawn: [one for lines in drawn for one in lines])
settled = st.lists(
    st.one_of(
        line("alice> !décision {} {}", items, euros),
        line("alice> !payé {}", items),
        line("alice> !facture {} F-1", items),
    ),
    min_size=3,
    max_size=6,
    unique=True,
).map(lambda drawn: [one for lines in sorted(drawn) for one in lines])
lives = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


async def play(made: Scene, said: str) -> list[str]:
    """The keys of what is answered."""
    if said != "adopt":
        return await made.keys(said)
    voted = [vote["number"] for vote in await rows(made, "votes") if vote["outcome"] is None]
    ballots = [f"{who} (dm)> !bulletin V{n} pour" for n in voted for who in ("alice", "bob")]
    return await made.keys(*ballots, *(f"alice> !clore V{n}" for n in voted))


async def check(made: Scene) -> None:
    now = await figures(made)
    held = now["granted"] - now["available"] - now["committed"]
    assert 0 <= held <= min(now["granted"], now["regulated"])
    assert now == await recounted(made)
    assert now["paid"] <= now["regulated"]
    first = Counter(
        entry["item"]
        for entry in await rows(made, "entries")
        if entry["kind"] in FINAL and entry["corrects"] is None
    )
    assert max(first.values(), default=0) <= 1


async def live(drawn: list[str]) -> None:
    async with scene(*BEGUN) as made:
        for said in drawn:
            before, had = await written(made), (await figures(made))["available"]
            keys = await play(made, said)
            if said.removeprefix("alice> ") in READING:
                assert await written(made) == before
            if keys == ["regulation.decided"]:
                assert (await figures(made))["available"] >= min(0, had)
            await check(made)


@lives
@given(settled, steps)
def test_figures_equal_a_recount_and_nothing_is_decided_twice(first, then):
    asyncio.run(live([*first, *then]))
