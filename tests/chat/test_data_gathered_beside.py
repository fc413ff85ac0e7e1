"""What is held about somebody is gathered and packed while others are answered."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot import events
from bot.console.console import BOT, room_id, user_id
from bot.letters import files
from bot.letters.counting_first import counting_first
from circle.people import Person
from circle.personal import GatherFirstError, PersonalData
from storage.inbox import Inbox
from storage.mail import Admission
from storage.people import new_person
from storage.personal import erasure
from storage.personal.correspondence import Correspondence
from storage.personal.held import SqlPersonal
from storage.session import Statements
from tests.chat.attached import archived, attached
from tests.chat.scene import Scene, scene

LIFE = ("alice> !cercle créer Littoral territorial", "bob> !contribution 1h accueil")
PAGE = 500
BY_BOB = 3
HEARD = 3
"""That he came, what he declared, and what he asks."""


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene(*LIFE, url=f"sqlite:///{tmp_path / 'souci.db'}") as made:
        yield made


def said(number: int, sender: str) -> Admission:
    event = events.Message(
        id=f"$said{number}", room=room_id("circle"), sender=user_id(sender), at=number, body="ici"
    )
    payload = events.encode(event)
    return Admission(event_id=event.id, room_id=event.room, at_ms=event.at, payload=payload)


async def received(made: Scene, others: int) -> None:
    """Messages of carole's, and a few of bob's at the end."""
    told = [said(number, "carole") for number in range(others)]
    told += [said(others + number, "bob") for number in range(BY_BOB)]
    await Inbox(made.engine).admit(BOT, told, None)


@pytest.fixture
def largest(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each statement gave."""
    counts: list[int] = []
    execute = Statements._execute

    async def counted(self: Statements, *asked: Any) -> tuple[Sequence[Any], int]:
        rows, touched = await execute(self, *asked)
        counts.append(len(rows))
        return rows, touched

    monkeypatch.setattr(Statements, "_execute", counted)
    return counts


async def test_messages_of_all_are_read_a_page_at_a_time(life: Scene, largest: list[int]) -> None:
    await received(life, 2 * PAGE)
    largest.clear()
    [_, told] = await life.play("bob> !mes-données")
    assert (max(largest), told.values["messages"]) == (PAGE, BY_BOB + HEARD)


async def test_others_are_answered_while_it_is_gathered(
    life: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    store = life.console._dispatcher._store
    gather = store.gather

    async def slowly(person: Any) -> Any:
        begun.set()
        await go_on.wait()
        return await gather(person)

    monkeypatch.setattr(store, "gather", slowly)
    asked = asyncio.create_task(life.play("bob> !mes-données"))
    await begun.wait()
    assert await life.keys("carole> !budget") == ["budget.status"]
    go_on.set()
    assert [heard.key for heard in await asked] == ["privacy.sent", "privacy.data"]


@pytest.mark.parametrize(("where", "what"), [(SqlPersonal, "held"), (files, "personal_letters")])
async def test_neither_reading_nor_packing_is_done_where_others_are_answered(
    life: Scene, monkeypatch: pytest.MonkeyPatch, where: Any, what: str
) -> None:
    threads, do = [], getattr(where, what)

    def told(*asked: Any) -> Any:
        threads.append(threading.current_thread())
        return do(*asked)

    monkeypatch.setattr(where, what, told)
    await life.play("bob> !mes-données")
    assert [one is threading.main_thread() for one in threads] == [False]


async def test_asking_what_would_be_forgotten_reads_no_message(
    life: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    class Counted(Correspondence):
        def __init__(self, session: Statements, user: str) -> None:
            made.append(user)
            super().__init__(session, user)

    monkeypatch.setattr(erasure, "Correspondence", Counted)
    await life.play("bob (dm)> !effacer-moi")
    assert made == []
    await life.play("bob (dm)> !effacer-moi confirmer")
    assert made == [user_id("bob")]


async def test_who_was_forgotten_and_asks_for_their_data_is_met_for_good(life: Scene) -> None:
    await life.play("bob (dm)> !effacer-moi confirmer")
    [file] = await attached(life, "bob> !mes-données")
    [kept] = [body for name, body in archived(file).items() if name.endswith(".json")]
    async with life.console._dispatcher._store.reading() as uow:
        bob = await uow.people.with_account(user_id("bob"))
    assert bob is not None
    assert json.loads(kept)["profile"][0]["pseudonym"] == bob.key[:6]


async def test_what_needs_something_else_each_time_ends() -> None:
    async def needy() -> None:
        raise GatherFirstError(Person(key=new_person(), name="bob"))

    async def gather(person: Person) -> PersonalData:
        return PersonalData(person, {})

    with pytest.raises(RecursionError):
        await counting_first(needy, gather)
