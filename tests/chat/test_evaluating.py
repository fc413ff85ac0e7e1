"""Evaluation through the room: measures, an open question, answers without names, ranges."""

import pytest

from tests.chat.scene import scene

NAMES = tuple(f"p{number}" for number in range(1, 7))
CIRCLE = "[littoral] alice> !cercle créer Littoral\n"


def hours(room, people):
    return "\n".join(
        f"[{room}] {name}> !contribution {n}h accueil" for n, name in enumerate(people, 1)
    )


def measured(told):
    return {item["kind"]: item for item in told.values["items"]}


async def last(*lines, coordinators=()):
    async with scene(*lines, coordinators=coordinators) as made:
        return (await made.play("[littoral] alice> !évaluation"))[-1]


async def test_measures_of_enough_people_are_told():
    told = measured(await last(CIRCLE, hours("littoral", NAMES[:5])))
    assert (told["hours-spread"]["value"], told["hours-spread"]["people"]) == ("4/15", 5)


async def test_measures_of_four_people_are_not():
    told = measured(await last(CIRCLE, hours("littoral", NAMES[:4])))
    assert (told["hours-spread"]["suppressed"], told["hours-spread"]["value"]) == (True, None)
    assert told["hours-spread"]["people"] is None


async def test_what_is_undefined_is_a_dash():
    told = await last(CIRCLE, hours("littoral", NAMES[:5]))
    assert "Enveloppes décidées\u00a0: —" in told.text


async def test_an_open_question_always_stands_beside_the_figures():
    told = await last(CIRCLE)
    assert "Qu’est-ce qui vous donne envie" in told.text


async def test_another_question_takes_its_place():
    told = await last(CIRCLE, "[littoral] alice> !évaluation question Et la suite ?")
    assert (told.values["question"], told.values["answers"]) == ("Et la suite ?", 0)


async def test_the_question_is_asked_in_the_room_even_from_elsewhere():
    async with scene(CIRCLE) as made:
        (told,) = await made.play("alice (dm)> !évaluation question Et la suite ?")
    assert (told.key, told.room) == ("evaluation.question", "littoral")


async def test_answers_come_to_the_steward_alone_and_without_names():
    lines = (
        "[littoral] bob joins",
        "bob (dm)> !répondre La soupe",
        "[littoral] carole> !répondre Rien",
    )
    async with scene(CIRCLE, *lines) as made:
        (told,) = await made.play("[littoral] alice> !évaluation réponses")
    assert (told.room, told.to, told.values["items"]) == (
        None,
        "@alice:localhost",
        ["La soupe", "Rien"],
    )
    assert "bob" not in told.text


async def test_an_answer_may_be_changed():
    lines = ("[littoral] bob joins", "bob (dm)> !répondre Un", "bob (dm)> !répondre Deux")
    async with scene(CIRCLE, *lines) as made:
        (told,) = await made.play("[littoral] alice> !évaluation réponses")
    assert told.values["items"] == ["Deux"]


async def test_members_do_not_read_the_answers():
    async with scene(CIRCLE, "[littoral] bob joins") as made:
        assert await made.keys("[littoral] bob> !évaluation réponses") == ["refused.not-allowed"]


async def test_an_answer_in_the_room_is_met_by_a_sign():
    async with scene(CIRCLE) as made:
        (told,) = await made.play("[littoral] bob> !répondre La soupe")
    assert (told.key, told.text) == ("evaluation.answered", "✅")


@pytest.mark.parametrize(("circles", "found"), [(3, 0), (4, 1)])
async def test_ranges_are_told_of_four_circles_or_more(circles, found):
    lines = []
    for number in range(circles):
        lines += [
            f"[c{number}] {NAMES[number]}> !cercle créer Cercle {number}",
            f"[coordination] carole> !cercle confirmer Cercle {number}",
            hours(f"c{number}", NAMES[:5]),
        ]
    async with scene(*lines, coordinators=("carole",)) as made:
        (told,) = await made.play("[coordination] carole> !évaluation")
    spread = [item for item in told.values["items"] if item["kind"] == "hours-spread"]
    assert (told.key, len(spread)) == ("evaluation.ranges", found)
    assert "Cercle 1" not in told.text


async def test_a_coordinator_does_not_read_the_measures_of_a_circle_they_are_not_of():
    async with scene(CIRCLE, hours("littoral", NAMES[:5]), coordinators=("carole",)) as made:
        told = await made.keys(
            "[coordination] carole> !évaluation dans Littoral",
            "[littoral] carole joins",
            "[littoral] carole> !évaluation",
        )
    assert told == ["evaluation.ranges", "evaluation.measures"]


async def test_a_period_still_to_come_is_refused():
    async with scene(CIRCLE) as made:
        assert await made.keys("[littoral] alice> !évaluation 2027") == ["date.future"]


async def test_a_circle_without_any_data_is_told_kindly():
    told = await last(CIRCLE)
    assert {item["suppressed"] for item in told.values["items"]} == {True}
