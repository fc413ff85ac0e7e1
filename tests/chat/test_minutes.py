"""Minutes: told, and as a Markdown file that can be kept as a proof."""

import pytest

from tests.chat.accounts import CLOSE, FOUNDED, ONE, OPEN, PLANNED, cents, last
from tests.chat.ballot_box import BallotBox
from tests.chat.scene import scene

HELD = (
    *FOUNDED,
    "carole joins",
    PLANNED,
    ONE,
    "carole> !frais 30 € pain",
    "alice> !présent M1",
    "bob> !excusé M1",
    "carole> !odj + Parler du local",
    "@ 2026-11-23T18:05",
    OPEN,
    "alice> !décision C1 60 € une heure de moins",
    "alice> !décision C2 report",
    "alice> !vote Garder le local",
    *(f"{who} + 👍 V1" for who in ("alice", "bob", "carole")),
    "alice> !clore V1",
)


def text_of(box: BallotBox) -> str:
    """The last file of minutes that was attached."""
    files = [one.letter.file for one in box.posted if one.letter.file]
    return next(f.body.decode() for f in reversed(files) if f.mimetype == "text/markdown")


async def test_minutes_tell_who_was_there_what_was_spoken_of_and_decided():
    async with scene(*HELD, CLOSE) as made:
        told = await last(made, "bob> !cr")
    assert (told["present"], told["excused"]) == (["@alice:localhost"], ["@bob:localhost"])
    assert [point["text"] for point in told["points"]] == ["Parler du local"]
    decisions = [(one["id"], one["outcome"], cents(one["amount"])) for one in told["decisions"]]
    assert decisions == [("C1", "regulated", 6000), ("C2", "postponed", None)]
    assert [(vote["id"], vote["outcome"]) for vote in told["votes"]] == [("V1", "adopted")]


FILE = """# Compte rendu — Régulation du cercle Littoral

lundi 23 novembre 2026, 18 h – 20 h

Séance ouverte : lundi 23 novembre 2026, 18 h 05 ; close : lundi 23 novembre 2026, 18 h 05

## Présences

- Présent·es (1) : alice
- Excusé·es (1) : bob

## Ordre du jour

- Parler du local (carole)

## Décisions

- C1 bob, « affiches » : 60 € (80 € demandés) — une heure de moins
  - C1 : 2 h, lundi 23 novembre 2026
- C2 carole, « pain » : reportée (30 € demandés)
  - C2 : lundi 23 novembre 2026
- Décidé en tout : 60 €. Disponible ensuite : 940 €.

## Votes

- V1 Garder le local : adopté (3 réponses sur 3)
"""


async def test_the_file_says_it_all():
    async with scene() as made:
        box = BallotBox(made)
        await box.play(*HELD, CLOSE)
    assert " ".join(text_of(box).replace("\u00a0", " ").replace("\u202f", " ").split(" ")) == FILE


async def test_the_file_is_attached_to_the_closing_and_to_each_cr():
    async with scene() as made:
        box = BallotBox(made)
        await box.play(*HELD, CLOSE, "bob> !cr M1")
    assert box.files().count("compte-rendu-M1.md") == 2


async def test_nothing_that_people_typed_becomes_markdown():
    nasty = "bob> !contribution 1h # <b>[x](http://y)</b> | *gras* `code` 10 €"
    async with scene() as made:
        box = BallotBox(made)
        await box.play(*FOUNDED, nasty, OPEN, "alice> !décision C1 10 € - 1. raison", CLOSE)
    line = next(line for line in text_of(box).splitlines() if "gras" in line)
    assert r"\# \<b\>\[x\](http://y)\</b\> \| \*gras\* \`code\`" in line


async def test_minutes_can_be_seen_while_the_session_is_open():
    async with scene(*FOUNDED, ONE, OPEN, "alice> !décision C1 60 €") as made:
        told = await last(made, "bob> !cr")
    assert (told["closed"], len(told["decisions"])) == (None, 1)


async def test_two_sessions_of_one_meeting_are_one_minutes():
    again = ("alice> !séance ouvrir M1", "alice> !décision C2 30 €", CLOSE)
    lines = (*FOUNDED, PLANNED, ONE, "carole> !frais 30 € pain", "@ 2026-11-23T18:05")
    async with scene(*lines, OPEN, "alice> !décision C1 60 €", CLOSE, *again) as made:
        told = await last(made, "bob> !cr M1")
    assert [one["id"] for one in told["decisions"]] == ["C1", "C2"]


async def test_minutes_of_a_meeting_without_session_tell_who_came():
    lines = (*FOUNDED, PLANNED, "bob> !présent M1", "@ 2026-11-23T21:00")
    async with scene(*lines) as made:
        told = await last(made, "alice> !cr M1")
    assert (told["opened"], told["present"]) == (None, ["@bob:localhost"])


async def test_what_was_corrected_since_leaves_the_minutes_as_they_were():
    lines = (*FOUNDED, ONE, OPEN, "alice> !décision C1 60 €", CLOSE, "alice> !corriger C1 70 €")
    async with scene(*lines) as made:
        [decision] = (await last(made, "bob> !cr"))["decisions"]
    assert cents(decision["amount"]) == 6000


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_file_is_written_in_the_circle_s_language(language):
    async with scene() as made:
        box = BallotBox(made)
        await box.play(*FOUNDED, f"alice> !langue {language}", OPEN, CLOSE)
    assert text_of(box).startswith({"fr": "# Compte rendu", "en": "# Minutes"}[language])
