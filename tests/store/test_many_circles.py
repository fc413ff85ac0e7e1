"""What is asked of many circles at once is what each of them says."""

from datetime import date, datetime

import pytest

from circle.circles import Circle
from circle.ledger import EntryKind, Postings
from circle.people import Person
from commands.shared.common import figures
from storage.uow import SqlUnitOfWork
from tests.store.making import Append, adopted_vote

MONTH = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
async def decided(append: Append, declare: Append) -> None:
    """A budget of which votes hold a part back, and what was decided on votes and on actions."""
    await append(EntryKind.GRANT, amount=90_000, postings=Postings(granted=90_000))
    for number, about in enumerate(({"vote": 1}, {"action": 2}, {"action": 3}, {}), start=1):
        await declare(number, amount=number * 100, **about)
        await append(EntryKind.REGULATED, item=number, amount=number * 100, **about)
    await declare(5, amount=500)


async def standing(uow: SqlUnitOfWork, at: datetime, *circles: Circle):
    return await uow.overview.standings(circles, at, *MONTH)


@pytest.mark.usefixtures("programme", "decided")
async def test_the_figures_of_each_circle_are_its_own(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, at: datetime
) -> None:
    told = await standing(uow, at, littoral, artois)
    own = [await figures(uow, one.id) for one in (littoral, artois)]
    assert [one.figures for one in told] == own
    assert own[0].committed == 900 + 1800


@pytest.mark.usefixtures("programme", "decided")
async def test_a_released_vote_holds_nothing_back_across_circles(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    await uow.votes.save(littoral.id, adopted_vote(2, alice, at, released=True))
    [told] = await standing(uow, at, littoral)
    assert told.figures == await figures(uow, littoral.id)


@pytest.mark.usefixtures("programme", "decided")
async def test_books_that_agree_disagree_by_nothing(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle
) -> None:
    gaps = await uow.overview.disagreements([littoral.id, artois.id])
    assert gaps == {littoral.id: Postings(), artois.id: Postings()}
