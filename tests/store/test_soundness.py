"""A value that cannot be read back is found, wherever it is; whatever the program writes can be."""

from datetime import datetime

import pytest
from sqlalchemy import BigInteger, Column, LargeBinary, Update, insert, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from circle.circles import Circle, Setting
from circle.people import Person
from storage.coded import CODED
from storage.soundness import Damage, undecodable
from storage.tables.circles import circles, settings
from storage.tables.kinds import stored_table, stored_type
from storage.tables.mail import rooms
from storage.tables.meetings import jobs
from storage.uow import SqlUnitOfWork
from tests.chat.scene import Scene, scene

WRITING = (
    "alice> !cercle créer Littoral territorial",
    "bob> bonjour",
    "carole> bonjour",
    "alice> !doter 1200 € période 2026",
    "alice> !réglage fuseau Indian/Reunion",
    "bob> !action Affiches pour vendredi",
    "bob> !contribution 2h affiches #A1 40 €",
    "bob> !avance A1 bientôt",
    "bob> !contributon 1h accueil",
    "alice> !choix Quelle couleur ? : bleu | rouge",
    "bob> !bulletin V1 bleu",
    "alice> !partage 100 € : A1 50 € | les clés 60 €",
    "alice> !vote Une machine ? majorité 2/3 quorum 1/2",
    "alice> !réunion Atelier chaque jeudi 14h-16h",
    "bob> !présent M1",
    "bob> !odj M1 + les clés",
    "alice> !rappel chaque vendredi 9h les clés",
    "alice> !régulation lundi 23 novembre 15h",
    "alice> !séance ouvrir M2",
    "alice> !décision C1 40 €",
    "alice> !séance clore",
    "alice> !séance ouvrir M1",
    "bob> !tour",
    "alice> !évaluation question Et vous ?",
    "alice> !répondre bien",
    "alice (dm)> !mes-données",
    "[coordination] dany> !diffuser Bonjour à tous les cercles",
    "carole (dm)> !effacer-moi confirmer",
)
"""What leaves a row in nearly every table."""

NOT_HERE = frozenset(
    {"attributing", "broadcasts", "chores", "imports", "instances", "mentions", "receipts"}
)
"""Tables that lines of the console leave empty."""


def bad(column: Column[object]) -> object:
    """What is none of the values of that column."""
    if isinstance(stored_type(column), BigInteger):
        return 2**62
    return b'["oops' if isinstance(column.type, LargeBinary) else '["oops'


@pytest.fixture
async def written() -> Scene:
    async with scene(*WRITING, coordinators=["dany"]) as made:
        yield made


async def test_all_that_is_written_can_be_read_back(written: Scene) -> None:
    async with written.engine.connect() as connection:
        assert await undecodable(connection) == []


async def test_whatever_does_not_decode_is_found(written: Scene) -> None:
    missed = []
    coded = [column for column in CODED if column.table.name not in NOT_HERE]
    async with written.engine.connect() as connection:
        await let_entries_change(connection)
        for column in coded:
            async with connection.begin_nested() as damaging:
                await connection.execute(one_row(column).values({column.name: bad(column)}))
                found = {(one.table, one.column) for one in await undecodable(connection)}
                await damaging.rollback()
            if (column.table.name, column.name) not in found:
                missed.append(f"{column.table.name}.{column.name}")
    assert missed == [], missed


async def let_entries_change(connection: AsyncConnection) -> None:
    """What keeps the ledger as it was written is out of the way."""
    await connection.execute(text("PRAGMA ignore_check_constraints = ON"))
    made = text(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' "
        "AND tbl_name IN ('entries', 'attributions')"
    )
    for [name] in (await connection.execute(made)).all():
        await connection.execute(text(f"DROP TRIGGER {name}"))


def one_row(column: Column[object]) -> Update:
    table = stored_table(column.table)
    keys = [table.c[key.name] for key in column.table.primary_key]
    first = select(*keys).limit(1)
    return update(table).where(tuple_(*keys).in_(first))


async def test_a_damage_is_told_by_its_place_and_circle(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    await uow.circles.add_setting(littoral.id, Setting("language", "en", at.date(), alice.key, at))
    values = {"circle": littoral.id, "name": "timezone", "since": at.date(), "by": alice.key}
    await uow.session.run(insert(settings), values | {"value": '"Europe/0f1e2d"', "at": at})
    [row] = await uow.session.all(select(settings.c.id).where(settings.c.name == "timezone"))
    assert await undecodable(uow.session) == [
        Damage("settings", "value", (str(row.id),), littoral.id)
    ]


async def test_only_what_is_asked_for_is_looked_at(uow: SqlUnitOfWork, littoral: Circle) -> None:
    await uow.rooms.save(
        littoral.room_id, name=None, direct=False, encrypted=False, powers={}, default_power=0,
        state_power=50,
    )  # fmt: skip
    await uow.session.run(update(stored_table(rooms)).values(powers="{abc:1}"))
    await uow.session.run(update(stored_table(circles)).values(kind="abc"))
    found = await undecodable(uow.session, ["rooms", "circles"], only={"circles": circles.c.id < 0})
    assert [(one.table, one.key) for one in found] == [("rooms", (littoral.room_id,))]


async def test_more_rows_than_are_read_at_once_are_all_looked_at(
    uow: SqlUnitOfWork, littoral: Circle
) -> None:
    rows = [{"circle": littoral.id, "kind": "oops", "subject": n, "due": 0} for n in range(4500)]
    await uow.session.run(insert(stored_table(jobs)), rows)
    assert len(await undecodable(uow.session, ["jobs"])) == 4500
