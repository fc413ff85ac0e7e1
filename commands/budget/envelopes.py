"""The contributive budget: envelopes, figures, the last entries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from circle.circles import Circle, Workstream
from circle.entries import Entry, EnvelopeEntry, Granted, ItemEntry, QuestionTakenBack, particulars
from circle.envelopes import Use, spend
from circle.figures import Figures
from circle.ledger import Postings
from circle.money import Cents, Money
from circle.people import Person
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.budget.refusals import MoneyZero
from commands.budget.replies import (
    BudgetFigures,
    BudgetGranted,
    BudgetPicture,
    BudgetStatus,
    EnvelopeGroup,
    LedgerLine,
    LedgerList,
)
from commands.kernel.command import Command, Request, Right
from commands.kernel.reply import Picture, Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading import budget_rows as rows
from commands.reading.readers import (
    AMOUNT,
    COUNT,
    FOR_PERIOD,
    FOR_WORKSTREAM,
    FROM_FUNDER,
    Answer,
    choice,
    option,
)
from commands.shared.common import figures, money
from commands.shared.periods import dated

DEFAULT_LINES = 10
MOST_LINES = 30

BY = option(
    "par",
    "by",
    read=choice(
        Answer("funder", "financeur", "funder", ("financeurs", "funders")),
        Answer("workstream", "chantier", "workstream", ("chantiers", "workstreams")),
        Answer("period", "période", "period", ("périodes", "periods")),
        Answer("envelope", "enveloppe", "envelope", ("enveloppes", "envelopes")),
    ),
)


@dataclass(frozen=True, slots=True)
class GrantArgs:
    """An amount in cents, and where it comes from."""

    amount: Annotated[int, AMOUNT, rows.GRANT_AMOUNT]
    funder: Annotated[str | None, FROM_FUNDER, rows.GRANT_FUNDER] = None
    workstream: Annotated[Workstream | None, FOR_WORKSTREAM, rows.GRANT_STREAM] = None
    period: Annotated[str | None, FOR_PERIOD, rows.GRANT_PERIOD] = None


@dataclass(frozen=True, slots=True)
class BudgetArgs:
    """How to split the envelopes."""

    by: Annotated[str | None, BY] = None


@dataclass(frozen=True, slots=True)
class LinesArgs:
    """How many lines."""

    count: Annotated[int, COUNT] = DEFAULT_LINES


def told(budget: Figures, currency: str) -> BudgetFigures:
    """The figures, as every answer tells them."""
    return BudgetFigures(
        granted=Money(budget.granted, currency),
        committed=Money(budget.committed, currency),
        asked=Money(budget.asked, currency),
        regulated=Money(budget.regulated, currency),
        invoiced=Money(budget.invoiced, currency),
        paid=Money(budget.paid, currency),
        available=Money(budget.available, currency),
        missing=Money(max(0, -budget.available), currency),
    )


async def grant(request: Request[GrantArgs], uow: UnitOfWork) -> Reply:
    """Enter an envelope."""
    args, circle = request.args, request.here
    if args.amount == 0:
        raise Refusal(MoneyZero())
    await uow.circles.lock(circle.id)
    entry = EnvelopeEntry(
        at=request.at,
        by=request.person.key,
        event=Granted(
            amount=Cents(args.amount),
            funder=args.funder,
            workstream=args.workstream.id if args.workstream else None,
            period=args.period,
        ),
        postings=Postings(granted=args.amount),
        source=request.event,
    )
    await uow.ledger.append(circle.id, entry)
    budget = await figures(uow, circle.id)
    ref = Ref(Kind.ENVELOPE, len(await uow.ledger.envelopes(circle.id)))
    granted = BudgetGranted(
        id=ref,
        amount=money(args.amount, circle),
        funder=args.funder,
        workstream=args.workstream.name if args.workstream else None,
        period=args.period,
        available=money(budget.available, circle),
    )
    return Reply(granted, subject=ref)


async def status(request: Request[BudgetArgs], uow: UnitOfWork) -> Reply:
    """The figures of the budget, and their picture."""
    circle, by = request.here, request.args.by
    found = told(await figures(uow, circle.id), circle.currency)
    items = await _split(uow, circle, by)
    return Reply(
        BudgetStatus(figures=found, circle=circle.name, by=by, items=items),
        attachments=(Picture(_pictured(found, circle)),),
    )


def _pictured(found: BudgetFigures, circle: Circle) -> BudgetPicture:
    return BudgetPicture(
        granted=found.granted,
        committed=found.committed,
        asked=found.asked,
        regulated=found.regulated,
        invoiced=found.invoiced,
        paid=found.paid,
        available=found.available,
        circle=circle.name,
    )


async def _split(uow: UnitOfWork, circle: Circle, by: str | None) -> tuple[EnvelopeGroup, ...]:
    """The envelopes together by funder, workstream or period; what each was used for."""
    if by is None:
        return ()
    envelopes = dated(await uow.ledger.envelopes(circle.id))
    uses = spend(envelopes, await uow.ledger.spendings(circle.id))
    names = {one.id: one.name for one in await uow.circles.workstreams(circle.id)}
    name_of: Mapping[str, Callable[[Use], str | None]] = {
        "funder": lambda use: use.envelope.funder,
        "workstream": lambda use: names.get(use.envelope.workstream or 0),
        "period": lambda use: use.envelope.period,
        "envelope": lambda use: str(Ref(Kind.ENVELOPE, use.envelope.number)),
    }
    groups: dict[str | None, list[Use]] = {}
    for use in uses:
        groups.setdefault(name_of[by](use), []).append(use)
    return tuple(
        _group(circle, name, together, _details(together, names if by == "envelope" else None))
        for name, together in groups.items()
    )


def _details(uses: Sequence[Use], workstreams: Mapping[int, str] | None) -> tuple[str | Ref, ...]:
    """The envelopes that are together; of one alone, where it comes from and what it is for."""
    if workstreams is None:
        return tuple(Ref(Kind.ENVELOPE, use.envelope.number) for use in uses)
    one = uses[0].envelope
    words = (one.funder, workstreams.get(one.workstream or 0), one.period)
    return tuple(word for word in words if word)


def _group(
    circle: Circle, name: str | None, together: Sequence[Use], details: tuple[str | Ref, ...]
) -> EnvelopeGroup:
    return EnvelopeGroup(
        name=name,
        granted=money(sum(use.envelope.amount for use in together), circle),
        regulated=money(sum(use.spent for use in together), circle),
        paid=money(sum(use.paid for use in together), circle),
        left=money(sum(use.left for use in together), circle),
        details=details,
    )


async def ledger(request: Request[LinesArgs], uow: UnitOfWork) -> Reply:
    """The last entries, latest first."""
    count = min(request.args.count, MOST_LINES)
    entries = await uow.ledger.latest(request.here.id, count)
    people = await uow.people.many({entry.by for entry in entries})
    envelopes = {
        entry: Ref(Kind.ENVELOPE, envelope.number)
        for envelope in await uow.ledger.envelopes(request.here.id)
        for entry in envelope.entries
    }
    items = tuple(
        _line(request.here, entry, people[entry.by], envelopes.get(entry.id)) for entry in entries
    )
    return Reply(LedgerList(items=items, count=len(items)))


def _line(circle: Circle, entry: Entry, by: Person, envelope: Ref | None) -> LedgerLine:
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
    )


COMMANDS = (
    Command(
        key="budget.grant",
        topic=Topic.MONEY,
        names=("doter", "grant"),
        args=GrantArgs,
        run=grant,
        right=Right.STEWARD,
        told=frozenset({BudgetGranted}),
        examples={
            "fr": ("doter 1 200 € de la Région période 2026", "doter 800 € pour Accueil"),
            "en": ("grant 1200 € from the Region period 2026",),
        },
    ),
    Command(
        key="budget.status",
        topic=Topic.MONEY,
        names=("budget", "balance"),
        english="budget",
        args=BudgetArgs,
        run=status,
        examples={"fr": ("budget", "budget par financeur"), "en": ("budget", "budget by funder")},
    ),
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
