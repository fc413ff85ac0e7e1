"""An envelope whose amount was wrong, or that its funder changed."""

from circle.entries import EnvelopeEntry, GrantCorrected
from circle.envelopes import Envelope
from circle.ledger import Postings
from circle.money import Cents
from circle.ports import UnitOfWork
from circle.refs import Ref
from commands.correcting.refusals import EntryUnchanged, EnvelopeAmountOnly, EnvelopeHolds
from commands.correcting.replies import EntryCorrected
from commands.correcting.words import CorrectArgs
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Reply
from commands.shared.common import figures, money
from commands.shared.holding import taken_by
from commands.shared.refusals import IdUnknown
from commands.shared.replies import HeldParts


async def correct_envelope(request: Request[CorrectArgs], uow: UnitOfWork) -> Reply:
    """Give an envelope its right amount; zero takes it back. Never less than what it holds."""
    circle, ref, cents = request.here, request.args.entry, request.args.amount
    await uow.circles.lock(circle.id)
    envelopes = {one.number: one for one in await uow.ledger.envelopes(circle.id)}
    before = envelopes.get(ref.number)
    if before is None:
        raise Refusal(IdUnknown(id=ref))
    same = cents == before.amount
    if cents is None or (same and request.args.what):
        raise Refusal(EnvelopeAmountOnly(id=ref))
    if same:
        raise Refusal(EntryUnchanged(id=ref))
    await _check_held(request, uow, ref, cents)
    written = await uow.ledger.append(circle.id, _correction(request, before, cents))
    available = (await figures(uow, circle.id)).available
    corrected = EntryCorrected(
        id=ref,
        what="",
        minutes=None,
        amount=money(cents, circle),
        was=money(before.amount, circle),
        available=money(available, circle),
        missing=money(max(0, -available), circle),
        funder=before.funder,
        period=before.period,
        reason=request.args.what,
        state=None,
        number=None,
        member=None,
        payee=None,
        before=None,
        held=HeldParts(envelopes=(), unattributed=None, fullest=None),
        taken=await taken_by(uow, circle, written),
    )
    return Reply(corrected, subject=ref)


async def _check_held(request: Request[CorrectArgs], uow: UnitOfWork, ref: Ref, cents: int) -> None:
    """Raise where the envelope would be granted less than it holds."""
    held = {one.envelope.number: one.spent for one in await uow.ledger.uses(request.here.id)}
    if cents < held[ref.number]:
        amount, least = (money(one, request.here) for one in (cents, held[ref.number]))
        raise Refusal(EnvelopeHolds(id=ref, amount=amount, least=least))


def _correction(request: Request[CorrectArgs], before: Envelope, cents: int) -> EnvelopeEntry:
    return EnvelopeEntry(
        at=request.at,
        by=request.person.key,
        event=GrantCorrected(
            amount=Cents(cents),
            funder=before.funder,
            workstream=before.workstream,
            period=before.period,
            since=before.since,
            until=before.until,
        ),
        postings=Postings(granted=cents - before.amount),
        corrects=before.entries[-1],
        what=request.args.what,
        source=request.event,
    )
