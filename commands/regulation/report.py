"""What a meeting leaves behind: who was there, what was spoken of and decided, which votes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from circle.circles import Circle
from circle.ledger import Entry, EntryKind, ItemState
from circle.life import DECISIONS
from circle.meetings import Meeting
from circle.money import Money
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.sessions import Session
from circle.votes import Vote
from commands.kernel.command import MinutesFile, Request
from commands.regulation.agenda import point_values
from commands.regulation.state import attendance_values
from commands.shared.common import figures, money
from commands.shared.counting import closed_election, count
from commands.shared.items import told_items
from commands.shared.planned import occurrence_values

_MOMENT = timedelta(seconds=1)
OUTCOMES: Mapping[EntryKind, ItemState] = {
    EntryKind.REGULATED: ItemState.REGULATED,
    EntryKind.REFUSED: ItemState.REFUSED,
    EntryKind.PRO_BONO: ItemState.PRO_BONO,
    EntryKind.POSTPONED: ItemState.POSTPONED,
}


async def minutes_of(
    request: Request[object],
    uow: UnitOfWork,
    planned: Meeting,
    start: datetime,
    sessions: Sequence[Session],
) -> tuple[dict[str, object], tuple[MinutesFile, ...]]:
    """The minutes of the occurrence that starts then, told and as files.

    `sessions`: those in which it was held, none where nobody opened one.
    """
    circle = request.here
    points = await uow.sessions.points(circle.id, planned.number, start.date())
    decisions = await _decisions(uow, circle, sessions)
    values = {
        **occurrence_values(planned, start, request.at),
        **await attendance_values(uow, circle, planned, start.date()),
        "circle": circle.name,
        "opened": sessions[0].opened_at if sessions else None,
        "closed": sessions[-1].closed_at if sessions else None,
        "points": tuple(map(point_values, points)),
        "decisions": decisions,
        "regulated": _decided(decisions, circle),
        "votes": await _votes(uow, circle, sessions, request.at),
        "available": money((await figures(uow, circle.id)).available, circle),
    }
    return values, (MinutesFile(values, to_print=True), MinutesFile(values))


async def _decisions(
    uow: UnitOfWork, circle: Circle, sessions: Sequence[Session]
) -> tuple[Mapping[str, object], ...]:
    """What was decided of each item, the last word of these sessions, by number."""
    last: dict[int, Entry] = {}
    for session in sessions:
        for entry in await uow.ledger.of_session(circle.id, session.id or 0):
            if entry.kind in DECISIONS and entry.item is not None:
                last[entry.item] = entry
    items = (await uow.ledger.many(circle.id, last)).values()
    lines = await told_items(uow, circle, items)
    return tuple(
        line | _decision(circle, last[item.number]) for line, item in zip(lines, items, strict=True)
    )


def _decision(circle: Circle, entry: Entry) -> dict[str, object]:
    return {
        "outcome": OUTCOMES[entry.kind],
        "amount": money(entry.amount, circle),
        "reason": entry.what,
        "alone": entry.alone,
    }


def _decided(decisions: Sequence[Mapping[str, object]], circle: Circle) -> Money:
    amounts = (line["amount"] for line in decisions)
    return Money(sum(one.cents for one in amounts if isinstance(one, Money)), circle.currency)


async def _votes(
    uow: UnitOfWork, circle: Circle, sessions: Sequence[Session], now: datetime
) -> tuple[Mapping[str, object], ...]:
    """The votes that closed while the meeting was held."""
    if not sessions:
        return ()
    until = (sessions[-1].closed_at or now) + _MOMENT
    closed = await uow.votes.closed_between(circle.id, sessions[0].opened_at, until)
    return tuple([await _vote(uow, circle, vote) for vote in closed])


async def _vote(uow: UnitOfWork, circle: Circle, vote: Vote) -> Mapping[str, object]:
    told = {
        "id": Ref(Kind.VOTE, vote.number),
        "question": vote.question,
        "outcome": vote.outcome,
        "unfunded": vote.unfunded,
        "cancelled": vote.cancelled is not None,
        "amount": None,
        "cast": 0,
        "electorate": len(vote.electorate),
    }
    if vote.cancelled is not None:
        return told
    counted, _ = count(circle, await closed_election(uow, circle.id, vote))
    return told | {"amount": counted.get("amount"), "cast": counted["cast"]}
