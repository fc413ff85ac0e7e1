"""What exports and flows are written from, read out of the store in one go."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from circle.circles import Circle
from circle.entries import Declaration, Entry, EnvelopeEntry, Granted, ItemEntry
from circle.extracts import Extract
from circle.flows import (
    FlowUse,
    Grant,
    Link,
    Moves,
    Node,
    NodeKind,
    flows,
    merged,
    volunteered,
    without_actions,
)
from circle.ledger import Item, Nature
from circle.people import Person, PersonKey
from circle.ports import ActionFilter, ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.time import Days
from circle.votes import Vote, standing
from commands.across.refusals import ExportTwoPeriods
from commands.kernel.command import Request
from commands.kernel.reply import Refusal
from commands.reading.readers import SPAN, either, option
from commands.reading.slots import Around
from commands.reading.values import DAY_PAST
from commands.reading.words import Piece
from commands.shared.common import figures
from commands.shared.outside import check_months, check_people


def _first_day(piece: Piece, around: Around) -> date | None:
    """The first day of a period: `depuis mars 2026`."""
    span = SPAN.read(piece, around)
    return span.since if span else None


SINCE_WHEN = option("depuis", "since", read=either(DAY_PAST, replace(SPAN, read=_first_day)))


async def extract(uow: UnitOfWork, circle: Circle, span: Days | None, now: datetime) -> Extract:
    """All that the circle holds of these days, in its own zone."""
    now = now.astimezone(ZoneInfo(circle.rules.timezone))
    since, until = bounds(span, now)
    entries = await uow.ledger.between(circle.id, since, until)
    items = await uow.ledger.items(circle.id, _of_days(span))
    members = await uow.people.members(circle.id)
    attendance = tuple(
        one for one in await uow.meetings.attended(circle.id) if _in(span, one.occurrence)
    )
    votes = await _votes(uow, circle, since, until)
    numbers = {item.number for item in items}
    receipts = await uow.receipts.of_circle(circle.id)
    return Extract(
        circle=circle,
        at=now,
        span=span,
        figures=await figures(uow, circle.id),
        entries=entries,
        items=items,
        actions=await uow.actions.list(circle.id, ActionFilter()),
        workstreams=await uow.circles.workstreams(circle.id),
        votes=votes,
        cast={one.number: await _cast(uow, circle, one) for one in votes},
        meetings=tuple(
            one
            for one in await uow.meetings.all(circle.id)
            if one.rrule or _in(span, one.start.date())
        ),
        attendance=attendance,
        envelopes=await uow.ledger.uses(circle.id),
        paid_by=await uow.ledger.holders(circle.id),
        receipts=tuple(one for one in receipts if one.item in numbers),
        members=members,
        people={one.person.key: one.person for one in members} | await _named(uow, entries, items),
    )


def bounds(span: Days | None, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The first instant of these days, and the first one after them, in the zone of `now`.

    None, None: since and until ever.
    """
    if span is None:
        return None, None
    return Days(span.since, span.until).bounds(now.tzinfo)


def _of_days(span: Days | None) -> ItemFilter:
    return ItemFilter(since=span.since, until=span.until) if span else ItemFilter()


def _in(span: Days | None, day: date) -> bool:
    return span is None or span.since <= day <= span.until


async def _votes(
    uow: UnitOfWork, circle: Circle, since: datetime | None, until: datetime | None
) -> tuple[Vote, ...]:
    """The votes that were open at some time of these days, by number."""
    closed = await uow.votes.closed_between(circle.id, since, None)
    found = (*closed, *await uow.votes.open(circle.id))
    opened = (one for one in found if until is None or one.opened_at < until)
    return tuple(sorted(opened, key=lambda one: one.number))


async def _cast(uow: UnitOfWork, circle: Circle, vote: Vote) -> int:
    return len(standing(vote, await uow.votes.ballots(circle.id, vote.number)))


async def _named(
    uow: UnitOfWork, entries: Iterable[Entry], items: Iterable[Item]
) -> dict[PersonKey, Person]:
    """Everybody whom entries and items name."""
    keys = {key for one in entries for key in _names(one)}
    keys |= {key for one in items for key in (one.person, one.payee, one.declared_by) if key}
    return dict(await uow.people.many(keys))


def _names(entry: Entry) -> Iterable[PersonKey]:
    yield entry.by
    if isinstance(entry.event, Declaration):
        yield entry.event.person
        if entry.event.payee:
            yield entry.event.payee


async def moves(uow: UnitOfWork, circle: Circle, span: Days | None, now: datetime) -> Moves:
    """What these days moved in a circle, for its flows: no person in it.

    What is decided counts on the day of the decision, what is given on the day of the work.
    """
    now = now.astimezone(ZoneInfo(circle.rules.timezone))
    since, until = bounds(span, now)
    entries = await uow.ledger.between(circle.id, since, until)
    items = await uow.ledger.items(circle.id, ItemFilter())
    nodes = await _nodes(uow, circle, items)
    current = span is None or span.until >= now.date()
    return Moves(
        circle=circle.name,
        grants=_grants(entries),
        uses=(*_decided(entries, items, nodes), *_given(circle, span, items, nodes)),
        before=await _left_before(uow, circle, since) if since else 0,
        attributed=await uow.ledger.attributed_between(circle.id, since, until),
        committed=(await figures(uow, circle.id)).committed if current else None,
    )


async def _left_before(uow: UnitOfWork, circle: Circle, since: datetime) -> int:
    """What was left in envelopes then."""
    granted = (await uow.ledger.totals_between(circle.id, None, since)).granted
    return granted - await uow.ledger.attributed_between(circle.id, None, since)


def _grants(entries: Iterable[Entry]) -> tuple[Grant, ...]:
    """What each funder granted, by what the entries moved; a correction names its new funder."""
    return tuple(
        Grant(entry.event.funder, entry.postings.granted)
        for entry in entries
        if isinstance(entry, EnvelopeEntry)
        and (entry.postings.granted or isinstance(entry.event, Granted))
    )


async def _nodes(uow: UnitOfWork, circle: Circle, items: Iterable[Item]) -> dict[int | None, Node]:
    """Where the money of each action goes: to its workstream, else to itself."""
    streams = {one.id: one.name for one in await uow.circles.workstreams(circle.id)}
    nodes: dict[int | None, Node] = {None: Node(NodeKind.ELSEWHERE, circle=circle.name)}
    for action in await uow.actions.list(circle.id, ActionFilter()):
        if action.workstream is not None:
            node = Node(NodeKind.WORKSTREAM, streams[action.workstream], circle.name)
        else:
            called = f"{Ref(Kind.ACTION, action.number)} {action.title}"
            node = Node(NodeKind.ACTION, called, circle.name)
        nodes[action.number] = node
    return nodes | {item.action: nodes[None] for item in items if item.action not in nodes}


_NATURES = {Nature.CONTRIBUTION: NodeKind.RETRIBUTION, Nature.EXPENSE: NodeKind.EXPENSES}


def _decided(
    entries: Iterable[Entry], items: Iterable[Item], nodes: dict[int | None, Node]
) -> Iterable[FlowUse]:
    known = {item.number: item for item in items}
    for entry in entries:
        if isinstance(entry, ItemEntry) and entry.postings.regulated:
            item = known[entry.item]
            yield FlowUse(nodes[item.action], _NATURES[item.nature], entry.postings.regulated)


def _given(
    circle: Circle, span: Days | None, items: Iterable[Item], nodes: dict[int | None, Node]
) -> Iterable[FlowUse]:
    hour = circle.rules.reporting.volunteer_hour
    for item in items:
        cents = volunteered(item, hour) if _in(span, item.day) else 0
        if cents:
            yield FlowUse(nodes[item.action], NodeKind.VOLUNTEERED, cents)


def days(span: Days | None, since: date | None, today: date) -> Days | None:
    """The days asked for; None for all. Raises the refusal of two periods that say otherwise."""
    if span is not None and since is not None:
        raise Refusal(ExportTwoPeriods())
    return Days(since, max(since, today)) if since is not None else span


async def scope(request: Request[object], uow: UnitOfWork, span: Days | None) -> tuple[Circle, ...]:
    """The circle asked about; all of them where a coordinator names none.

    Raises where these days would tell outside of the circle what one person did.
    """
    if not stays_inside(request):
        check_months(span, request.at.date())
    if request.circle is not None:
        if not stays_inside(request):
            await check_people(uow, request.circle, span)
        return (request.circle,)
    circles = await uow.circles.all(request.at.date())
    return tuple(one for one in circles if one.confirmed)


async def links_of(
    request: Request[object], uow: UnitOfWork, circles: tuple[Circle, ...], span: Days | None
) -> tuple[Link, ...]:
    """The flows of these circles together."""
    found = [flows(await moves(uow, one, span, request.at)) for one in circles]
    together = merged(link for links in found for link in links)
    return together if stays_inside(request) else without_actions(together)


def stays_inside(request: Request[object]) -> bool:
    """Whether what is answered stays among the people of the circle."""
    circle = request.circle
    if circle is None:
        return False
    of_it = request.member is not None and request.member.joined
    return request.room.id == circle.room_id or (request.room.direct and of_it)


def name_of(request: Request[object]) -> str | None:
    """The name of the circle asked about; None for all of them."""
    return request.circle.name if request.circle else None
