"""Decisions of one line: of an item, of several, or of all that is left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from circle.money import Money
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Command, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve, Where
from commands.kernel.topics import Topic
from commands.reading.budget_rows import DECISION_REASON
from commands.reading.ids import joined, several_or_rest
from commands.reading.leading import first
from commands.reading.readers import REASON
from commands.reading.slots import Around, Label, Value
from commands.reading.words import Piece
from commands.regulation.deciding import VERDICT, DecideArgs, Decision, decide, still_left
from commands.regulation.refusals import RegulationEach, RegulationNothingLeft
from commands.regulation.replies import DecidedLine, RegulationAlsoDecided, RegulationDecided
from commands.regulation.sitting import open_session
from commands.shared.common import for_each

ENTRIES = several_or_rest(Kind.ENTRY)
Group = tuple[tuple[Ref, ...], int | Decision]


def _group(piece: Piece, around: Around) -> tuple[Group, Piece] | None:
    """Ids and what is decided of them, after what joins them to those before."""
    named = first(ENTRIES, joined(piece), around) if piece.words else None
    if named is None or not named[1].words:
        return None
    said = first(VERDICT, named[1], around)
    refs: Any = named[0]
    verdict: Any = said[0] if said else None
    return ((refs, verdict), said[1]) if said else None


def _groups(piece: Piece, around: Around) -> tuple[tuple[Group, ...], Piece] | None:
    found: list[Group] = []
    while (more := _group(piece, around)) is not None:
        found.append(more[0])
        piece = more[1]
    return (tuple(found), piece) if found else None


def _whole(piece: Piece, around: Around) -> tuple[Group, ...] | None:
    found = _groups(piece, around)
    return found[0] if found and not found[1].words else None


MORE: Value[tuple[Group, ...]] = Value(
    label=Label("C MONTANT…", "C AMOUNT…"),
    read=_whole,
    wrong="id.missing",
    missing="id.missing",
    first=_groups,
)


@dataclass(frozen=True, slots=True)
class DecisionsArgs:
    """Items (none: all that is left) and what is decided of them, more of the same, and why."""

    entries: Annotated[tuple[Ref, ...], ENTRIES]
    verdict: Annotated[int | Decision, VERDICT]
    more: Annotated[tuple[Group, ...], MORE] = ()
    reason: Annotated[str, REASON, DECISION_REASON] = ""


async def decide_all(request: Request[DecisionsArgs], uow: UnitOfWork) -> Reply:
    """Write down what the people in session decided, in order; all of it or nothing.

    The reason is that of the last ones.
    """
    args = request.args
    groups = ((args.entries, args.verdict), *args.more)
    last = len(groups) - 1
    said = frozenset(ref for named, _ in groups for ref in named)
    decided = [
        DecideArgs(ref, verdict, args.reason if at == last else "")
        for at, (named, verdict) in enumerate(groups)
        for ref in await _items(request, uow, named, verdict, said)
    ]
    by_ref = {one.entry: one for one in decided}
    replies = await for_each(
        [one.entry for one in decided], lambda ref: decide(_asked(request, by_ref[ref]), uow)
    )
    return _together(replies)


def _asked(request: Request[DecisionsArgs], args: DecideArgs) -> Request[DecideArgs]:
    anything: Request[Any] = request
    return replace(anything, args=args)


async def _items(
    request: Request[DecisionsArgs],
    uow: UnitOfWork,
    named: tuple[Ref, ...],
    verdict: int | Decision,
    said: frozenset[Ref],
) -> tuple[Ref, ...]:
    """The items meant, the rest being all but those `said`; an amount is of one at a time."""
    if not named:
        left = await still_left(request, uow, await open_session(request, uow))
        named = tuple(Ref(Kind.ENTRY, item.number) for item in left)
        named = tuple(ref for ref in named if ref not in said)
        if not named:
            raise Refusal(RegulationNothingLeft())
    if len(named) > 1 and not isinstance(verdict, Decision):
        amount = Money(verdict, request.here.currency)
        raise Refusal(RegulationEach(amount=amount, items=named))
    return named


def _together(replies: Sequence[Reply]) -> Reply:
    """One message: a line for each of the first ones, the last one in full."""
    *before, last = replies
    lines = tuple(_line(reply.sentence) for reply in before)
    return replace(last, before=RegulationAlsoDecided(decided=lines)) if lines else last


def _line(sentence: object) -> DecidedLine:
    if not isinstance(sentence, RegulationDecided):
        raise TypeError("a decision is told as one")
    return DecidedLine(
        id=sentence.id,
        amount=sentence.amount,
        outcome=sentence.outcome,
        member=sentence.member,
        what=sentence.what,
        unattributed=sentence.held.unattributed,
    )


COMMANDS = (
    Command(
        key="meeting.decide",
        topic=Topic.GATHERING,
        names=("décision", "decide", "decision"),
        english="decide",
        args=DecisionsArgs,
        run=decide_all,
        right=Right.STEWARD,
        reserve=Reserve.NOT_ALONE,
        where=Where.ROOM,
        personal=True,
        examples={
            "fr": (
                "décision C12 80 €",
                "décision C12 refus déjà payé par la Région",
                "décision C12 bénévole",
                "décision C12 report",
                "décision C12 80 €, C14 25 €, C15 refus",
                "décision tout le reste accordé",
            ),
            "en": (
                "decide C12 80 €",
                "decide C12 refused",
                "decide C12 postponed",
                "decide all the rest granted",
            ),
        },
    ),
)
