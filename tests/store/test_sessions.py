"""Meetings being held, and the points of their agendas."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from circle.circles import Circle
from circle.meetings import Meeting, MeetingKind
from circle.people import Person
from circle.sessions import Point, Session
from storage.uow import SqlUnitOfWork

DAY = date(2026, 12, 8)
LATER = date(2027, 1, 5)
HOUR = timedelta(hours=1)


@pytest.fixture
async def meetings(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime) -> None:
    """M1 and M2."""
    for number in (1, 2):
        await uow.meetings.add(
            littoral.id,
            Meeting(
                number=number,
                kind=MeetingKind.REGULATION,
                title="",
                start=at,
                end=None,
                place=None,
                uid=f"m{number}@souci",
                by=alice.key,
            ),
        )


@pytest.fixture
def sitting(alice: Person, at: datetime) -> Session:
    return Session(meeting=1, occurrence=DAY, opened_at=at, opened_by=alice.key)


@pytest.fixture
def point(bob: Person, at: datetime) -> Point:
    return Point(meeting=1, occurrence=DAY, by=bob, at=at, text="le local", source="$1")


# Sessions


@pytest.mark.usefixtures("meetings")
async def test_an_open_session_is_found_whole(
    uow: SqlUnitOfWork, littoral: Circle, sitting: Session
) -> None:
    opened = await uow.sessions.add(littoral.id, sitting)
    assert opened == replace(sitting, id=opened.id)
    assert await uow.sessions.open(littoral.id) == opened


@pytest.mark.usefixtures("meetings")
async def test_a_closed_session_is_open_no_more(
    uow: SqlUnitOfWork, littoral: Circle, sitting: Session, bob: Person
) -> None:
    opened = await uow.sessions.add(littoral.id, sitting)
    closed = replace(opened, closed_at=opened.opened_at + HOUR, closed_by=bob.key)
    await uow.sessions.save(littoral.id, closed)
    assert await uow.sessions.open(littoral.id) is None
    assert await uow.sessions.latest(littoral.id) == closed


@pytest.mark.usefixtures("meetings")
async def test_two_sessions_are_never_open_in_one_circle(
    uow: SqlUnitOfWork, littoral: Circle, sitting: Session
) -> None:
    await uow.sessions.add(littoral.id, sitting)
    with pytest.raises(IntegrityError):
        await uow.sessions.add(littoral.id, replace(sitting, meeting=2))


@pytest.mark.usefixtures("meetings")
async def test_the_sessions_of_a_meeting_come_oldest_first(
    uow: SqlUnitOfWork, littoral: Circle, sitting: Session
) -> None:
    kept = []
    for meeting, day in ((1, DAY), (2, DAY), (1, LATER)):
        opened = await uow.sessions.add(
            littoral.id, replace(sitting, meeting=meeting, occurrence=day)
        )
        kept.append(replace(opened, closed_at=opened.opened_at, closed_by=opened.opened_by))
        await uow.sessions.save(littoral.id, kept[-1])
    assert await uow.sessions.of_meeting(littoral.id, 1) == (kept[0], kept[2])


@pytest.mark.usefixtures("meetings")
async def test_nothing_of_another_circle_s_sessions_comes_back(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, sitting: Session, point: Point
) -> None:
    await uow.sessions.add(littoral.id, sitting)
    await uow.sessions.add_point(littoral.id, point)
    assert await uow.sessions.open(artois.id) is None
    assert await uow.sessions.latest(artois.id) is None
    assert await uow.sessions.of_meeting(artois.id, 1) == ()
    assert await uow.sessions.points(artois.id, 1, DAY) == ()


async def test_a_session_belongs_to_a_meeting_of_its_circle(
    uow: SqlUnitOfWork, littoral: Circle, sitting: Session
) -> None:
    with pytest.raises(IntegrityError):
        await uow.sessions.add(littoral.id, sitting)


# Points


@pytest.mark.usefixtures("meetings")
async def test_points_come_in_the_order_in_which_they_were_added(
    uow: SqlUnitOfWork, littoral: Circle, point: Point
) -> None:
    second = replace(point, text="les clés", source="$2")
    for one in (point, second):
        await uow.sessions.add_point(littoral.id, one)
    assert await uow.sessions.points(littoral.id, 1, DAY) == (point, second)


@pytest.mark.usefixtures("meetings")
async def test_points_are_those_of_their_occurrence(
    uow: SqlUnitOfWork, littoral: Circle, point: Point
) -> None:
    await uow.sessions.add_point(littoral.id, point)
    assert await uow.sessions.points(littoral.id, 1, LATER) == ()
    assert await uow.sessions.points(littoral.id, 2, DAY) == ()


@pytest.mark.usefixtures("meetings")
async def test_a_withdrawn_point_is_on_the_agenda_no_more(
    uow: SqlUnitOfWork, littoral: Circle, point: Point
) -> None:
    await uow.sessions.add_point(littoral.id, point)
    assert await uow.sessions.withdraw_point(littoral.id, "$1")
    assert await uow.sessions.points(littoral.id, 1, DAY) == ()
    assert not await uow.sessions.withdraw_point(littoral.id, "$1")


@pytest.mark.usefixtures("meetings")
async def test_points_follow_their_occurrence(
    uow: SqlUnitOfWork, littoral: Circle, point: Point
) -> None:
    await uow.sessions.add_point(littoral.id, point)
    await uow.sessions.move_points(littoral.id, 1, DAY, LATER)
    assert await uow.sessions.points(littoral.id, 1, LATER) == (replace(point, occurrence=LATER),)
