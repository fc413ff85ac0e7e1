"""Two stewards who act at the same instant, through two bots on one database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import events
from tests.chat.accounts import CLOSE, FOUNDED, ONE, OPEN, figures
from tests.chat.scene import Scene, scene

pytestmark = [
    pytest.mark.parametrize("kind", ["file", "plain", "postgresql"], indirect=True),
    pytest.mark.usefixtures("engine"),
]
STEWARDS = (*FOUNDED, "bob joins", "alice> !rôle @bob soucieux", ONE)


@pytest.fixture
async def bots(url: str, engine: AsyncEngine) -> AsyncIterator[tuple[Scene, Scene]]:  # noqa: ARG001
    """Two bots on one database; the first has played how the circle began."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(scene(*STEWARDS, url=url))
        second = await stack.enter_async_context(scene(url=url))
        await second.console._enter("bob", "circle")
        await first.console.drain()
        yield first, second


async def said(bot: Scene, who: str, line: str) -> events.Message:
    room = await bot.console._enter(who, "circle")
    return events.Message(**bot.console._common(who, room), body=line)


async def at_once(bots: tuple[Scene, Scene], alice: str, bob: str) -> list[str]:
    """What is answered to two lines handled at the same time, in no set order."""
    first, second = bots
    lines = [await said(first, "alice", alice), await said(second, "bob", bob)]
    await asyncio.gather(first.console._handle(lines[0]), second.console._handle(lines[1]))
    return sorted(heard.key for heard in await first.console.drain())


@pytest.mark.parametrize("other", ["!décision C1 50 €", "!décision C1 80 €", "!décision C1 refus"])
async def test_an_item_is_decided_once(bots: tuple[Scene, Scene], other: str) -> None:
    await bots[0].play(OPEN)
    keys = await at_once(bots, "!décision C1 50 €", other)
    assert keys == ["regulation.already-decided", "regulation.decided"]


async def test_what_is_decided_at_once_never_overdraws(bots: tuple[Scene, Scene]) -> None:
    await bots[0].play("bob> !contribution 9h four 900 €", OPEN)
    keys = await at_once(bots, "!décision C1 600 €", "!décision C2 600 €")
    assert keys == ["regulation.decided", "regulation.over-budget"]
    assert (await figures(bots[0]))["available"] == 40000


async def test_nothing_is_decided_in_a_session_that_closes(bots: tuple[Scene, Scene]) -> None:
    await bots[0].play(OPEN)
    keys = await at_once(bots, "!séance clore", "!décision C1 50 €")
    assert keys in (["regulation.decided", "session.closed"], ["session.closed", "session.none"])


async def test_one_session_is_opened(bots: tuple[Scene, Scene]) -> None:
    keys = await at_once(bots, "!séance ouvrir", "!séance ouvrir")
    assert keys == ["session.already-open", "session.opened"]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("!payé C1", "entry.paid"),
        ("!facture C1 F-1", "entry.invoiced"),
        ("!corriger C1 70 €", "entry.corrected"),
    ],
)
async def test_what_follows_a_decision_is_written_once(
    bots: tuple[Scene, Scene], line: str, answer: str
) -> None:
    await bots[0].play(OPEN, "alice> !décision C1 60 €", CLOSE)
    keys = await at_once(bots, line, line)
    [other] = [key for key in keys if key != answer]
    assert other in {"entry.already-settled", "own.another"}  # whoever of them came first


async def test_cancelled_or_decided_but_not_both(bots: tuple[Scene, Scene]) -> None:
    await bots[0].play(OPEN)
    keys = await at_once(bots, "!décision C1 50 €", "!annuler C1")
    assert keys in (
        ["refused.decided", "regulation.decided"],
        ["entry.already-cancelled", "entry.cancelled"],
    )
