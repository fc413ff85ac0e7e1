"""Every letter leaves once: after a crash, from another device, after the homeserver forgot."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.matrix.net.http import path
from storage.letters import transaction_id
from tests.matrix.shell.house import notice, requests_of, saying

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


def now_ms() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)


async def ours_in(room: str, bot, alice) -> list[dict[str, Any]]:
    """Every message of the bot's that is in the room."""
    async with requests_of(alice) as home:
        answer = await home.get(path("rooms", room, "messages"), {"dir": "b", "limit": "100"})
    wanted = ("m.room.message", "m.room.encrypted")
    return [e for e in answer["chunk"] if e["sender"] == bot.user_id and e["type"] in wanted]


async def put_but_not_marked(bot, cause: str, device: str, at_ms: int) -> None:
    """What a crash after the put leaves behind: an attempt, and no answer noted."""
    [posted] = [p for p in await bot.outbox.ready(now_ms()) if p.letter.cause == cause]
    await bot.outbox.attempt([posted.row], device, at_ms)


async def test_a_letter_carries_its_row_in_clear(bot, alice):
    room = await bot.meets(alice)
    await bot.write(notice(room, "une fois", "a-in-clear"))
    await alice.hears(saying(room, "une fois"))
    [event] = await ours_in(room, bot, alice)
    assert event["type"] == "m.room.encrypted"
    assert event["content"]["org.souci.row"] == transaction_id("a-in-clear", 0)


async def test_a_letter_put_before_a_crash_is_recognised_by_the_homeserver(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    first = await bot.put_by_hand(room, transaction_id("crash", 0), "avant")
    await bot.stop()
    await bot.write(notice(room, "avant", "crash"))
    await put_but_not_marked(bot, "crash", bot.device_id, now_ms())
    await bot.start()
    assert await bot.sent("crash") == first
    assert len(await ours_in(room, bot, alice)) == 1


async def test_a_letter_put_by_another_device_is_found_in_its_room(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    first = await bot.put_by_hand(room, "elsewhere", "avant", row=transaction_id("moved", 0))
    await bot.stop()
    await bot.write(notice(room, "avant", "moved"))
    await put_but_not_marked(bot, "moved", "OTHERDEVICE", now_ms())
    await bot.start()
    assert await bot.sent("moved") == first
    assert len(await ours_in(room, bot, alice)) == 1


async def test_a_letter_never_put_by_the_other_device_is_sent(bot, alice):
    room = await bot.meets(alice)
    await bot.stop()
    await bot.write(notice(room, "enfin", "lost"))
    await put_but_not_marked(bot, "lost", "OTHERDEVICE", now_ms())
    await bot.start()
    await alice.hears(saying(room, "enfin"))
    assert len(await ours_in(room, bot, alice)) == 1


async def test_a_letter_attempted_a_day_ago_is_looked_for(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    first = await bot.put_by_hand(room, "forgotten", "avant", row=transaction_id("old", 0))
    await bot.stop()
    await bot.write(notice(room, "avant", "old"))
    await put_but_not_marked(bot, "old", bot.device_id, now_ms() - 21 * 3600 * 1000)
    await bot.start()
    assert await bot.sent("old") == first
    assert len(await ours_in(room, bot, alice)) == 1


async def test_a_letter_attempted_before_its_device_was_logged_out_is_looked_for(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    first = await bot.put_by_hand(room, "dropped", "avant", row=transaction_id("out", 0))
    async with bot.requests() as home:
        await bot.stop()
        await home.post(path("logout"), {})
    device = bot.device_id
    await bot.write(notice(room, "avant", "out"))
    await put_but_not_marked(bot, "out", device, now_ms())
    await bot.start()
    assert (await bot.sent("out"), bot.device_id) == (first, device)
    assert len(await ours_in(room, bot, alice)) == 1


async def test_a_refused_letter_holds_nobody_up(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    huge = {"msgtype": "m.notice", "body": "x" * 70_000}
    await bot.write(notice(room, "", "huge", content=huge), notice(room, "après", "small"))
    await alice.hears(saying(room, "après"))
    await bot.sent("small")
    assert await bot.outbox.event_of("huge", 0) is None
    assert await bot.outbox.unfinished(9) == frozenset()


async def test_a_letter_to_a_room_we_are_not_in_holds_nobody_up(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    await bot.write(
        notice("!nowhere:localhost", "perdu", "a-nobody-up"), notice(room, "arrivé", "b-nobody-up")
    )
    await alice.hears(saying(room, "arrivé"))
    await bot.sent("b-nobody-up")
    assert await bot.outbox.unfinished(9) == frozenset()


async def test_letters_of_a_room_leave_in_their_order(bot, alice):
    room = await bot.meets(alice)
    bodies = [f"ligne {n}" for n in range(10)]
    await bot.write(*(notice(room, body, "list", n) for n, body in enumerate(bodies)))
    await alice.hears(saying(room, bodies[-1]))
    heard = [e for e in alice.timeline.heard if e.room == room and e.sender == bot.user_id]
    assert [e.body for e in heard if e.body] == bodies


async def test_a_later_letter_answers_an_earlier_one(bot, alice):
    room = await bot.meets(alice)
    await bot.write(notice(room, "d'abord", "two"), notice(room, "ensuite", "two", 1, after=0))
    second = await alice.hears(saying(room, "ensuite"))
    first = await alice.hears(saying(room, "d'abord"))
    assert second.replies_to == first.id


async def test_a_stopping_bot_finishes_what_it_began(bot, alice):
    room = await bot.meets(alice)
    await bot.write(*(notice(room, f"{n}", "stop", n) for n in range(5)))
    await bot.stop()
    unfinished = await bot.outbox.ready(now_ms())
    assert all(posted.attempted_ms is None for posted in unfinished)
    await bot.start()
    await bot.sent("stop", 4)
    assert len(await ours_in(room, bot, alice)) == 5
