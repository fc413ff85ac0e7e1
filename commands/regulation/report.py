"""What a meeting leaves behind: who was there, what was spoken of and decided, which votes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from circle.circles import Circle
from circle.entries import Decided, ItemEntry, particulars
from circle.life import outcome
from circle.meetings import Meeting
from circle.money import Money
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.sessions import Session
from circle.votes import Vote
from commands.kernel.command import Request
from commands.kernel.reply import MinutesFile
from commands.regulation.agenda import point_line
from commands.regulation.replies import DecisionLine, Minutes, MinutesVote
from commands.regulation.state import attendance_facts
from commands.shared.common import figures, money
from commands.shared.counting import closed_election, count, is_unreadable
from commands.shared.items import lines_of
from commands.shared.planned import occurrence_facts
from commands.shared.replies import ItemFacts

_MOMENT = timedelta(seconds=1)


async def minutes_of(
    request: Request[object],
    uow: UnitOfWork,
    planned: Meeting,
    start: datetime,
    sessions: Sequence[Session],
) -> tuple[Minutes, tuple[MinutesFile, ...]]:
    """The minutes of the occurrence that starts then, told and as files.

    `sessions`: those in which it was held, none where nobody opened one.
    """
    circle = request.here
    points = await uow.sessions.points(circle.id, planned.number, start.date())
    decisions = await _decisions(uow, circle, sessions)
    minutes = Minutes(
        meeting=occurrence_facts(planned, start, request.at),
        attendance=await attendance_facts(uow, circle, planned, start.date()),
        circle=circle.name,
        opened=sessions[0].opened_at if sessions else None,
        closed=sessions[-1].closed_at if sessions else None,
        points=tuple(map(point_line, points)),
        decisions=decisions,
        regulated=_decided(decisions, circle),
        votes=await _votes(uow, circle, sessions, request.at),
        available=money((await figures(uow, circle.id)).available, circle),
    )
    return minutes, (MinutesFile(minutes, to_print=True), MinutesFile(minutes))


async def _decisions(
    uow: UnitOfWork, circle: Circle, sessions: Sequence[Session]
) -> tuple[DecisionLine, ...]:
    """What was decided of each item, the last word of these sessions, by number."""
    last: dict[int, tuple[ItemEntry, Decided]] = {}
    for session in sessions:
        for entry in await uow.ledger.of_session(circle.id, session.id or 0):
            if isinstance(entry.event, Decided):
                last[entry.item] = entry, entry.event
    items = (await uow.ledger.many(circle.id, last)).values()
    lines = await lines_of(uow, circle, items)
    return tuple(
        _decision(circle, line, *last[item.number]) for line, item in zip(lines, items, strict=True)
    )


def _decision(circle: Circle, line: ItemFacts, entry: ItemEntry, decision: Decided) -> DecisionLine:
    return DecisionLine(
        item=line,
        outcome=outcome(decision),
        amount=money(particulars(decision).amount, circle),
        reason=entry.what,
        alone=entry.alone,
    )


def _decided(decisions: Sequence[DecisionLine], circle: Circle) -> Money:
    amounts = (line.amount for line in decisions)
    return Money(sum(one.cents for one in amounts if one), circle.currency)


async def _votes(
    uow: UnitOfWork, circle: Circle, sessions: Sequence[Session], now: datetime
) -> tuple[MinutesVote, ...]:
    """The votes that closed while the meeting was held."""
    if not sessions:
        return ()
    until = (sessions[-1].closed_at or now) + _MOMENT
    closed = await uow.votes.closed_between(circle.id, sessions[0].opened_at, until)
    return tuple([await _vote(uow, circle, vote) for vote in closed])


async def _vote(uow: UnitOfWork, circle: Circle, vote: Vote) -> MinutesVote:
    told = MinutesVote(
        id=Ref(Kind.VOTE, vote.number),
        question=vote.question,
        outcome=vote.outcome,
        unfunded=vote.unfunded,
        cancelled=vote.cancelled is not None,
        amount=None,
        cast=0,
        electorate=len(vote.electorate),
    )
    if vote.cancelled is not None or await is_unreadable(uow, circle.id, vote):
        return told
    counted = count(circle, await closed_election(uow, circle.id, vote))
    return replace(told, amount=counted.amount or None, cast=counted.cast)
