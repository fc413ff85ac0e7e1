"""An entry of each kind is kept in the columns of the ledger, and comes back as it was written."""

from datetime import date

import pytest
from sqlalchemy import text

from circle.circles import Circle
from circle.entries import (
    Cancelled,
    Corrected,
    Declared,
    EnvelopeEntry,
    EnvelopeEvent,
    GrantCorrected,
    Granted,
    Invoiced,
    InvoiceTakenBack,
    ItemEntry,
    ItemEvent,
    ItemRefused,
    Paid,
    PaymentTakenBack,
    Postponed,
    ProBono,
    Questioned,
    QuestionTakenBack,
    Regulated,
)
from circle.ledger import EntryKind, Nature
from circle.life import fold, posted
from circle.people import Person
from storage.uow import SqlUnitOfWork
from tests.store.making import Append

ALL_OF_IT = {
    "nature": Nature.EXPENSE,
    "day": date(2026, 11, 24),
    "minutes": 150,
    "amount": 8000,
    "pro_bono": True,
}
REGULATED, INVOICED, PAID = Regulated(8000), Invoiced("F-1", 8000), Paid(8000)


@pytest.fixture
def write(uow: SqlUnitOfWork, littoral: Circle, alice: Person, bob: Person, at):
    """Writes what happens to C1, declared first; the last entry."""

    async def written(*events: ItemEvent) -> ItemEntry:
        told = {"person": alice.key, "payee": bob.key} | ALL_OF_IT
        history: list[ItemEntry] = []
        for event in (Declared(**told), *events):
            made = event if event is not Corrected else Corrected(**told)
            entry = ItemEntry(at=at, by=bob.key, item=1, event=made, what="affiches", source="$1")
            before = fold(history) if history else None
            history.append(await uow.ledger.append(littoral.id, posted(before, entry)))
        return history[-1]

    return written


@pytest.mark.parametrize(
    "events",
    [
        (),
        (Corrected,),
        (Questioned(),),
        (Questioned(), QuestionTakenBack()),
        (Cancelled(),),
        (REGULATED,),
        (ItemRefused(),),
        (ProBono(),),
        (Postponed(),),
        (REGULATED, INVOICED),
        (REGULATED, PAID),
    ],
    ids=lambda events: events[-1].kind if events else EntryKind.DECLARED,
)
async def test_an_entry_of_an_item_comes_back_as_it_was_written(
    uow: SqlUnitOfWork, littoral: Circle, write, events
) -> None:
    entry = await write(*events)
    assert await uow.ledger.latest(littoral.id, 1) == (entry,)


@pytest.mark.parametrize(
    ("done", "undone"), [(INVOICED, InvoiceTakenBack()), (PAID, PaymentTakenBack())]
)
async def test_what_is_taken_back_comes_back_as_taken_back(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, declare: Append, done, undone
) -> None:
    await declare(1, amount=8000)
    await append(EntryKind.REGULATED, item=1, amount=8000)
    first = await append(done.kind, item=1, number="F-1", amount=8000)
    await append(done.kind, item=1, corrects=first.id)
    told = await uow.ledger.history(littoral.id, 1)
    assert [one.event for one in told[2:]] == [done, undone]


@pytest.mark.parametrize("event", [Granted, GrantCorrected])
async def test_an_entry_of_an_envelope_comes_back_as_it_was_written(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, event: type[EnvelopeEvent]
) -> None:
    first = await append(EntryKind.GRANT, amount=9000)
    days = {"period": "2026", "since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    granted = event(amount=8000, funder="MEL", **days)
    corrects = first.id if event is GrantCorrected else None
    entry = EnvelopeEntry(
        at=first.at, by=first.by, event=granted, what="avenant", source="$1", corrects=corrects
    )
    written = await uow.ledger.append(littoral.id, entry)
    [latest, _] = await uow.ledger.latest(littoral.id, 2)
    assert latest == written


async def test_what_corrects_no_envelope_is_refused(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at
) -> None:
    entry = EnvelopeEntry(at=at, by=alice.key, event=GrantCorrected(amount=1))
    with pytest.raises(ValueError, match="corrects no envelope"):
        await uow.ledger.append(littoral.id, entry)


async def test_an_entry_that_lacks_what_its_kind_needs_is_not_read_as_another(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person
) -> None:
    insert = (
        "INSERT INTO entries (circle, kind, at, by, granted, asked, regulated, invoiced, paid, "
        "item, pro_bono) VALUES (:circle, 'regulated', 0, :by, 0, 0, 0, 0, 0, 1, FALSE)"
    )
    await uow.session.run(text(insert), {"circle": littoral.id, "by": alice.key})
    with pytest.raises(ValueError, match="regulated, has no amount"):
        await uow.ledger.latest(littoral.id, 1)
