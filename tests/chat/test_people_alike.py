"""Two people whose names look the same: asked by id, told by id, mentioned."""

import pytest

from bot import events
from bot.console.console import room_id, user_id
from tests.chat.accounts import FOUNDED
from tests.chat.scene import scene


async def shown(made, who, name, account=None):
    """Somebody is in the circle's room under that name."""
    user = account or user_id(who)
    made.console._rooms[room_id("circle")].joined.add(user)
    common = made.console._common(who, made.console._rooms[room_id("circle")])
    event = events.MemberChanged(**common, user=user, joined=True, name=name)
    await made.console._handle(event)


async def test_a_role_is_not_given_to_the_account_of_another_server():
    async with scene(*FOUNDED, "bob joins") as made:
        await shown(made, "mallory", "Mallory", "@bob:evil.org")
        [told] = await made.play("alice> !rôle @bob soucieux")
        assert told.key == "who.ambiguous"
        assert ("@bob:evil.org" in told.text, "@bob:localhost" in told.text) == (True, True)
        [told] = await made.play("alice> !rôle @bob:localhost soucieux")
        assert told.values["member"] == "@bob:localhost"


async def test_who_takes_the_name_of_somebody_gone_is_told_by_their_account():
    async with scene(*FOUNDED, "bob> !contribution 2h affiches 80 €", "bob leaves") as made:
        await shown(made, "mallory", "bob")
        [told] = await made.play("alice> !contribution 1h tri 20 € pour bob")
        assert told.key == "who.ambiguous"
        [told] = await made.play("alice> !rôle @mallory:localhost contributeur")
        assert "bob (@mallory:localhost)" in told.text
        [told] = await made.play("alice> !corriger C1 pour @mallory:localhost")
        assert "bob (@mallory:localhost)" in told.text
        assert "bob (@bob:localhost)" in told.text


async def test_names_that_nobody_shares_are_told_as_they_are():
    async with scene(*FOUNDED, "bob joins") as made:
        [told] = await made.play("alice> !rôle @bob soucieux")
    assert "@bob:localhost" not in told.text


@pytest.mark.parametrize("name", ["B0b", "\N{CYRILLIC CAPITAL LETTER VE}ob", "BOB"])
async def test_who_takes_a_name_that_looks_the_same_gets_neither_money_nor_role(name):
    async with scene(*FOUNDED, "bob joins") as made:
        await shown(made, "mallory", name)
        for line in ("!rôle bob soucieux", "!contribution 1h tri 20 € pour bob"):
            [told] = await made.play(f"alice> {line}")
            assert told.key == "who.ambiguous"
            assert ("@bob:localhost" in told.text, "@mallory:localhost" in told.text) == (
                True,
                True,
            )
        [told] = await made.play("alice> !rôle @bob:localhost contributeur")
        assert "bob (@bob:localhost)" in told.text


async def test_nobody_new_is_named_without_account_so_that_they_read_like_another():
    declared = "alice> !contribution 1h tri 20 € pour Jeanne Martin sans compte"
    async with scene(*FOUNDED, declared) as made:
        [told] = await made.play(declared.replace("Martin", "Martln"))
        assert (told.key, told.values["known"]) == ("who.alike", "Jeanne Martin")


async def test_somebody_without_account_named_twice_is_one_person():
    declared = "alice> !contribution 1h tri 20 € pour Jeanne Martin sans compte"
    async with scene(*FOUNDED, declared, declared.lower()) as made:
        [told] = await made.play("alice> !contributions de Jeanne Martin")
        assert len(told.values["items"]) == 2
