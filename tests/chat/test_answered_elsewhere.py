"""What a message announced is of its circle only."""

import pytest

from bot.console.console import room_id
from bot.pipeline.outcome import about
from circle.circles import Rules
from circle.refs import Kind, Ref
from storage.uow import Store
from tests.chat.scene import scene

TWO = ("alice> !cercle créer Littoral", "alice> !action Fête", "[autre] alice> !cercle créer Oise")


@pytest.mark.parametrize(("name", "ref"), [("Littoral", Ref(Kind.ACTION, 1)), ("Oise", None)])
async def test_an_answer_means_what_was_announced_in_its_own_circle(name, ref):
    async with scene(*TWO) as made:
        event = await made.subject("alice", "A1")
        async with Store(made.engine, Rules()).transaction() as uow:
            known = await uow.circles.all(made.console.now.date())
            circle = next(one for one in known if one.name == name)
            assert await about(uow, room_id("circle"), event, circle) == ref
