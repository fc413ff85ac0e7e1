"""`!moi`: what waits for one person, in each of their circles, alone; each Monday if they like."""

from tests.chat.scene import scene

LIFE = (
    "alice> !cercle créer Littoral",
    "alice> !doter 500 €",
    "bob> !action Peindre pour moi",
    "bob> !action Affiches pour moi avant demain",
    "bob> !contribution 2h affiches 80 €",
    "alice> !régulation jeudi 18h",
)
PAID_FOR = (
    "alice> !séance ouvrir",
    "alice> !décision C1 60 €",
    "alice> !séance clore",
)
ELSEWHERE = (
    "[artois] dany> !cercle créer Artois",
    "[artois] bob> !action Ranger pour moi",
)
ONE_KEY = "me.status"


async def told_to_bob(*lines: str) -> dict[str, object]:
    async with scene(*LIFE) as made:
        return (await made.play(*lines, "bob (dm)> moi"))[-1].values


async def test_it_is_answered_directly_where_it_is_asked_in_a_room():
    async with scene(*LIFE) as made:
        heard = await made.play("bob> !moi")
    assert [(one.key, one.to) for one in heard] == [
        ("privacy.sent", None),
        (ONE_KEY, "@bob:localhost"),
    ]


async def test_late_actions_come_first():
    told = await told_to_bob("@ 2026-11-26T09:00")
    listed = [(one["id"], one["late"]) for one in told["circles"][0]["actions"]]
    assert listed == [("A2", True), ("A1", False)]


async def test_votes_that_they_have_not_answered_wait_for_them():
    told = await told_to_bob("alice> !vote Oui ?", "alice> !vote Non ?", "bob> !bulletin V1 pour")
    assert [one["id"] for one in told["circles"][0]["votes"]] == ["V2"]


async def test_what_is_decided_and_not_paid_is_owed_since_the_day_of_its_decision():
    told = await told_to_bob(*PAID_FOR, "@ 2026-12-02T09:00")
    circle = told["circles"][0]
    assert (circle["owed"]["cents"], circle["since"]) == (6000, "2026-11-23")


async def test_what_was_paid_is_owed_no_more():
    told = await told_to_bob(*PAID_FOR, "alice> !payé C1")
    circle = told["circles"][0]
    assert (circle["owed"]["cents"], circle["since"]) == (0, None)
    assert [(one["state"], one["count"]) for one in circle["declared"]] == [("paid", 1)]


async def test_what_goes_to_a_structure_is_not_owed_to_who_declared_it():
    lines = ("alice> !structure La Halle", "bob> !frais 40 € salle à La Halle")
    decided = ("alice> !séance ouvrir", "alice> !décision C2 40 €", "alice> !séance clore")
    told = await told_to_bob(*lines, *decided)
    assert told["circles"][0]["owed"]["cents"] == 0


async def test_a_meeting_waits_until_they_say_whether_they_come():
    before = await told_to_bob()
    after = await told_to_bob("bob> !présent M1")
    ids = [[one["id"] for one in told["circles"][0]["meetings"]] for told in (before, after)]
    assert ids == [["M1"], []]


async def test_a_meeting_that_was_held_already_asks_nothing():
    told = await told_to_bob(*PAID_FOR)
    assert told["circles"][0]["meetings"] == []


async def test_several_circles_are_told_apart_and_the_lines_to_type_name_them():
    async with scene(*LIFE, *ELSEWHERE, "@ 2026-11-26T09:00") as made:
        [told] = await made.play("bob (dm)> moi")
    assert [one["name"] for one in told.values["circles"]] == ["Littoral", "Artois"]
    assert "!avance A2 TEXTE dans Littoral" in told.text


async def test_nobody_sees_what_waits_for_another():
    async with scene(*LIFE) as made:
        [told] = await made.play("alice (dm)> moi")
    assert told.values["circles"][0]["actions"] == []


async def test_who_is_in_no_circle_is_told_so():
    async with scene() as made:
        [told] = await made.play("erin (dm)> moi")
    assert told.values["circles"] == []


async def test_it_comes_each_monday_to_who_wants_it_and_to_them_alone():
    async with scene(*LIFE, "bob (dm)> moi chaque lundi") as made:
        heard = await made.play("@ 2026-12-08T09:00")
    sent = [(one.to, str(one.at)[:10]) for one in heard if one.key == ONE_KEY]
    assert sent == [("@bob:localhost", "2026-11-30"), ("@bob:localhost", "2026-12-07")]


async def test_it_comes_once_to_who_is_in_several_circles():
    async with scene(*LIFE, *ELSEWHERE, "bob (dm)> moi chaque lundi") as made:
        heard = await made.play("@ 2026-12-01T09:00")
    assert [one.to for one in heard if one.key == ONE_KEY] == ["@bob:localhost"]


async def test_it_comes_no_more_once_stopped():
    lines = ("bob (dm)> moi chaque lundi", "bob (dm)> moi plus chaque lundi")
    async with scene(*LIFE, *lines) as made:
        assert ONE_KEY not in [one.key for one in await made.play("@ 2026-12-08T09:00")]


async def test_the_first_monday_that_is_told_is_the_one_on_which_it_comes():
    async with scene(*LIFE) as made:
        [told] = await made.play("bob (dm)> moi chaque lundi")
        heard = await made.play("@ 2026-12-01T09:00")
    [sent] = [one for one in heard if one.key == ONE_KEY]
    assert told.values["at"][:16] == sent.at.isoformat()[:16]
