"""Money flows: from funders to circles, to workstreams and actions, to what it became."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from circle.flows import Link, NodeKind
from circle.money import Money
from circle.ports import UnitOfWork
from circle.time import Days
from commands.across.extracting import SINCE_WHEN, days, links_of, name_of, scope
from commands.across.file_replies import FlowFigures, Flows, FlowsPicture, FunderAmount
from commands.kernel.command import Command, Place, Request
from commands.kernel.reply import Picture, Reply
from commands.kernel.topics import Topic
from commands.reading.readers import SPAN

_FUNDERS = frozenset({NodeKind.FUNDER, NodeKind.UNNAMED})


@dataclass(frozen=True, slots=True)
class FlowsArgs:
    """Of which days; without them, everything."""

    span: Annotated[Days | None, replace(SPAN, wrong="flows.not-understood")] = None
    since: Annotated[date | None, SINCE_WHEN] = None


async def show(request: Request[FlowsArgs], uow: UnitOfWork) -> Reply:
    """The flows in words, and as a picture where anything flows."""
    span = days(request.args.span, request.args.since, request.at.date())
    circles = await scope(request, uow, span)
    links = await links_of(request, uow, circles, span)
    currency = circles[0].currency if circles else "EUR"
    found = Flows(
        circle=name_of(request),
        circles=len(circles),
        since=span.since if span else None,
        until=span.until if span else None,
        currency=currency,
        exportable=request.may_manage(),
        figures=flow_figures(links, currency),
    )
    return Reply(found, attachments=(Picture(_pictured(found, links)),) if links else ())


def _pictured(found: Flows, links: Sequence[Link]) -> FlowsPicture:
    figures = found.figures
    return FlowsPicture(
        circle=found.circle,
        since=found.since,
        until=found.until,
        currency=found.currency,
        retribution=figures.retribution,
        expenses=figures.expenses,
        volunteered=figures.volunteered,
        granted=figures.granted,
        available=figures.available,
        missing=figures.missing,
        items=figures.items,
        links=tuple(links),
    )


def flow_figures(links: Iterable[Link], currency: str) -> FlowFigures:
    """What came in by funder, and what it became. `available` less than none: it is missing."""
    known = tuple(links)
    funders = _sums(link for link in known if link.source.kind in _FUNDERS)
    return FlowFigures(
        retribution=_into(known, NodeKind.RETRIBUTION, currency),
        expenses=_into(known, NodeKind.EXPENSES, currency),
        volunteered=_into(known, NodeKind.VOLUNTEERED, currency),
        committed=_into(known, NodeKind.COMMITTED, currency),
        granted=Money(sum(funders.values()), currency),
        available=_into(known, NodeKind.AVAILABLE, currency, NodeKind.LEFT),
        missing=_out_of(known, NodeKind.SHORTFALL, currency),
        before=_out_of(known, NodeKind.BEFORE, currency),
        items=tuple(
            FunderAmount(name=name or None, amount=Money(cents, currency))
            for name, cents in sorted(funders.items(), key=lambda one: (-one[1], one[0]))
        ),
    )


def _sums(links: Iterable[Link]) -> Mapping[str, int]:
    sums: dict[str, int] = {}
    for link in links:
        sums[link.source.name] = sums.get(link.source.name, 0) + link.cents
    return sums


def _into(links: Iterable[Link], kind: NodeKind, currency: str, *others: NodeKind) -> Money:
    kinds = {kind, *others}
    return Money(sum(link.cents for link in links if link.target.kind in kinds), currency)


def _out_of(links: Iterable[Link], kind: NodeKind, currency: str) -> Money:
    return Money(sum(link.cents for link in links if link.source.kind is kind), currency)


COMMANDS = (
    Command(
        key="flows",
        topic=Topic.MONEY,
        names=("flux", "flows"),
        args=FlowsArgs,
        run=show,
        place=Place.CIRCLES,
        examples={
            "fr": ("flux", "flux 2026", "flux depuis le 1er septembre"),
            "en": ("flows", "flows 2026", "flows since 1 September"),
        },
    ),
)
