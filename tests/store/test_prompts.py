"""What people are asked is kept until it is answered, once, or lapses."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest

from circle.circles import Circle
from circle.people import Person
from circle.prompts import Prompt, PromptState
from circle.time import DAY
from storage.chores import Chores
from storage.uow import SqlUnitOfWork, Store
from tests.store.making import asked

ROOM = "!littoral:test"


@pytest.fixture
def prompt(littoral: Circle, alice: Person, at: datetime) -> Prompt:
    return asked(littoral.id, alice.key, ROOM, at)


async def test_a_question_comes_back_as_it_was_asked(uow: SqlUnitOfWork, prompt: Prompt) -> None:
    number = await uow.prompts.ask(prompt)
    kept = await uow.prompts.get(number)
    assert kept is not None
    assert (kept.id, kept.choices, kept.blanks) == (number, prompt.choices, prompt.blanks)
    assert (kept.asked_at, kept.state) == (prompt.asked_at, PromptState.OPEN)


async def test_a_question_is_answered_once(uow: SqlUnitOfWork, prompt: Prompt) -> None:
    number = await uow.prompts.ask(prompt)
    ends = [await uow.prompts.close(number, PromptState.ANSWERED, f"$a{n}") for n in (1, 2)]
    assert ends == [True, False]


async def test_the_question_that_an_event_answered_is_found(
    uow: SqlUnitOfWork, prompt: Prompt
) -> None:
    number = await uow.prompts.ask(prompt)
    await uow.prompts.close(number, PromptState.ANSWERED, "$a1")
    found = await uow.prompts.answered_by("$a1")
    assert found is not None
    assert found.id == number


async def test_a_second_question_about_a_message_takes_the_place_of_the_first(
    uow: SqlUnitOfWork, prompt: Prompt
) -> None:
    first, second = await uow.prompts.ask(prompt), await uow.prompts.ask(prompt)
    assert not await uow.prompts.close(first, PromptState.ANSWERED, "$a1")
    assert await uow.prompts.close(second, PromptState.ANSWERED, "$a2")


async def test_the_latest_question_to_somebody_in_a_room_is_found(
    uow: SqlUnitOfWork, prompt: Prompt, alice: Person
) -> None:
    number = await uow.prompts.ask(prompt)
    found = await uow.prompts.latest(ROOM, str(alice.matrix_id))
    assert found is not None
    assert found.id == number
    assert await uow.prompts.latest("!other:test", str(alice.matrix_id)) is None
    assert await uow.prompts.latest(ROOM, "@nobody:test") is None
    assert await uow.prompts.latest(ROOM, str(alice.matrix_id), "$thread") is None


async def test_a_line_of_the_same_command_settles_it(uow: SqlUnitOfWork, prompt: Prompt) -> None:
    number = await uow.prompts.ask(prompt)
    await uow.prompts.supersede(prompt.person, ROOM, "contribution", "$other")
    kept = await uow.prompts.get(number)
    assert kept is not None
    assert kept.state is PromptState.OPEN
    await uow.prompts.supersede(prompt.person, ROOM, "expense", "$other")
    kept = await uow.prompts.get(number)
    assert kept is not None
    assert kept.state is PromptState.LAPSED


async def test_old_questions_go_with_old_messages(
    store: Store, found: Callable[[Store], Awaitable[Circle]], at: datetime
) -> None:
    circle = await found(store)
    async with store.transaction() as uow:
        person = await uow.people.ensure("@dany:test", "dany")
        number = await uow.prompts.ask(asked(circle.id, person.key, ROOM, at))
    await Chores(store.engine).purge_messages(at + 31 * DAY, 30 * DAY)
    async with store.transaction() as uow:
        assert await uow.prompts.get(number) is None


async def test_a_line_of_the_same_message_settles_nothing(
    uow: SqlUnitOfWork, prompt: Prompt
) -> None:
    number = await uow.prompts.ask(replace(prompt, origin="$1~2"))
    await uow.prompts.supersede(prompt.person, ROOM, "expense", "$1")
    kept = await uow.prompts.get(number)
    assert kept is not None
    assert kept.state is PromptState.OPEN
