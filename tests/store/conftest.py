"""The same tests over SQLite in memory, a SQLite file, the same without its fast road, PostgreSQL.

`plain` is a SQLite file by SQLAlchemy's own way (docs/storage.md): what holds there and on `file`
shows that the fast road is a speed-up and nothing else.
"""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.actions import Action, ActionState
from circle.circles import Circle, Rules
from circle.entries import Entry, ItemEntry
from circle.figures import Commitment
from circle.ledger import EntryKind, Nature
from circle.life import fold, posted
from circle.people import Person
from storage.engine import open_engine
from storage.tables import metadata
from storage.uow import SqlUnitOfWork, Store
from storage.upgrade import upgrade
from tests.entered import made
from tests.store.making import Append, adopted_vote, make_circle

STORES = ("memory", "file", "plain", "postgresql")
FILES = {"file": "", "plain": "?fast=off"}
"""What the URL of a SQLite file ends with."""

MODEL = "souci_model"
Models = Callable[[str], Awaitable[str]]
Founding = Callable[[Store], Awaitable[Circle]]


async def _run(url: str, statement: str) -> None:
    """One statement outside of any transaction, as CREATE DATABASE wants it."""
    engine = open_engine(url)
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(statement))
    await engine.dispose()


async def _hurry(server: str) -> None:
    """No test cuts the power: let PostgreSQL not wait for the disk."""
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        await _run(server, f"ALTER SYSTEM SET {setting} = off")
    await _run(server, "SELECT pg_reload_conf()")


async def _upgraded(url: str) -> None:
    engine = open_engine(url)
    await upgrade(engine)
    await engine.dispose()


def _database(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    """Databases that hold the schema and nothing else, made once: copied or wiped by each test."""
    file = tmp_path_factory.mktemp("store") / "model.db"
    made: set[str] = set()

    async def model(server: str) -> str:
        url = _database(server, MODEL) if server else f"sqlite:///{file}"
        if url not in made:
            if server:
                await _hurry(server)
                await _run(server, f"CREATE DATABASE {MODEL}")
            await _upgraded(url)
            made.add(url)
        return MODEL if server else str(file)

    return model


@pytest.fixture(params=STORES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def empty_url(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[str]:
    """A database without any table."""
    if kind == "memory":
        yield "sqlite://"
    elif kind in FILES:
        yield f"sqlite:///{tmp_path / 'empty.db'}{FILES[kind]}"
    else:
        server = request.getfixturevalue("postgresql_server")
        name = f"test_{uuid4().hex}"
        await _run(server, f"CREATE DATABASE {name}")
        yield _database(server, name)
        await _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def url(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, models: Models
) -> AsyncIterator[str]:
    """A database for the schema (in memory: empty until `engine` fills it)."""
    if kind == "memory":
        yield "sqlite://"
    elif kind in FILES:
        shutil.copy(await models(""), tmp_path / "souci.db")
        yield f"sqlite:///{tmp_path / 'souci.db'}{FILES[kind]}"
    else:
        server = request.getfixturevalue("postgresql_server")
        yield _database(server, await models(server))


@pytest.fixture
async def engine(url: str, kind: str, models: Models) -> AsyncIterator[AsyncEngine]:
    opened = open_engine(url)
    if kind == "memory":
        await _fill(opened, await models(""))
    yield opened
    if kind == "postgresql":
        await _wipe(opened)
    await opened.dispose()


async def _wipe(engine: AsyncEngine) -> None:
    """Leave the shared database as it was found: a new one for each test would take longer."""
    deletes = "; ".join(str(table.delete()) for table in metadata.tables.values())
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        await raw.driver_connection.execute(
            f"BEGIN; SET LOCAL session_replication_role = replica; {deletes}; COMMIT"
        )


async def _fill(engine: AsyncEngine, model: str) -> None:
    """Copy that file into the database in memory."""
    with closing(sqlite3.connect(model)) as file:
        async with engine.connect() as connection:
            raw = await connection.get_raw_connection()
            file.backup(raw.driver_connection._connection)


@pytest.fixture
def store(engine: AsyncEngine) -> Store:
    return Store(engine, Rules())


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[SqlUnitOfWork]:
    """One transaction for the whole test; ask for `store` instead where it takes several."""
    async with store.transaction() as opened:
        yield opened


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 24, 18, 5, 7, 123456, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
async def littoral(uow: SqlUnitOfWork, at: datetime) -> Circle:
    return await make_circle(uow, "Littoral", "!littoral:localhost", at)


@pytest.fixture
async def artois(uow: SqlUnitOfWork, at: datetime) -> Circle:
    return await make_circle(uow, "Artois", "!artois:localhost", at)


@pytest.fixture
async def alice(uow: SqlUnitOfWork) -> Person:
    return await uow.people.ensure("@alice:localhost", "Alice")


@pytest.fixture
async def bob(uow: SqlUnitOfWork) -> Person:
    return await uow.people.ensure("@bob:localhost", "Bob")


@pytest.fixture
def found(at: datetime) -> Founding:
    """Makes the circle Littoral, in a transaction of its own."""

    async def founded(store: Store) -> Circle:
        async with store.transaction() as uow:
            return await make_circle(uow, "Littoral", "!littoral:localhost", at)

    return founded


@pytest.fixture
def append(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime) -> Append:
    async def append(kind: EntryKind, **rest) -> Entry:
        entry = made(kind, **({"at": at, "by": alice.key} | rest))
        if isinstance(entry, ItemEntry):
            told = await uow.ledger.history(littoral.id, entry.item)
            if "postings" not in rest and (told or kind is EntryKind.DECLARED):
                entry = posted(fold(told) if told else None, entry)
        return await uow.ledger.append(littoral.id, entry)

    return append


@pytest.fixture
def declare(append: Append, alice: Person) -> Append:
    async def declare(item: int, **rest) -> Entry:
        fields = {
            "person": alice.key,
            "day": date(2026, 11, 24),
            "minutes": 60,
            "what": "affiches",
        } | rest
        fields = {"nature": Nature.CONTRIBUTION} | fields
        return await append(EntryKind.DECLARED, item=item, **fields)

    return declare


@pytest.fixture
async def programme(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime) -> None:
    """Actions A1 to A3 (the third one done) and votes V1 to V3."""
    for number, state in ((1, "open"), (2, "open"), (3, "done")):
        action = Action(number, "Café", alice.key, at, state=ActionState(state))
        await uow.actions.add(littoral.id, action)
    for number in (1, 2, 3):
        await uow.votes.add(littoral.id, adopted_vote(number, alice, at))
        await uow.votes.commit(littoral.id, [Commitment(number, number * 1000, number)])
