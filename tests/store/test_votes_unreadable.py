"""A vote whose options an erasure of before took away ends: as void, told once, holding nothing."""

from collections.abc import AsyncIterator

import pytest

from bot.console.console import Heard
from storage.engine import writing
from tests.chat.scene import Scene, scene

LIFE = (
    "alice> !cercle créer Littoral territorial",
    "bob> bonjour",
    "carole> bonjour",
    "alice> !doter 1200 €",
    "alice> !choix Quelle couleur ? : bleu | rouge",
    "bob> !bulletin V1 bleu",
)
LOSE = "UPDATE votes SET options = '['"
REMINDED = "@ 2026-11-29T18:00"
CLOSED = "@ 2026-12-01T09:00"


@pytest.fixture
async def played() -> AsyncIterator[Scene]:
    async with scene(*LIFE) as made:
        yield made


async def run(played: Scene, statement: str) -> None:
    async with writing(played.engine) as connection:
        await connection.exec_driver_sql(statement)


def about_votes(heard: list[Heard]) -> list[str]:
    return [one.key for one in heard if one.key.startswith(("vote.", "job.", "refused."))]


@pytest.mark.parametrize("lost_at", ["@ 2026-11-24T09:00", "@ 2026-11-30T08:30"])
async def test_it_is_told_once_before_its_reminder_or_at_its_time(
    played: Scene, lost_at: str
) -> None:
    await played.play(lost_at)
    await run(played, LOSE)
    assert about_votes(await played.play(CLOSED, "@ 2026-12-20T09:00")) == ["vote.unreadable"]


async def test_it_ends_as_void_in_a_sentence_that_says_what_to_do(played: Scene) -> None:
    await run(played, LOSE)
    told = next(one for one in await played.play(CLOSED) if one.key == "vote.unreadable")
    assert (told.room, told.values["outcome"]) == ("circle", "void")
    assert "!choix Quelle couleur ? : A | B" in told.text


async def test_nothing_of_it_is_left_to_do(played: Scene) -> None:
    await run(played, LOSE)
    await played.play(CLOSED)
    async with played.engine.connect() as connection:
        left = "SELECT kind FROM jobs WHERE done IS NULL AND kind LIKE 'vote%'"
        assert (await connection.exec_driver_sql(left)).scalars().all() == []


async def test_answers_on_options_whose_ids_were_changed_decide_nothing(played: Scene) -> None:
    await run(played, "UPDATE votes SET options = replace(options, '\"A\"', '\"a1b2c3\"')")
    assert about_votes(await played.play(CLOSED)) == ["vote.unreadable"]


async def test_no_money_is_held_by_it(played: Scene) -> None:
    await played.play("alice> !partage 300 € : Banc 100 € | Table 150 €")
    await played.play("bob (dm)> !bulletin V2 A", "carole (dm)> !bulletin V2 A, B")
    await run(played, LOSE)
    await played.play(CLOSED)
    [budget] = await played.play("alice> !budget")
    held, available = budget.values["committed"], budget.values["available"]
    assert (held["cents"], available["cents"]) == (0, 120_000)


async def test_its_author_need_not_wait(played: Scene) -> None:
    await run(played, LOSE)
    [told] = await played.play("alice> !clore V1")
    assert (told.key, told.values["outcome"]) == ("vote.unreadable", "void")


async def test_nobody_else_closes_it(played: Scene) -> None:
    await run(played, LOSE)
    assert await played.keys("carole> !clore V1") == ["refused.not-allowed"]


@pytest.mark.parametrize(
    "line",
    ["bob> !bulletin V1 bleu", "bob (dm)> !mon-bulletin V1", "bob> !résultat V1",
     "alice> !prolonger V1 dimanche 6 décembre"],
)  # fmt: skip
async def test_who_asks_is_told_while_it_is_open(played: Scene, line: str) -> None:
    await run(played, LOSE)
    [told] = await played.play(line)
    assert (told.key, told.values["outcome"]) == ("vote.unreadable", None)


async def test_nobody_is_asked_to_answer_it(played: Scene) -> None:
    await run(played, LOSE)
    [told] = await played.play("carole> !à voter")
    assert told.values["items"] == []


async def test_afterwards_its_result_says_why(played: Scene) -> None:
    await run(played, LOSE)
    await played.play(CLOSED)
    [told] = await played.play("bob> !résultat V1")
    assert (told.key, told.values["outcome"]) == ("vote.unreadable", "void")


async def test_a_vote_called_off_is_not_told_as_lost(played: Scene) -> None:
    await played.play("alice> !annuler V1 mal posée")
    assert await played.keys("bob> !résultat V1") == ["vote.cancelled"]
