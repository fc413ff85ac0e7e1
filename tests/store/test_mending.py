"""A database hurt by the erasure of before is recognised, and lives on."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import structlog
from sqlalchemy import insert, select

from bot import events
from bot.console.console import Heard, room_id
from bot.letters.compose import Composer
from bot.operations import damaged
from storage.engine import writing
from storage.inbox import Inbox
from storage.mail import Admission
from storage.mending import UNREADABLE, Mended, mend
from storage.soundness import undecodable
from storage.tables.mail import outbox, rooms
from tests.chat.scene import MONDAY, Scene, scene
from tests.prepared import voice

LIFE = (
    "alice> !cercle créer Littoral territorial",
    "bob> bonjour",
    "alice> !doter 1200 €",
    "alice> !réglage fuseau Indian/Reunion",
    "alice> !réglage quorum 1/2",
    "alice> !choix Quelle couleur ? : bleu | rouge",
    "bob> !bulletin V1 bleu",
    "alice> !tour",
)
HURT = (
    # what replacing names as text left: of a member called 100, `id`, Reunion, `minutes`
    "UPDATE rooms SET powers = replace(powers, ':100', ':a1b2c3')",
    "UPDATE votes SET options = replace(options, '\"id\"', '\"a1b2c3\"')",
    "UPDATE settings SET value = replace(value, 'Reunion', 'a1b2c3')",
    "UPDATE rounds SET held = replace(held, 'null', 'a1b2c3')",
)
WORK = ("budget", "journal", "actions", "membres", "votes", "résultat V1", "réglages", "agenda")


@pytest.fixture
async def hurt() -> AsyncIterator[Scene]:
    async with scene(*LIFE) as made:
        await run(made, *HURT)
        made.console._dispatcher._store._known.held.clear()  # as after a start
        yield made


async def run(played: Scene, *statements: str) -> None:
    async with writing(played.engine) as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


async def test_what_is_hurt_is_found_by_table_and_circle(hurt: Scene) -> None:
    found = await mend(hurt.engine)
    assert damaged.lines(found.damages) == [
        {"table": "rooms", "column": "powers", "rows": 1, "circles": []},
        {"table": "rounds", "column": "held", "rows": 1, "circles": [1]},
        {"table": "settings", "column": "value", "rows": 1, "circles": [1]},
        {"table": "votes", "column": "options", "rows": 1, "circles": [1]},
    ]
    assert found.settings == {1: {"timezone"}}


@pytest.mark.parametrize("mended", [False, True])
async def test_every_command_works_all_the_same(hurt: Scene, *, mended: bool) -> None:
    if mended:
        await mend(hurt.engine)
    heard = await hurt.play(*(f"alice> !{word}" for word in WORK))
    assert [one.key for one in heard if one.key.startswith("refused")] == []


async def at_its_time(hurt: Scene) -> Heard:
    """What is announced of the vote when its time has come."""
    heard = await hurt.play("@ 2026-12-08T09:00")
    return next(one for one in heard if one.key == "vote.closed")


async def test_a_vote_whose_options_lost_their_fields_names_is_read_and_closed(
    hurt: Scene,
) -> None:
    closed = await at_its_time(hurt)
    assert [one["text"] for one in closed.values["options"]] == ["bleu", "rouge"]


async def test_in_the_place_of_a_round_that_is_lost_another_begins(hurt: Scene) -> None:
    [begun] = await hurt.play("alice> !tour")
    assert begun.key == "turns.opened"


async def test_powers_are_nobody_s_until_the_homeserver_tells_them_again(hurt: Scene) -> None:
    circle = room_id("circle")
    fact = events.RoomChanged(
        id=f"{circle}~room~1", room=circle, sender="@souci:localhost", at=0, name="circle",
        direct=False, encrypted=False, powers={"@alice:localhost": 100},
    )  # fmt: skip
    told = Admission(event_id=fact.id, room_id=circle, at_ms=0, payload=events.encode(fact))
    heard = Inbox(hurt.engine)
    await heard.admit("@souci:localhost", [told], None)
    await run(hurt, "UPDATE inbox SET finished = TRUE")
    assert await heard.admit("@souci:localhost", [told], None) == frozenset()
    await mend(hurt.engine)
    async with hurt.engine.connect() as connection:
        powers = (await connection.execute(select(rooms.c.powers))).scalars().all()
    assert {} in powers
    assert await heard.admit("@souci:localhost", [told], None) == {fact.id}


async def test_after_it_only_settings_cannot_be_read(hurt: Scene) -> None:
    await mend(hurt.engine)
    async with hurt.engine.connect() as connection:
        left = {one.table for one in await undecodable(connection)}
    assert left == {"settings"}


async def test_a_letter_that_cannot_be_read_leaves_the_others_go(hurt: Scene) -> None:
    lost = {
        "account": "", "cause": "$x", "ordinal": 0, "txn_id": "x", "lane": room_id("circle"),
        "room_id": room_id("circle"), "event_type": "m.room.message", "content": "{",
        "scheduled": False,
    }  # fmt: skip
    async with writing(hurt.engine) as connection:
        await connection.execute(insert(outbox).values(**lost))
    await mend(hurt.engine)
    [heard] = await hurt.play("alice> !budget")
    assert heard.key == "budget.status"
    async with hurt.engine.connect() as connection:
        why = select(outbox.c.reason).where(outbox.c.cause == "$x")
        assert (await connection.execute(why)).scalar_one() == UNREADABLE


async def test_the_circle_is_told_of_its_settings_once(hurt: Scene) -> None:
    store = hurt.console._dispatcher._store
    now = datetime.fromisoformat(MONDAY).astimezone()
    with structlog.testing.capture_logs() as logs:
        for _ in range(2):
            found = await mend(hurt.engine)
            await damaged.tell(store, Composer(voice(), "!"), found, now)
    [told] = await hurt.console.drain()
    assert (told.key, told.values["items"]) == ("setting.lost", ["timezone"])
    assert [one["table"] for one in logs] == ["rooms", "rounds", "settings", "votes", "settings"]


async def test_of_a_sound_database_nothing_is_told() -> None:
    async with scene(*LIFE) as made:
        assert await mend(made.engine) == Mended()
