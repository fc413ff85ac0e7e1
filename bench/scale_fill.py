"""Fills a database with a made-up world, by bulk inserts that the real code then reads.

`python -m bench.scale_fill URL --entries 100000`
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bench import scale_people, scale_programme
from bench.scale_lives import Ledger
from bench.scale_size import (
    ASSEMBLY,
    BOT,
    COORDINATOR,
    NOW,
    PEOPLE,
    World,
    event_id,
    person_key,
)
from bot.operations.rereading import bring_up
from circle.circles import CircleId, Rules
from circle.entries import Entry, ItemEntry
from circle.refs import Kind
from storage.engine import open_engine, writing
from storage.ledger.rows import entry_row
from storage.letters import transaction_id
from storage.tables import actions, circles, ledger, mail, meetings, people, sessions, votes
from storage.times import to_micros
from storage.upgrade import upgrade
from storage.votes.rows import vote_row

Row = dict[str, Any]
BATCH = 20_000
_LAST_ROWS = (circles.circles, ledger.entries, actions.action_log, sessions.sessions)
"""Tables whose rows are numbered here: PostgreSQL must go on after them."""


async def fill(url: str, world: World) -> None:
    """Make the schema and everything in it; the database must be empty."""
    engine = open_engine(url)
    try:
        await upgrade(engine)
        await _fast(engine)
        await _population(engine, world)
        await _programme(engine, world)
        await _ledger(engine, world)
        await _end(engine, world)
        await _attributed(engine)
    finally:
        await engine.dispose()


async def _fast(engine: AsyncEngine) -> None:
    """Nothing here need survive a power cut."""
    if engine.dialect.name == "sqlite":
        async with engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            driver.database.execute("PRAGMA synchronous = OFF")


async def _insert(engine: AsyncEngine, table: Table, rows: Iterable[Row]) -> None:
    for batch in _batches(rows):
        async with writing(engine) as connection:
            await connection.execute(insert(table), batch)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


async def _population(engine: AsyncEngine, world: World) -> None:
    keys = [person_key(number) for number in range(1, PEOPLE + 1)]
    coordinator = {"key": "coordinator", "structure": False, "named_in": None}
    profile = {"person": "coordinator", "name": "Coordination", "matrix_id": COORDINATOR}
    await _insert(engine, circles.circles, scale_people.circles(world))
    await _insert(engine, people.people, [*scale_people.people(keys), coordinator])
    await _insert(engine, people.profiles, scale_people.profiles(keys))
    await _insert(engine, people.profiles, [profile | {"language": None}])
    await _insert(engine, circles.memberships, scale_people.memberships(world))
    await _insert(engine, circles.settings, scale_people.settings(world))
    await _insert(engine, circles.workstreams, scale_people.workstreams(world))
    await _insert(engine, mail.rooms, scale_people.rooms(world))
    await _insert(engine, mail.room_members, scale_people.room_members(world))
    await _insert(engine, meetings.meetings, scale_people.meetings(world))
    await _insert(engine, sessions.sessions, scale_people.sessions(world))
    await _insert(engine, meetings.attendances, scale_people.attendances(world))
    await _insert(engine, meetings.jobs, scale_people.jobs(world))


async def _programme(engine: AsyncEngine, world: World) -> None:
    await _insert(engine, actions.actions, scale_programme.actions(world))
    await _insert(engine, actions.action_holders, scale_programme.holders(world))
    lines = list(scale_programme.log(world))
    await _insert(engine, actions.action_log, lines)
    await _insert(engine, actions.action_log_texts, scale_programme.log_texts(lines))
    await _insert(engine, votes.votes, scale_programme.votes(world))
    await _insert(engine, votes.commitments, scale_programme.commitments(world))
    large = scale_programme.large_votes(world)
    rows = [vote_row(CircleId(ASSEMBLY), vote) for vote in large]
    await _insert(engine, votes.votes, rows)
    await _insert(engine, votes.ballots, scale_programme.ballots(world))
    await _insert(engine, votes.ballots, scale_programme.large_ballots(world))


async def _ledger(engine: AsyncEngine, world: World) -> None:
    """Entries with the messages that told them, and what was answered."""
    written = Ledger(world)
    for batch in _batches(written.entries()):
        told = [(entry.id, entry.what) for _, entry in batch if entry.what]
        async with writing(engine) as connection:
            await _rows(connection, ledger.entries, [entry_row_of(*one) for one in batch])
            texts = [{"entry": entry, "what": what} for entry, what in told]
            await _rows(connection, ledger.entry_texts, texts)
            await _rows(connection, ledger.items, written.items)
            await _rows(connection, mail.inbox, [_admitted(*one) for one in batch])
            await _rows(connection, mail.origins, [_origin(*one) for one in batch])
            await _rows(connection, mail.outbox, [_answer(*one) for one in batch])
        written.items.clear()
    await _insert(engine, ledger.items, written.items)


async def _rows(connection: AsyncConnection, table: Table, rows: list[Row]) -> None:
    if rows:
        await connection.execute(insert(table), rows)


def entry_row_of(circle: int, entry: Entry) -> Row:
    return {"id": entry.id, **entry_row(CircleId(circle), entry)}


def _admitted(circle: int, entry: Entry) -> Row:
    told = {"account": BOT, "event_id": entry.source, "room_id": f"!circle{circle}:bench.localhost"}
    return told | {"at_ms": to_micros(entry.at) // 1000, "payload": None, "finished": True}


def _origin(circle: int, entry: Entry) -> Row:
    return {
        "event_id": entry.source,
        "room_id": f"!circle{circle}:bench.localhost",
        "circle": circle,
        "command": "contribution.declare",
        "ref": f"C{entry.item}" if isinstance(entry, ItemEntry) else None,
        "outcome": "done",
        "sender": entry.by,
    }


def _answer(circle: int, entry: Entry) -> Row:
    room = f"!circle{circle}:bench.localhost"
    cause = entry.source or ""
    return {
        "account": BOT,
        "cause": cause,
        "ordinal": 0,
        "txn_id": transaction_id(cause, 0),
        "lane": room,
        "room_id": room,
        "event_type": "m.room.message",
        "content": {},
        "subject": f"{circle}:C{entry.item}" if isinstance(entry, ItemEntry) else None,
        "scheduled": False,
        "finished": True,
        "device_id": "BENCH",
        "attempted_ms": to_micros(entry.at) // 1000,
        "event_id": event_id("answer", entry.id or 0),
    }


async def _end(engine: AsyncEngine, world: World) -> None:
    """The numbers given so far, where the sync stands, and what the database knows of itself."""
    await _insert(engine, circles.numbers, _numbers(world))
    await _insert(engine, mail.sync_tokens, [{"user_id": BOT, "token": "s1"}])
    async with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            await _sequences(connection)
    if engine.dialect.name == "postgresql":
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE"))


async def _attributed(engine: AsyncEngine) -> None:
    """What was decided, as an upgrade attributes it to envelopes; how long that takes."""
    everywhere = select(ledger.spendings.c.circle).distinct()
    async with writing(engine) as connection:
        await connection.execute(insert(ledger.attributing).from_select(["circle"], everywhere))
    begun = time.monotonic()
    await bring_up(engine, Rules(), NOW)
    print(f"attributed in {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)


def _numbers(world: World) -> Iterator[Row]:
    for one in world.circles:
        large = len(scale_programme.large_votes(world)) if one.id == ASSEMBLY else 0
        last = {
            Kind.ACTION.value: one.actions,
            Kind.ENTRY.value: one.items,
            Kind.VOTE.value: one.votes + large,
            Kind.MEETING.value: scale_people.SERIES,
            "workstream": 3,
        }
        for kind, number in last.items():
            yield {"circle": one.id, "kind": kind, "last": number}


async def _sequences(connection: AsyncConnection) -> None:
    for table in _LAST_ROWS:
        last = (await connection.execute(select(func.max(table.c.id)))).scalar_one()
        sequence = text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), :last)")
        await connection.execute(sequence, {"last": last})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--entries", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.perf_counter()
    world = World(options.entries, options.seed)
    asyncio.run(fill(options.url, world))
    print(f"{options.entries} entries in {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
