"""A circle's daily life through a real homeserver, in an encrypted room, with nio's client."""

import asyncio

import pytest
import pytest_asyncio

from tests.matrix.member import Member
from tests.souci import POLL, found_circle, mark_on, poll_of

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member):
    """The steward: she founds the circle."""
    return await member("alice")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bob(member):
    return await member("bob")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(alice, bob, souci):
    return await found_circle(alice, "Littoral", souci, bob)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def direct(bob, souci, room):  # noqa: ARG001 - his circle comes first
    """A conversation of bob's with the bot."""
    direct = await bob.create(None, souci.user_id, direct=True)
    await bob.meets(direct, souci.user_id)
    return direct


async def test_an_action_is_announced_with_its_values(alice, room):
    answer = await alice.asks(room, "!action Portes ouvertes avant le 12 décembre budget 400 €")
    assert answer.key == "action.added"
    assert answer.values["title"] == "Portes ouvertes"
    assert answer.values["budget"] == {"cents": 40000, "currency": "EUR"}


async def test_amounts_and_dates_are_written_as_french_people_do(alice, room):
    answer = await alice.asks(room, "!action Grande fête avant le 12 décembre budget 1200 €")
    assert "1\u202f200\u00a0€" in answer.body
    assert "12\u00a0décembre" in answer.body or "12 décembre" in answer.body


async def test_nothing_is_said_in_clear(alice, room):
    answer = await alice.asks(room, "!actions")
    assert answer.encrypted


async def test_a_reaction_takes_an_action(alice, bob, room, souci):
    announced = await alice.asks(room, "!action Annuaire des lieux")
    await bob.react(room, announced.id, "🙋")
    mark = await mark_on(bob, souci, announced.id)
    assert (mark.key, mark.relation["key"]) == ("action.taken", "✅")


async def test_a_reaction_taken_back_leaves_the_action(alice, bob, room, souci):
    announced = await alice.asks(room, "!action Atelier vélo")
    reaction = await bob.react(room, announced.id, "🙋")
    await mark_on(bob, souci, announced.id)
    await bob.redact(room, reaction)
    left = await bob.told("action.left", announced.values["id"])
    assert left.values["holders"] == []


async def test_a_reply_means_what_it_answers(alice, bob, room):
    announced = await alice.asks(room, "!action Coller les affiches")
    reply = await bob.reply(room, announced.id, "!fait affiches collées")
    done = await bob.answer_to(reply)
    assert (done.key, done.values["id"]) == ("action.said-done", announced.values["id"])


async def test_a_contribution_is_declared(bob, room):
    answer = await bob.asks(room, "!contribution 2h30 affiches et réseaux 80 €")
    assert answer.key == "contribution.declared"
    assert answer.values["member"] == bob.user_id
    assert answer.values["minutes"] == 150
    assert answer.values["asked"] == {"cents": 8000, "currency": "EUR"}


async def test_an_edited_contribution_keeps_its_id(bob, room):
    said = await bob.say(room, "!contribution 2h30 affiches")
    declared = await bob.answer_to(said)
    edit = await bob.edit(room, said, "!contribution 3h affiches")
    corrected = await bob.answer_to(edit)
    assert corrected.values["id"] == declared.values["id"]
    assert corrected.values["minutes"] == 180


async def test_a_deleted_contribution_is_cancelled(bob, room):
    said = await bob.say(room, "!contribution 1h accueil")
    declared = await bob.answer_to(said)
    await bob.redact(room, said)
    assert await bob.told("entry.cancelled", declared.values["id"])


async def test_a_mistyped_line_is_answered_then_runs_once_corrected(bob, room):
    said = await bob.say(room, "!contributon 1h accueil")
    refused = await bob.answer_to(said)
    edit = await bob.edit(room, said, "!contribution 1h accueil")
    declared = await bob.answer_to(edit)
    assert "!contribution 1h accueil" in refused.body
    assert (refused.key, declared.key) == ("refused.unknown-command", "contribution.declared")


async def closed_by(steward, room, souci, vote):
    """A vote of two people, closed by the second one, who abstains."""
    said = await steward.say(room, f"!bulletin {vote} abstention")
    await mark_on(steward, souci, said)
    return await steward.asks(room, f"!clore {vote}")


async def test_a_poll_is_answered_and_counted(alice, bob, room, souci):
    opened = await alice.asks(room, "!vote Acheter une imprimante ?")
    poll = await poll_of(bob, opened)
    chosen = poll.content[POLL]["answers"][0]["id"]
    await bob.answer_poll(room, poll.id, chosen)
    await mark_on(bob, souci, poll.id)
    closed = await closed_by(alice, room, souci, opened.values["id"])
    assert closed.key == "vote.closed"
    assert (closed.values["counts"]["yes"], closed.values["cast"]) == (1, 2)


async def test_the_last_ballot_counts_whatever_its_way(alice, bob, room, souci):
    opened = await alice.asks(room, "!vote Repeindre la salle ?")
    said = await bob.say(room, f"!bulletin {opened.values['id']} contre")
    await mark_on(bob, souci, said)
    await bob.react(room, opened.id, "👍")
    await mark_on(bob, souci, opened.id)
    closed = await closed_by(alice, room, souci, opened.values["id"])
    assert (closed.values["counts"]["yes"], closed.values["cast"]) == (1, 2)


async def test_the_envelope_and_what_is_available_are_told(alice, room):
    before = await alice.asks(room, "!budget")
    await alice.asks(room, "!doter 1 200 € de la Région")
    after = await alice.asks(room, "!budget")
    assert after.values["granted"]["cents"] - before.values["granted"]["cents"] == 120_000


async def test_a_meeting_is_scheduled_with_its_calendar_file(alice, room):
    sent = await alice.say(room, "!régulation chaque premier mardi du mois à 18h à La Halle")
    scheduled = await alice.answer_to(sent)
    file = await alice.hears(lambda e: str(e.content.get("filename", "")).endswith(".ics"))
    assert (scheduled.key, scheduled.values["place"]) == ("meeting.scheduled", "La Halle")
    assert file.content["file"]["url"].startswith("mxc://")


async def test_the_week_is_told_on_demand(alice, bob, room):
    await bob.asks(room, "!contribution 45 min rangement")
    week = await alice.asks(room, "!bilan")
    assert week.key == "summary.week"
    assert bob.user_id in str(week.values["newcomers"])


async def test_a_right_that_one_lacks_is_refused(alice, bob, room):
    refused = await bob.asks(room, f"!rôle {alice.user_id} participant")
    members = await bob.asks(room, "!membres")
    assert refused.key == "refused.not-allowed"
    assert "steward" in str(members.values)


async def test_markup_in_a_title_stays_text(alice, room):
    answer = await alice.asks(room, "!action <script>alert(1)</script>")
    assert "<script>" not in answer.content["formatted_body"]
    assert answer.values["title"] == "<script>alert(1)</script>"


async def test_a_room_without_circle_is_told_so(alice, souci):
    elsewhere = await alice.create("Ailleurs", souci.user_id)
    await alice.meets(elsewhere, souci.user_id)
    answer = await alice.asks(elsewhere, "!action Portes ouvertes")
    assert answer.key == "refused.no-circle"


async def test_a_direct_message_needs_no_prefix(bob, direct):
    answer = await bob.asks(direct, "contribution 20 min téléphone")
    assert (answer.key, answer.values["minutes"]) == ("contribution.declared", 20)


async def test_a_mention_needs_no_prefix(bob, room, souci):
    pill = f'<a href="https://matrix.to/#/{souci.user_id}">souci</a>'
    said = await bob.say(
        room, "souci : actions", html=f"{pill} : actions", mentions=(souci.user_id,)
    )
    assert (await bob.answer_to(said)).key == "action.list"


async def test_what_people_write_is_not_logged(bob, room, souci):
    answer = await bob.asks(room, "!contribution 15 min marmelade")
    assert answer.values["what"] == "marmelade"
    assert "marmelade" not in souci.log.read_text()


async def test_rooms_live_side_by_side(alice, room, souci):
    other = await found_circle(alice, "Flandre", souci)
    here, there = await asyncio.gather(
        alice.asks(room, "!action Fête du Littoral"),
        alice.asks(other, "!action Fête de Flandre"),
    )
    assert (here.values["title"], there.values["title"]) == ("Fête du Littoral", "Fête de Flandre")
    assert there.values["id"] == "A1"


async def test_the_coordination_sees_all_circles(homeserver, room, souci, tmp_path):  # noqa: ARG001
    carole = await Member.enter(homeserver.url, souci.coordinator, tmp_path)
    try:
        direct = await carole.create(None, souci.user_id, direct=True)
        await carole.meets(direct, souci.user_id)
        answer = await carole.asks(direct, "cercles")
    finally:
        await carole.leave()
    assert "Littoral" in [item["name"] for item in answer.values["items"]]
