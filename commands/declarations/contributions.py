"""Work and expenses, declared openly (docs/domain.md: The contributive budget)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from circle.circles import Circle
from circle.entries import Cancelled, Corrected, Declaration, Declared, ItemEntry
from circle.ledger import WAITING, EntryKind, Item, Nature
from circle.life import corrected_by, posted
from circle.money import Cents, Money
from circle.people import Person
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.text import squash
from circle.time import Minutes
from commands.declarations.refusals import WhoAlike
from commands.declarations.replies import (
    ContributionDeclared,
    DeclaredFacts,
    EntryCancelled,
    ExpenseDeclared,
)
from commands.declarations.telling import results, same_as
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply, Unheard
from commands.kernel.sentence import Sentence
from commands.kernel.topics import Topic
from commands.reading import work_rows as work
from commands.reading.misread import WhoUnknown
from commands.reading.readers import (
    AMOUNT,
    AS_PRO_BONO,
    ASKED,
    EFFORT,
    ON_DAY,
    TEXT,
    TO_STRUCTURE,
    WHO_OR_NEW,
    option,
    tagged,
)
from commands.reading.workings import WORKED_OUT, Working
from commands.shared.common import figures, money, next_regulation, only_author, promote
from commands.shared.items import locked_item, write
from commands.shared.naming import same_name
from commands.shared.refusals import ContributionBoth, IdUnknown, RefusedDecided

ABOUT = tagged(Kind.ACTION, Kind.VOTE)


FOR_ANYONE = option("pour", "for", read=WHO_OR_NEW)


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
    worked_out: Annotated[tuple[Working, ...], WORKED_OUT] = ()


@dataclass(frozen=True, slots=True)
class ExpenseArgs:
    """An amount, what it paid for, and options in any order."""

    amount: Annotated[int, AMOUNT, work.EXPENSE_AMOUNT_READ]
    what: Annotated[str, TEXT, work.EXPENSE_TEXT]
    about: Annotated[Ref | None, ABOUT, work.WORK_ABOUT] = None
    day: Annotated[date | None, ON_DAY, work.WORK_DAY] = None
    person: Annotated[Person | str | None, FOR_ANYONE, work.WORK_PERSON] = None
    payee: Annotated[Person | None, TO_STRUCTURE, work.WORK_PAYEE] = None
    worked_out: Annotated[tuple[Working, ...], WORKED_OUT] = ()


async def contribute(request: Request[ContributionArgs], uow: UnitOfWork) -> Reply:
    """Declare work; an edited message corrects it, its number kept."""
    args = request.args
    if args.pro_bono and args.asked is not None:
        raise Refusal(ContributionBoth(amount=Money(args.asked, request.here.currency)))
    asked = None if args.asked is None else Cents(args.asked)
    return await _declare(request, uow, Nature.CONTRIBUTION, args, Minutes(args.minutes), asked)


async def spend(request: Request[ExpenseArgs], uow: UnitOfWork) -> Reply:
    """Declare an expense; an edited message corrects it, its number kept."""
    asked = Cents(request.args.amount)
    return await _declare(request, uow, Nature.EXPENSE, request.args, None, asked)


async def _declare(
    request: Request[ContributionArgs] | Request[ExpenseArgs],
    uow: UnitOfWork,
    nature: Nature,
    args: ContributionArgs | ExpenseArgs,
    minutes: Minutes | None,
    asked: Cents | None,
) -> Reply:
    person = await _worker(request, uow, args.person)
    action, vote = await _about(request, uow, args.about)
    edited = request.edited
    before = await _undecided(request, uow, edited.number) if edited else None
    kind: type[Declared | Corrected] = Corrected if before else Declared
    told = kind(
        nature=nature,
        person=person.key,
        payee=args.payee.key if args.payee else None,
        day=args.day or (before.day if before else request.said_at.date()),
        minutes=minutes,
        amount=asked,
        pro_bono=isinstance(args, ContributionArgs) and args.pro_bono,
    )
    entry = ItemEntry(
        at=request.at,
        by=request.person.key,
        item=before.number if before else await _next_number(request, uow),
        event=told,
        action=action,
        vote=vote,
        corrects=await _last_told(request, uow, before) if before else None,
        what=args.what,
        source=request.event,
    )
    written = await uow.ledger.append(request.here.id, posted(before, entry))
    promoted = await promote(request, uow, person)
    facts = await _declared(request, uow, written, told, person, promoted=promoted)
    was = before.asked if before else None
    return Reply(_told(told, facts, request.here, was), subject=facts.id)


async def _next_number(request: Request[Any], uow: UnitOfWork) -> int:
    return await uow.circles.next_number(request.here.id, Kind.ENTRY)


async def _last_told(request: Request[Any], uow: UnitOfWork, item: Item) -> int | None:
    """The entry that tells the item until now."""
    history = await uow.ledger.history(request.here.id, item.number)
    return corrected_by(EntryKind.CORRECTED, history)


def _told(told: Declaration, facts: DeclaredFacts, circle: Circle, was: int | None) -> Sentence:
    amount, before = money(told.amount, circle), money(was, circle)
    if told.nature is not Nature.CONTRIBUTION:
        return ExpenseDeclared(declared=facts, amount=amount, was=before)
    return ContributionDeclared(
        declared=facts,
        minutes=told.minutes,
        asked=amount,
        pro_bono=told.pro_bono,
        was=before,
    )


async def _worker(
    request: Request[ContributionArgs] | Request[ExpenseArgs],
    uow: UnitOfWork,
    said: Person | str | None,
) -> Person:
    """Who did the work. Only stewards declare for a person without an account.

    The same name is the same person; one that reads like another's is nobody's.
    """
    if not isinstance(said, str):
        return said or request.person
    if not request.may_manage():
        raise Refusal(WhoUnknown(word=said, choices=()))
    known = [one for one in await uow.people.others(request.here.id) if not one.structure]
    same = next((one for one in known if squash(one.name) == squash(said)), None)
    if same is None and (like := same_name(said, (one.name for one in known))) is not None:
        raise Refusal(WhoAlike(name=said, known=like))
    return same or await uow.people.add_named(request.here.id, said, structure=False)


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
        raise Refusal(IdUnknown(id=ref))
    return (ref.number, None) if ref.kind is Kind.ACTION else (None, ref.number)


async def _undecided(request: Request[object], uow: UnitOfWork, number: int) -> Item:
    item = await locked_item(request, uow, number)
    only_author(request, item.declared_by, item.person)
    if item.state not in WAITING:
        raise Refusal(RefusedDecided(id=Ref(Kind.ENTRY, number), state=item.state))
    return item


async def cancel(request: Request[object], uow: UnitOfWork, number: int) -> Reply:
    """Cancel one's own undecided entry (or anybody's, for a steward): a new entry says so."""
    item = await _undecided(request, uow, number)
    await write(request, uow, item, Cancelled())
    ref = Ref(Kind.ENTRY, number)
    amount = money(item.asked, request.here)
    return Reply(EntryCancelled(id=ref, what=item.what, amount=amount), subject=ref)


async def undeclare(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that declared it was deleted."""
    if request.about is None:
        raise Unheard
    return await cancel(request, uow, request.about.number)


async def _declared(
    request: Request[ContributionArgs] | Request[ExpenseArgs],
    uow: UnitOfWork,
    entry: ItemEntry,
    told: Declaration,
    person: Person,
    *,
    promoted: bool,
) -> DeclaredFacts:
    circle = request.here
    budget = await figures(uow, circle.id)
    action = await uow.actions.get(circle.id, entry.action) if entry.action else None
    return DeclaredFacts(
        id=Ref(Kind.ENTRY, entry.item),
        member=person,
        what=entry.what,
        day=told.day,
        action=Ref(Kind.ACTION, entry.action) if entry.action else None,
        title=action.title if action else None,
        vote=Ref(Kind.VOTE, entry.vote) if entry.vote else None,
        payee=await uow.people.get(told.payee) if told.payee else None,
        unfunded=told.amount is not None and budget.available <= 0,
        corrected=request.edited is not None,
        promoted=promoted,
        today=told.day == request.at.date(),
        own=person.key == request.person.key,
        regulation=await next_regulation(uow, circle.id, request.at),
        endowed=budget.granted > 0,
        same=await same_as(uow, circle, entry, told),
        worked_out=results(request.args.worked_out, told, circle),
    )


COMMANDS = (
    Command(
        key="contribution.declare",
        topic=Topic.CONTRIBUTING,
        names=("contribution", "contrib"),
        english="contribution",
        args=ContributionArgs,
        run=contribute,
        told=frozenset({ContributionDeclared, EntryCancelled}),
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
        topic=Topic.CONTRIBUTING,
        names=("frais", "expense"),
        args=ExpenseArgs,
        run=spend,
        told=frozenset({ExpenseDeclared, EntryCancelled}),
        undo=undeclare,
        editable=True,
        examples={
            "fr": ("frais 45,90 € peinture #A1", "frais 12 € pain le 3 novembre"),
            "en": ("expense 45.90 € paint #A1",),
        },
    ),
)
