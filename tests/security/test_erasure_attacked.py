"""Whatever somebody is called, being forgotten changes nothing that is anybody else's."""

from collections.abc import AsyncIterator, Iterable

import pytest
from sqlalchemy import select

from bot import events
from bot.console.console import user_id
from storage.engine import reading, writing
from storage.tables import metadata
from storage.tables.kinds import stored_table
from tests.chat.scene import Scene, scene

CIRCLES = (
    "alice> !cercle créer Littoral territorial",
    "bob> bonjour",
    "alice> !doter 1200 €",
    "alice> !réglage fuseau Europe/Paris",
    "alice> !réglage mode-régulation libre",
    "alice> !action Affiches bleues à Paris",
    "alice> !choix Quelle couleur ? : bleu | rouge",
    "bob> !contribution 2h Affiches pour la Fête Nationale 40 €",
    "bob> !réunion Fête Nationale jeudi 14h-16h",
    "alice> !rappel vendredi 9h la Fête Nationale",
    "alice> !consentement Fête Nationale dans la salle des fêtes",
    "[oise] carole> !cercle créer Oise",
    "[oise] carole> !action Affiches",
    "[oise] carole> !action Coller les affiches",
    "[oise] carole> !vote Fête Nationale ?",
)
NAMES = (
    *("9007199254740992", "100", "0", "1", "id", "text", "null", "true", "false", "cost", "when"),
    *("Paris", "Europe", "Europe/Paris", "self-set", "item-by-item", "affiches", "Affiches"),
    *("bleu", "localhost", "console", "alice", "consent", "m.room.message", "body", "values"),
    *("décembre", "novembre", "Fête Nationale", "Fête", "Affiches bleues", "action", "fr", "€"),
)
WORK = (
    *("budget", "journal", "contributions", "actions", "membres", "votes", "résultat V1"),
    *("réglages", "bilan", "agenda", "fiche"),
)
BREAKING = (
    "CREATE TRIGGER breaking AFTER UPDATE OF electorate ON votes "
    "BEGIN UPDATE votes SET options = '[' WHERE number = NEW.number; END"
)
"""A fault of the program, as a later version might have one."""


@pytest.fixture
async def played() -> AsyncIterator[Scene]:
    async with scene(*CIRCLES) as made:
        yield made


async def rows(played: Scene) -> dict[str, set[tuple[object, ...]]]:
    """Every row of every table."""
    async with played.engine.connect() as connection:
        return {
            table.name: set(
                map(tuple, (await connection.execute(select(stored_table(table)))).all())
            )
            for table in metadata.sorted_tables
        }


async def erase(played: Scene, who: str, called: str, places: Iterable[str] = ("circle",)) -> str:
    """Somebody comes into these rooms, is called so, and asks to be forgotten; what is answered."""
    console = played.console
    for place in places:
        room = await console._enter(who, place)
        named = events.MemberChanged(
            **console._common(who, room), user=user_id(who), joined=True, name=called
        )
        await console._handle(named)
    heard = await played.play(f"{who} (dm)> !effacer-moi confirmer")
    return heard[-1].key


@pytest.mark.parametrize("name", NAMES)
async def test_no_row_of_anybody_else_is_changed(played: Scene, name: str) -> None:
    await played.play("mallory> bonjour", "mallory (dm)> !aide", "mallory leaves")
    before = await rows(played)
    assert await erase(played, "mallory", name) == "privacy.erased"
    after = await rows(played)
    [key] = [row[0] for row in before["profiles"] if user_id("mallory") in row]
    gone = [row for table in before for row in before[table] - after[table]]
    assert [row for row in gone if "mallory" not in str(row) and key not in row] == []


@pytest.mark.parametrize("name", NAMES[::3])
async def test_every_command_works_afterwards(played: Scene, name: str) -> None:
    expected = await played.keys(*(f"alice> !{word}" for word in WORK))
    await erase(played, "mallory", name)
    assert await played.keys(*(f"alice> !{word}" for word in WORK)) == expected
    assert await erase(played, "bob", "bob") == "privacy.erased"


async def test_what_would_leave_an_unreadable_row_is_undone_and_told_kindly(
    played: Scene, kept_log: list[dict[str, object]]
) -> None:
    await played.play("mallory> bonjour", "alice> !vote Une machine ?", "mallory (dm)> !aide")
    async with writing(played.engine) as connection:
        await connection.exec_driver_sql(BREAKING)
    before = await rows(played)
    assert await erase(played, "mallory", "mallory") == "refused.failed"
    after = await rows(played)
    for table in ("profiles", "memberships", "votes", "room_members"):
        assert after[table] == before[table]
    assert "event.failed" in {one["event"] for one in kept_log}


async def test_what_was_unreadable_before_keeps_nobody_from_being_forgotten(
    played: Scene,
) -> None:
    async with writing(played.engine) as connection:
        await connection.exec_driver_sql("UPDATE votes SET options = '[' WHERE number = 1")
        await connection.exec_driver_sql("UPDATE settings SET value = 'a1b2c3'")
        await connection.exec_driver_sql("UPDATE rooms SET powers = '{a1b2c3}'")
    assert await erase(played, "bob", "bob") == "privacy.erased"


async def test_circles_of_others_cost_nothing(played: Scene) -> None:
    await played.play("mallory> bonjour", "mallory (dm)> !aide")
    alone = await asked_of_the_database(played, "mallory")
    await played.play(*(f"[c{n}] carole> !cercle créer Nord {n}" for n in range(20)))
    assert await asked_of_the_database(played, "mallory") <= alone


async def asked_of_the_database(played: Scene, who: str) -> int:
    """How many statements somebody's erasure takes."""
    async with reading(played.engine) as connection:
        driver = connection.sync_connection.connection.driver_connection
    await played.play(f"{who}> me revoilà")
    told: list[str] = []
    driver.database.set_trace_callback(told.append)
    await played.play(f"{who} (dm)> !effacer-moi confirmer")
    driver.database.set_trace_callback(None)
    return len(told)
