"""The contributive budget: envelopes and figures."""

from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

from circle.attribution import Unheld
from circle.circles import Circle, Workstream
from circle.entries import EnvelopeEntry, Granted
from circle.figures import Figures
from circle.ledger import Postings
from circle.money import Cents, Money
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.time import Days
from commands.budget.refusals import MoneyZero, PeriodUnread
from commands.budget.replies import (
    BudgetFigures,
    BudgetGranted,
    BudgetPicture,
    BudgetStatus,
)
from commands.budget.splitting import split
from commands.kernel.command import Command, Request, Right
from commands.kernel.reply import Picture, Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading import budget_rows as rows
from commands.reading.readers import (
    AMOUNT,
    FOR_PERIOD,
    FOR_WORKSTREAM,
    FROM_FUNDER,
    Answer,
    choice,
    option,
)
from commands.shared.common import figures, money
from commands.shared.holding import taken_by
from commands.shared.periods import days_of
from commands.shared.replies import HeldFacts

MOST_UNHELD = 5

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
        unattributed=Money(budget.unattributed, currency),
    )


async def grant(request: Request[GrantArgs], uow: UnitOfWork) -> Reply:
    """Enter an envelope."""
    args, circle = request.args, request.here
    if args.amount == 0:
        raise Refusal(MoneyZero())
    days = _days(request)
    await uow.circles.lock(circle.id)
    entry = EnvelopeEntry(
        at=request.at,
        by=request.person.key,
        event=Granted(
            amount=Cents(args.amount),
            funder=args.funder,
            workstream=args.workstream.id if args.workstream else None,
            period=args.period,
            since=days.since if days else None,
            until=days.until if days else None,
        ),
        postings=Postings(granted=args.amount),
        source=request.event,
    )
    written = await uow.ledger.append(circle.id, entry)
    budget = await figures(uow, circle.id)
    ref = Ref(Kind.ENVELOPE, len(await uow.ledger.envelopes(circle.id)))
    granted = BudgetGranted(
        id=ref,
        amount=money(args.amount, circle),
        funder=args.funder,
        workstream=args.workstream.name if args.workstream else None,
        period=args.period,
        since=days.since if days else None,
        until=days.until if days else None,
        available=money(budget.available, circle),
        taken=await taken_by(uow, circle, written),
        waiting=money(budget.unattributed or None, circle),
    )
    return Reply(granted, subject=ref)


def _days(request: Request[GrantArgs]) -> Days | None:
    """The days of the period that was typed. Raises where its words tell none."""
    period = request.args.period
    if period is None:
        return None
    days = days_of(period, request.at.astimezone(ZoneInfo(request.here.rules.timezone)))
    if days is None:
        raise Refusal(PeriodUnread(period=period))
    return days


async def status(request: Request[BudgetArgs], uow: UnitOfWork) -> Reply:
    """The figures of the budget, and their picture."""
    circle, by = request.here, request.args.by
    found = told(await figures(uow, circle.id), circle.currency)
    unheld = await uow.ledger.unheld(circle.id) if found.unattributed.cents else ()
    shown = BudgetStatus(
        figures=found,
        unheld=tuple(_unheld(circle, one) for one in unheld[:MOST_UNHELD]),
        unheld_more=max(0, len(unheld) - MOST_UNHELD),
        circle=circle.name,
        by=by,
        items=await split(uow, circle, by),
    )
    return Reply(
        shown,
        attachments=(Picture(_pictured(found, circle)),),
    )


def _unheld(circle: Circle, one: Unheld) -> HeldFacts:
    return HeldFacts(id=Ref(Kind.ENTRY, one.item), amount=Money(one.cents, circle.currency))


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
)
