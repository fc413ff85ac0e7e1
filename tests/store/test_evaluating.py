"""What evaluation reads of a circle; answers to open questions, without names."""

from datetime import date, datetime, timedelta

from circle.actions import Action
from circle.circles import Circle
from circle.ledger import EntryKind
from circle.meetings import Attendance, Meeting, MeetingKind, Presence
from circle.people import Person, Role
from storage.uow import SqlUnitOfWork
from tests.store.making import Append

DAY = date(2026, 11, 24)
BEFORE = DAY - timedelta(days=40)


async def test_work_tells_what_was_decided_and_what_was_given(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, declare: Append
) -> None:
    await declare(1, minutes=90, amount=5000)
    await append(EntryKind.REGULATED, item=1, amount=4000)
    await declare(2, minutes=30, pro_bono=True)
    await declare(3, minutes=60, amount=100)
    await append(EntryKind.PRO_BONO, item=3)
    facts = await uow.evaluating.facts(littoral.id, DAY, DAY)
    told = {(one.minutes, one.regulated, one.pro_bono) for one in facts.worked}
    assert told == {(90, 4000, False), (30, 0, True), (60, 0, True)}


async def test_cancelled_work_and_other_days_are_left_out(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, declare: Append, alice: Person
) -> None:
    await declare(1)
    await append(EntryKind.CANCELLED, item=1)
    await declare(2, day=BEFORE)
    facts = await uow.evaluating.facts(littoral.id, DAY, DAY)
    assert (facts.worked, facts.contributed) == ((), {alice.key: BEFORE})


async def attend(
    uow: SqlUnitOfWork, circle: Circle, person: Person, day: date, presence: Presence, at: datetime
) -> None:
    said = Attendance(1, day, person, presence, at)
    await uow.meetings.attend(circle.id, said, None)


async def test_somebody_attended_from_the_first_day_they_said_they_were_there(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, bob: Person, at: datetime
) -> None:
    planned = Meeting(
        number=1,
        kind=MeetingKind.OTHER,
        title="Café",
        start=at,
        end=None,
        place=None,
        uid="m1",
        by=alice.key,
    )
    await uow.meetings.add(littoral.id, planned)
    await attend(uow, littoral, alice, DAY, Presence.PRESENT, at)
    await attend(uow, littoral, alice, BEFORE, Presence.PRESENT, at)
    await attend(uow, littoral, bob, DAY, Presence.PRESENT, at)
    await attend(uow, littoral, bob, DAY, Presence.ABSENT, at)
    facts = await uow.evaluating.facts(littoral.id, BEFORE, DAY)
    assert facts.attended == {alice.key: BEFORE}


async def test_who_leads_an_action_is_its_first_holder(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, bob: Person, at: datetime
) -> None:
    await uow.people.set_role(littoral.id, alice.key, Role.STEWARD, BEFORE, None)
    for number, holders in ((1, (alice, bob)), (2, (bob, alice)), (3, ())):
        action = Action(number, "Café", alice.key, at, holders=holders)
        await uow.actions.add(littoral.id, action)
    facts = await uow.evaluating.facts(littoral.id, DAY, DAY)
    assert {(one.person, one.by_steward) for one in facts.led} == {
        (alice.key, True),
        (bob.key, False),
    }


async def test_a_question_takes_the_place_of_the_one_before(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, alice: Person, at: datetime
) -> None:
    for text in ("Un ?", "Deux ?"):
        await uow.evaluating.ask(littoral.id, alice.key, at, text)
    asked = await uow.evaluating.question(littoral.id)
    assert asked is not None
    assert (asked.text, asked.answers) == ("Deux ?", 0)
    assert await uow.evaluating.question(artois.id) is None


async def test_one_answers_once_and_may_change_it(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, bob: Person, at: datetime
) -> None:
    asked = await uow.evaluating.ask(littoral.id, alice.key, at, "Alors ?")
    said = ((bob, "Zut"), (alice, "oui"), (bob, "Ah"))
    changed = [await uow.evaluating.answer(asked.number, who.key, at, text) for who, text in said]
    assert changed == [False, False, True]
    assert await uow.evaluating.answers(asked.number) == ("Ah", "oui")
