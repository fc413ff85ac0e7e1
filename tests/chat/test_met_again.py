"""Who was forgotten and stayed in the circle's room is of it again with their first word there."""

from collections.abc import Mapping

import pytest

from bot import events
from bot.console.console import room_id, user_id
from tests.chat.scene import Scene, scene

FORGOTTEN = (
    "alice> !cercle créer Littoral territorial",
    "bob> !contribution 1h accueil",
    "bob (dm)> !effacer-moi confirmer",
    "bob (dm)> !aide",
)


class Asked:
    """The console's directory, which counts how often it is asked."""

    def __init__(self, made: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        self._directory = made.console.joined_members
        self.rooms: list[str] = []
        monkeypatch.setattr(made.console, "joined_members", self.joined_members)

    async def joined_members(self, room: str) -> Mapping[str, str | None]:
        self.rooms.append(room)
        return await self._directory(room)


@pytest.mark.parametrize("line", ["!contribution 2h affiches", "!membres", "!votes"])
async def test_after_a_direct_message_the_circle_s_room_knows_them(line: str) -> None:
    async with scene(*FORGOTTEN) as made:
        [heard] = await made.play(f"bob> {line}")
        assert not heard.key.startswith("refused")


async def test_a_thumb_counts_as_their_first_word(monkeypatch: pytest.MonkeyPatch) -> None:
    async with scene(*FORGOTTEN[:2], "alice> !action Ranger la salle", *FORGOTTEN[2:]) as made:
        asked = Asked(made, monkeypatch)
        await made.play("bob + 🙋 A1")
        assert asked.rooms == [room_id("circle")]


async def test_the_network_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with scene(*FORGOTTEN) as made:
        asked = Asked(made, monkeypatch)
        await made.play("bob> !contribution 2h affiches", "bob> !contribution 1h colle")
        assert asked.rooms == [room_id("circle")]


async def test_who_left_meanwhile_is_refused_and_the_network_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with scene(*FORGOTTEN) as made:
        common = made.console._common("bob", await made.console._enter("bob", "circle"))
        made.console._rooms[room_id("circle")].joined.discard(user_id("bob"))
        asked = Asked(made, monkeypatch)
        late = events.Message(**common, body="!contribution 2h affiches")
        [heard] = await made.console._admit(late)
        assert (heard.key, asked.rooms) == ("refused.not-member", [room_id("circle")])


async def test_for_another_refusal_the_network_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with scene(*FORGOTTEN) as made:
        asked = Asked(made, monkeypatch)
        await made.play("alice> !contribution", "alice> !supprimer C9", "carole (dm)> !membres")
        assert asked.rooms == []


async def test_a_network_that_tells_nobody_empties_no_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def nobody(_room: str) -> Mapping[str, str | None]:
        return {}

    async with scene(*FORGOTTEN[:2]) as made:
        monkeypatch.setattr(made.console, "joined_members", nobody)
        [opened] = await made.play("alice> !vote Repeindre la salle ?")
        assert opened.values["electorate"] == 2
