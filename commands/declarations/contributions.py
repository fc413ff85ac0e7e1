"""Work and expenses, declared openly (docs/domain.md: The contributive budget)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from circle.ledger import WAITING, Entry, EntryKind, Item, ItemState, Nature
from circle.life import corrected_by, posted
from circle.money import Money
from circle.people import Person
from circle.ports import ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Command, Refusal, Reply, Request, Unheard
from commands.reading import work_rows as work
from commands.reading.readers import (
    AMOUNT,
    AS_PRO_BONO,
    ASKED,
    BY_WHO,
    EFFORT,
    ON_DAY,
    SINCE,
    TEXT,
    TO_STRUCTURE,
    WHO_OR_NEW,
    Answer,
    choice,
    option,
    shape,
    tagged,
)
from commands.shared.common import PAGE, figures, money, next_regulation, only_author, promote
from commands.shared.items import locked_item, told_items, write

ABOUT = tagged(Kind.ACTION, Kind.VOTE)
FOR_ANYONE = option("pour", "for", read=WHO_OR_NEW)
STANDING: Mapping[str, frozenset[ItemState]] = {
    "to-decide": WAITING,
    "to-invoice": frozenset({ItemState.REGULATED}),
    "to-pay": frozenset({ItemState.REGULATED, ItemState.INVOICED}),
}
STANDING_WORDS = choice(
    Answer("to-decide", "à décider", "to decide", ("en attente", "waiting")),
    Answer("to-invoice", "à facturer", "to invoice"),
    Answer("to-pay", "à payer", "to pay", ("impayées", "unpaid")),
)


@dataclass(frozen=True, slots=True)
class ContributionArgs:
    """Effort, what was done, and options in any order. `asked` in cents."""

    minutes: Annotated[int, EFFORT, work.WORK_MINUTES]
    what: Annotated[str, TEXT, work.WORK_TEXT]
    about: Annotated[Ref | None, ABOUT, work.WORK_ABOUT] = None
    day: Annotated[date | None, ON_DAY, work.WORK_DAY] = None
    asked: Annotated[int | None, ASKED, work.WORK_ASKED] = None
    pro_bono: Annotated[bool, AS_PRO_BONO, work.WORK_PRO_BONO] = False
    person: Annotated[Person | str | None, FOR_ANYONE, work.WORK_PERSON] = None
    payee: Annotated[Person | None, TO_STRUCTURE, work.WORK_PAYEE] = None


@dataclass(frozen=True, slots=True)
class ExpenseArgs:
    """An amount, what it paid for, and options in any order."""

    amount: Annotated[int, AMOUNT, work.EXPENSE_AMOUNT_READ]
    what: Annotated[str, TEXT, work.EXPENSE_TEXT]
    about: Annotated[Ref | None, ABOUT, work.WORK_ABOUT] = None
    day: Annotated[date | None, ON_DAY, work.WORK_DAY] = None
    person: Annotated[Person | str | None, FOR_ANYONE, work.WORK_PERSON] = None
    payee: Annotated[Person | None, TO_STRUCTURE, work.WORK_PAYEE] = None


@dataclass(frozen=True, slots=True)
class ListArgs:
    """Where they stand, whose, since when."""

    standing: Annotated[str | None, shape(STANDING_WORDS)] = None
    person: Annotated[Person | None, BY_WHO] = None
    since: Annotated[date | None, SINCE] = None


async def contribute(request: Request[ContributionArgs], uow: UnitOfWork) -> Reply:
    """Declare work; an edited message corrects it, its number kept."""
    args = request.args
    if args.pro_bono and args.asked is not None:
        raise Refusal("contribution.both", amount=Money(args.asked, request.here.currency))
    return await _declare(request, uow, Nature.CONTRIBUTION, args, args.minutes, args.asked)


async def spend(request: Request[ExpenseArgs], uow: UnitOfWork) -> Reply:
    """Declare an expense; an edited message corrects it, its number kept."""
    return await _declare(request, uow, Nature.EXPENSE, request.args, None, request.args.amount)


async def _declare(
    request: Request[ContributionArgs] | Request[ExpenseArgs],
    uow: UnitOfWork,
    nature: Nature,
    args: ContributionArgs | ExpenseArgs,
    minutes: int | None,
    asked: int | None,
) -> Reply:
    person = await _worker(request, uow, args.person)
    action, vote = await _about(request, uow, args.about)
    entry = Entry(
        kind=EntryKind.DECLARED,
        at=request.at,
        by=request.person.key,
        nature=nature,
        person=person.key,
        payee=args.payee.key if args.payee else None,
        day=args.day or request.said_at.date(),
        minutes=minutes,
        amount=asked,
        pro_bono=getattr(args, "pro_bono", False),
        action=action,
        vote=vote,
        what=args.what,
        source=request.event,
    )
    if request.edited is not None:
        entry = await _correction(request, uow, entry, request.edited.number, args.day)
    else:
        number = await uow.circles.next_number(request.here.id, Kind.ENTRY)
        entry = posted(None, replace(entry, item=number))
    was = await _asked_before(request, uow)
    written = await uow.ledger.append(request.here.id, entry)
    promoted = await promote(request, uow, person)
    reply = await _declared(request, uow, written, person, promoted=promoted)
    return replace(reply, values={**reply.values, "was": money(was, request.here)})


async def _asked_before(request: Request[Any], uow: UnitOfWork) -> int | None:
    """What the item that an edit corrects asked until then, in cents."""
    if request.edited is None:
        return None
    item = await uow.ledger.item(request.here.id, request.edited.number)
    return item.asked if item else None


async def _worker(
    request: Request[ContributionArgs] | Request[ExpenseArgs],
    uow: UnitOfWork,
    said: Person | str | None,
) -> Person:
    """Who did the work. Only stewards declare for a person without an account."""
    if not isinstance(said, str):
        return said or request.person
    if not request.may_manage():
        raise Refusal("who.unknown", word=said, choices=())
    return await uow.people.add_named(request.here.id, said, structure=False)


async def _about(
    request: Request[ContributionArgs] | Request[ExpenseArgs], uow: UnitOfWork, ref: Ref | None
) -> tuple[int | None, int | None]:
    """The action and the vote that the entry names; a thing replied to counts as named."""
    if ref is None and request.about and request.about.kind in {Kind.ACTION, Kind.VOTE}:
        ref = request.about
    if ref is None:
        return None, None
    circle = request.here.id
    known = (
        await uow.actions.get(circle, ref.number)
        if ref.kind is Kind.ACTION
        else await uow.votes.get(circle, ref.number)
    )
    if known is None:
        raise Refusal("id.unknown", id=ref)
    return (ref.number, None) if ref.kind is Kind.ACTION else (None, ref.number)


async def _correction(
    request: Request[ContributionArgs] | Request[ExpenseArgs],
    uow: UnitOfWork,
    entry: Entry,
    number: int,
    day: date | None,
) -> Entry:
    """The entry as its edited message tells it; without `day`, the one it had stays."""
    before = await _undecided(request, uow, number)
    told = await uow.ledger.history(request.here.id, number)
    corrects = corrected_by(EntryKind.CORRECTED, told)
    retold = replace(entry, kind=EntryKind.CORRECTED, item=number, corrects=corrects)
    retold = replace(retold, day=day or before.day)
    return posted(before, retold)


async def _undecided(request: Request[object], uow: UnitOfWork, number: int) -> Item:
    item = await locked_item(request, uow, number)
    only_author(request, item.declared_by, item.person)
    if item.state not in WAITING:
        raise Refusal("refused.decided", id=Ref(Kind.ENTRY, number), state=item.state)
    return item


async def cancel(request: Request[object], uow: UnitOfWork, number: int) -> Reply:
    """Cancel one's own undecided entry (or anybody's, for a steward): a new entry says so."""
    item = await _undecided(request, uow, number)
    await write(request, uow, item, EntryKind.CANCELLED)
    ref = Ref(Kind.ENTRY, number)
    values = {"id": ref, "what": item.what, "amount": money(item.asked, request.here)}
    return Reply(key="entry.cancelled", values=values, subject=ref)


async def undeclare(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that declared it was deleted."""
    if request.about is None:
        raise Unheard
    return await cancel(request, uow, request.about.number)


async def _declared(
    request: Request[ContributionArgs] | Request[ExpenseArgs],
    uow: UnitOfWork,
    entry: Entry,
    person: Person,
    *,
    promoted: bool,
) -> Reply:
    circle = request.here
    contribution = entry.nature is Nature.CONTRIBUTION
    budget = await figures(uow, circle.id)
    action = await uow.actions.get(circle.id, entry.action) if entry.action else None
    ref = Ref(Kind.ENTRY, entry.item or 0)
    values: dict[str, object] = {
        "id": ref,
        "member": person,
        "what": entry.what,
        "day": entry.day,
        "action": Ref(Kind.ACTION, entry.action) if entry.action else None,
        "title": action.title if action else None,
        "vote": Ref(Kind.VOTE, entry.vote) if entry.vote else None,
        "payee": await uow.people.get(entry.payee) if entry.payee else None,
        "unfunded": entry.amount is not None and budget.available <= 0,
        "corrected": request.edited is not None,
        "promoted": promoted,
        "today": entry.day == request.at.date(),
        "own": person.key == request.person.key,
        "regulation": await next_regulation(uow, circle.id, request.at),
    }
    amount = money(entry.amount, circle)
    values |= (
        {"minutes": entry.minutes, "asked": amount, "pro_bono": entry.pro_bono}
        if contribution
        else {"amount": amount}
    )
    key = "contribution.declared" if contribution else "expense.declared"
    return Reply(key=key, values=values, subject=ref)


async def show(request: Request[ListArgs], uow: UnitOfWork) -> Reply:
    """What was declared last, or the first of what still waits for something."""
    args = request.args
    which = ItemFilter(
        person=args.person.key if args.person else None,
        since=args.since,
        states=STANDING[args.standing] if args.standing else None,
    )
    count = await uow.ledger.count_items(request.here.id, which)
    first = 0 if args.standing else max(0, count - PAGE)
    items = await uow.ledger.items(request.here.id, which, PAGE, first)
    values = {
        "items": await told_items(uow, request.here, items),
        "count": count,
        "more": count - len(items),
        "member": args.person,
        "since": args.since,
        "standing": args.standing,
    }
    return Reply(key="contribution.list", values=values)


COMMANDS = (
    Command(
        key="contribution.declare",
        names=("contribution", "contrib"),
        english="contribution",
        args=ContributionArgs,
        run=contribute,
        told=frozenset({"contribution.declared", "entry.cancelled"}),
        undo=undeclare,
        editable=True,
        examples={
            "fr": (
                "contribution 2h30 affiches et réseaux #A1 80 €",
                "contribution 1h accueil du samedi le 12 novembre bénévole",
            ),
            "en": (
                "contribution 2h30 posters and networks #A1 80 €",
                "contribution 1h Saturday welcome pro bono",
            ),
        },
    ),
    Command(
        key="expense.declare",
        names=("frais", "expense"),
        args=ExpenseArgs,
        run=spend,
        told=frozenset({"expense.declared", "entry.cancelled"}),
        undo=undeclare,
        editable=True,
        examples={
            "fr": ("frais 45,90 € peinture #A1", "frais 12 € pain le 3 novembre"),
            "en": ("expense 45.90 € paint #A1",),
        },
    ),
    Command(
        key="contribution.list",
        names=("contributions",),
        args=ListArgs,
        run=show,
        personal=True,
        examples={
            "fr": (
                "contributions",
                "contributions de @bob depuis le 1er novembre",
                "contributions à payer",
            ),
            "en": (
                "contributions",
                "contributions of @bob since 1 November",
                "contributions to pay",
            ),
        },
    ),
)
