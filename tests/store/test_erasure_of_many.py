"""Many people called like words of the program are forgotten: every other row stays as it was."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select

from circle.actions import Action, ActionChange, ActionEvent
from circle.circles import Circle, Setting
from circle.meetings import Meeting, MeetingKind, Reminder
from circle.people import Person
from circle.rounds import CheckIn, CheckInWord, Round
from circle.votes import Ballot, Option, Rule, Vote
from storage.mail import Letter
from storage.receipts import Receipt
from storage.soundness import undecodable
from storage.tables import metadata
from storage.tables.mail import inbox
from storage.uow import SqlUnitOfWork
from tests.security.names import names
from tests.store.making import Append

FILE = '{"name":"id","url":"mxc://l/id","size":100}'
SUMMED = frozenset({"balances", "erasures"})
Rows = dict[str, list[tuple[object, ...]]]


async def rows(uow: SqlUnitOfWork) -> Rows:
    return {
        table.name: [tuple(row) for row in await uow.session.all(select(table))]
        for table in metadata.sorted_tables
        if table.name not in SUMMED
    }


@pytest.fixture
async def work(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, bob: Person, declare: Append, at: datetime
) -> None:
    """Texts of others in every column where people write, with words that are names too."""
    circle, title = littoral.id, "Affiches bleues à Paris, Fête Nationale, 100 null true"
    await uow.actions.add(circle, Action(1, title, alice.key, at))
    await uow.actions.log(circle, ActionEvent(1, ActionChange.PROGRESSED, bob.key, at, title, "$1"))
    await uow.circles.add_workstream(circle, "Portes ouvertes", bob.key)
    for name, value in (("timezone", "Europe/Paris"), ("robots", ("@id:localhost.org",))):
        await uow.circles.add_setting(circle, Setting(name, value, at.date(), alice.key, at))
    await declare(1, person=bob.key, by=bob.key, what=title, amount=4000)
    vote = Vote(number=1, rule=Rule.APPROVAL, question=title, opened_at=at, opened_by=alice.key,
                closes=at, electorate=(alice.key, bob.key),
                options=(Option("id", "text"), Option("null", title, 100)))  # fmt: skip
    await uow.votes.add(circle, vote)
    ballot = Ballot(voter=bob.key, at=at, choice=("id", "null"), reason=title, source="$b")
    await uow.votes.cast(circle, 1, ballot)
    held = Meeting(number=1, kind=MeetingKind.OTHER, title=title, start=at, end=None, uid="u1",
                   place="Paris", by=alice.key)  # fmt: skip
    await uow.meetings.add(circle, held)
    await uow.meetings.add_reminder(circle, Reminder(number=1, by=bob.key, at=at, text=title))
    receipt = Receipt(item=1, by=bob.key, at=at, event_id="$f", name=title, mimetype="text/plain",
                      size=100, attachment=FILE)  # fmt: skip
    await uow.receipts.add(circle, receipt)
    words = CheckIn("body ?", (CheckInWord(bob.key, title, "$w"),))
    await uow.rounds.save(circle, Round(number=1, by=alice.key, opened_at=at, held=words))


@pytest.fixture
async def network(uow: SqlUnitOfWork, littoral: Circle) -> None:
    """The room with its powers; what was heard there, and what waits to be said."""
    powers = {"@alice:localhost": 100, "@bob:localhost": 9007199254740992}
    await uow.rooms.save(littoral.room_id, name="Littoral", direct=False, encrypted=True,
                         powers=powers, default_power=0, state_power=50)  # fmt: skip
    await uow.rooms.join_all(littoral.room_id, {"@bob:localhost": "Bob"})
    body = b'{"type":"message","sender":"@bob:localhost","at":1,"body":"id 100 Paris","html":null}'
    heard = {"event_id": "$i", "room_id": littoral.room_id, "at_ms": 1, "finished": True}
    await uow.session.run(insert(inbox), heard | {"account": "", "payload": body})
    content = {"body": "Affiches 100", "org.souci.reply": {"key": "id", "values": {"text": "id"}}}
    letter = Letter(cause="$c", ordinal=0, room_id=littoral.room_id, to_user=None,
                    event_type="m.room.message", content=content)  # fmt: skip
    await uow.outbox.add([letter])


@pytest.mark.usefixtures("work", "network")
async def test_nothing_of_anybody_else_is_changed(
    uow: SqlUnitOfWork, littoral: Circle, at: datetime
) -> None:
    before = await rows(uow)
    for number, name in enumerate(names(60)):
        user = f"@{name}:localhost" if name in {"id", "text", "null", "100"} else f"@z{number}:l"
        await uow.rooms.join(littoral.room_id, user, name, at=at + timedelta(minutes=1))
        person = await uow.people.with_account(user)
        assert person is not None
        await uow.personal.erase(person, at + timedelta(days=1), "$ask")
    after = await rows(uow)
    lost = {
        name: [row for row in found if row not in after[name]] for name, found in before.items()
    }
    assert {name: found for name, found in lost.items() if found} == {}
    assert await undecodable(uow.session) == []
