"""Somebody forgotten is found nowhere: no table keeps a name, an account, or their words."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import events
from circle.actions import Action, ActionChange, ActionEvent
from circle.circles import Circle
from circle.ledger import EntryKind
from circle.meetings import Attendance, Meeting, MeetingKind, Presence, Reminder
from circle.people import Person, Role
from circle.refs import Kind, Ref
from circle.sessions import Point
from circle.votes import Ballot, Rule, Vote
from storage.inbox import Inbox
from storage.mail import Admission, Letter
from storage.origins import Origin
from storage.receipts import Receipt
from storage.tables import metadata
from storage.tables.coordination import answers, questions
from storage.tables.keeping import erasures
from storage.uow import SqlUnitOfWork, Store
from tests.store.making import Append, asked

ROOM = "!littoral:localhost"
DANY = "@dany.echo:localhost"
NAME = "Dany Écho"
WORDS_OF_HERS = (
    *("affiches bleues", "salle trouvée", "trop cher", "mon rappel", "mon point"),
    *("devis.pdf", "bonjour de loin"),
)


async def dump(uow: SqlUnitOfWork) -> str:
    """Everything that every table holds, as text."""
    told: list[str] = []
    for table in metadata.sorted_tables:
        rows = await uow.session.all(select(table))
        told += [" ".join(map(_text, row)) for row in rows]
    return "\n".join(told)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


@pytest.fixture
async def dany(uow: SqlUnitOfWork, littoral: Circle) -> Person:
    await uow.rooms.join(ROOM, DANY, NAME)
    person = await uow.people.with_account(DANY)
    assert person is not None
    await uow.people.set_role(littoral.id, person.key, Role.STEWARD, date(2026, 1, 1), None)
    return person


@pytest.fixture
async def work(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, declare: Append, append: Append,
    alice: Person, at: datetime,
) -> None:  # fmt: skip
    """An action, its notes, a declaration paid and its receipt."""
    circle, moved = littoral.id, ActionChange.PROGRESSED
    action = Action(number=1, title="Portes de dany écho", added_by=dany.key, added_at=at,
                    holders=(dany,))  # fmt: skip
    await uow.actions.add(circle, action)
    for by, text in ((dany, "salle trouvée"), (alice, f"vu avec {NAME} !")):
        await uow.actions.log(circle, ActionEvent(1, moved, by.key, at, text, f"$e{by.name}"))
    await declare(1, person=dany.key, by=dany.key, what="affiches bleues", amount=4000)
    await append(EntryKind.REGULATED, item=1, amount=4000)
    await append(EntryKind.PAID, item=1, amount=4000)
    receipt = Receipt(item=1, by=dany.key, at=at, event_id="$f1", name="devis.pdf",
                      mimetype="application/pdf", size=3, attachment="{}")  # fmt: skip
    await uow.receipts.add(circle, receipt)


@pytest.fixture
async def deciding(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, alice: Person, at: datetime
) -> None:
    """An objection to a vote about her."""
    vote = Vote(number=1, rule=Rule.CONSENT, question="Dany Écho soucieuse ?", opened_at=at,
                opened_by=alice.key, closes=at, closed_at=at,
                electorate=(alice.key, dany.key))  # fmt: skip
    ballot = Ballot(voter=dany.key, at=at, choice="objection", reason="trop cher", source="$b1")
    await uow.votes.add(littoral.id, vote)
    await uow.votes.cast(littoral.id, 1, ballot)


@pytest.fixture
async def meeting(uow: SqlUnitOfWork, littoral: Circle, dany: Person, at: datetime) -> None:
    """A meeting at her place, where she comes, with a point; and a reminder."""
    circle, day = littoral.id, at.date()
    held = Meeting(number=1, kind=MeetingKind.OTHER, title="Atelier", start=at, end=None, uid="u1",
                   place="chez Dany Écho", by=dany.key)  # fmt: skip
    comes = Attendance(meeting=1, occurrence=day, person=dany, presence=Presence.PRESENT, at=at)
    await uow.meetings.add(circle, held)
    await uow.meetings.attend(circle, comes, "$p1")
    await uow.prompts.ask(asked(circle, dany.key, ROOM, at, line="!frais 1.200 mon rappel"))
    reminder = Reminder(number=1, by=dany.key, at=at, text="mon rappel")
    await uow.meetings.add_reminder(circle, reminder)
    point = Point(meeting=1, occurrence=day, by=dany, at=at, text="mon point")
    await uow.sessions.add_point(circle, point)


@pytest.fixture
async def network(uow: SqlUnitOfWork, littoral: Circle, dany: Person) -> None:
    """What came from Matrix and goes there; she has powers in the room."""
    origin = Origin(event_id="$o1", room_id=ROOM, circle=littoral.id, command="action.add",
                    ref=Ref(Kind.ACTION, 1), outcome="done", sender=DANY)  # fmt: skip
    await uow.origins.record(origin)
    powers = {str(dany.matrix_id): 100}
    await uow.rooms.save(ROOM, name="Littoral", direct=False, encrypted=True, powers=powers,
                         default_power=0, state_power=50)  # fmt: skip
    letters = [
        Letter(cause="$c1", ordinal=0, room_id=None, to_user=DANY, event_type="m.room.message",
               content={"body": NAME}),
        Letter(cause="$c2", ordinal=0, room_id=ROOM, to_user=None, event_type="m.room.message",
               content={"body": f"{NAME} ({DANY})"}),
    ]  # fmt: skip
    await uow.outbox.add(letters)


@pytest.fixture
def life(work: None, deciding: None, meeting: None, network: None) -> None:
    """What somebody leaves everywhere."""


@pytest.mark.usefixtures("life")
async def test_what_somebody_leaves_is_there_before(uow: SqlUnitOfWork) -> None:
    told = await dump(uow)
    assert [words for words in (NAME, DANY, *WORDS_OF_HERS[:-1]) if words not in told] == []


@pytest.mark.usefixtures("life")
async def test_nothing_of_somebody_forgotten_is_left(
    uow: SqlUnitOfWork, dany: Person, at: datetime
) -> None:
    await uow.personal.erase(dany, at, "$ask")
    told = (await dump(uow)).casefold()
    sought = (NAME, DANY, "dany.echo", *WORDS_OF_HERS)
    assert [words for words in sought if words.casefold() in told] == []


@pytest.mark.usefixtures("life")
async def test_the_accounts_stay_as_they_were(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, at: datetime
) -> None:
    before = await uow.ledger.totals(littoral.id)
    item = await uow.ledger.item(littoral.id, 1)
    await uow.personal.erase(dany, at, "$ask")
    kept = await uow.ledger.item(littoral.id, 1)
    assert item is not None
    assert kept is not None
    assert await uow.ledger.totals(littoral.id) == before
    assert (kept.person, kept.regulated, kept.paid) == (dany.key, 4000, True)


@pytest.mark.usefixtures("life")
async def test_a_ballot_still_counts_and_is_nobodys(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, at: datetime
) -> None:
    await uow.personal.erase(dany, at, "$ask")
    [ballot] = await uow.votes.ballots(littoral.id, 1)
    vote = await uow.votes.get(littoral.id, 1)
    assert vote is not None
    assert ballot.voter != dany.key
    assert ballot.voter in vote.electorate
    assert dany.key not in vote.electorate


@pytest.mark.usefixtures("life")
async def test_what_they_held_waits_for_somebody(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, at: datetime
) -> None:
    await uow.personal.erase(dany, at, "$ask")
    action = await uow.actions.get(littoral.id, 1)
    assert action is not None
    assert action.holders == ()
    assert await uow.people.member(littoral.id, dany.key) is None


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize(("later", "attendances"), [(0, 0), (2, 1)])
async def test_they_are_expected_nowhere_but_where_they_came_stays_proved(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, at: datetime, later: int, attendances: int
) -> None:
    await uow.personal.erase(dany, at + timedelta(days=later), "$ask")
    assert len(await uow.meetings.attendance(littoral.id, 1, at.date())) == attendances


async def test_their_answers_to_evaluations_are_gone(
    uow: SqlUnitOfWork, littoral: Circle, dany: Person, alice: Person, at: datetime
) -> None:
    asked = {"circle": littoral.id, "by": alice.key, "at": at, "text": "Et vous ?"}
    await uow.session.run(questions.insert(), asked | {"id": 1})
    for person, text in ((dany, "fatiguée"), (alice, "bien")):
        said = {"question": 1, "person": person.key, "at": at, "text": text}
        await uow.session.run(answers.insert(), said)
    assert "fatiguée" in str((await uow.personal.held(dany)).sections["answers"])
    await uow.personal.erase(dany, at, "$ask")
    assert [row.text for row in await uow.session.all(select(answers.c.text))] == ["bien"]


def message(sender: str, body: str) -> bytes:
    return events.encode(events.Message(id="$", room=ROOM, sender=sender, at=1, body=body))


async def test_messages_received_are_forgotten(store: Store, at: datetime) -> None:
    inbox = Inbox(store.engine)
    mine, other, asking = (
        Admission(event_id=event, room_id=ROOM, at_ms=1, payload=message(sender, body))
        for event, sender, body in (
            ("$m1", DANY, "bonjour"),
            ("$m2", "@bob:localhost", f"salut {DANY} !"),
            ("$ask", DANY, "effacer"),
        )
    )
    await inbox.admit("@souci:localhost", [mine, other, asking], None)
    async with store.transaction() as uow:
        for event in ("$m1", "$m2"):
            await uow.inbox.finish(event)
        person = await uow.people.ensure(DANY, NAME)
        await uow.personal.erase(person, at, "$ask")
    async with store.transaction() as uow:
        assert "@bob:localhost" in (told := await dump(uow))
        assert [words for words in (DANY, "bonjour", "effacer") if words in told] == []


@pytest.mark.usefixtures("life")
async def test_a_file_that_proves_something_else_is_kept(
    uow: SqlUnitOfWork, declare: Append, littoral: Circle, dany: Person,
    at: datetime,
) -> None:  # fmt: skip
    await declare(2)
    for number, item in enumerate((1, 2), start=2):
        receipt = Receipt(item=item, by=dany.key, at=at, event_id=f"$f{number}", name="x",
                          mimetype="a/b", size=1, attachment="{}")  # fmt: skip
        await uow.receipts.add(littoral.id, receipt)
    table = metadata.tables["receipts"]
    await uow.session.run(table.update().where(table.c.item == 2).values(sha256="shared"))
    await uow.session.run(table.update().where(table.c.event_id == "$f2").values(sha256="shared"))
    await uow.session.run(table.update().where(table.c.event_id == "$f1").values(sha256="mine"))
    await uow.personal.erase(dany, at, "$ask")
    [row] = await uow.session.all(select(erasures.c.files))
    assert row.files == ("mine",)


@pytest.mark.usefixtures("life")
async def test_who_comes_back_is_somebody_new(
    uow: SqlUnitOfWork, dany: Person, at: datetime
) -> None:
    await uow.personal.erase(dany, at, "$ask")
    again = await uow.people.ensure(DANY, NAME)
    assert again.key != dany.key


@pytest.mark.usefixtures("life")
async def test_somebody_else_is_left_alone(
    uow: SqlUnitOfWork, dany: Person, alice: Person, at: datetime
) -> None:
    await uow.personal.erase(dany, at, "$ask")
    assert await uow.people.get(alice.key) == alice


@pytest.mark.usefixtures("life")
async def test_all_that_is_held_is_told_before(uow: SqlUnitOfWork, dany: Person) -> None:
    held = await uow.personal.held(dany)
    told = str(held)
    assert [words for words in WORDS_OF_HERS[:-1] if words not in told] == []
    assert {name for name, rows in held.sections.items() if not rows} <= {
        "votes", "settings", "messages", "answers", "sessions", "questions", "broadcasts",
        "workstreams",
    }  # fmt: skip
