"""One item at a time: what the people in session decide of it (docs/domain.md: Regulation)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from circle.entries import (
    Decided,
    ItemEntry,
    ItemRefused,
    Postponed,
    ProBono,
    Regulated,
    particulars,
)
from circle.ledger import WAITING, Item
from circle.life import outcome
from circle.meetings import MeetingKind
from circle.money import Cents
from circle.people import PersonKey
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.sessions import Session
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Reply
from commands.reading.readers import AMOUNT, Answer, choice, either
from commands.regulation.meeting_meant import held
from commands.regulation.refusals import (
    RegulationAlreadyDecided,
    RegulationNoMedian,
    RegulationNothingAsked,
    SessionNotRegulation,
)
from commands.regulation.replies import RegulationDecided
from commands.regulation.sitting import decide_item, given_in, open_session
from commands.regulation.state import what_next
from commands.regulation.waiting import estimate_of, sort_out, waiting
from commands.shared.common import figures, money
from commands.shared.holding import held_parts, taken_by
from commands.shared.items import check_room, locked_item
from commands.shared.refusals import RegulationZero


class Decision(StrEnum):
    """What can be said instead of an amount."""

    REFUSED = "refused"
    PRO_BONO = "pro-bono"
    POSTPONED = "postponed"
    MEDIAN = "median"
    ASKED = "asked"


VERDICT = either(
    AMOUNT,
    choice(
        Answer(Decision.REFUSED, "refus", "refused", ("refusé", "refusée", "refuse")),
        Answer(Decision.PRO_BONO, "bénévole", "pro bono", ("bénévolat", "probono")),
        Answer(Decision.POSTPONED, "report", "postponed", ("reporté", "reportée", "postpone")),
        Answer(Decision.MEDIAN, "médiane", "median"),
        Answer(
            Decision.ASKED,
            "demandé",
            "asked",
            (
                *(
                    "demande",
                    "demandée",
                    "comme demandé",
                    "validé",
                    "validée",
                    "accordé",
                    "accordée",
                ),
                *("ok", "oui", "d'accord", "adopté", "approved", "granted", "yes", "as asked"),
            ),
        ),
    ),
)
_WITHOUT_AMOUNT: Final[Mapping[Decision, Decided]] = {
    Decision.REFUSED: ItemRefused(),
    Decision.PRO_BONO: ProBono(),
    Decision.POSTPONED: Postponed(),
}


@dataclass(frozen=True, slots=True)
class DecideArgs:
    """An item, what is decided of it (an amount in cents or a word), and why."""

    entry: Ref
    verdict: int | Decision
    reason: str = ""


async def decide(request: Request[DecideArgs], uow: UnitOfWork) -> Reply:
    """Write down what the people in session decided of an item; the next one is shown."""
    item = await locked_item(request, uow, request.args.entry.number)
    session = await _deciding_session(request, uow)
    if item.state not in WAITING:
        raise Refusal(
            RegulationAlreadyDecided(
                id=request.args.entry, state=item.state, amount=money(item.regulated, request.here)
            )
        )
    decision = await _meant(request, uow, item)
    if isinstance(decision, Regulated):
        await check_room(request, uow, item, decision.amount)
    entry = await decide_item(request, uow, session, item, decision, request.args.reason)
    return await _decided(request, uow, session, item, entry, decision)


async def _deciding_session(request: Request[DecideArgs], uow: UnitOfWork) -> Session:
    session = await open_session(request, uow)
    planned, _ = await held(uow, request.here, session)
    if planned.kind is not MeetingKind.REGULATION:
        raise Refusal(SessionNotRegulation(id=Ref(Kind.MEETING, planned.number)))
    return session


async def _meant(request: Request[DecideArgs], uow: UnitOfWork, item: Item) -> Decided:
    said = request.args.verdict
    if isinstance(said, Decision) and said in _WITHOUT_AMOUNT:
        return _WITHOUT_AMOUNT[said]
    cents = await _cents(request, uow, item)
    if cents == 0:
        raise Refusal(RegulationZero(id=request.args.entry))
    return Regulated(cents)


async def _cents(request: Request[DecideArgs], uow: UnitOfWork, item: Item) -> Cents:
    said, ref = request.args.verdict, request.args.entry
    if said is Decision.ASKED:
        if item.asked is None:
            raise Refusal(RegulationNothingAsked(id=ref))
        return item.asked
    if said is Decision.MEDIAN:
        estimate = await estimate_of(uow, request.here, item, request.at)
        if estimate is None or estimate.amount is None:
            vote = Ref(Kind.VOTE, estimate.vote.number) if estimate else None
            closes = estimate.vote.closes if estimate and estimate.vote.open else None
            raise Refusal(RegulationNoMedian(id=ref, vote=vote, closes=closes))
        return estimate.amount
    return Cents(int(said))


async def _decided(
    request: Request[DecideArgs],
    uow: UnitOfWork,
    session: Session,
    item: Item,
    entry: ItemEntry,
    decision: Decided,
) -> Reply:
    circle, cents = request.here, particulars(decision).amount
    ref = Ref(Kind.ENTRY, item.number)
    person = await uow.people.get(item.person)
    cap = await _cap_passed(request, uow, session, item.person) if cents else None
    asker = request.person.key == item.person and not request.rules.asker_counted
    decided = RegulationDecided(
        id=ref,
        amount=money(cents, circle),
        outcome=outcome(decision),
        member=person,
        what=item.what,
        asked=money(item.asked, circle),
        reason=request.args.reason,
        available=money((await figures(uow, circle.id)).available, circle),
        held=await held_parts(uow, circle, item.number, cents),
        taken=await taken_by(uow, circle, entry),
        cap=money(cap, circle),
        by_asker=asker and not entry.alone,
        alone=entry.alone,
        following=await what_next(request, uow, await still_left(request, uow, session)),
    )
    return Reply(decided, subject=ref)


async def still_left(
    request: Request[object], uow: UnitOfWork, session: Session
) -> tuple[Item, ...]:
    """What people still have to speak of."""
    items = await waiting(uow, request.here, session)
    given = await given_in(uow, request.here, session)
    return sort_out(items, request.rules, given, session.last_entry).to_decide


async def _cap_passed(
    request: Request[DecideArgs], uow: UnitOfWork, session: Session, person: PersonKey
) -> int | None:
    """The circle's cap, where this session has now given more than that to somebody."""
    cap = request.rules.person_cap
    if cap is None:
        return None
    given = await given_in(uow, request.here, session)
    return cap if given.get(person, 0) > cap else None
