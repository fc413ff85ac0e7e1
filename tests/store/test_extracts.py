"""What exports read, over every store: entries between instants, meetings, who came, receipts."""

from dataclasses import replace
from datetime import timedelta

from circle.meetings import Attendance, Meeting, MeetingKind, Presence
from storage.receipts import Receipt


def meeting(number, at, alice, **rest):
    told = {"title": "Régulation", "end": None, "place": None, "by": alice.key}
    return Meeting(
        number=number, kind=MeetingKind.REGULATION, start=at, uid=f"m{number}", **(told | rest)
    )


async def test_entries_between_two_instants_are_those_written_then(uow, littoral, declare, at):
    first = await declare(1)
    second = await declare(2, at=at + timedelta(hours=1))
    found = await uow.ledger.between(littoral.id, at, at + timedelta(hours=1))
    assert [entry.id for entry in found] == [first.id]
    later = await uow.ledger.between(littoral.id, at, at + timedelta(hours=2))
    assert [entry.id for entry in later] == [first.id, second.id]


async def test_all_meetings_come_back_cancelled_ones_too(uow, littoral, artois, alice, at):
    planned = [meeting(1, at, alice), meeting(2, at, alice, cancelled=True)]
    for one in planned:
        await uow.meetings.add(littoral.id, one)
    assert await uow.meetings.all(littoral.id) == tuple(planned)
    assert await uow.meetings.all(artois.id) == ()


async def test_everybody_s_last_word_on_each_occurrence_comes_back(uow, littoral, alice, bob, at):
    await uow.meetings.add(littoral.id, meeting(1, at, alice))
    day = at.date()
    said = Attendance(meeting=1, occurrence=day, person=alice, presence=Presence.EXCUSED, at=at)
    present = replace(said, presence=Presence.PRESENT)
    other = replace(present, person=bob)
    for one in (said, other, present):
        await uow.meetings.attend(littoral.id, one, None)
    found = await uow.meetings.attended(littoral.id)
    assert {(one.person.key, one.presence) for one in found} == {
        (alice.key, Presence.PRESENT),
        (bob.key, Presence.PRESENT),
    }


async def test_receipts_come_back_by_entry(uow, littoral, artois, alice, at):
    for item, name in ((2, "b.pdf"), (1, "a.pdf")):
        sent = Receipt(
            item=item,
            by=alice.key,
            at=at,
            event_id=f"${name}",
            name=name,
            mimetype="application/pdf",
            size=9,
            attachment="{}",
        )
        await uow.receipts.add(littoral.id, sent)
    found = await uow.receipts.of_circle(littoral.id)
    assert [(one.item, one.name, one.sha256) for one in found] == [
        *((1, "a.pdf", None), (2, "b.pdf", None))
    ]
    assert await uow.receipts.of_circle(artois.id) == ()
