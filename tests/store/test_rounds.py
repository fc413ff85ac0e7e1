"""What goes on inside a meeting is kept while it goes on, and not after."""

from datetime import datetime, timedelta

import pytest

from circle.circles import Circle
from circle.codev import Codev, Step
from circle.people import Person
from circle.rounds import CheckIn, CheckInWord, Held, Round, RoundKind
from circle.turns import Seat, Turns
from storage.uow import SqlUnitOfWork


def held(kind: RoundKind, alice: Person) -> Held:
    if kind is RoundKind.TURNS:
        return Turns(2, Seat(alice.key, "$1"), (Seat(alice.key, "$2"),), (alice.key,))
    if kind is RoundKind.CHECKIN:
        return CheckIn("Comment ça va ?", (CheckInWord(alice.key, "☀️ « bien »", "$1"),))
    return Codev(alice.key, "Un sujet", alice.key, (Seat(alice.key, "$1"),), Step.CONTRACT)


@pytest.mark.parametrize("which", RoundKind)
async def test_a_round_comes_back_as_it_stood(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime, which: RoundKind
) -> None:
    due = at + timedelta(minutes=2)
    kept = Round(number=3, by=alice.key, opened_at=at, held=held(which, alice), due=due)
    await uow.rounds.save(littoral.id, kept)
    assert await uow.rounds.of_kind(littoral.id, which) == kept


async def test_nothing_of_a_round_is_kept_once_it_is_over(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    await uow.rounds.save(littoral.id, Round(number=1, by=alice.key, opened_at=at, held=Turns()))
    await uow.rounds.end(littoral.id, RoundKind.TURNS)
    assert await uow.rounds.of_kind(littoral.id, RoundKind.TURNS) is None


async def test_a_round_of_another_kind_goes_on(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    for what in (Turns(), CheckIn()):
        await uow.rounds.save(littoral.id, Round(number=1, by=alice.key, opened_at=at, held=what))
    await uow.rounds.end(littoral.id, RoundKind.TURNS)
    assert await uow.rounds.of_kind(littoral.id, RoundKind.CHECKIN) is not None
