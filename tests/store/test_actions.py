"""Actions and their log come back as they were written, of their circle only."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from circle.actions import Action, ActionChange, ActionEvent, ActionState
from circle.circles import Circle
from circle.people import Person
from circle.ports import ActionFilter
from storage.uow import SqlUnitOfWork

Add = Callable[..., Awaitable[Action]]
ALL = ActionFilter()


@pytest.fixture
def add(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime) -> Add:
    async def add(number: int, **rest) -> Action:
        action = Action(number, f"Action {number}", alice.key, at, **rest)
        await uow.actions.add(littoral.id, action)
        return action

    return add


async def numbers(uow: SqlUnitOfWork, circle: Circle, which: ActionFilter) -> list[int]:
    return [action.number for action in await uow.actions.list(circle.id, which, 100)]


async def test_an_action_comes_back_as_it_was_added(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, alice: Person, bob: Person, at: datetime
) -> None:
    stream = await uow.circles.add_workstream(littoral.id, "Animation", None)
    rest = {"holders": (bob, alice), "workstream": stream.id, "budget": 40000, "moved_at": at}
    action = await add(1, due=date(2026, 12, 12), **rest)
    assert await uow.actions.get(littoral.id, 1) == action


async def test_an_action_may_be_due_at_an_instant(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, at: datetime
) -> None:
    action = await add(1, due=at)
    assert await uow.actions.get(littoral.id, 1) == action


async def test_an_unknown_action_is_none(uow: SqlUnitOfWork, littoral: Circle) -> None:
    assert await uow.actions.get(littoral.id, 1) is None


async def test_a_number_is_given_once(add: Add) -> None:
    await add(1)
    with pytest.raises(IntegrityError):
        await add(1)


async def test_an_action_saved_is_as_it_now_is(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, alice: Person, bob: Person
) -> None:
    action = await add(1, holders=(alice,), due=date(2026, 12, 12))
    now = replace(action, holders=(bob,), due=None, state=ActionState.DONE, title="Autre")
    await uow.actions.save(littoral.id, now)
    assert await uow.actions.get(littoral.id, 1) == now


async def test_actions_are_listed_by_number_with_their_holders(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, alice: Person, bob: Person
) -> None:
    second = await add(2, holders=(bob, alice))
    first = await add(1)
    assert await uow.actions.list(littoral.id, ALL, 10) == (first, second)


async def test_actions_come_by_pages(uow: SqlUnitOfWork, littoral: Circle, add: Add, bob) -> None:
    for number in range(1, 6):
        await add(number, holders=(bob,))
    page = await uow.actions.list(littoral.id, ALL, 2, 2)
    assert [action.number for action in page] == [3, 4]
    assert await uow.actions.count(littoral.id, ALL) == 5


async def test_actions_are_chosen_by_state(uow: SqlUnitOfWork, littoral: Circle, add: Add) -> None:
    await add(1)
    await add(2, state=ActionState.DONE)
    assert await numbers(uow, littoral, ActionFilter(state=ActionState.DONE)) == [2]


async def test_actions_are_chosen_by_holder_all_holders_told(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, alice: Person, bob: Person
) -> None:
    await add(1, holders=(alice,))
    shared = await add(2, holders=(alice, bob))
    which = ActionFilter(holder=bob.key)
    assert await uow.actions.list(littoral.id, which, 10) == (shared,)
    assert await uow.actions.count(littoral.id, which) == 1


@pytest.mark.parametrize(
    ("hours", "late"),
    [(-1, []), (1, [1]), (5, [1]), (6, [1, 2])],
)
async def test_a_day_is_late_after_its_local_end_and_an_instant_after_itself(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, at: datetime, hours: int, late: list[int]
) -> None:
    await add(1, due=at)
    await add(2, due=at.date())
    await add(3)
    which = ActionFilter(due_before=at + timedelta(hours=hours))
    assert await numbers(uow, littoral, which) == late


async def test_filters_add_up(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, bob: Person, at: datetime
) -> None:
    await add(1, due=at, holders=(bob,), state=ActionState.DONE)
    await add(2, due=at, holders=(bob,))
    await add(3, due=at)
    which = ActionFilter(ActionState.OPEN, bob.key, at + timedelta(days=1))
    assert await numbers(uow, littoral, which) == [2]


async def test_actions_of_another_circle_never_come_back(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, add: Add, alice: Person, bob: Person
) -> None:
    await add(1, holders=(bob,))
    foreign = Action(1, "Ailleurs", alice.key, littoral.created_at, holders=(alice,))
    await uow.actions.add(artois.id, foreign)
    await uow.actions.save(artois.id, replace(foreign, title="Changé"))
    assert [a.title for a in await uow.actions.list(littoral.id, ALL, 10)] == ["Action 1"]
    assert (await uow.actions.list(littoral.id, ALL, 10))[0].holders == (bob,)


# The log


@pytest.fixture
def log(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime):
    async def log(action: int, change: ActionChange, hours: int = 0, **rest) -> ActionEvent:
        event = ActionEvent(action, change, alice.key, at + timedelta(hours=hours), **rest)
        await uow.actions.log(littoral.id, event)
        return event

    return log


async def test_the_log_comes_back_as_it_was_written(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, log
) -> None:
    await add(1)
    added = await log(1, ActionChange.ADDED, source="$1")
    done = await log(1, ActionChange.DONE, text="salle trouvée")
    assert await uow.actions.log_of(littoral.id, 1) == (added, done)


async def test_the_log_is_told_from_an_instant_to_before_another(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, log, at: datetime
) -> None:
    await add(1)
    told = [await log(1, ActionChange.PROGRESSED, hours) for hours in (-1, 0, 1, 2)]
    between = await uow.actions.logged(littoral.id, at, at + timedelta(hours=2))
    assert between == tuple(told[1:3])


async def test_the_log_of_another_action_is_left_out(
    uow: SqlUnitOfWork, littoral: Circle, add: Add, log
) -> None:
    await add(1)
    await add(2)
    await log(2, ActionChange.ADDED)
    assert await uow.actions.log_of(littoral.id, 1) == ()


async def test_the_log_of_another_circle_is_left_out(
    uow: SqlUnitOfWork, artois: Circle, add: Add, log, at: datetime
) -> None:
    await add(1)
    await log(1, ActionChange.ADDED)
    assert await uow.actions.log_of(artois.id, 1) == ()
    assert await uow.actions.logged(artois.id, at, at + timedelta(days=1)) == ()


async def test_nothing_is_logged_of_an_action_that_is_not(log) -> None:
    with pytest.raises(IntegrityError):
        await log(9, ActionChange.ADDED)
