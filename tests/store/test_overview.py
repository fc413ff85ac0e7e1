"""Many circles at once: the same figures as circle by circle, in as many questions for all."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from circle.actions import Action, ActionChange, ActionEvent
from circle.circles import Circle
from circle.figures import Commitment, Figures
from circle.ledger import EntryKind, Postings
from circle.meetings import Meeting, MeetingKind
from circle.overview import Standing
from circle.people import Person, Role
from storage.session import Statements
from storage.tables.ledger import balances
from storage.uow import SqlUnitOfWork
from tests.entered import made
from tests.store.making import Append, adopted_vote, make_circle

DAY = date(2026, 11, 24)
SINCE = date(2026, 11, 1)


async def look(uow: SqlUnitOfWork, at: datetime, *circles: Circle) -> tuple[Standing, ...]:
    return await uow.overview.standings(circles, at, SINCE, DAY)


async def test_of_no_circle_nothing_is_told(uow: SqlUnitOfWork, at: datetime) -> None:
    assert await look(uow, at) == ()


async def test_a_circle_without_anything_stands_at_zero(
    uow: SqlUnitOfWork, littoral: Circle, at: datetime
) -> None:
    [told] = await look(uow, at, littoral)
    counts = (told.open, told.late, told.done, told.votes, told.minutes, told.contributors)
    assert (counts, told.last, told.waiting_since) == ((0,) * 6, None, None)
    assert told.figures == Figures(0, 0, 0, 0, 0, 0)


@pytest.mark.usefixtures("programme")
async def test_the_figures_are_those_of_the_circle_alone(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, declare: Append, at: datetime
) -> None:
    await append(EntryKind.GRANT, amount=500_000, postings=Postings(granted=500_000))
    await declare(1, amount=5000, action=1)
    await append(EntryKind.REGULATED, item=1, amount=700, action=1)
    await declare(2, amount=900)
    [told] = await look(uow, at, littoral)
    totals = await uow.ledger.totals(littoral.id)
    assert (told.figures.granted, told.figures.regulated, told.figures.asked) == (
        totals.granted,
        totals.regulated,
        totals.asked,
    )
    assert told.figures.committed == (1000 - 700) + 2000


async def test_circles_do_not_mix(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, declare: Append, at: datetime
) -> None:
    await declare(1, minutes=90, amount=5000)
    one, other = await look(uow, at, artois, littoral)
    assert (one.circle, one.minutes, one.figures.asked, one.last) == (artois, 0, 0, None)
    assert (other.minutes, other.contributors, other.figures.asked) == (90, 1, 5000)


async def test_work_outside_of_the_days_is_left_out(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, at: datetime
) -> None:
    await declare(1, minutes=60, day=SINCE)
    await declare(2, minutes=30, day=SINCE - timedelta(days=1))
    [told] = await look(uow, at, littoral)
    assert told.minutes == 60


async def test_late_is_before_today_or_before_now(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    dues = (DAY, DAY - timedelta(days=1), at - timedelta(minutes=1), at + timedelta(minutes=1))
    for number, due in enumerate(dues, start=1):
        await uow.actions.add(littoral.id, Action(number, "Café", alice.key, at, due=due))
    [told] = await look(uow, at, littoral)
    assert (told.open, told.late) == (4, 2)


async def test_an_action_done_twice_counts_once(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    await uow.actions.add(littoral.id, Action(1, "Café", alice.key, at))
    for _ in range(2):
        await uow.actions.log(littoral.id, ActionEvent(1, ActionChange.DONE, alice.key, at))
    [told] = await look(uow, at, littoral)
    assert (told.done, told.last) == (1, DAY)


async def test_only_who_is_in_the_room_counts_with_the_role_of_the_day(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, bob: Person, at: datetime
) -> None:
    dany = await uow.people.ensure("@dany:localhost", "Dany")
    for account in ("@alice:localhost", "@bob:localhost"):
        await uow.rooms.join(littoral.room_id, account, None)
    over = DAY - timedelta(days=1)
    for person, until in ((alice, None), (bob, over), (dany, None)):
        await uow.people.set_role(littoral.id, person.key, Role.STEWARD, SINCE, until)
    [told] = await look(uow, at, littoral)
    assert told.members == {Role.STEWARD: 1, Role.CONTRIBUTOR: 1, Role.PARTICIPANT: 0}


async def test_what_waits_is_counted_with_the_oldest(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, declare: Append, at: datetime
) -> None:
    for item, days in ((1, 9), (2, 5), (3, 1)):
        await declare(item, at=at - timedelta(days=days), amount=500)
    await append(EntryKind.REGULATED, item=1, amount=500)
    [told] = await look(uow, at, littoral)
    assert (told.waiting, told.waiting_since) == (2, at - timedelta(days=5))


async def test_open_votes_are_counted(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    closed = adopted_vote(1, alice, at, action=None)
    still = adopted_vote(2, alice, at, action=None, outcome=None)
    for vote in (closed, still):
        await uow.votes.add(littoral.id, vote)
    [told] = await look(uow, at, littoral)
    assert (
        told.votes
        == sum(one.closed_at is None for one in (closed, still))
        == len(await uow.votes.open(littoral.id))
    )


async def asked_of(uow: SqlUnitOfWork, at: datetime, circles: Sequence[Circle]) -> int:
    """How many statements it takes."""
    asked: list[object] = []
    session = uow.overview._session
    within = session.all

    class Counting(Statements):
        async def all(self, statement, values=None):  # type: ignore[no-untyped-def]
            asked.append(statement)
            return await within(statement, values)

    uow.overview._session = Counting(session.connection)
    await look(uow, at, *circles)
    uow.overview._session = session
    return len(asked)


async def test_it_takes_no_more_questions_for_many_circles(
    uow: SqlUnitOfWork, alice: Person, at: datetime
) -> None:
    circles = [await make_circle(uow, f"Cercle {n}", f"!c{n}:localhost", at) for n in range(30)]
    for circle in circles:
        await uow.votes.add(circle.id, adopted_vote(1, alice, at, action=None))
        await uow.votes.commit(circle.id, [Commitment(1, 1000, None)])
    few = await asked_of(uow, at, circles[:1])
    assert await asked_of(uow, at, circles) == few <= 8


async def test_envelopes_and_what_they_hold_are_those_of_each_circle(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, append: Append, declare: Append
) -> None:
    await append(EntryKind.GRANT, amount=100, postings=Postings(granted=100), funder="la MEL")
    await declare(1, amount=50)
    await append(EntryKind.REGULATED, item=1, amount=40)
    ids = (littoral.id, artois.id)
    envelopes, uses = await uow.overview.envelopes(ids), await uow.overview.uses(ids)
    assert envelopes == {littoral.id: await uow.ledger.envelopes(littoral.id), artois.id: ()}
    assert uses == {littoral.id: await uow.ledger.uses(littoral.id), artois.id: ()}
    assert [use.spent for use in uses[littoral.id]] == [40]


async def test_meetings_that_are_over_or_cancelled_are_left_out(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, alice: Person, at: datetime
) -> None:
    hour = timedelta(hours=1)
    starts = ((1, at + hour, False), (2, at - hour, False), (3, at + hour, True))
    for number, start, cancelled in starts:
        planned = Meeting(
            number=number,
            kind=MeetingKind.OTHER,
            title="Café",
            start=start,
            end=None,
            place=None,
            uid=f"m{number}",
            by=alice.key,
            cancelled=cancelled,
        )
        await uow.meetings.add(littoral.id, planned)
    found = await uow.overview.meetings((littoral.id, artois.id), at)
    assert {id_: [one.number for one in of] for id_, of in found.items()} == {
        littoral.id: [1],
        artois.id: [],
    }


async def test_entries_and_what_they_tell_agree(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, declare: Append
) -> None:
    await append(EntryKind.GRANT, amount=100, postings=Postings(granted=100))
    await declare(1, amount=50)
    await append(EntryKind.REGULATED, item=1, amount=40)
    await append(EntryKind.INVOICED, item=1, number="F1")
    await append(EntryKind.PAID, item=1)
    await declare(2, amount=70)
    assert await uow.overview.disagreements([littoral.id]) == {littoral.id: Postings()}


async def test_an_entry_that_no_envelope_tells_is_seen(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    wrong = made(EntryKind.GRANT, at=at, by=alice.key, amount=100, postings=Postings(99))
    await uow.ledger.append(littoral.id, wrong)
    assert await uow.overview.disagreements([littoral.id]) == {littoral.id: Postings(-1)}


async def test_a_balance_that_its_entries_do_not_make_is_seen(
    uow: SqlUnitOfWork, littoral: Circle, append: Append
) -> None:
    await append(EntryKind.GRANT, amount=100, postings=Postings(granted=100))
    await uow.session.run(update(balances).values(granted=99))
    assert await uow.overview.disagreements([littoral.id]) == {littoral.id: Postings(1)}
