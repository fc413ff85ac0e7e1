"""The last entries of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from circle.attribution import Attribution
from circle.circles import Circle
from circle.entries import Entry, ItemEntry, QuestionTakenBack, particulars
from circle.people import Person
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.budget.replies import LedgerLine, LedgerList
from commands.kernel.command import Command, Request
from commands.kernel.reply import Reply
from commands.kernel.topics import Topic
from commands.reading.readers import COUNT
from commands.shared.common import money
from commands.shared.holding import moved

DEFAULT_LINES = 10
MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class LinesArgs:
    """How many lines."""

    count: Annotated[int, COUNT] = DEFAULT_LINES


async def ledger(request: Request[LinesArgs], uow: UnitOfWork) -> Reply:
    """The last entries, latest first."""
    here = request.here
    entries = await uow.ledger.latest(here.id, min(request.args.count, MOST_LINES))
    people = await uow.people.many({entry.by for entry in entries})
    envelopes = {
        entry: Ref(Kind.ENVELOPE, envelope.number)
        for envelope in await uow.ledger.envelopes(here.id)
        for entry in envelope.entries
    }
    caused = await uow.ledger.caused_by(here.id, {entry.id or 0 for entry in entries})
    items = tuple(
        _line(here, entry, people[entry.by], envelopes.get(entry.id), caused.get(entry.id or 0, ()))
        for entry in entries
    )
    since = await uow.ledger.attributed_since(here.id)
    reached = since is not None and (not entries or entries[-1].at <= since)
    return Reply(LedgerList(items=items, count=len(items), attributed=since if reached else None))


def _line(
    circle: Circle,
    entry: Entry,
    by: Person,
    envelope: Ref | None,
    caused: Sequence[Attribution],
) -> LedgerLine:
    """An entry as it is listed; `envelope`: the one it tells of, None for that of an item."""
    line = particulars(entry.event)
    item = entry if isinstance(entry, ItemEntry) else None
    return LedgerLine(
        at=entry.at,
        kind=entry.event.kind,
        id=Ref(Kind.ENTRY, item.item) if item else envelope,
        member=by,
        amount=money(line.amount, circle),
        minutes=line.minutes,
        what=entry.what,
        funder=line.funder,
        number=line.number,
        corrects=entry.corrects is not None and not isinstance(entry.event, QuestionTakenBack),
        alone=item is not None and item.alone,
        moves=moved(circle, caused),
    )


COMMANDS = (
    Command(
        key="ledger.list",
        topic=Topic.MONEY,
        names=("journal", "ledger"),
        args=LinesArgs,
        run=ledger,
        personal=True,
        examples={"fr": ("journal", "journal 20"), "en": ("ledger", "ledger 20")},
    ),
)
