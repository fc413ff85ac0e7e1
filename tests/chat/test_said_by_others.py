"""An action done, a point carried over: by whom it is of, or a steward; said by others, told."""

from tests.chat.scene import scene

CIRCLE = (
    "alice> !cercle créer Littoral",
    "alice> !doter 1000 € de la MEL",
    "bob> !action Imprimante",
    "carole joins",
    "dany joins",
)
VOTED = (
    "alice> !vote Acheter budget 400 € #A1",
    "bob> !bulletin V1 pour",
    "carole> !bulletin V1 pour",
    "dany> !bulletin V1 pour",
    "alice> !bulletin V1 pour",
    "alice> !clore V1",
)


async def committed(made):
    return (await made.play("alice> !budget"))[-1].values["committed"]["cents"]


async def test_somebody_who_does_not_hold_it_lets_no_money_go():
    async with scene(*CIRCLE, *VOTED) as made:
        assert await committed(made) == 40000
        [told] = await made.play("carole> !fait A1 tout est prêt")
        assert (told.key, "tout est prêt" in told.text) == ("action.said-done", True)
        assert await committed(made) == 40000
        assert await made.keys("bob> !fait A1") == ["action.done"]
        assert await committed(made) == 0


async def test_who_holds_it_and_a_steward_do_it():
    async with scene(*CIRCLE, "carole> !prendre A1") as made:
        assert await made.keys("carole> !fait A1") == ["action.done"]
        again = await made.keys("bob> !rouvrir A1", "alice> !fait A1")
        assert again == ["action.reopened", "action.done"]


async def test_taking_back_what_was_only_said_undoes_nothing():
    async with scene(*CIRCLE, "carole> !fait A1", "bob> !fait A1") as made:
        assert await made.keys("carole delete -1") == []
        [told] = await made.play("alice> !actions faites")
        assert [one["id"] for one in told.values["items"]] == ["A1"]
        assert await made.keys("bob delete -1") == ["action.reopened"]


async def test_what_is_said_directly_is_told_in_the_room():
    async with scene(*CIRCLE) as made:
        told = await made.play("carole (dm)> !fait A1")
    assert [(one.key, one.room) for one in told] == [
        ("action.said-done", None),
        ("action.said-done", "circle"),
    ]


async def test_a_point_is_carried_over_by_its_author_or_a_steward_in_the_room():
    meetings = ("alice> !réunion Un jeudi 18h", "alice> !réunion Deux vendredi 18h")
    async with scene(*CIRCLE, *meetings, "bob> !odj M1 + Parler du local") as made:
        assert await made.keys("carole> !odj M1 reporter 1") == ["refused.not-allowed"]
        assert await made.keys("bob (dm)> !odj M1 reporter 1") == ["refused.in-the-room"]
        assert await made.keys("bob> !odj M1 reporter 1") == ["agenda.carried"]
