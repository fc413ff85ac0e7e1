"""The same life seen by an independent client that ignores every device nobody signed.

What it sees without a shield, and what it is answered, is what people have in their own clients.
"""

import pytest
import pytest_asyncio

from tests.souci import found_circle, mark_on, poll_of

POLL_END = "org.matrix.msc3381.poll.end"

pytestmark = [
    pytest.mark.matrix,
    pytest.mark.interop,
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def carole(peer):
    """The steward."""
    return await peer("carole")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def dany(peer):
    return await peer("dany")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(carole, dany, souci):
    return await found_circle(carole, "Somme", souci, dany)


async def test_an_answer_bears_no_shield(carole, dany, room):
    answer = await carole.asks(room, "!action Portes ouvertes budget 400 €")
    seen = await dany.hears(lambda e: e.id == answer.id)
    assert (answer.encrypted, answer.shield["colour"]) == (True, 0)
    assert (seen.encrypted, seen.shield["colour"]) == (True, 0)


async def abstains(who, room, souci, vote):
    said = await who.say(room, f"!bulletin {vote} abstention")
    await mark_on(who, souci, said)


async def test_a_poll_is_shown_answered_and_counted(carole, dany, room, souci):
    opened = await carole.asks(room, "!vote Acheter une imprimante ?")
    poll = await poll_of(dany, opened)
    assert "imprimante" in poll.poll["question"]
    await dany.answer_poll(room, poll.id, poll.poll["answers"][1]["id"])
    await mark_on(dany, souci, poll.id)
    await abstains(carole, room, souci, opened.values["id"])
    closed = await carole.asks(room, f"!clore {opened.values['id']}")
    assert (closed.values["counts"]["no"], closed.values["cast"]) == (1, 2)


async def test_a_poll_is_ended_with_its_vote(carole, dany, room):
    opened = await carole.asks(room, "!vote Repeindre la salle ?")
    poll = await poll_of(dany, opened)
    await carole.asks(room, f"!annuler {opened.values['id']}")
    end = await dany.hears(lambda e: e.type == POLL_END and e.relation["event_id"] == poll.id)
    assert (end.relation["rel_type"], end.shield["colour"]) == ("m.reference", 0)


async def test_a_reaction_is_heard_and_answered(carole, dany, room, souci):
    announced = await carole.asks(room, "!action Annuaire des lieux")
    await dany.react(room, announced.id, "🙋")
    mark = await mark_on(dany, souci, announced.id)
    assert mark.key == "action.taken"


async def test_an_edit_corrects(dany, room):
    said = await dany.say(room, "!contribution 2h30 affiches")
    declared = await dany.answer_to(said)
    corrected = await dany.answer_to(await dany.edit(room, said, "!contribution 3h affiches"))
    assert corrected.values["id"] == declared.values["id"]
    assert corrected.values["minutes"] == 180


async def test_a_deletion_cancels(dany, room):
    said = await dany.say(room, "!contribution 1h accueil")
    declared = await dany.answer_to(said)
    await dany.redact(room, said)
    cancelled = await dany.told("entry.cancelled", declared.values["id"])
    assert cancelled.shield["colour"] == 0


async def test_a_question_is_answered_by_a_reply(dany, room):
    question = await dany.asks(room, "!contribution une affiche")
    assert (question.values["asks"], question.shield["colour"]) == ("complete", 0)
    said = await dany.reply(room, question.id, "1h30")
    declared = await dany.answer_to(said)
    assert (declared.key, declared.values["minutes"]) == ("contribution.declared", 90)


async def test_a_question_is_answered_by_a_reaction(dany, room):
    said = await dany.say(room, "!contributon 1h une réaction")
    question = await dany.answer_to(said)
    await dany.react(room, question.id, "✅")
    declared = await dany.hears(lambda e: e.key == "contribution.declared" and e.replies_to == said)
    assert declared.shield["colour"] == 0


async def test_a_question_is_answered_by_an_edit(dany, room):
    said = await dany.say(room, "!contribution une correction")
    question = await dany.answer_to(said)
    edit = await dany.edit(room, said, "!contribution 45 min une correction")
    declared = await dany.answer_to(edit)
    assert (declared.key, declared.values["minutes"]) == ("contribution.declared", 45)
    late = await dany.answer_to(await dany.reply(room, question.id, "2h"))
    assert late.key == "prompt.closed"


async def test_several_lines_are_each_answered_in_order(dany, room):
    lines = ("Bonjour,", "!contribution 1h un", "!contribution deux", "!contribution 3h trois")
    said = await dany.say(room, "\n".join(lines))
    await dany.timeline.until(lambda: len(answers(dany, said)) == len(lines) - 1)
    assert [e.key for e in answers(dany, said)] == [
        "contribution.declared",
        "effort.not-understood",
        "contribution.declared",
    ]
    question = answers(dany, said)[1]
    declared = await dany.answer_to(await dany.reply(room, question.id, "2h"))
    assert (declared.values["what"], declared.values["minutes"]) == ("deux", 120)


def answers(person, said):
    """What replied to a message, in order."""
    return [e for e in person.timeline.heard if e.replies_to == said and e.key]


async def test_a_file_opens_as_it_was_announced(carole, dany, room, souci):
    opened = await carole.asks(room, "!vote Ouvrir le samedi ?")
    for who in (carole, dany):
        await abstains(who, room, souci, opened.values["id"])
    await carole.asks(room, f"!clore {opened.values['id']}")
    file = await carole.hears(lambda e: e.file and e.file["name"] == f"{opened.values['id']}.json")
    assert (file.file["type"], file.shield["colour"]) == ("application/json", 0)
    assert file.file["size"] == file.content["info"]["size"]


async def test_a_direct_message_is_answered_without_shield(dany, room, souci):  # noqa: ARG001
    direct = await dany.create(None, souci.user_id, direct=True)
    await dany.meets(direct, souci.user_id)
    answer = await dany.asks(direct, "contributions")
    assert (answer.key, answer.shield["colour"]) == ("contribution.list", 0)


async def test_nothing_the_bot_said_stayed_unreadable(carole, dany, room, souci):
    await carole.asks(room, "!cercle")
    heard = [e for e in carole.timeline.heard + dany.timeline.heard if e.sender == souci.user_id]
    told = [e for e in heard if e.encrypted]
    assert told
    assert [e for e in told if e.failure or e.shield["colour"]] == []
