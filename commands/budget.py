"""The contributive budget: envelopes, figures, the last entries."""

from dataclasses import dataclass
from typing import Annotated

from circle.circles import Workstream
from circle.figures import Figures
from circle.ledger import Entry, EntryKind, Postings
from circle.money import Money
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.common import figures, get_item, money
from commands.kernel import Command, Picture, Refusal, Reply, Request, Right
from commands.reading.readers import (
    AMOUNT,
    COUNT,
    FOR_PERIOD,
    FOR_WORKSTREAM,
    FROM_FUNDER,
    reference,
    text,
)

ENTRY = reference(Kind.ENTRY)
INVOICE_NUMBER = text("NUMÉRO", "NUMBER", limit=60)

DEFAULT_LINES = 10
MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class GrantArgs:
    """An amount in cents, and where it comes from."""

    amount: Annotated[int, AMOUNT]
    funder: Annotated[str | None, FROM_FUNDER] = None
    workstream: Annotated[Workstream | None, FOR_WORKSTREAM] = None
    period: Annotated[str | None, FOR_PERIOD] = None


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Nothing more to say."""


@dataclass(frozen=True, slots=True)
class LinesArgs:
    """How many lines."""

    count: Annotated[int, COUNT] = DEFAULT_LINES


@dataclass(frozen=True, slots=True)
class InvoiceArgs:
    """An item and the number of its invoice."""

    entry: Annotated[Ref, ENTRY]
    number: Annotated[str, INVOICE_NUMBER]


@dataclass(frozen=True, slots=True)
class EntryArgs:
    """An item."""

    entry: Annotated[Ref, ENTRY]


def told(budget: Figures, currency: str) -> dict[str, object]:
    """The figures, as every answer tells them."""
    names = ("granted", "committed", "asked", "regulated", "invoiced", "paid", "available")
    return {name: Money(getattr(budget, name), currency) for name in names}


async def grant(request: Request[GrantArgs], uow: UnitOfWork) -> Reply:
    """Enter an envelope."""
    args = request.args
    if args.amount == 0:
        raise Refusal("money.zero")
    entry = Entry(
        kind=EntryKind.GRANT,
        at=request.at,
        by=request.person.key,
        postings=Postings(granted=args.amount),
        amount=args.amount,
        funder=args.funder,
        workstream=args.workstream.id if args.workstream else None,
        period=args.period,
        source=request.event,
    )
    await uow.ledger.append(request.here.id, entry)
    budget = await figures(uow, request.here.id)
    values = {
        "amount": money(args.amount, request.here),
        "funder": args.funder,
        "workstream": args.workstream.name if args.workstream else None,
        "period": args.period,
        "available": money(budget.available, request.here),
    }
    return Reply(key="budget.granted", values=values)


async def status(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """The figures of the budget, and their picture."""
    budget = await figures(uow, request.here.id)
    values = told(budget, request.here.currency)
    values |= {"circle": request.here.name}
    pictures = (Picture("budget", values),) if budget.granted or budget.regulated else ()
    return Reply(key="budget.status", values=values, attachments=pictures)


async def ledger(request: Request[LinesArgs], uow: UnitOfWork) -> Reply:
    """The last entries, latest first."""
    count = min(request.args.count, MOST_LINES)
    entries = await uow.ledger.latest(request.here.id, count)
    people = await uow.people.many({entry.by for entry in entries})
    items = tuple(
        {
            "at": entry.at,
            "kind": entry.kind,
            "id": Ref(Kind.ENTRY, entry.item) if entry.item else None,
            "member": people[entry.by],
            "amount": money(entry.amount, request.here),
            "minutes": entry.minutes,
            "what": entry.what,
            "funder": entry.funder,
            "number": entry.number,
        }
        for entry in entries
    )
    return Reply(key="ledger.list", values={"items": items, "count": len(items)})


async def invoice(request: Request[InvoiceArgs], uow: UnitOfWork) -> Reply:
    """Give a regulated item its invoice number."""
    number = request.args.number
    return await _settle(request, uow, request.args.entry.number, EntryKind.INVOICED, number)


async def pay(request: Request[EntryArgs], uow: UnitOfWork) -> Reply:
    """Mark a regulated item as paid."""
    return await _settle(request, uow, request.args.entry.number, EntryKind.PAID, None)


async def _settle(
    request: Request[InvoiceArgs] | Request[EntryArgs],
    uow: UnitOfWork,
    item_number: int,
    kind: EntryKind,
    number: str | None,
) -> Reply:
    item = await get_item(uow, request.here.id, item_number)
    ref = Ref(Kind.ENTRY, item_number)
    if item.regulated is None:
        raise Refusal("entry.not-regulated", id=ref, state=item.state)
    entries = {EntryKind.INVOICED: item.invoice is not None, EntryKind.PAID: item.paid}
    if entries[kind]:
        raise Refusal("entry.already-settled", id=ref, state=item.state, number=item.invoice)
    amount = item.regulated
    postings = Postings(invoiced=amount) if kind is EntryKind.INVOICED else Postings(paid=amount)
    entry = Entry(
        kind=kind,
        at=request.at,
        by=request.person.key,
        postings=postings,
        item=item_number,
        amount=amount,
        number=number,
        corrects=None,
        source=request.event,
    )
    await uow.ledger.append(request.here.id, entry)
    person = await uow.people.get(item.person)
    values = {
        "id": ref,
        "member": person,
        "amount": money(amount, request.here),
        "number": number or item.invoice,
        "what": item.what,
    }
    key = "entry.invoiced" if kind is EntryKind.INVOICED else "entry.paid"
    return Reply(key=key, values=values, subject=ref)


COMMANDS = (
    Command(
        key="budget.grant",
        names=("doter", "grant"),
        args=GrantArgs,
        run=grant,
        right=Right.STEWARD,
        examples={
            "fr": ("doter 1 200 € de la Région période 2026", "doter 800 € pour Accueil"),
            "en": ("grant 1200 € from the Region period 2026",),
        },
    ),
    Command(
        key="budget.status",
        names=("budget", "balance"),
        english="budget",
        args=NoArgs,
        run=status,
        examples={"fr": ("budget",), "en": ("budget",)},
    ),
    Command(
        key="ledger.list",
        names=("journal", "ledger"),
        args=LinesArgs,
        run=ledger,
        examples={"fr": ("journal", "journal 20"), "en": ("ledger", "ledger 20")},
    ),
    Command(
        key="entry.invoice",
        names=("facture", "invoiced"),
        args=InvoiceArgs,
        run=invoice,
        right=Right.STEWARD,
        examples={"fr": ("facture C12 F-2026-031",), "en": ("invoiced C12 F-2026-031",)},
    ),
    Command(
        key="entry.pay",
        names=("payé", "paid"),
        args=EntryArgs,
        run=pay,
        right=Right.STEWARD,
        examples={"fr": ("payé C12",), "en": ("paid C12",)},
    ),
)
