"""Meetings, attendance and reminders come back as they were told, of their circle only."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.meetings import Attendance, Meeting, MeetingKind, Presence, Reminder
from circle.people import Person
from storage.uow import SqlUnitOfWork

Plan = Callable[..., Awaitable[Meeting]]
Attend = Callable[..., Awaitable[Attendance]]
DAY = date(2026, 12, 8)


@pytest.fixture
def plan(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime) -> Plan:
    async def plan(number: int = 1, days: int = 0, **rest) -> Meeting:
        start = at + timedelta(days=days)
        fields = {"end": start + timedelta(hours=2), "place": None} | rest
        meeting = Meeting(
            number=number,
            kind=MeetingKind.REGULATION,
            title="Régulation",
            start=start,
            uid=f"m{number}@souci",
            by=alice.key,
            **fields,
        )
        await uow.meetings.add(littoral.id, meeting)
        return meeting

    return plan


async def test_a_meeting_comes_back_as_it_was_planned(
    uow: SqlUnitOfWork, littoral: Circle, plan: Plan
) -> None:
    rest = {"rrule": "FREQ=MONTHLY;BYDAY=1TU", "exdates": (DAY, date(2027, 1, 5)), "sequence": 3}
    meeting = await plan(place="La Fabrique", **rest)
    assert await uow.meetings.get(littoral.id, 1) == meeting


async def test_an_unknown_meeting_is_none(uow: SqlUnitOfWork, littoral: Circle) -> None:
    assert await uow.meetings.get(littoral.id, 1) is None


async def test_a_meeting_number_is_given_once(plan: Plan) -> None:
    await plan()
    with pytest.raises(IntegrityError):
        await plan()


async def test_a_meeting_saved_is_as_it_now_is(
    uow: SqlUnitOfWork, littoral: Circle, plan: Plan, at: datetime
) -> None:
    moved = replace(await plan(), start=at + timedelta(days=1), end=None, sequence=1)
    await uow.meetings.save(littoral.id, moved)
    assert await uow.meetings.get(littoral.id, 1) == moved


async def test_current_meetings_are_those_not_over_nor_cancelled_and_every_series(
    uow: SqlUnitOfWork, littoral: Circle, plan: Plan, at: datetime
) -> None:
    await plan(1, days=-1)
    await plan(2, days=1, cancelled=True)
    later = await plan(3, days=3)
    now = await plan(4)
    series = await plan(5, days=-300, rrule="FREQ=MONTHLY;BYDAY=1TU")
    current = await uow.meetings.current(littoral.id, at + timedelta(hours=1))
    assert current == (series, now, later)


async def test_a_meeting_without_end_is_over_once_begun(
    uow: SqlUnitOfWork, littoral: Circle, plan: Plan, at: datetime
) -> None:
    meeting = await plan(end=None)
    assert await uow.meetings.current(littoral.id, at) == (meeting,)
    assert await uow.meetings.current(littoral.id, at + timedelta(seconds=1)) == ()


async def test_meetings_of_another_circle_never_come_back(
    uow: SqlUnitOfWork, artois: Circle, plan: Plan, at: datetime
) -> None:
    await plan()
    assert await uow.meetings.get(artois.id, 1) is None
    assert await uow.meetings.current(artois.id, at) == ()


# Who was there


@pytest.fixture
def attend(uow: SqlUnitOfWork, littoral: Circle, plan: Plan, alice: Person, at: datetime) -> Attend:
    async def attend(presence: Presence, source: str = "$1", **rest) -> Attendance:
        if await uow.meetings.get(littoral.id, 1) is None:
            await plan()
        fields = {"meeting": 1, "occurrence": DAY, "person": alice, "at": at} | rest
        said = Attendance(presence=presence, **fields)
        await uow.meetings.attend(littoral.id, said, source)
        return said

    return attend


async def test_what_each_person_said_last_holds(
    uow: SqlUnitOfWork, littoral: Circle, attend: Attend, bob: Person
) -> None:
    await attend(Presence.PRESENT)
    excused = await attend(Presence.EXCUSED, person=bob)
    absent = await attend(Presence.ABSENT)
    assert await uow.meetings.attendance(littoral.id, 1, DAY) == (excused, absent)


async def test_attendance_is_of_one_occurrence(
    uow: SqlUnitOfWork, littoral: Circle, attend: Attend
) -> None:
    await attend(Presence.PRESENT)
    assert await uow.meetings.attendance(littoral.id, 1, date(2027, 1, 5)) == ()


async def test_taking_an_answer_back_restores_the_one_before(
    uow: SqlUnitOfWork, littoral: Circle, attend: Attend
) -> None:
    present = await attend(Presence.PRESENT, "$1")
    await attend(Presence.ABSENT, "$2")
    assert await uow.meetings.unattend(littoral.id, "$2")
    assert await uow.meetings.attendance(littoral.id, 1, DAY) == (present,)


async def test_an_answer_is_taken_back_once(
    uow: SqlUnitOfWork, littoral: Circle, attend: Attend
) -> None:
    await attend(Presence.PRESENT, "$1")
    assert [await uow.meetings.unattend(littoral.id, "$1") for _ in range(2)] == [True, False]


async def test_attendance_of_another_circle_is_left_alone(
    uow: SqlUnitOfWork, artois: Circle, attend: Attend
) -> None:
    await attend(Presence.PRESENT, "$1")
    assert await uow.meetings.attendance(artois.id, 1, DAY) == ()
    assert not await uow.meetings.unattend(artois.id, "$1")


# Free reminders


@pytest.fixture
def reminder(alice: Person, at: datetime) -> Reminder:
    rrule = "FREQ=WEEKLY;BYDAY=MO"
    return Reminder(number=1, by=alice.key, at=at, text="Envoyer l'odj", rrule=rrule, direct=True)


async def test_a_reminder_comes_back_as_it_was_set(
    uow: SqlUnitOfWork, littoral: Circle, reminder: Reminder
) -> None:
    await uow.meetings.add_reminder(littoral.id, reminder)
    assert await uow.meetings.reminder(littoral.id, 1) == reminder


async def test_a_reminder_saved_is_as_it_now_is(
    uow: SqlUnitOfWork, littoral: Circle, reminder: Reminder
) -> None:
    await uow.meetings.add_reminder(littoral.id, reminder)
    now = replace(reminder, cancelled=True)
    await uow.meetings.save_reminder(littoral.id, now)
    assert await uow.meetings.reminder(littoral.id, 1) == now


async def test_a_reminder_of_another_circle_never_comes_back(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, reminder: Reminder
) -> None:
    await uow.meetings.add_reminder(littoral.id, reminder)
    assert await uow.meetings.reminder(artois.id, 1) is None


async def test_a_proxy_taken_back_restores_what_was_said_before(
    uow: SqlUnitOfWork, littoral: Circle, attend: Attend, alice: Person, bob: Person
) -> None:
    excused = await attend(Presence.EXCUSED)
    await attend(Presence.REPRESENTED, proxy=bob.key)
    assert await uow.meetings.withdraw_proxy(littoral.id, 1, DAY, alice.key)
    assert await uow.meetings.attendance(littoral.id, 1, DAY) == (excused,)


async def test_the_occurrences_moved_from_a_series_are_found_again(
    uow: SqlUnitOfWork, littoral: Circle, plan: Plan, at: datetime
) -> None:
    await plan(1, rrule="FREQ=MONTHLY;BYDAY=1TU")
    moved = await plan(2, days=1, series=1, instead=at)
    assert await uow.meetings.moved_from(littoral.id, 1) == (moved,)


async def test_reminders_to_come_are_told_with_their_next_time(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, reminder: Reminder, at: datetime
) -> None:
    await uow.meetings.add_reminder(littoral.id, reminder)
    await uow.meetings.add_reminder(littoral.id, replace(reminder, number=2, cancelled=True))
    for number, due in ((1, at + timedelta(days=2)), (1, at + timedelta(days=1)), (2, at)):
        job = Job(kind=JobKind.REMINDER, circle=littoral.id, due=due, subject=number)
        await uow.jobs.schedule(job)
    assert await uow.meetings.reminders(littoral.id) == (
        replace(reminder, at=at + timedelta(days=1)),
    )
    assert await uow.meetings.reminders(artois.id) == ()
