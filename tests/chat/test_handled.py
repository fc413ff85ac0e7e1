"""What came of an event is handed back once it is committed, to whoever goes on from it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest_asyncio

from bot import events
from bot.console.console import BOT, room_id
from bot.pipeline.handled import Handled
from storage.mail import Admission
from tests.chat.scene import scene

CAFE = room_id("circle")


@pytest_asyncio.fixture
async def made():
    async with scene("alice> !cercle créer Littoral", "bob joins") as made:
        yield made


async def handled(made, event):
    admission = Admission(
        event_id=event.id, room_id=event.room, at_ms=event.at, payload=events.encode(event)
    )
    await made.console._inbox.admit(BOT, [admission], None)
    return await made.console._dispatcher.handle(admission)


async def said(made, body, number=1, *, where=CAFE, **more):
    place = made.console._rooms[where]
    common = made.console._common("bob", place) | {"id": f"$bob-{number}"}
    return await handled(made, events.Message(**common, body=body, **more))


async def test_a_command_is_answered_under_its_key(made):
    outcome = await said(made, "!contribution 1h accueil")
    assert [(one.command, one.result) for one in outcome.answered] == [
        ("contribution.declare", "done")
    ]


async def test_a_refusal_is_answered_under_its_own(made):
    outcome = await said(made, "!bulletin V9 pour")
    assert [(one.command, one.result) for one in outcome.answered] == [("", "id.unknown")]


async def test_what_is_scheduled_says_when_it_is_due(made):
    outcome = await said(made, "!rappel mercredi à 10h les clés")
    due = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Europe/Paris"))
    assert outcome.wake_at == due


async def test_talk_has_no_outcome(made):
    assert await said(made, "bonjour") == Handled()


async def test_what_another_process_has_done_has_no_outcome(made):
    first = await said(made, "!contribution 1h accueil")
    again = await said(made, "!contribution 1h accueil")
    assert (bool(first.answered), again.answered, again.wake_at) == (True, (), None)


async def test_somebody_to_be_forgotten_is_told(made):
    await made.play("bob (dm)> bonjour")
    outcome = await said(made, "!effacer-moi confirmer", where=room_id("dm-bob"))
    assert outcome.erased


async def comes(made, user):
    """What is to be said of somebody's coming, once it is handled."""
    place = made.console._rooms[CAFE]
    event = events.MemberChanged(**made.console._common("bob", place), user=user, joined=True)
    await handled(made, event)
    return [one.key for one in await made.console.drain()]


async def test_once_our_coming_into_a_room_is_handled_its_greeting_is_written(made):
    assert await comes(made, BOT) == ["welcome.back"]


async def test_somebody_elses_coming_is_not_greeted(made):
    assert await comes(made, "@carole:localhost") == []


async def test_a_room_that_is_otherwise_is_told(made):
    place = made.console._rooms[CAFE]
    room = {"name": "Café", "direct": False, "encrypted": False, "powers": {}}
    event = events.RoomChanged(**made.console._common("bob", place), **room)
    assert (await handled(made, event)).room_changed


async def test_words_that_look_like_an_event_are_words(made):
    outcome = await said(made, '{"type":"room","attachment":{},"type":"redaction"}')
    assert (outcome.room_changed, outcome.files_changed) == (False, False)


async def test_a_file_is_told_even_where_it_is_refused(made):
    file = events.Attachment(name="t.jpg", mimetype="image/jpeg", size=9, url="mxc://x/y")
    assert (await said(made, "t.jpg", attachment=file)).files_changed


async def test_a_message_taken_back_may_take_back_a_file(made):
    await said(made, "bonjour")
    place = made.console._rooms[CAFE]
    event = events.Redaction(**made.console._common("bob", place), target="$bob-1")
    assert (await handled(made, event)).files_changed
